"""Article -> Reading. One file or package per class of fact; `read` is the only public name."""

from kg.model.article import Article
from kg.model.reading import Reading

READER = "0.6.0"
"""Version of the reader: a change of grammar, lexicon or model that can change a reading changes it."""


def read(article: Article) -> Reading:
    """Return what `article` states. A pure function of the article, the lexicon and `READER`.

    >>> from kg.model.article import Origin
    >>> text = "Ngày 3/4/2019, Chủ tịch UBND tỉnh Trần Văn Mẫu yêu cầu Sở Y tế báo cáo trước ngày 10/4."
    >>> reading = read(Article(id="a0", text=text, origin=Origin(loader="text", source="-")))
    >>> [(d.issuers, d.verb, d.addressees, d.deadline) for d in reading.directives]
    [(('Trần Văn Mẫu',), 'yêu cầu', ('Sở Y tế',), 'trước ngày 10/4')]
    """
    # inside the function, so that importing kg.read (for its version) stays cheap
    from kg.read.actors import read_actors
    from kg.read.dates import read_dates
    from kg.read.directives import read_directives
    from kg.read.documents import document_mentions, read_documents
    from kg.read.meetings import read_meetings
    from kg.read.page import Page

    if article.letter is not None:
        from kg.read.letters.read import read_with_letter

        return read_with_letter(article, article.letter, READER)
    page = Page.of(article)
    actors = read_actors(page)
    dates = read_dates(page)
    documents = read_documents(page, dates)
    meetings = read_meetings(page, actors, dates)
    directives, statements = read_directives(page, actors, documents, document_mentions(documents), meetings)
    return Reading(
        id=article.record_id or article.id,
        article=article.id,
        reader=READER,
        published=article.published,
        place=article.place,
        officials=actors.officials,
        agencies=actors.agencies,
        documents=documents,
        meetings=meetings,
        directives=directives,
        statements=statements,
    )
