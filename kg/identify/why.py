"""Why two are one, or two: what was compared, with score and values, for any two ids of one kind; and what is in doubt, for a person to decide."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from kg.errors import UsageError
from kg.graph.clusters import report_of
from kg.graph.records import Graph
from kg.identify.career import THRESHOLD, Reason
from kg.identify.decisions import shown
from kg.identify.names import body_key
from kg.identify.persons import Pair, person_id
from kg.identify.resolve import Resolved
from kg.identify.same import Verdict, same_directive, same_meeting
from kg.identify.succession import lineage, parse_id
from kg.model.base import Entity
from kg.model.entities import Agency, Directive, Document, Meeting, Membership, Person
from kg.text.fold import fold, strip_marks

_KINDS: Final = (Person, Agency, Document, Meeting, Directive)


class Answer(NamedTuple):
    """Whether two ids are one thing now, the score where one was computed (merged from `THRESHOLD` on), and the reasons in words."""

    a: str
    b: str
    same: bool
    score: float | None
    reasons: tuple[Reason, ...]


class Doubt(NamedTuple):
    """A pair that was nearly merged, or merged by little."""

    a: str
    b: str
    name: str
    merged: bool
    score: float
    reasons: tuple[Reason, ...]


def why(resolved: Resolved, graph: Graph, a: str, b: str) -> Answer:
    """Return why `a` and `b` are one or two. Ids of before are followed. Raises UsageError for an unknown id, or two of different kinds."""
    entities = {entity.id: entity for entity in graph.entities}
    redirects = dict(resolved.redirects())
    one, other = (_entity(ref, entities, redirects) for ref in (a, b))
    if type(one) is not type(other):
        raise UsageError(f"{a}, {b}: khác loại · a {type(one).__name__} and a {type(other).__name__} are never one")
    match one, other:
        case Person(), Person():
            return _persons(resolved, a, b, one, other)
        case Directive(), Directive():
            return _directives(resolved, graph, one, other)
        case Meeting(), Meeting():
            return _meetings(resolved, graph, one, other)
        case Document(), Document():
            return _answer(one, other, _documents(one, other))
        case Agency(), Agency():
            return _answer(one, other, _bodies(one, other, resolved))
    raise UsageError(
        f"{a}: chỉ so người, cơ quan, văn bản, cuộc họp, chỉ đạo · only {', '.join(k.__name__ for k in _KINDS)}"
    )


def _entity(ref: str, entities: Mapping[str, Entity], redirects: Mapping[str, str]) -> Entity:
    ident = shown(ref)[0]
    found = entities.get(redirects.get(ident, ident))
    if found is None:
        raise UsageError(f"{ref}: không có mã này · no such id in the graph; `kg query` shows ids")
    return found


def _answer(one: Entity, other: Entity, reasons: Iterator[Reason], same: bool | None = None) -> Answer:
    return Answer(one.id, other.id, one.id == other.id if same is None else same, None, tuple(reasons))


def _persons(resolved: Resolved, a: str, b: str, one: Person, other: Person) -> Answer:
    asked = {shown(a)[0], shown(b)[0]}
    own = [pair for pair in resolved.linking.pairs if {person_id(pair.one), person_id(pair.other)} == asked]
    between = own or [pair for pair in resolved.linking.pairs if _ends(resolved, pair) == {one.id, other.id}]
    if between:
        best = max(between, key=lambda pair: pair.compared.score)
        vetoes = [r for pair in between for r in pair.compared.reasons if r.weight <= -20]
        reasons = tuple(dict.fromkeys([*best.compared.reasons, *vetoes]))
        return Answer(one.id, other.id, one.id == other.id, best.compared.score, reasons)
    return Answer(one.id, other.id, one.id == other.id, None, tuple(_of_names(one, other, resolved)))


def _ends(resolved: Resolved, pair: Pair) -> set[str]:
    redirects = resolved.linking.redirects
    return {redirects.get(ident, ident) for ident in (person_id(pair.one), person_id(pair.other))}


def _of_names(one: Person, other: Person, resolved: Resolved) -> Iterator[Reason]:
    if one.id == other.id:
        keys = next((p.keys for p in resolved.linking.persons.values() if p.id == one.id), ())
        yield Reason("same name and post", THRESHOLD, ", ".join(keys))
    elif fold(one.name) != fold(other.name):
        marks = " (only tone marks differ)" if strip_marks(one.name) == strip_marks(other.name) else ""
        yield Reason("names differ" + marks, -20, f"{one.name} / {other.name}")
    else:
        yield Reason("same name, but no post by which the holder is known in both", 0, one.name)


def _bodies(one: Agency, other: Agency, resolved: Resolved) -> Iterator[Reason]:
    if one.id == other.id:
        yield Reason("one key", THRESHOLD, one.id)
        return
    if other.id in lineage(one.id) or one.id in lineage(other.id):
        yield Reason("one succeeded the other: dated versions stay two", -20, f"{one.id} / {other.id}")
    for name in ("place", "register_id"):
        mine, yours = getattr(one, name), getattr(other, name)
        if mine and yours and mine != yours:
            yield Reason(f"{name} differs", -20, f"{mine} / {yours}")
    for body in (one, other):
        if parse_id(body.id) is None and body.place is None and body.id.rpartition("@")[2].startswith("a"):
            yield Reason("nothing says whose it is: known to one article only", 0, body.id)
    mine, yours = ({body_key(n) for n in (b.name, *b.aliases)} for b in (one, other))
    common = sorted(" ".join(key) for key in mine & yours)
    yield Reason(
        "names in common" if common else "no name in common", 0, ", ".join(common) or f"{one.name} / {other.name}"
    )


def _documents(one: Document, other: Document) -> Iterator[Reason]:
    for name in ("key", "number", "term", "date", "kind"):
        mine, yours = getattr(one, name), getattr(other, name)
        if mine or yours:
            yield Reason(f"{name} {'equal' if mine == yours else 'differs'}", 0, f"{mine} / {yours}")


def _directives(resolved: Resolved, graph: Graph, one: Directive, other: Directive) -> Answer:
    posts = {e.id: e.post for e in graph.entities if isinstance(e, Membership)}
    first, second = (
        report_of(d, (posts.get(m) for m in d.capacity), resolved.twins.get(d.article)) for d in (one, other)
    )
    return _clustered(one, other, same_directive(first, second))


def _meetings(resolved: Resolved, graph: Graph, one: Meeting, other: Meeting) -> Answer:
    given = {
        m.id: {d.same_as for d in graph.entities if isinstance(d, Directive) and d.meeting == m.id} - {None}
        for m in (one, other)
    }
    articles = [meeting.id.split("/")[1] for meeting in (one, other)]
    twins = articles[0] in resolved.twins and resolved.twins[articles[0]] == resolved.twins.get(articles[1])
    return _clustered(one, other, same_meeting(one, other, twins, bool(given[one.id] & given[other.id])))


def _clustered(one: Directive | Meeting, other: Directive | Meeting, verdict: Verdict) -> Answer:
    same = one.id == other.id or (one.same_as is not None and one.same_as == other.same_as)
    told = Reason("compared: " + ("same" if verdict.same else "different"), 0, verdict.reason)
    extra = [Reason("in one cluster", 0, one.same_as or "")] if same and one.id != other.id else []
    return Answer(one.id, other.id, same, None, (told, *extra))


def doubts(resolved: Resolved) -> list[Doubt]:
    """Return the pairs of persons in doubt, the most doubtful first: those whose score is nearest to the threshold, and vetoed ones after."""
    found = [_doubt(resolved, pair) for pair in resolved.linking.pairs if not _certain(pair)]
    return sorted(found, key=lambda d: (any(r.weight <= -20 for r in d.reasons), abs(d.score - THRESHOLD), d.a, d.b))


def _certain(pair: Pair) -> bool:
    names = {r.name for r in pair.compared.reasons}
    sure = names & {"one_article_gives_both", "decided_same", "decided_different", "near_duplicate_articles"}
    return bool(sure) or (pair.merged and pair.compared.score > THRESHOLD + 1.5) or not pair.compared.reasons


def _doubt(resolved: Resolved, pair: Pair) -> Doubt:
    a, b = person_id(pair.one), person_id(pair.other)
    return Doubt(a, b, pair.one.split("\x1f")[0], pair.merged, pair.compared.score, pair.compared.reasons)
