"""Makes text from articles harmless in the place it goes to; what a place can hold, it holds unchanged."""

import re
from typing import Final

from kg.stores.base import Cell

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_TERMINAL: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def xml_text(text: str) -> str:
    """Return `text` with the code points that XML 1.0 (section 2.2) can't hold, not even escaped, as U+FFFD.

    >>> xml_text("a\\x01b")
    'a\\ufffdb'
    """
    return _NOT_XML.sub("\ufffd", text)


def terminal_text(text: str) -> str:
    """Return `text` with control codes and direction marks as U+FFFD, so that it can't drive or mislead a terminal.

    >>> terminal_text("\\x1b[31mđỏ")
    '\\ufffd[31mđỏ'
    """
    return _NOT_TERMINAL.sub("\ufffd", text)


def csv_cell(value: Cell) -> str:
    """Return a value as a CSV cell that no spreadsheet runs as a formula: such text gets an apostrophe in front (OWASP, CSV Injection).

    None is empty, a list is joined by "; ".

    >>> csv_cell("=cmd()"), csv_cell(-3), csv_cell(["a", "b"])
    ("'=cmd()", '-3', 'a; b')
    """
    if value is None:
        return ""
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return "'" + text if not isinstance(value, int | float) and text.startswith(_FORMULA) else text
