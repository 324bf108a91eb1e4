"""The words that end a noun phrase of people or bodies."""

from functools import cache
from importlib.resources import files

from kg.text.alternatives import alternatives


@cache
def stop_words() -> str:
    """Return the words of np_stops.txt as a regular expression."""
    return _any_of("np_stops.txt")


@cache
def things() -> str:
    """Return the words of np_things.txt, which name what can't be told to act, as a regular expression."""
    return _any_of("np_things.txt")


@cache
def head_traps() -> tuple[str, ...]:
    """Return the words of head_traps.txt, behind which no head of an addressee begins."""
    return tuple(_lines("head_traps.txt"))


def _any_of(name: str) -> str:
    return alternatives(_lines(name))


def _lines(name: str) -> list[str]:
    text = (files("kg.read.directives") / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and line[0] != "#"]
