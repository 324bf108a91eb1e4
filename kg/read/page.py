"""What every part of the reader looks at: an article with its folded text, its sentences and its zones, computed once."""

from bisect import bisect_left, bisect_right
from dataclasses import field

from kg.model.article import Article
from kg.read.records import record
from kg.text.fold import fold
from kg.text.sentences import Sentence, split_sentences

_FURNITURE = frozenset({"navigation", "related", "date"})


@record
class Page:
    """An article ready to be read. `folded` has the length of `text`; `sentences` are in order; offsets are code points of `text`."""

    article: Article
    text: str
    folded: str
    sentences: tuple[Sentence, ...]
    _starts: tuple[int, ...] = field(repr=False)
    _zones: tuple[tuple[int, int, str], ...] = field(repr=False)

    @classmethod
    def of(cls, article: Article) -> "Page":
        """Return the page of `article`; sentences never cross a zone's border."""
        zones = tuple((z.start, z.end, z.kind) for z in article.zones)
        sentences = _cut(article.text, split_sentences(article.text), sorted({b for z in zones for b in z[:2]}))
        return cls(article, article.text, fold(article.text), sentences, tuple(s.start for s in sentences), zones)

    def zone(self, offset: int) -> str:
        """Return the kind of zone at `offset`; text outside every zone is `body`."""
        for start, end, kind in self._zones:
            if start <= offset < end:
                return kind
        return "body"

    def is_furniture(self, offset: int) -> bool:
        """Say whether `offset` lies in navigation, related links or the page's date line, which state nothing."""
        return self.zone(offset) in _FURNITURE

    def sentence_at(self, offset: int) -> int:
        """Return the index of the sentence that holds `offset` (or the last that starts before it)."""
        return max(0, bisect_right(self._starts, offset) - 1)


def _cut(text: str, sentences: tuple[Sentence, ...], borders: list[int]) -> tuple[Sentence, ...]:
    """Cut sentences where a zone begins or ends inside them."""
    out: list[Sentence] = []
    for start, end in sentences:
        inside = borders[bisect_right(borders, start) : bisect_left(borders, end)]
        for left, right in zip([start, *inside], [*inside, end], strict=True):
            piece = text[left:right]
            blank = len(piece) - len(piece.lstrip())
            if piece.strip():
                out.append(Sentence(left + blank, left + len(piece.rstrip())))
    return tuple(out)
