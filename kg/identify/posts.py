"""Which post a person holds or a text names: a head ("Phó Chủ tịch") at a body, with what is left of the words between them.

Tables: kg/lexicon/post_heads.csv, positions.csv, many_holders.csv; rules: DOMAIN.md 3.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.identify.bodies import Body
from kg.identify.names import Key, body_key, label
from kg.identify.register import OFFICES, rows
from kg.lexicon.tables import read_table, split_list
from kg.model.ids import digest

_STATUS: Final = frozenset({"nguyên", "cựu", "cố", "quyền"})
_FILLERS: Final = frozenset({"của", "thuộc", "tại", "tỉnh", "thành", "phố", "đảng", "việt", "nam"})
_DEPUTY: Final = "phó"
_MINISTER_AND_HEAD: Final = ("bộ", "trưởng", "chủ", "nhiệm")


@dataclass(frozen=True, slots=True)
class PostName:
    """A post's words taken apart: `head`, and `rest` that the body does not account for ("tổ chức" in "Trưởng phòng Tổ chức Sở Y tế")."""

    head: Key
    rest: Key


@dataclass(frozen=True, slots=True)
class PostAt:
    """A post at a body. `unique` says that its holder is known by it: few hold it at one time, and the body is known across articles."""

    id: str
    key: Key
    body: Body | None
    unique: bool


@cache
def _heads() -> dict[Key, str]:
    """Heads, folded, with the word that begins the body's name where the head only fits such ("Trưởng phòng": "phòng")."""
    found: dict[Key, str] = {}
    for row in read_table("post_heads"):
        found.setdefault(body_key(row["canonical_vi"]), row["prefix"] if row["body"] == "open" else "")
    return found


@cache
def _many_holders() -> dict[Key, frozenset[str]]:
    return {body_key(r["canonical_vi"]): frozenset(split_list(r["except_bodies"])) for r in read_table("many_holders")}


@cache
def _bodies_by_post() -> dict[Key, str]:
    """Posts that exist at one national body only, so that the post alone names it: "Phó Thủ tướng" -> chinh-phu."""
    found: dict[Key, set[str]] = {}
    for row in read_table("positions"):
        body = rows().get(row["body_agency_id"])
        if row["row_type"] == "post" and body and body.level == "central":
            for form in (row["canonical_vi"], *split_list(row["aliases"])):
                found.setdefault(body_key(form), set()).add(body.id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def body_of_post(post: str) -> str | None:
    """Return the name of the one body at which a post exists, where its words alone say so.

    >>> body_of_post("Phó Thủ tướng"), body_of_post("Giám đốc")
    ('Chính phủ', None)
    """
    found = _bodies_by_post().get(_without_status(body_key(post)))
    return rows()[found].name if found and found not in OFFICES else None


def is_national(post: str) -> bool:
    """Say whether a post is an office of the state that belongs to no body: "Chủ tịch nước", "Phó Chủ tịch nước"."""
    return _bodies_by_post().get(_without_status(body_key(post))) in OFFICES


@lru_cache(maxsize=100_000)
def split_post(post: str) -> PostName:
    """Return the head of a post, the longest that the register of heads knows, and what follows it."""
    key = _without_status(body_key(post))
    if key[:4] == _MINISTER_AND_HEAD:  # "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ" is one post
        key = key[2:]
    start = 1 if key[:1] == (_DEPUTY,) else 0
    for length in range(len(key), 0, -1):
        if key[:length] in _heads() or (start and length > 1 and key[1:length] in _heads()):
            return PostName(key[:length], key[length:])
    return PostName(key, ())


def is_post(name: str) -> bool:
    """Say whether a name begins with the head of a post, as "Chủ tịch Ủy ban nhân dân tỉnh" does."""
    parsed = split_post(name)
    return parsed.head in _heads() or (parsed.head[:1] == (_DEPUTY,) and parsed.head[1:] in _heads())


def _without_status(key: Key) -> Key:
    while len(key) > 1 and key[0] in _STATUS:
        key = key[1:]
    return key


def post_at(post: str, body: Body | None, body_name: str | None, article: str, *, national: bool = True) -> PostAt:
    """Return the post with these words at `body`, which the article calls `body_name`; without a known body it is the article's own.

    `national` lets a state office without body ("Chủ tịch nước") be that of Vietnam.
    """
    parsed = split_post(post)
    covered = _FILLERS | set(_words(body, body_name))
    rest = tuple(word for word in parsed.rest if word not in covered)
    key = parsed.head + rest
    national = body is None and national and is_national(post)
    shared = national or (body is not None and body.shared)
    where = body.id.removeprefix("agency/") if body else "viet-nam" if national else article
    return PostAt(
        f"post/{label(' '.join(key), *key)}@{where}",
        key,
        body,
        shared and _few_hold(parsed.head, rest, body),
    )


def _words(body: Body | None, name: str | None) -> Key:
    words = body_key(name or "") + body_key(body.name if body and body.name else "")
    if body and body.place:
        for form in (body.place.full, *split_list(body.place.row["aliases"])):
            words += body_key(form)
    if body and body.row:
        for abbreviation in rows()[body.row].abbreviations:
            words += body_key(abbreviation)
    return words + _short_fields(frozenset(words))


@lru_cache(maxsize=10_000)
def _short_fields(words: frozenset[str]) -> Key:
    """The abbreviations of the fields named by `words`: "GD-ĐT" in a body of education and training."""
    short = (row["aliases"] for row in read_table("agency_fields") if words >= set(body_key(row["canonical_vi"])))
    return tuple(word for aliases in short for alias in split_list(aliases) for word in body_key(alias))


def _few_hold(head: Key, rest: Key, body: Body | None) -> bool:
    bare = head[1:] if head[:1] == (_DEPUTY,) else head
    except_bodies = next((of for many, of in _many_holders().items() if bare[: len(many)] == many), None)
    if except_bodies is not None:
        return body is not None and body.row in except_bodies
    opening = body_key(_heads().get(bare, ""))
    # a "Trưởng phòng" at a ministry is one of hundreds unless it says of which
    return not opening or bool(rest) or (body is not None and body_key(body.name or "")[: len(opening)] == opening)


@cache
def _positions() -> dict[Key, dict[str, str]]:
    found: dict[Key, dict[str, str]] = {}
    for row in read_table("positions"):
        if row["row_type"] == "post":
            for form in (row["canonical_vi"], *split_list(row["aliases"])):
                found.setdefault(body_key(form), row)
    return found


@lru_cache(maxsize=100_000)
def rank_of(post: str, role: str | None) -> int | None:
    """Return the rank of a post in the register of positions (lower is more senior), by its words, else by the role that the reader gave.

    >>> rank_of("Bí thư Tỉnh ủy", None)
    300
    """
    key = _without_status(body_key(post))
    for length in range(len(key), 0, -1):
        row = _positions().get(key[:length])
        if row:
            return int(row["rank"])
    by_role = next((row for row in read_table("positions") if row["position_id"] == role), None)
    return int(by_role["rank"]) if by_role and by_role["rank"] else None


def is_of_many(post: str) -> bool:
    """Say whether a post is that of a member ("Ủy viên ..."), in which nobody instructs."""
    head = split_post(post).head
    return any(head[: len(many)] == many for many in _many_holders())


def post_digest(post_id: str, status: str) -> str:
    """Return the part of a membership's id that stands for the post."""
    return digest(post_id, status, length=8)
