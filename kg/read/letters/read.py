"""An official letter -> Reading: the readers of actors, documents, dates and meetings as ever, the directives by the letter's own layout."""

from collections.abc import Mapping
from typing import Any

from kg.model.article import Article
from kg.model.letter import Letter
from kg.model.reading import Reading


def read_with_letter(article: Article, letter: Letter, reader: str) -> Reading:
    """Return what a letter states; `reader` is the version to name. Its own number is a document of it, its signatories are officials."""
    from kg.read.actors import read_actors
    from kg.read.dates import read_dates
    from kg.read.documents import document_mentions, read_documents
    from kg.read.letters.reading import letter_agencies, letter_directives, letter_documents, letter_officials
    from kg.read.letters.recase import readable
    from kg.read.meetings import read_meetings
    from kg.read.page import Page

    page = Page.of(readable(article, letter))
    actors = read_actors(page)
    dates = read_dates(page)
    documents = letter_documents(article.text, letter, read_documents(page, dates))
    meetings = read_meetings(page, actors, dates)
    directives, statements = letter_directives(page, letter, actors, documents, document_mentions(documents), meetings)
    agencies, renamed = letter_agencies(article.text, letter, actors.agencies)
    reading = Reading(
        id=article.record_id or article.id,
        article=article.id,
        reader=reader,
        published=article.published,
        place=article.place,
        letter=letter,
        officials=letter_officials(article.text, letter, actors.officials),
        agencies=agencies,
        documents=documents,
        meetings=meetings,
        directives=directives,
        statements=statements,
    )
    return Reading.model_validate(_settled(reading.model_dump(), article.text, renamed))


def _settled(value: Any, text: str, renamed: Mapping[str, str]) -> Any:  # noqa: ANN401 (a dump of any part of a reading)
    """The same with every quote as the article writes it, not as it was made readable, and with the full names of the letter's bodies."""
    if isinstance(value, dict):
        found = {name: _settled(one, text, renamed) for name, one in value.items()}
        if "quote" in found:
            found["quote"] = text[found["start"] : found["end"]]
        return found
    if isinstance(value, (list, tuple)):
        return [_settled(one, text, renamed) for one in value]
    return renamed.get(value, value) if isinstance(value, str) else value
