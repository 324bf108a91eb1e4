"""Evidence of one article as mentions: given by the reading, or found where only a directive's words name somebody."""

from collections.abc import Iterable

from kg.model.article import Article
from kg.model.base import Entity
from kg.model.entities import Mention
from kg.model.ids import digest
from kg.model.reading import Evidence
from kg.text.fold import fold


class Mentions:
    """The mentions of one article; of two readings of the same place for the same body the surer one stays."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._folded: str | None = None
        self._found: dict[str, Mention] = {}
        self._bodies: set[str] = set()

    def add(self, body: str, cls: type[Entity], evidence: Iterable[Evidence]) -> bool:
        """Add evidence of `body`; return whether there was any."""
        some = False
        for one in evidence:
            self._put(body, cls, one)
            some = True
        return some

    def has(self, body: str) -> bool:
        """Say whether anything proves `body` so far."""
        return body in self._bodies

    def locate(self, body: str, cls: type[Entity], name: str, sentence: Evidence) -> None:
        """Add the place where `name` stands: in the sentence, else the last one before it, else the first after it, else
        the sentence itself, which implies it.
        """
        if self._folded is None:
            self._folded = fold(self._article.text)
        wanted = fold(name)
        start = self._folded.find(wanted, sentence.start, sentence.end)
        if start < 0:
            start = self._folded.rfind(wanted, 0, sentence.start)
        if start < 0:
            start = self._folded.find(wanted, sentence.end)
        if start < 0 or not wanted:
            rule = f"{sentence.rule}+implied"
            self._put(body, cls, sentence.model_copy(update={"rule": rule, "confidence": sentence.confidence / 2}))
            return
        end = start + len(wanted)
        quote = self._article.text[start:end]
        found = Evidence(
            start=start, end=end, quote=quote, rule=f"{sentence.rule}+found", confidence=sentence.confidence
        )
        self._put(body, cls, found)

    def _put(self, body: str, cls: type[Entity], one: Evidence) -> None:
        article = self._article.id
        self._bodies.add(body)
        ident = f"mention/{article}/{one.start}-{one.end}/{cls.__name__.lower()}-{digest(body, length=8)}"
        known = self._found.get(ident)
        if known is None or (-one.confidence, one.rule) < (-known.confidence, known.rule):
            # the values come from models that were validated; there are many mentions
            self._found[ident] = Mention.model_construct(
                id=ident,
                body=body,
                article=article,
                start=one.start,
                end=one.end,
                quote=one.quote,
                rule=one.rule,
                confidence=one.confidence,
            )

    def all(self) -> list[Mention]:
        """Return the mentions."""
        return list(self._found.values())
