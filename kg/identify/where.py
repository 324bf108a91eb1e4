"""Where an article is: the province that its source, its dateline or its own words state, and by which rule; never a person's name.

Order of the rules: `stated` (the user's `--place`, a profile, the source's record), `portal` and `paper` (publisher, outlet, host of the
URL), `dateline`, `sole_actor` (the one province whose bodies the text names). Two provinces that act, or two outlets, leave it open:
abstaining costs a merge, guessing makes a wrong one. Tables: outlet_hosts.csv, place_decoys.csv; rules: DOMAIN.md 2, issue 3 item 2.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal, NamedTuple
from urllib.parse import urlsplit

from kg.identify.dates import Days, choose
from kg.identify.names import body_key
from kg.identify.places import Province, name_forms, province_stated, provinces
from kg.lexicon.matcher import Matcher
from kg.lexicon.tables import read_table
from kg.model.article import Article
from kg.model.reading import Reading
from kg.text.fold import fold

Rule = Literal["stated", "portal", "paper", "dateline", "sole_actor"]

_PASSED_OVER: Final = frozenset({"navigation", "related", "byline", "date"})
_LEVEL: Final = r"(?:tỉnh|thành phố|tp\.?)"
_BODY: Final = re.compile(
    r"(?:tỉnh ủy|thành ủy|tỉnh đoàn|thành đoàn|đảng bộ|ubnd|hđnd|ủy ban nhân dân|hội đồng nhân dân|công an"
    rf"|bí thư|chủ tịch|lãnh đạo|thanh tra|sở(?: [^\W\d]+){{1,6}})\s*{_LEVEL}?\s*$"
)
_UNIT: Final = re.compile(rf"{_LEVEL}\s*$")
_SITE: Final = re.compile(r"(?:\btại|\bở|\bthuộc|\bquê|,|\(|báo|pháp luật|công an nhân dân)[^.;:]{0,40}$")
"""Before "tỉnh X": an address, or the name of a newspaper."""
_ENOUGH: Final = 2
"""Weight that makes a province the one that acts: a body of it named once, or its level twice."""

_LOOK_BACK: Final = 60
_DATELINE: Final = 80
_OPENING: Final = re.compile(r"^\W{0,3}(?:[^\W\d]{2,5}\s*[-–]\s*)?$")
_CLOSING: Final = re.compile(r"^(?:\s*:|\)\s*[-–:]|\s+[-–]\s)")
_LOCAL: Final = re.compile(r"tỉnh|thành ủy|thành phố|huyện|thị ủy|quận")
_OF_THE_CENTRE: Final = frozenset({"hà nội"})
"""Written under many national reports: as a dateline it says where the reporter sits, unless a colon follows."""


class Where(NamedTuple):
    """The province of an article and how it was decided. `start` and `end` are code points of the text where its words decided (else None)."""

    province: Province
    rule: Rule
    start: int | None = None
    end: int | None = None
    told: str = ""


class Named(NamedTuple):
    """A province named in a text. It acts there where a body or a post stands before it (`weight` 2), or its level alone (1), and not where
    it is an address (0)."""

    start: int
    end: int
    versions: tuple[Province, ...]
    weight: int


def where(article: Article, reading: Reading, day: Days | None, acting: tuple[Province, ...]) -> Where | None:
    """Return where an article of `day` is, None where that is open. `acting` are the places that the names of its bodies state."""
    for told in (reading.place, article.place):
        province = province_stated(told, day)
        if province:
            return Where(province, "stated", told=told or "")
    named = list(_named(article))
    sources = list(_sources(article, day))
    if sources:
        return next((Where(p, kind, told=told) for kind, told, p in sources if _fits(kind, p, named, acting)), None)
    # the portal of a province that it does not name: whoever is named may be its guest
    return None if _LOCAL.search(fold(article.publisher or "")) else _by_text(article, named, acting, day)


def _fits(kind: Rule, found: Province, named: list[Named], acting: tuple[Province, ...]) -> bool:
    """A portal speaks for its province whoever visits; a paper also reports on others."""
    return kind == "portal" or _only(found, named, acting)


def _sources(article: Article, day: Days | None) -> Iterator[tuple[Literal["portal", "paper"], str, Province]]:
    for told in (article.publisher, article.outlet):
        found = _in_title_of_source(told or "", day)
        if found and told:
            yield "portal" if re.search(r"cổng|portal|\.gov\.vn|tỉnh ủy|thành ủy", fold(told)) else "paper", told, found
    host = urlsplit(article.url or "").hostname or ""
    for labels in range(host.count(".") + 1):
        row = _hosts().get(host.split(".", labels)[-1])
        found = choose(row[1], day) if row else None
        if row and found:
            yield row[0], host, found


def _in_title_of_source(told: str, day: Days | None) -> Province | None:
    """The one province in the name of an outlet; "Báo Mới (bài về Đà Nẵng) ... Hà Tĩnh" names two, and none."""
    hits = _matcher().find(fold(told))
    found = {choose(hit.payload, day) for hit in hits if hit.payload}
    return found.pop() if len(found) == 1 else None


@cache
def _hosts() -> dict[str, tuple[Literal["portal", "paper"], tuple[Province, ...]]]:
    by_slug: dict[str, list[Province]] = {}
    for province in provinces().values():
        by_slug.setdefault(province.row["ascii_slug"], []).append(province)
    found: dict[str, tuple[Literal["portal", "paper"], tuple[Province, ...]]] = {}
    for row in read_table("outlet_hosts"):
        for slug, versions in by_slug.items():
            if row["place"] in {"", slug}:
                host = row["pattern"].replace("{place}", slug.replace("-", ""))
                found[host] = ("portal" if row["kind"] == "portal" else "paper", tuple(versions))
    return found


@cache
def _matcher() -> Matcher[tuple[Province, ...]]:
    """Forms of names of provinces; what only looks like one is an entry without provinces, and the longest entry wins."""
    entries = {form: versions for form, versions in name_forms().items() if len(form) > 3}
    return Matcher(entries | {row["form"]: () for row in read_table("place_decoys")})


@cache
def _family_names() -> frozenset[str]:
    return frozenset(fold(row["name"]) for row in read_table("family_names"))


def _ends_with_family_name(text: str) -> bool:
    last = text[-10:].rsplit(" ", 1)[-1].strip('("')
    return last[:1].isupper() and fold(last) in _family_names()


def _named(article: Article) -> Iterator[Named]:
    """Provinces named in the running text. A family name or another capital before one makes it a part of a person's name."""
    folded = fold(article.text)
    skipped = [(z.start, z.end) for z in article.zones if z.kind in _PASSED_OVER]
    for hit in _matcher().find(folded):
        if not hit.payload or any(start <= hit.start < end for start, end in skipped):
            continue
        before = folded[max(0, hit.start - _LOOK_BACK) : hit.start].rstrip()
        if not _ends_with_family_name(article.text[: hit.start].rstrip()):
            yield Named(hit.start, hit.end, hit.payload, _weight(before, folded[hit.start : hit.end]))


def _weight(before: str, name: str) -> int:
    if _SITE.search(before) and not re.search(
        r"(?:tỉnh ủy|thành ủy|ubnd|hđnd|ủy ban nhân dân)\s*(?:tỉnh|thành phố|tp\.?)?$", before
    ):
        return 0
    if _BODY.search(before):
        return 2
    return 1 if _UNIT.search(before) or name.startswith(("tỉnh ", "thành phố ", "tp")) else 0


def _only(found: Province, named: list[Named], acting: tuple[Province, ...]) -> bool:
    """Whether no other province acts in the article."""
    others = [one for one in named if one.weight and found not in one.versions]
    return not others and all(place.name == found.name for place in acting)


def _by_text(article: Article, named: list[Named], acting: tuple[Province, ...], day: Days | None) -> Where | None:
    line = _dateline(article, named)
    if line:
        found = choose(line.versions, day)
        return Where(found, "dateline", line.start, line.end) if found and _only(found, named, acting) else None
    return _sole_actor(article, named, acting, day)


def _dateline(article: Article, named: list[Named]) -> Named | None:
    """ "Bình Định: ...", "(Bình Định) - ...", "TTO - Bình Định: ..." at the start of the text."""
    first = next((one for one in named if one.start <= _DATELINE), None)
    if first is None or not _OPENING.match(article.text[: first.start].replace("(", "").strip(" ")):
        return None
    closing = _CLOSING.match(article.text[first.end : first.end + 6])
    if not closing:
        return None
    central = fold(article.text[first.start : first.end]) in _OF_THE_CENTRE and ":" not in closing.group()
    return None if central else first


def _sole_actor(article: Article, named: list[Named], acting: tuple[Province, ...], day: Days | None) -> Where | None:
    """The province that acts, where it is the only one that the text names at all."""
    names = {province.name for one in named for province in one.versions} | {place.name for place in acting}
    if len(names) != 1:
        return None
    actor = max(named, key=lambda one: one.weight, default=None)
    if actor is None or sum(one.weight for one in named) < _ENOUGH:
        return _of_bodies(article, acting)
    found = choose(actor.versions, day)
    return Where(found, "sole_actor", actor.start, actor.end) if found else None


def _of_bodies(article: Article, acting: tuple[Province, ...]) -> Where | None:
    """A province that only names of bodies state: one that the register does not have, too."""
    if not acting or len(set(acting)) > 1:
        return None
    start = fold(article.text).find(" ".join(body_key(acting[0].name)))
    return Where(acting[0], "sole_actor", start, start + len(acting[0].name)) if start >= 0 else None
