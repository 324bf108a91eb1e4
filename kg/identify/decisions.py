"""What a person has decided about identity: a file of the graph home that survives rebuilds, and wins.

One JSON object a line: `verdict` ("same", "different", or "undo", which takes back what was decided about the two), `a`, `b` (ids of
entities; `ID@ARTICLE` is the entity as one article shows it), `note`. The last line about two ids counts.
"""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from kg.errors import InputError
from kg.model.base import Frozen

FILE: Final = "decisions.jsonl"
"""Name of the file in the graph home."""

Shown = tuple[str, str]
"""An id, and the article that shows it so (empty: wherever it is)."""


class Decision(Frozen):
    """One decision of a person."""

    verdict: Literal["same", "different", "undo"]
    a: str
    b: str
    note: str = ""


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """Return the decisions in a file, none where it is missing. Raises InputError that names the line that can't be read."""
    if not path.is_file():
        return ()
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                found.append(Decision.model_validate_json(line))
            except ValidationError as error:
                raise InputError(str(path), f"line {number}", str(error.errors()[0]["msg"])) from error
    return tuple(found)


def append_decision(home: Path, decision: Decision) -> None:
    """Write a decision behind the others in the file of a graph home, as one line, on the disk before this returns."""
    with (home / FILE).open("a", encoding="utf-8") as out:
        out.write(decision.model_dump_json() + "\n")
        out.flush()
        os.fsync(out.fileno())


def shown(ref: str) -> Shown:
    """Take a reference of a decision apart.

    >>> shown("person/le-van-mau/0a1b2c3d@a0123456789abcdef"), shown("agency/tinh-uy@ha-noi")
    (('person/le-van-mau/0a1b2c3d', 'a0123456789abcdef'), ('agency/tinh-uy@ha-noi', ''))
    """
    head, at, tail = ref.rpartition("@")
    of_article = at and len(tail) == 17 and tail[0] == "a" and head.count("/") >= 1
    # "agency/ban-x~ab12@ARTICLE" is itself the id of a body that only that article knows
    if of_article and not (head.startswith(("agency/", "doc/", "post/", "group/")) and "~" in head and "@" not in head):
        return head, tail
    return ref, ""


def latest(decisions: Iterable[Decision]) -> dict[frozenset[str], Decision]:
    """Return the decision that counts for each pair, none where that was taken back."""
    return {pair: d for pair, d in {frozenset((d.a, d.b)): d for d in decisions}.items() if d.verdict != "undo"}


@dataclass(frozen=True, slots=True)
class PersonDecisions:
    """Decisions as the linking of persons wants them."""

    sames: tuple[tuple[Shown, Shown], ...] = ()
    differents: frozenset[frozenset[Shown]] = frozenset()
    apart: frozenset[Shown] = field(default=frozenset())

    @classmethod
    def of(cls, decisions: Iterable[Decision], prefix: str = "person/") -> "PersonDecisions":
        """Return the decisions about ids with that prefix. An official that is to differ from the same person elsewhere stands alone."""
        pairs = [
            (d.verdict, shown(d.a), shown(d.b))
            for d in latest(decisions).values()
            if d.a.startswith(prefix) and d.b.startswith(prefix)
        ]
        sames = tuple(sorted((min(a, b), max(a, b)) for verdict, a, b in pairs if verdict == "same"))
        different = [(a, b) for verdict, a, b in pairs if verdict == "different"]
        apart = frozenset(ref for a, b in different if a[0] == b[0] for ref in (a, b) if ref[1])
        return cls(sames, frozenset(frozenset(pair) for pair in different), apart)

    def different(self, one: frozenset[Shown], other: frozenset[Shown]) -> bool:
        """Say whether any of `one` was decided to be different from any of `other`."""
        return any(frozenset((a, b)) in self.differents for a in one for b in other) if self.differents else False

    def same(self, one: frozenset[Shown], other: frozenset[Shown]) -> bool:
        """Say whether any of `one` was decided to be the same as any of `other`."""
        return any((min(a, b), max(a, b)) in self.sames for a in one for b in other) if self.sames else False


@dataclass(frozen=True, slots=True)
class Renames:
    """Decisions about bodies and documents, whose ids follow from their names: `now` leads from an id to the one that stands for it,
    `apart` holds what an article shows and is not what it seems."""

    now: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[Shown] = frozenset()

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> "Renames":
        """Return the renames that decisions make: of ids that are one the shared one stands for all, then the smallest."""
        groups: dict[str, set[str]] = {}
        apart: set[Shown] = set()
        for d in sorted(latest(decisions).values(), key=lambda d: (d.a, d.b)):
            if not (d.a.startswith(RENAMED) and d.b.startswith(RENAMED)):
                continue
            if d.verdict == "different":
                apart |= {ref for ref in (shown(d.a), shown(d.b)) if ref[1]}
                continue
            joined = groups.get(d.a, {d.a}) | groups.get(d.b, {d.b})
            groups |= dict.fromkeys(joined, joined)
        return cls({ident: min(group, key=_rank) for ident, group in groups.items()}, frozenset(apart))


RENAMED: Final = ("agency/", "doc/")
"""What the ids that decisions rename begin with."""


def _rank(ident: str) -> tuple[bool, str]:
    return bool(_OF_ARTICLE.search(ident)), ident


_OF_ARTICLE: Final = re.compile(r"@a[0-9a-f]{16}$")

NO_RENAMES: Final = Renames()
NONE: Final = PersonDecisions()
"""No decisions."""
