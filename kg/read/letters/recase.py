"""A letter's capitals made readable for the grammar of actors: a text of the same length, so that every offset holds."""

import re

from kg.model.article import Article
from kg.model.letter import Letter
from kg.read.letters.names import spelled

_FIELDS = ("parent", "issuer", "post")
_LEVEL = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s(?!ủy)")
_CAPITALS = re.compile(r"(?m)^[^a-zà-ỹđ\n]{8,120}$")


def readable(article: Article, letter: Letter) -> Article:
    """Return the article with names in capitals as texts write them, lines of one name joined by blanks; the length stays."""
    text = list(article.text)
    for name in _FIELDS:
        spans = [span for span in letter.spans if span.field == name]
        for number, span in enumerate(spans):
            before = spans[number - 1].end if number else None
            goes_on = before is not None and not article.text[before : span.start].strip()
            shown = spelled_alike(article.text[span.start : span.end])
            # a level of place goes on with the name above it: "Ủy ban nhân dân" and "tỉnh Lạc Hà"
            _put(text, span.start, shown[0].lower() + shown[1:] if goes_on and _LEVEL.match(shown.lower()) else shown)
            if before is not None and goes_on:
                text[before : span.start] = " " * (span.start - before)
    for span in letter.spans:
        if span.field == "motto":
            # the state's and the Party's names stand over every letter and do nothing in it
            text[span.start : span.end] = " " * (span.end - span.start)
    start, end = letter.body
    for match in _CAPITALS.finditer(article.text, start, end):
        _put(text, match.start(), spelled_alike(match.group()))
    return article.model_copy(update={"text": "".join(text)})


def _put(text: list[str], start: int, value: str) -> None:
    text[start : start + len(value)] = value


def spelled_alike(name: str) -> str:
    """Return a name in capitals with the case of `spelled`, where that has the same letters; else in its own.

    >>> spelled_alike("TỈNH LẠC HÀ"), spelled_alike("UBND TỈNH")
    ('Tỉnh Lạc Hà', 'UBND tỉnh')
    """
    if not name.isupper():
        return name
    found = spelled(name)
    if found.upper() == name.upper():
        return found
    words = [word if len(word) <= 5 and _is_short(word) else spelled(word).lower() for word in name.split(" ")]
    return " ".join(words) if len(" ".join(words)) == len(name) else name


def _is_short(word: str) -> bool:
    return not any(
        letter in "AĂÂEÊIOÔƠUƯYÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ" for letter in word
    ) or word in {"UBND", "UBMTTQ"}
