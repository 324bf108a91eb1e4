"""Article -> Reading. One file per class of fact; `read` is the only public name."""

from kg.model.article import Article
from kg.model.reading import Reading

READER = "0.1.0"
"""Version of the reader: a change of grammar, lexicon or model that can change a reading changes it."""


def read(article: Article) -> Reading:
    """Return what `article` states. A pure function of the article, the lexicon and `READER`."""
    return Reading(
        id=article.record_id or article.id,
        article=article.id,
        reader=READER,
        published=article.published,
        place=article.place,
    )
