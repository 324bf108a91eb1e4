"""What the reader got wrong in the gold, one record a miss, with the sentence, the gold and the reading side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.quality.gold import GoldSet, Readings, Record
from kg.train.names import scorer

_NONE = "—"
_AROUND = 160


@dataclass(frozen=True, slots=True)
class Miss:
    """One miss: its kind ("issuer wrong"), the set and the article, the sentence, and both sides in words."""

    kind: str
    place: str
    article: str
    sentence: str
    gold: str
    reading: str


def find_misses(gold_set: GoldSet, readings: Readings) -> list[Miss]:
    """Return the misses of a set, sorted by kind, then in the order of the articles."""
    texts = {str(article.record_id): article.text for article in gold_set.articles()}
    errors: list[dict[str, Any]] = []
    scorer().score(gold_set.gold, readings, errors)
    found = [_miss(gold_set, error, texts[error["id"]], readings[error["id"]]) for error in errors]
    for article, gold in gold_set.gold.items():
        found += _verbs(gold_set.name, article, texts[article], gold, readings[article])
    return sorted(found, key=lambda miss: miss.kind)


def _miss(gold_set: GoldSet, error: Record, text: str, reading: Record) -> Miss:
    kind = str(error["kind"])
    gold = gold_set.gold[error["id"]]
    if kind.startswith("directive"):
        sentence, left, right = _directive(error["what"], kind, text, gold, reading)
    elif "got" in error:
        start, end = error["span"]
        sentence, left, right = text[start:end], _names(error["what"]), _names(error["got"])
    else:
        what, _, how = kind.partition(" ")
        sentence, left, right = _entity(what, how == "invented", error["what"], text, reading, gold)
    return Miss(kind, gold_set.name, error["id"], sentence, left, right)


def _directive(span: tuple[int, int], kind: str, text: str, gold: Record, reading: Record) -> tuple[str, str, str]:
    said = _at(gold["directives"], span)
    read = _at(reading["directives"], span)
    if kind.endswith("missed"):
        return text[slice(*span)], _who_whom(said), _stated(reading, span)
    return text[slice(*span)], _NONE, _who_whom(read)


def _at(directives: list[Record], span: tuple[int, int]) -> Record | None:
    return next((d for d in directives if (d["start"], d["end"]) == tuple(span)), None)


def _stated(reading: Record, span: tuple[int, int]) -> str:
    """What the reader took a missed sentence for: praise, say."""
    for statement in reading.get("statements", ()):
        if statement["start"] < span[1] and span[0] < statement["end"]:
            return f"{statement['kind']}: {statement['verb']}"
    return _NONE


def _who_whom(directive: Record | None) -> str:
    if directive is None:
        return _NONE
    rule = f" [{directive['rule']}, {directive['confidence']}]" if "rule" in directive else ""
    return f"{_names(directive['issuers'])} → {directive['verb']} → {_names(directive['addressees'])}{rule}"


def _entity(what: str, invented: bool, named: object, text: str, reading: Record, gold: Record) -> tuple[str, str, str]:
    """A name, post, document or meeting: where it stands, and the likest on the other side."""
    parts = [str(part) for part in named if part] if isinstance(named, list | tuple) else [str(named)]
    shown = " · ".join(parts)
    search = parts[-1] if what == "post" else parts[0] if parts else ""
    other = _likest(shown, _all(what, gold if invented else reading))
    sentence = _around(text, search)
    return (sentence, other, shown) if invented else (sentence, shown, other)


def _all(what: str, reading: Record) -> list[str]:
    if what == "post":
        return [f"{o['name']} · {post}" for o in reading.get("officials", ()) for post in o.get("posts", ())]
    if what == "meeting":
        return [f"{m['kind']} · {m.get('date') or ''}".rstrip(" ·") for m in reading.get("meetings", ())]
    if what == "document":
        return [" · ".join(d.get("accept") or ()) for d in reading.get("documents", ())]
    plural = {"official": "officials", "agency": "agencies"}[what]
    return [str(entity["name"]) for entity in reading.get(plural, ())]


def _likest(name: str, others: list[str]) -> str:
    """The other side's name with most words in common; a dash where none shares a third."""
    norm, dice = scorer().norm, scorer().dice
    best = max(others, key=lambda other: float(dice(norm(name), norm(other))), default=_NONE)
    return best if best != _NONE and dice(norm(name), norm(best)) >= 0.34 else _NONE


def _around(text: str, name: str) -> str:
    """The text around the first place that has the name, or its last words, as written."""
    words = name.split()
    for first in range(len(words)):
        at = text.casefold().find(" ".join(words[first:]).casefold())
        if at >= 0 and (first == 0 or len(words) - first >= 2):
            return text[max(0, at - _AROUND) : at + _AROUND]
    return ""


def _verbs(place: str, article: str, text: str, gold: Record, reading: Record) -> Iterator[Miss]:
    """Verbs that differ on matched directives, which the scorer counts but does not list."""
    said, read = gold.get("directives", []), reading.get("directives", [])
    norm = scorer().norm
    for one, other in scorer().match(said, read, scorer().overlap):
        left, right = said[one].get("verb"), read[other].get("verb")
        if norm(left) != norm(right):
            span = slice(said[one]["start"], said[one]["end"])
            yield Miss("verb wrong", place, article, text[span], str(left), str(right))


def _names(names: Sequence[str] | None) -> str:
    return ", ".join(names) if names else "(không nêu · nobody named)"


def counts(misses: Sequence[Miss]) -> Mapping[str, int]:
    """Return how many misses there are of each kind, the most frequent first."""
    totals: dict[str, int] = {}
    for miss in misses:
        totals[miss.kind] = totals.get(miss.kind, 0) + 1
    return dict(sorted(totals.items(), key=lambda pair: (-pair[1], pair[0])))
