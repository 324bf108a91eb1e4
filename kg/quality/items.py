"""Runs the reader over `tests/data/sentences` and says which items it reads right, and how many of each construction."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kg.model.article import Article, Origin
from kg.model.ids import article_id
from kg.model.reading import DirectiveRead, Reading
from kg.quality.places import SENTENCES
from kg.read import read
from kg.text.fold import fold

_HEADS = re.compile(
    r"^(?:(?:tập thể |đại diện |ban )?lãnh đạo|thủ trưởng|người đứng đầu|các đồng chí|đồng chí|ông|bà) "
)

Item = Mapping[str, Any]


def items() -> Iterator[tuple[str, Item]]:
    """Yield construction and item, in the order of the files."""
    for path in sorted(SENTENCES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield path.stem, json.loads(line)


def pass_shares() -> dict[str, float]:
    """Return the share of each construction's items that are read right, under `sentences/CONSTRUCTION`."""
    passed: defaultdict[str, list[bool]] = defaultdict(list)
    for construction, item in items():
        passed[f"sentences/{construction}"].append(not faults(item))
    return {name: round(sum(each) / len(each), 4) for name, each in passed.items()}


def reading_of(item: Item) -> Reading:
    """Read the item's text."""
    text = item["text"]
    return read(
        Article(
            id=article_id(None, text),
            record_id=item["id"],
            text=text,
            published=item.get("published"),
            origin=Origin(loader="test", source=item["id"]),
        )
    )


def faults(item: Item) -> list[str]:
    """Return what the reader gets wrong in the classes that the item states; empty where all is right."""
    reading, gold = reading_of(item), item["reading"]
    found: list[str] = []
    if "officials" in gold:
        found += _unequal("official", [o["name"] for o in gold["officials"]], [o.name for o in reading.officials])
        posts = {key(o.name): o.posts for o in reading.officials}
        for official in gold["officials"]:
            found += _unequal("post", official["posts"], posts.get(key(official["name"]), ()))
    if "agencies" in gold:
        found += _unequal("agency", [a["name"] for a in gold["agencies"]], [a.name for a in reading.agencies])
    if "documents" in gold:
        found += _documents(gold["documents"], reading)
    if "meetings" in gold:
        want = sorted((key(m["kind"]), m.get("date")) for m in gold["meetings"])
        have = sorted((key(m.kind), m.date) for m in reading.meetings)
        found += [] if want == have else [f"meetings {want} != {have}"]
    if "directives" in gold:
        found += _directives(item, gold["directives"], reading)
    return found


def key(name: str | None) -> str:
    """Fold a name for comparison: case, tone placement, punctuation, honorifics and words for leadership."""
    plain = " ".join(re.findall(r"[\w/&-]+", fold(name or "").replace("ubnd", "ủy ban nhân dân")))
    while match := _HEADS.match(plain):
        plain = plain[match.end() :]
    return plain


def _unequal(what: str, want: Sequence[str], have: Sequence[str]) -> list[str]:
    wanted, had = {key(name) for name in want}, {key(name) for name in have}
    return [f"{what} missed: {name}" for name in sorted(wanted - had)] + [
        f"{what} invented: {name}" for name in sorted(had - wanted)
    ]


def _documents(want: Sequence[Item], reading: Reading) -> list[str]:
    forms = [{key(form) for form in (*d.accept, d.number, d.name) if form} for d in reading.documents]
    missed = [d["accept"][0] for d in want if not any({key(a) for a in d["accept"]} & form for form in forms)]
    found = [f"document missed: {name}" for name in missed]
    return found if len(forms) <= len(want) else [*found, f"{len(forms)} documents instead of {len(want)}"]


def _directives(item: Item, want: Sequence[Item], reading: Reading) -> list[str]:
    found: list[str] = []
    left = list(reading.directives)
    for directive in want:
        start = item["text"].index(directive["quote"])
        match = next((d for d in left if _overlap(d, start, start + len(directive["quote"]))), None)
        if match is None:
            found.append(f"directive missed: {directive['quote'][:50]}")
            continue
        left.remove(match)
        found += _unequal("issuer", directive["issuers"], match.issuers)
        found += _unequal("addressee", directive["addressees"], match.addressees)
        if key(directive["verb"]) != key(match.verb):
            found.append(f"verb {match.verb} instead of {directive['verb']}")
        if key(directive.get("deadline")) != key(match.deadline):
            found.append(f"deadline {match.deadline} instead of {directive.get('deadline')}")
    return found + [f"directive invented: {d.quote[:50]}" for d in left]


def _overlap(directive: DirectiveRead, start: int, end: int) -> bool:
    common = min(directive.end, end) - max(directive.start, start)
    return common >= 0.5 * min(directive.end - directive.start, end - start)
