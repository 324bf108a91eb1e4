"""Makes corpora of our genre with known truth: `python benchmarks/made_corpus.py --articles 100000 -o corpus.jsonl --truth truth.jsonl`.

Each article is a pure function of the seed and its number, so that a smaller corpus is the beginning of a larger one, memory stays the
same, and parts can be made apart. The words are in made_corpus.toml. Places and people are invented. Some records are given again:
`copy` (another outlet, cut and retitled, a near-duplicate), `update` (the same text, more known), `correction` (a number in the text set
right); `retract` in the truth says which records a user takes out afterwards.
"""

import argparse
import itertools
import json
import sys
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final, Literal

Kind = Literal["original", "copy", "update", "correction"]

TERMS: Final = (2006, 2011, 2016, 2021, 2026)
_SHARES: Final[tuple[tuple[Kind, float], ...]] = (("copy", 0.05), ("update", 0.03), ("correction", 0.02))
_BACK: Final = 40
_RETRACTED: Final = 0.005
_PROMOTED: Final = 0.5
_NAMESAKES: Final = 0.03


@dataclass(frozen=True, slots=True)
class Holder:
    """A person of the made world, with the post held in one term."""

    person: str
    name: str


@dataclass(frozen=True, slots=True)
class Told:
    """A directive as the article states it: its sentence stands at `start` to `end` of the text."""

    start: int
    end: int
    issuer: str
    addressee: str
    document: str | None
    has_deadline: bool


@dataclass(slots=True)
class Truth:
    """What is true of one record; `of` names the record that it gives again."""

    id: str
    kind: Kind
    of: str | None
    retract: bool
    officials: list[tuple[str, str]] = field(default_factory=list)
    directives: list[Told] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Made:
    """A record as the JSON lines loader takes it, and the truth about it."""

    record: dict[str, str]
    truth: Truth


@cache
def words() -> dict[str, Any]:
    """Return the templates."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def places() -> tuple[str, ...]:
    """Return the names of the invented provinces."""
    return tuple(f"{a} {b}" for a in words()["places"]["first"] for b in words()["places"]["second"])


@cache
def world(seed: int) -> dict[tuple[str, str, int], Holder]:
    """Return who holds which post (place, key of the post or department, term): careers within a province, and namesakes across."""
    rng = Random(f"{seed}/world")
    people, found = words()["people"], {}
    names: list[str] = []
    persons = itertools.count(1)

    def newcomer() -> Holder:
        if names and rng.random() < _NAMESAKES:
            name = rng.choice(names)
        else:
            name = " ".join(rng.choice(people[part]) for part in ("families", "middles", "given"))
            names.append(name)
        return Holder(f"p{next(persons):05d}", name)

    departments = [one["department"] for one in words()["fields"]]
    for place in places():
        for term in range(len(TERMS) - 1):
            ladder = ("secretary", "chairman", departments[0])
            for post in (*(p["key"] for p in words()["posts"]), *departments):
                below = ladder[ladder.index(post) + 1] if post in ladder[:-1] else None
                rises = term and below and rng.random() < _PROMOTED
                found[place, post, term] = found[place, str(below), term - 1] if rises else newcomer()
    return found


def kind_of(number: int, seed: int) -> tuple[Kind, int]:
    """Return the kind of a record, and the number of the original that it gives (again)."""
    rng = Random(f"{seed}/kind/{number}")
    drawn, of = rng.random(), number - rng.randint(1, _BACK)
    for kind, share in _SHARES:
        if drawn < share:
            return (kind, of) if of >= 0 and kind_of(of, seed)[0] == "original" else ("original", number)
        drawn -= share
    return "original", number


def made(number: int, seed: int) -> Made:
    """Return record `number` of the corpus with that seed."""
    kind, of = kind_of(number, seed)
    article = _Writer(of, seed).article()
    record, truth = dict(article.record), article.truth
    if kind == "original":
        return article
    truth.kind, truth.of, truth.retract = kind, record["id"], False
    rng = Random(f"{seed}/again/{number}")
    if kind == "update":
        record["author"] = "Ban Biên tập"
    elif kind == "correction":
        record["text"] += f"\nĐính chính: bản tin trước ghi nhầm {rng.randint(2, 99)} thành {rng.randint(100, 999)} hộ."
    else:
        record["id"], record["outlet"] = f"made-{number:07d}", "Tin Tổng Hợp (báo mẫu)"
        record["title"] = f"{record['title']} (theo báo bạn)"
        record["text"] = record["text"].rsplit("\n", 1)[0]
    truth.id = record["id"]
    return Made(record, truth)


def corpus(articles: int, seed: int = 1, start: int = 0) -> Iterator[Made]:
    """Yield records `start` to `articles` (exclusive)."""
    return (made(number, seed) for number in range(start, articles))


class _Writer:
    """Writes one original article."""

    def __init__(self, number: int, seed: int) -> None:
        rng = self._rng = Random(f"{seed}/article/{number}")
        self._number = number
        self._place = rng.choice(places())
        term = rng.randrange(len(TERMS) - 1)
        self._day = date(TERMS[term], 1, 1) + timedelta(days=rng.randrange((TERMS[term + 1] - TERMS[term]) * 365))
        self._post = rng.choice(words()["posts"])
        self._field = rng.choice(words()["fields"])
        held = world(seed)
        self._chair = held[self._place, self._post["key"], term]
        self._guest = held[self._place, self._field["department"], term]
        self._told: list[Told] = []
        self._filled = {
            "place": self._place,
            "person": self._chair.name,
            "post": self._post["words"].format(place=self._place),
            "short": self._post["short"],
            "body": self._post["body"].format(place=self._place),
            "department": self._field["department"],
            "guest": self._guest.name,
            "subject": self._field["subject"],
            "Subject": self._field["subject"].capitalize(),
            "meeting": self._of("meetings"),
            "day": f"{self._day.day}/{self._day.month}/{self._day.year}",
        }

    def _of(self, name: str) -> str:
        return str(self._rng.choice(words()["text"][name]))

    def _fill(self, template: str, **more: str) -> str:
        numbers = {f"n{n}": str(self._rng.randint(2, 980)) for n in (1, 2, 3)}
        return template.format(**self._filled, **numbers, **more)

    def article(self) -> Made:
        """Return the record with its truth."""
        rng = self._rng
        paragraphs = [self._fill(self._of("leads")), self._fill(self._of("guests"))]
        paragraphs += [self._fill(one) for one in rng.sample(words()["text"]["facts"], rng.randint(3, 6))]
        if rng.random() < 0.4:
            paragraphs.append(self._fill(self._of("praise")))
        length = sum(len(p) + 1 for p in paragraphs)
        tasks = rng.sample(self._field["tasks"], rng.randint(1, len(self._field["tasks"])))
        for task in tasks:
            paragraphs.append(self._directive(task, length))
            length += len(paragraphs[-1]) + 1
        paragraphs.append(self._fill(self._of("closings")))
        ident = f"made-{self._number:07d}"
        record = {
            "id": ident,
            "title": self._fill(self._of("titles")),
            "published": (self._day + timedelta(days=rng.randint(0, 1))).isoformat(),
            "outlet": self._fill(self._of("outlets")),
            "note": words()["text"]["note"],
            "text": "\n".join(paragraphs),
        }
        officials = [(self._chair.person, self._chair.name), (self._guest.person, self._guest.name)]
        return Made(record, Truth(ident, "original", None, rng.random() < _RETRACTED, officials, self._told))

    def _directive(self, task: str, start: int) -> str:
        rng = self._rng
        until = self._day + timedelta(days=rng.randint(10, 90))
        by = self._of("deadlines").format(
            dm=f"{until.day}/{until.month}", dmy=f"{until.day}/{until.month}/{until.year}", m=until.month
        )
        template = self._of("directives")
        document = self._of("documents").format(d1=rng.randint(10, 99), d2=rng.randint(100, 4999))
        others = [one["department"] for one in words()["fields"] if one is not self._field]
        sentence = self._fill(
            template, task=task.format(n=rng.randint(2, 480)), by=by, document=document, other=rng.choice(others)
        )
        cited = document if "{document}" in template else None
        told = Told(start, start + len(sentence), self._chair.person, self._field["department"], cited, bool(by))
        self._told.append(told)
        return sentence


def main() -> None:
    """Write a corpus and its truth as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--start", type=int, default=0, help="number of the first record")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--out", type=Path, help="default: standard output")
    parser.add_argument("--truth", type=Path, help="where the truth goes, a line a record")
    given = parser.parse_args()
    with ExitStack() as stack:
        out = stack.enter_context(given.out.open("w", encoding="utf-8")) if given.out else sys.stdout
        truth = stack.enter_context(given.truth.open("w", encoding="utf-8")) if given.truth else None
        for one in corpus(given.articles, given.seed, given.start):
            out.write(json.dumps(one.record, ensure_ascii=False) + "\n")
            if truth:
                truth.write(json.dumps(asdict(one.truth), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
