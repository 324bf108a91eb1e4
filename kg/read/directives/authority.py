"""Who stands above whom: the rank of an actor by the post or body that names it (DOMAIN.md 3 and 6.4; lower is more senior)."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from kg.lexicon.matcher import Matcher
from kg.model.reading import OfficialRead
from kg.read.mentions import ActorMention
from kg.text.fold import fold

UNKNOWN = 999
_OFFICES = (400, 500)
_BELOW = {" huyện": 560, " quận": 560, " thị xã": 560, " xã": 640, " phường": 640, " thị trấn": 640}
"""An office that says its level stands under the leaders of that level, whatever its kind stands for in a province."""


@cache
def _heads() -> Matcher[int]:
    text = (files("kg.read.directives") / "ranks.csv").read_text(encoding="utf-8")
    return Matcher({row["head"]: int(row["rank"]) for row in csv.DictReader(text.splitlines())})


@lru_cache(maxsize=65_536)
def rank_of_name(name: str) -> int:
    """Return the rank that a post or body's name gives, or `UNKNOWN`.

    >>> rank_of_name("Giám đốc Sở Y tế"), rank_of_name("Bộ Y tế"), rank_of_name("Phòng Y tế huyện Sông Mẫu")
    (410, 200, 560)
    """
    folded = fold(name)
    hits = _heads().find(folded)
    rank = hits[0].payload if hits and hits[0].start <= 12 else UNKNOWN
    if not _OFFICES[0] <= rank < _OFFICES[1]:
        return rank
    return next((max(rank, below) for level, below in _BELOW.items() if level in folded), rank)


def ranks_of_officials(officials: Iterable[OfficialRead]) -> Mapping[str, int]:
    """Return the most senior rank of each official's posts by name."""
    return {
        official.name: min((rank_of_name(post) for post in official.posts), default=UNKNOWN) for official in officials
    }


def rank_of(mention: ActorMention, ranks: Mapping[str, int]) -> int:
    """Return the rank of a mention: the person's, where the name is an official's, else that of the post or body."""
    return ranks.get(mention.name, UNKNOWN) if mention.name in ranks else rank_of_name(mention.name)


def direction(speaker: int, addressee: int) -> str:
    """Return `down`, `up`, `level` or `open` for ranks of speaker and addressee."""
    if UNKNOWN in {speaker, addressee}:
        return "open"
    if abs(speaker - addressee) < 8:
        return "level"
    return "down" if speaker < addressee else "up"
