"""Which language a page is in, and its words: `texts.csv`, one key a row, Vietnamese and English."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from markupsafe import Markup, escape
from starlette.requests import Request

from kg.web.site import LANGUAGES, Lang

_FILE: Final = Path(__file__).parent / "texts.csv"


def language_of(request: Request) -> Lang:
    """Return the language: `?lang=`, else the cookie `lang`, else what the browser prefers (RFC 9110, section 12.5.4), else Vietnamese."""
    for wanted in (request.query_params.get("lang"), request.cookies.get("lang")):
        for lang in LANGUAGES:
            if wanted == lang:
                return lang
    return _preferred(request.headers.get("accept-language", ""))


@cache
def texts(lang: Lang) -> Mapping[str, Markup]:
    """Return the words of the pages in `lang`, by key, escaped once and for all; `format` escapes what it fills in."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["key"]: escape(row[lang]) for row in csv.DictReader(file)})


def _preferred(header: str) -> Lang:
    best: tuple[float, Lang] = (0.0, LANGUAGES[0])
    for part in header.split(",")[:20]:
        tag, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            continue
        for lang in LANGUAGES:
            if tag.lower().split("-")[0] == lang and quality > best[0]:
                best = (quality, lang)
    return best[1]
