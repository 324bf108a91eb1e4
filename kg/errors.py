"""One root for every error that chidao raises on purpose.

ChidaoError            exit 1, HTTP 500
├── UsageError         exit 2, HTTP 400   a wrong parameter, an unknown name
├── CheckFailed        exit 3, HTTP 409   verify found a fact without its quote, a shape broken
├── InputError         exit 4, HTTP 422   an input that can't be read; names the source and the place
├── StoreError         exit 1, HTTP 503   the graph home or an engine is damaged, locked or missing
└── QueryError         exit 2, HTTP 400   a query the engine refuses
    └── QueryTimeout   exit 1, HTTP 504   a query cut off at its limit
"""

from typing import ClassVar


class ChidaoError(Exception):
    """Root of all errors raised on purpose; `exit_code` and `http_status` belong to the class."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500


class UsageError(ChidaoError):
    """The caller asked for something that does not exist or does not fit."""

    exit_code: ClassVar[int] = 2
    http_status: ClassVar[int] = 400


class CheckFailed(ChidaoError):
    """A check ran and found faults."""

    exit_code: ClassVar[int] = 3
    http_status: ClassVar[int] = 409


class InputError(ChidaoError):
    """An input that can't be read. `source` is the file, `place` where in it, `reason` what is wrong and what to do.

    >>> str(InputError("a.jsonl", "line 3", "not JSON: expected a value"))
    'a.jsonl: line 3: not JSON: expected a value'
    """

    exit_code: ClassVar[int] = 4
    http_status: ClassVar[int] = 422

    def __init__(self, source: str, place: str | None, reason: str) -> None:
        super().__init__(": ".join(part for part in (source, place, reason) if part))
        self.source = source
        self.place = place
        self.reason = reason


class StoreError(ChidaoError):
    """A graph home or an engine's files are missing, damaged, locked or of another version."""

    http_status: ClassVar[int] = 503


class QueryError(ChidaoError):
    """An engine refused a query."""

    exit_code: ClassVar[int] = 2
    http_status: ClassVar[int] = 400


class QueryTimeout(QueryError):
    """A query was cut off at its time limit."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 504
