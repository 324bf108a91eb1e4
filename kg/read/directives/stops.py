"""The words that end a noun phrase of people or bodies."""

import re
from functools import cache
from importlib.resources import files


@cache
def stop_words() -> str:
    """Return the words of np_stops.txt as alternatives of a regular expression."""
    text = (files("kg.read.directives") / "np_stops.txt").read_text(encoding="utf-8")
    return "|".join(re.escape(line) for line in text.splitlines() if line and line[0] != "#")


@cache
def things() -> str:
    """Return the words of np_things.txt, which name what can't be told to act, as alternatives of a regular expression."""
    text = (files("kg.read.directives") / "np_things.txt").read_text(encoding="utf-8")
    words = sorted((line for line in text.splitlines() if line and line[0] != "#"), key=len, reverse=True)
    return "|".join(map(re.escape, words))
