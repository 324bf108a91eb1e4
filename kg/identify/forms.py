"""One article in several forms: which of its near-duplicates is kept, which only repeat it, and in which order the others are told.

An article says all that another says where every sentence of the other's body is one of its own: the same report as page, feed entry and
record, as another outlet prints it, or cut. Its facts are then the other's, too, and the other is one more source of it. What differs by a
sentence stays an article of its own, of which only what the fuller one lacks is told.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from kg.identify.duplicates import body_of
from kg.model.article import Article
from kg.text.fold import fold
from kg.text.sentences import split_sentences

_WORD: Final = re.compile(r"\w+")


class Form(NamedTuple):
    """A near-duplicate: its cluster, its rank in it (0 is told first), and the article that says all that it says, itself where none does."""

    article: str
    cluster: str
    rank: int
    kept: str

    @property
    def is_kept(self) -> bool:
        """Say whether it is an article of its own."""
        return self.article == self.kept


def forms_of(cluster: str, articles: Iterable[tuple[Article, bool]]) -> tuple[Form, ...]:
    """Return the forms of one cluster, by rank, whatever their order; with each article goes whether a person reviewed it.

    What a person reviewed comes first, since the review is of its words; then the fullest, then what knows its day and most else of itself.
    """
    said = {article.id: _sentences(article) for article, _ in articles}
    ranked = sorted(articles, key=lambda one: _order(one[0], one[1], len(said[one[0].id])))
    kept: list[str] = []
    found = []
    for rank, (article, _) in enumerate(ranked):
        fuller = next((other for other in kept if said[article.id] <= said[other]), article.id)
        if fuller == article.id:
            kept.append(article.id)
        found.append(Form(article.id, cluster, rank, fuller))
    return tuple(found)


def all_forms(articles: Iterable[tuple[Article, bool]], clusters: Mapping[str, str]) -> dict[str, Form]:
    """Return the form of each article that `clusters` (by article) names, by id."""
    groups: defaultdict[str, list[tuple[Article, bool]]] = defaultdict(list)
    for article, is_reviewed in articles:
        if article.id in clusters:
            groups[clusters[article.id]].append((article, is_reviewed))
    return {form.article: form for name in sorted(groups) for form in forms_of(name, groups[name])}


def repeated(directives: Mapping[str, str], forms: Mapping[str, Form]) -> dict[str, str]:
    """Return the directives that near-duplicates tell again, each with the one that is kept; `directives` are the clusters by id.

    >>> forms = {"a1": Form("a1", "articles/a1", 0, "a1"), "a2": Form("a2", "articles/a1", 1, "a2")}
    >>> repeated({"directive/a1/5": "directives/x", "directive/a2/9": "directives/x"}, forms)
    {'directive/a2/9': 'directive/a1/5'}
    """
    groups: defaultdict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for ident, cluster in directives.items():
        if form := forms.get(article_of(ident)):
            groups[cluster, form.cluster].append((form.rank, ident))
    found: dict[str, str] = {}
    for group in groups.values():
        (_, first), *others = sorted(group)
        found |= {ident: first for _, ident in others if article_of(ident) != article_of(first)}
    return found


def article_of(ident: str) -> str:
    """Return the id of the article that a directive or meeting is of."""
    return ident.split("/")[1]


def _sentences(article: Article) -> frozenset[str]:
    body = body_of(article)
    words = (" ".join(_WORD.findall(fold(body[start:end]))) for start, end in split_sentences(body))
    return frozenset(words) - {""}


def _order(article: Article, is_reviewed: bool, sentences: int) -> tuple[bool, int, bool, int, str]:
    return not is_reviewed, -sentences, article.published is None, -article.facts, article.id
