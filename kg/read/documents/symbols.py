"""Numbers of documents: `05-CT/TW`, `30/2020/NĐ-CP`, `749/QĐ-TTg`, `215/UBND-NC`, as written and as they should be (DOMAIN.md 4.1, 4.2, 4.4)."""

import re
from functools import cache

from kg.lexicon.tables import read_table
from kg.read.records import record
from kg.text.letters import LOWER, UPPER

_PARTY_TYPES = r"NQ|CT|KL|QĐNS|QĐi|QĐ|QyĐ|QC|TT|HD|TB|TC|BC|KH|CTrHĐ|CTr|ĐA|PA|TTr|CV|QH|LK|BB|NĐ"
_SIGN = r"\s?[-‐‑–—−]\s?"
_NUMBER = r"(?P<num>\d{1,5}[a-zđ]?)"
_PARTY = re.compile(
    rf"{_NUMBER}{_SIGN}(?P<type>{_PARTY_TYPES})\s?/\s?(?P<org>T\.?Ư|TƯ|T\.W|[A-ZĐƯ]{{2,12}})(?![{UPPER}\d])"
)
_STATE = re.compile(
    rf"{_NUMBER}\s?/\s?(?:(?P<year>(?:19|20)\d{{2}})\s?/\s?)?"
    rf"(?P<sym>(?:UBTVQH|QH)\d{{1,2}}(?!\d)|(?:CP|TTg|HĐBT|HĐND|UBND|UB)(?!{_SIGN}[A-ZĐƯ]|[{UPPER}\d])"
    rf"|[A-ZĐƯ][A-Za-zĐƯđ]{{0,9}}(?:,\s?[A-ZĐƯ]{{2,6}})?(?:{_SIGN}[A-ZĐƯ][A-Za-zĐƯđ&]*\d{{0,2}}){{1,5}}(?![{UPPER}{LOWER}\d]))"
)
_YEAR_LAST = re.compile(
    rf"{_NUMBER}{_SIGN}(?P<type>[A-ZĐƯ][A-ZĐƯa-z]{{1,5}})\s?/\s?(?P<org>CP|TTg|HĐBT)(?![{UPPER}{LOWER}\d])"
)
_TYPO = re.compile(r"(?:NQ|CT|KL|QĐ)-(?:TW|TU)")
_DASHES = re.compile(_SIGN)
_DIGITS = re.compile(r"[0-9]+")
_OPENS = re.compile(r"[0-9]{1,5}(?=[a-zđ]?\s?[-‐‑–—−/])")
_LIST_BEFORE = re.compile(r"(?<![\w/.-])(?:\d{1,5}[a-zđ]?\s?(?:,|;|và)\s?(?:số\s)?){1,12}$")
_CENTRAL = frozenset({"T.Ư", "TƯ", "T.W"})


@record
class Symbol:
    """A number at code points `start` to `end`: `number` as it should be written, its parts, and whether it is the Party's.

    `start` is where the first number of a list stands ("18, 19-NQ/TW"); `earlier` holds those numbers with their places.
    """

    start: int
    end: int
    number: str
    num: str
    type: str
    issuer: str
    year: str | None
    party: bool
    earlier: tuple[tuple[int, str], ...] = ()

    def numbered(self, num: str) -> str:
        """Return the number with another running number: "19-NQ/TW", "18" -> "18-NQ/TW"."""
        return num + self.number[len(self.num) :]


@cache
def _no_documents() -> frozenset[str]:
    return frozenset(row["symbol"] for row in read_table("doc_symbols_excluded"))


def find_symbols(text: str) -> list[Symbol]:
    """Return the numbers of documents in a text, in order, none overlapping; the text is the article's own (case counts).

    Licences, contracts and court cases have symbols too and are left out. A number with its sign and slash swapped
    (`21/NQ-TW`) is put right.

    >>> [s.number for s in find_symbols("Chỉ thị 05 – CT/T.Ư, Nghị định số 30/2020/NĐ-CP, Giấy phép 12/GP-BTNMT")]
    ['05-CT/TW', '30/2020/NĐ-CP']
    """
    found: list[Symbol] = []
    for run in _OPENS.finditer(text):
        start = run.start()
        before = text[start - 1] if start else " "
        if before.isalnum() or before in "/.-" or (found and start < found[-1].end):
            continue
        symbol = _at(text, start)
        if symbol is not None:
            found.append(symbol)
    return found


def _at(text: str, start: int) -> Symbol | None:
    if match := _PARTY.match(text, start):
        return _party(text, match)
    if match := _YEAR_LAST.match(text, start):
        return _state(text, match, f"{match['type']}-{match['org']}", None)
    if match := _STATE.match(text, start):
        sign = _DASHES.sub("-", match["sym"]).replace(" ", "")
        if _TYPO.fullmatch(sign):
            kind, _, org = sign.partition("-")
            return _make(text, match, f"{match['num']}-{kind}/{org}", (kind, org, None), True)
        return _state(text, match, sign, match["year"])
    return None


def _party(text: str, match: re.Match[str]) -> Symbol | None:
    org = "TW" if match["org"] in _CENTRAL else match["org"]
    kind = match["type"]
    if org in ("CP", "TTg"):
        return _state(text, match, f"{kind}-{org}", None)
    return _make(text, match, f"{match['num']}-{kind}/{org}", (kind, org, None), True)


def _state(text: str, match: re.Match[str], sign: str, year: str | None) -> Symbol | None:
    kind, _, org = sign.partition("-")
    if kind in _no_documents():
        return None
    if not org:
        kind, org = "", kind
    number = f"{match['num']}/{year}/{sign}" if year else f"{match['num']}/{sign}"
    return _make(text, match, number, (kind, org, year), False)


def _make(text: str, match: re.Match[str], number: str, parts: tuple[str, str, str | None], party: bool) -> Symbol:
    start = match.start()
    earlier: list[tuple[int, str]] = []
    if before := _LIST_BEFORE.search(text, max(0, start - 70), start):
        earlier = [(m.start(), m.group()) for m in _DIGITS.finditer(text, before.start(), start)]
    first = earlier[0][0] if earlier else start
    kind, org, year = parts
    return Symbol(first, match.end(), number, match["num"], kind, org, year, party, tuple(earlier))
