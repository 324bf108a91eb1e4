"""Puts the posts of one person in a chain: "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh"."""

from kg.read.actors.lexicon import families
from kg.read.actors.posts import PostSpan
from kg.read.actors.tokens import Tokens

_LINK = frozenset({",", "-", "kiêm", "và", ";", "đồng", "thời"})


def chains(tokens: Tokens, posts: list[PostSpan]) -> list[list[PostSpan]]:
    """Return the posts in chains: those that only a comma, a dash, "kiêm" or "và" parts belong together."""
    out: list[list[PostSpan]] = []
    for post in posts:
        if out and _linked(tokens, out[-1][-1], post):
            out[-1].append(post)
        else:
            out.append([post])
    return [part for chain in out for part in _parted(tokens, chain)]


def _linked(tokens: Tokens, one: PostSpan, other: PostSpan) -> bool:
    between = tokens.words[one.after : other.first]
    if one.role.key == "thủ tướng" and not one.country and other.role.key.split()[0] in {"phó", "bộ", "thứ"}:
        return False
    return len(between) <= 2 and all(word in _LINK for word in between)


def _parted(tokens: Tokens, chain: list[PostSpan]) -> list[list[PostSpan]]:
    """A semicolon parts a chain where a name follows: what stands before it belongs to somebody else."""
    after = chain[-1].after
    if not (tokens.cap(after) and tokens.words[after] in families()):
        return [chain]
    for k in range(len(chain) - 1, 0, -1):
        if ";" in tokens.words[chain[k - 1].after : chain[k].first]:
            return [chain[:k], chain[k:]]
    return [chain]
