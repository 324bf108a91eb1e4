"""Brings the mentions of one person together and says which of the posts that the article gives are different ones."""

from dataclasses import dataclass, field
from functools import lru_cache

from kg.read.actors.lexicon import folded, word_set
from kg.read.actors.names import PersonSpan
from kg.read.actors.posts import PostSpan

_DEPUTIES = frozenset({"đại biểu", "đb", "đbqh"})
_STATE = frozenset({"tổng", "mtv", "thành", "nhà"})
_FIRMS = ("tập đoàn", "group", "hiệp hội", "điều hành", "công ty", "ngân hàng")


@dataclass(slots=True)
class Official:
    """A person of the article: fullest name, spans and posts; `comrade` where the text says "đồng chí"."""

    name: str
    spans: list[PersonSpan] = field(default_factory=list)
    posts: list[PostSpan] = field(default_factory=list)
    comrade: bool = False

    @property
    def given(self) -> str:
        """The given name, low: the last syllable."""
        return folded(self.name).split()[-1]


def _words(post: PostSpan) -> frozenset[str]:
    return _content(post.role.key, post.agency or post.text, post.place)


@lru_cache(maxsize=4096)
def _content(role: str, body: str, place: str) -> frozenset[str]:
    words = folded(f"{body} {place}").replace("-", " ").replace(",", " ").split()
    return frozenset(words + role.split()) - {"nguyên", "quyền", "và", "của", "cựu", "cố"}


def distinct_posts(posts: list[PostSpan]) -> list[PostSpan]:
    """Return `posts` without those that another says more fully; the order of the text stays."""
    kept: list[PostSpan] = []
    for post in posts:
        rival = next((k for k in kept if _one_role(k, post) and _same(k, post)), None)
        if rival is None:
            kept.append(post)
        elif _fuller(post, rival):
            kept[kept.index(rival)] = post
    return kept


def _one_role(one: PostSpan, other: PostSpan) -> bool:
    """Roles are one by name; "Bộ trưởng, Chủ nhiệm Văn phòng ..." is one post and says both its parts."""
    a, b = one.role.key, other.role.key
    if a == b:
        return True
    long, short = sorted((a, b), key=len, reverse=True)
    return (
        long in {"bộ trưởng, chủ nhiệm", "bộ trưởng - chủ nhiệm", "bộ trưởng chủ nhiệm"}
        and short in {"bộ trưởng", "chủ nhiệm"}
    ) or {a, b} <= _DEPUTIES


def enlarge(official: Official, post: PostSpan) -> None:
    """Take over a fuller wording of a post that the official is known to hold, from where the text names the post alone."""
    if post.role.body == "named" or "thủ tướng" in post.role.key:
        return
    if any(own.text == post.text for own in official.posts):
        return
    if any(own.role.key == post.role.key and _same(own, post) and own.status == post.status for own in official.posts):
        official.posts.append(post)


def _fuller(post: PostSpan, rival: PostSpan) -> bool:
    return len(_words(post)) > len(_words(rival))


def _same(one: PostSpan, other: PostSpan) -> bool:
    if {one.role.key, other.role.key} <= _DEPUTIES:
        return True
    a, b = _words(one), _words(other)
    placed = (one.place and other.agency and not one.agency) or (other.place and one.agency and not other.agency)
    return a <= b or b <= a or (bool(placed) and "ủy ban nhân dân" in folded(one.agency or other.agency or ""))


def gather(spans: list[PersonSpan]) -> list[Official]:
    """Return the officials among `spans`: persons with a post, or addressed as comrade; names are brought together by spelling."""
    people: dict[str, Official] = {}
    full = [span for span in spans if (span.after - span.first > 1 or span.whole) and not _is_tail(span, spans)]
    for span in full:
        key = folded(span.name)
        person = people.setdefault(key, Official(span.name))
        person.spans.append(span)
        person.posts.extend(span.posts)
        person.comrade |= bool({"comrade", "rank"} & span.titles)
    owned = {id(span) for span in full}
    for span in spans:
        if id(span) not in owned:
            _given(span, people)
    historical = word_set("historical")
    return [p for key, p in people.items() if _in_office(p) and key not in historical]


def _is_tail(span: PersonSpan, spans: list[PersonSpan]) -> bool:
    """Say whether a name of two syllables is the end of a longer one in the article ("bà Quỳnh Hoa" of "Lê Quỳnh Hoa")."""
    if span.after - span.first != 2 or not (span.titles or span.posts):
        return False
    tail = " " + folded(span.name)
    return any(other.after - other.first > 2 and folded(other.name).endswith(tail) for other in spans)


def _in_office(person: Official) -> bool:
    """A post or the address "đồng chí" makes an official; a foreigner at the head of a firm is none."""
    if not person.posts:
        return person.comrade
    foreign = not person.spans[0].vietnamese
    if all("công ty" in folded(post.text) and not _STATE & set(folded(post.text).split()) for post in person.posts):
        return False
    return not (foreign and any(firm in folded(post.text) for post in person.posts for firm in _FIRMS))


def _given(span: PersonSpan, people: dict[str, Official]) -> None:
    """A given name alone means the person last named before it (else first after) who bears it."""
    name = folded(span.name)
    bearers = [p for p in people.values() if p.given == name or folded(p.name).endswith(" " + name)]
    before = [p for p in bearers if any(s.first < span.first for s in p.spans)]
    if before:
        person = max(before, key=lambda p: max(s.first for s in p.spans if s.first < span.first))
    elif bearers:
        person = bearers[0]
    elif span.posts and (
        "honorific" in span.titles or span.posts[-1].country or span.posts[-1].role.key in {"thứ trưởng", "bộ trưởng"}
    ):
        person = people.setdefault(folded(span.name), Official(span.name))
    else:
        return
    person.spans.append(span)
    person.posts.extend(span.posts)
