"""Brings the mentions of one body together: abbreviated, shortened and full names are one agency by its fullest form."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kg.read.actors.agencies import AgencyGrammar, AgencySpan
from kg.read.actors.lexicon import Entry, Head, Word, acronyms, folded, word_set
from kg.read.actors.lists import listed, places_listed
from kg.read.actors.posts import PostSpan
from kg.read.actors.tokens import Tokens

_LEVELS = ("tỉnh ", "thành phố ", "huyện ", "quận ", "thị xã ", "xã ", "phường ", "thị trấn ", "đặc khu ")
_BARE = frozenset(level.strip() for level in _LEVELS)


@dataclass(slots=True)
class Body:
    """One agency of the article: its name without place, its place, and the tokens of its mentions."""

    name: str
    place: str
    kind: str
    spans: list[tuple[int, int]] = field(default_factory=list)

    @property
    def full(self) -> str:
        """The name with its place."""
        return f"{self.name} {self.place}" if self.place else self.name


def agency_spans(tokens: Tokens, hits: dict[int, tuple[int, Entry]], grammar: AgencyGrammar) -> list[AgencySpan]:
    """Return the bodies of the page in order, lists split; a body inside another's name is no second one."""
    spans: list[AgencySpan] = []
    glosses: set[str] = set()
    end = 0
    for i in sorted(hits):
        if i < end:
            continue
        entry = hits[i][1]
        if isinstance(entry, Head):
            span = grammar.at(i)
            if span is None:
                continue
            if _gloss(tokens, spans, span):
                glosses.add(span.name)
                continue
            if span.name in glosses:
                continue
            named = places_listed(tokens, i) if span.group else []
            spans += named or (span, *listed(grammar, span))
            end = spans[-1].after
        elif isinstance(entry, Word) and entry.kind == "group":
            named = places_listed(tokens, i)
            spans.extend(named)
            end = named[-1].after if named else end
    return _shared_tails(tokens, spans)


_SHARING = frozenset({"level", "nest"})
_OF_A_KIND = frozenset(
    {"department", "socio_political_org", "mass_association", "military_command", "police", "border_guard", "front"}
)
_ASSOCIATIONS = frozenset({"socio_political_org", "mass_association", "front"})
_UNDER = re.compile(r"(?: (?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy| Hội đồng nhân dân)(?: .+)?$")
_BETWEEN = frozenset({(",",), ("và",), (",", "lãnh", "đạo"), ("và", "lãnh", "đạo"), (",", "đại", "diện")})


def _shared_tails(tokens: Tokens, spans: list[AgencySpan]) -> list[AgencySpan]:
    """Give a body without its own tail that of the next in the list: "HĐND, UBND tỉnh", "Ban Tổ chức và UBKT Tỉnh ủy"."""
    out = list(spans)
    for k in range(len(out) - 2, -1, -1):
        one, other = out[k], out[k + 1]
        if one.group or one.foreign or one.place or other.short or other.foreign:
            continue
        if tuple(tokens.words[one.after : other.first]) in _BETWEEN:
            out[k] = _with_tail(one, other)
    return out


def _with_tail(one: AgencySpan, other: AgencySpan) -> AgencySpan:
    under = _UNDER.search(other.name)
    if under and one.head.kind in {"office", "department", "party_inspection"} and one.head.body != "field":
        own = one.head.canonical if one.short else one.name
        return one if _UNDER.search(own) else replace(one, name=own + under.group(), place=other.place, short=False)
    if one.short and one.head.body in _SHARING and other.head.body in _SHARING and one.head.kind != "office":
        tail = _tail(one, other)
        if tail or (other.place and one.head.body == other.head.body == "level"):
            return replace(one, name=f"{one.head.canonical} {tail}".strip(), place=other.place, short=False)
        return one
    if not other.place or (one.short and one.head.body != "level") or "place" in {one.head.body, other.head.body}:
        return one
    kinds = {one.head.kind, other.head.kind}
    alike = (len(kinds) == 1 and kinds <= _OF_A_KIND) or kinds <= _ASSOCIATIONS
    council = one.head.body == "nest" and other.head.body == "level" and one.name.endswith("Hội đồng nhân dân")
    return replace(one, place=other.place, short=False) if alike or council else one


def _tail(one: AgencySpan, other: AgencySpan) -> str:
    if one.head.body != "nest":
        return ""
    if one.head.canonical == "Đảng ủy" and other.head.body == "level":
        return other.name
    return other.name.removeprefix(other.head.canonical).strip()


def _gloss(tokens: Tokens, spans: list[AgencySpan], span: AgencySpan) -> bool:
    """Say whether `span` only repeats, in brackets and as an acronym, the body before it."""
    if not spans or spans[-1].after != span.first - 1 or tokens.word(span.first - 1) != "(":
        return False
    return span.after - span.first == 1 and tokens.slice(span.first, span.after).isupper()


@lru_cache(maxsize=4096)
def _bare_place(place: str) -> str:
    low = folded(place)
    for level in _LEVELS:
        if low.startswith(level):
            return low[len(level) :]
    return "" if low in _BARE else low


def names_a_place(place: str) -> bool:
    """Say whether `place` names one and is not only a level ("tỉnh")."""
    return bool(_bare_place(place))


@lru_cache(maxsize=4096)
def _level(place: str) -> str:
    low = folded(place)
    return next((level.strip() for level in _LEVELS if low.startswith(level) or low == level.strip()), "")


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    key = " ".join(folded(name).replace("-", " ").replace(",", " ").replace(" và ", " ").split())
    return key.removesuffix(" việt nam")


_SHORTENED = frozenset(
    {"steering_committee", "task_force", "council", "hospital", "management_board", "public_service_unit"}
)
_SCENERY = frozenset({"school", "hospital", "public_service_unit"})


class Bodies:
    """The agencies of one article; `add` in order of the text, then `settle`, then `of` names any mention."""

    def __init__(self) -> None:
        self._by_key: dict[str, list[Body]] = {}
        self._at: dict[tuple[str, int], Body] = {}

    def add(self, name: str, place: str, kind: str, span: tuple[int, int]) -> None:
        """Add a mention of a body."""
        group = self._by_key.setdefault(_key(name), [])
        for body in group:
            if _bare_place(body.place) == _bare_place(place) and _compatible(body.place, place):
                body.spans.append(span)
                if len(place) > len(body.place):
                    body.place = place
                if len(name) > len(body.name):
                    body.name = name
                return
        group.append(Body(name, place, kind, [span]))

    def settle(self) -> None:
        """Give mentions without a place to the nearest body of the same name that has one."""
        for key, group in self._by_key.items():
            placed = [body for body in group if _bare_place(body.place)]
            kept = list(placed)
            for body in group:
                if body in placed:
                    continue
                fitting = [b for b in placed if _compatible(b.place, body.place)]
                target = min(fitting, key=lambda b: _distance(b, body), default=None)
                if target is None:
                    kept.append(body)
                else:
                    target.spans.extend(body.spans)
            self._by_key[key] = kept
        self._shortened()
        self._short_fields()
        self._acronyms()
        for key, group in self._by_key.items():
            for body in group:
                for start, _ in body.spans:
                    self._at.setdefault((key, start), body)

    def _acronyms(self) -> None:
        """An acronym is the body that the article names in full."""
        for acronym, name in acronyms():
            short, full = self._by_key.get(acronym), self._by_key.get(_key(name))
            if short and full:
                full[0].spans.extend(span for body in short for span in body.spans)
                self._by_key[acronym] = []

    def _short_fields(self) -> None:
        """ "Bộ Giao thông" beside "Bộ Giao thông vận tải" is the same ministry."""
        for key in [k for k, group in self._by_key.items() if group and group[0].kind in {"ministry", "department"}]:
            longer = [k for k in self._by_key if k.startswith(key + " ") and self._by_key[k]]
            if len(longer) == 1 and all(not b.place for b in self._by_key[key]):
                for body in self._by_key[key]:
                    self._by_key[longer[0]][0].spans.extend(body.spans)
                self._by_key[key] = []

    def _shortened(self) -> None:
        """A steering committee named in full once is meant by the beginning of its name later."""
        long = [b for group in self._by_key.values() for b in group if b.kind in _SHORTENED]
        for body in long:
            fuller = [b for b in long if b is not body and _key(b.full).startswith(_key(body.full) + " ")]
            if fuller:
                fuller[0].spans.extend(body.spans)
                self._by_key[_key(body.name)].remove(body)

    def all(self) -> list[Body]:
        """Return the agencies in order of first mention."""
        bodies = [body for group in self._by_key.values() for body in group]
        return sorted(bodies, key=lambda body: min(body.spans))

    def of(self, name: str, place: str, first: int) -> str:
        """Return the fullest name of the body that a mention at token `first` names."""
        body = self._at.get((_key(name), first))
        if body is not None:
            return body.full
        return f"{name} {place}" if place else name


def _compatible(one: str, other: str) -> bool:
    a, b = _level(one), _level(other)
    return not a or not b or a == b


def _distance(placed: Body, bare: Body) -> tuple[int, int]:
    start = bare.spans[0][0]
    before = [start - first for first, _ in placed.spans if first <= start]
    after = [first - start for first, _ in placed.spans if first > start]
    return (min(before), 0) if before else (10**6 + min(after), 1)


def _is_scenery(tokens: Tokens, span: AgencySpan) -> bool:
    """Schools, hospitals and enterprises count where they act or are addressed (GUIDELINES.md), not where they are scenery."""
    if span.head.kind not in _SCENERY or span.head.body == "none":
        return False
    if span.head.kind == "public_service_unit" and span.place:
        return False
    acts = word_set("act")
    after = tokens.word(span.after)
    if after == "thuộc" and tokens.cap(span.after + 1):
        return False
    before = (tokens.word(span.first - 2), tokens.word(span.first - 1))
    return not (
        after in acts
        or before in {("yêu", "cầu"), ("đề", "nghị"), ("chỉ", "đạo")}
        or before[1] in {"giao", "đạo", "diện"}
    )


def collect(tokens: Tokens, spans: Iterable[AgencySpan], posts: Iterable[PostSpan]) -> Bodies:
    """Return the agencies that `spans` name and `posts` imply, brought together."""
    bodies = Bodies()
    held = {post.body.first for post in posts if post.body}
    replaced = {i for post in posts if post.derived for i in range(post.first, post.after)}
    found = [
        (span.first, span.name, span.place, span.head.kind, span.after)
        for span in spans
        if not (span.short or span.foreign or span.group)
        and (span.first not in replaced or tokens.word(span.first - 1) in {"của", "thuộc", ",", "("})
        and (span.first in held or not _is_scenery(tokens, span))
    ]
    found += [(post.first, post.derived, "", "department", post.after) for post in posts if post.derived]
    for first, name, place, kind, after in sorted(found):
        bodies.add(name, place, kind, (first, after))
    bodies.settle()
    return bodies
