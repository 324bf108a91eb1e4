"""A question in plain words, Vietnamese or English, turned into a named question and its parameters.

The grammar is data: `forms.toml` holds the sentences, `english.csv` the Vietnamese of English names and matters. Nothing is guessed: a sentence that
no form fits is refused with the forms that come nearest.
"""

import csv
import re
import shlex
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal

from kg.ask.times import Time, filled, find_time
from kg.errors import UsageError
from kg.text.fold import fold, strip_marks

# words that a name does not hold: with one of them left, the sentence says something that the form does not
_LEFT_OVER: Final = frozenset(
    {"ai", "gì", "gi", "nào", "không", "khong", "chưa", "hôm", "hom", "nay", "tuần", "những", "được", "phải", "đã"}
    | {"who", "whom", "what", "which", "why", "how", "when", "not", "never", "today", "yesterday", "tomorrow", "week"}
)
_ARTICLES: Final = frozenset({"the", "a", "an"})
_A_DAY: Final = MappingProxyType({"vi": " vào ngày 30/9/2024", "en": " on 30 September 2024"})
"""Shown behind a sentence that needs a date."""
_DATED: Final = ("document", "cites")  # "Luật Đất đai 2013": a year may belong to the name
_LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Understood:
    """A named question and its parameters, as `kg query NAME -p KEY VALUE` would take them."""

    question: str
    params: Mapping[str, str]

    @property
    def command(self) -> str:
        """Return the command that asks the same."""
        pairs = (part for key, value in self.params.items() for part in ("-p", key, value))
        return shlex.join(["kg", "query", self.question, *pairs])


@dataclass(frozen=True, slots=True)
class _Form:
    question: str
    language: Literal["vi", "en"]
    sentence: str
    pattern: re.Pattern[str]
    time: tuple[str, ...]
    fixed: Mapping[str, str]


def understand(words: str) -> Understood:
    """Return what `words` ask. Raises UsageError, with the nearest known sentences, where no form fits.

    >>> understand("Ai chỉ đạo Sở Y tế về tiêm chủng năm 2021?").command
    "kg query directives -p whom 'Sở Y tế' -p about 'tiêm chủng' -p since 2021 -p until 2021"
    """
    text = _cleaned(words)
    plain = strip_marks(text)
    found = find_time(plain) if len(plain) == len(text) <= _LONGEST else None
    tries: list[tuple[str, Time | None]] = [(text, None)]
    if found:
        time, start, end = found
        tries.insert(0, (_cleaned(f"{text[:start]} {text[end:]}"), time))
    for sentence, when in tries if len(text) <= _LONGEST else ():
        for form in _forms():
            if understood := _asked(form, sentence, when):
                return understood
    near = "\n".join(f"  {sentence}" for sentence in _nearest(text))
    raise UsageError(
        f"không hiểu câu hỏi · the question is not understood; gần nhất · nearest:\n{near}\n(kg query --list)"
    )


def known_sentences() -> tuple[tuple[str, str], ...]:
    """Return the question and one plain sentence of every form, in the order in which they are tried; capitals stand for parameters."""
    return tuple((form.question, _shown(form)) for form in _forms())


def _asked(form: _Form, sentence: str, time: Time | None) -> Understood | None:
    plain = strip_marks(sentence)
    if len(plain) != len(sentence):
        sentence = plain  # letters that fold to more or fewer: offsets hold in the folded text only
    match = form.pattern.fullmatch(plain)
    if not match or bool(time) > bool(form.time) or (len(form.time) == 1 and not time):
        return None
    params = dict(form.fixed)
    for name in form.pattern.groupindex:
        value = sentence[match.start(name) : match.end(name)].strip(" ,\"'“”")
        if not value or value.lower() in _ARTICLES or _LEFT_OVER & set(re.findall(r"[\w']+", fold(value))):
            return None
        if name not in _DATED and find_time(strip_marks(value)):
            return None
        params[name] = _vietnamese(value) if form.language == "en" else value
    return Understood(form.question, params | (filled(time, list(form.time)) if time else {}))


def _cleaned(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).replace("’", "'")
    return " ".join(plain.replace(" ,", ",").split()).strip(" ?!.,;")


@cache
def _forms() -> tuple[_Form, ...]:
    data = tomllib.loads((files("kg.ask") / "forms.toml").read_text(encoding="utf-8"))
    return tuple(
        _Form(row["question"], language, sentence, _pattern(sentence), tuple(row.get("time", ())), row.get("with", {}))
        for row in data["form"]
        for language in ("vi", "en")
        for sentence in row[language]
    )


def _pattern(sentence: str) -> re.Pattern[str]:
    """`a [b] (c|d) {e}` -> `a (?:b )?(?:c|d) (?P<e>.+?)`."""
    plain = strip_marks(sentence)
    plain = re.sub(r" \[([^\]]*)\]$", r"(?: (?:\1))?", plain)
    plain = re.sub(r"\[([^\]]*)\] ", r"(?:(?:\1) )?", plain)
    plain = re.sub(r"(?<!\?)\((?!\?)", "(?:", plain)
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>.+?)", plain))


@cache
def _english() -> dict[str, str]:
    text = (files("kg.ask") / "english.csv").read_text(encoding="utf-8")
    return {row["en"]: row["vi"] for row in csv.DictReader(text.splitlines())}


def _vietnamese(value: str) -> str:
    """The Vietnamese of an English name; a province behind it stays: "the Department of Health of Phú Lâm" -> "Sở Y tế tỉnh Phú Lâm"."""
    name = re.sub(r"(?i)^the ", "", value)
    known = _english()
    if name.lower() in known:
        return known[name.lower()]
    for cut in re.finditer(r"(?i) (?:of|in) ", name):
        head, place = name[: cut.start()].lower(), re.sub(r"(?i)^the | province$", "", name[cut.end() :])
        if head in known:
            return f"{known[head]} tỉnh {place}"
    first, _, rest = name.partition(" ")
    if first.lower() in ("directive", "resolution", "conclusion") and rest:
        return f"{known[first.lower()]} {rest}"
    return name


def _nearest(text: str, count: int = 3) -> Iterator[str]:
    """The sentences of the grammar that share most words with `text`, one a question."""
    words = set(strip_marks(text).split())

    def shared(form: _Form) -> float:
        own = set(re.findall(r"\w+", re.sub(r"\{\w+\}", "", strip_marks(form.sentence))))
        return len(own & words) / len(own | words)

    seen: set[str] = set()
    for form in sorted(_forms(), key=shared, reverse=True):
        if form.question not in seen and len(seen) < count:
            seen.add(form.question)
            yield _shown(form)


def _shown(form: _Form) -> str:
    """A sentence of the grammar as a person would write it: without what may be left out, the first of what is either, a date where one must be."""
    plain = re.sub(r"\[[^\]]*\] ?", "", form.sentence)
    plain = re.sub(r"\(([^|)]*)[^)]*\)", r"\1", plain)
    plain = re.sub(r"\{(\w+)\}", lambda match: match[1].upper(), plain).strip()
    return plain + (_A_DAY[form.language] if len(form.time) == 1 else "") + "?"
