"""Dates as every model writes them."""

from typing import Annotated

from pydantic import StringConstraints

IsoDate = Annotated[
    str,
    StringConstraints(
        pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$"
    ),
]
"""ISO 8601, cut to the precision that is known: `2017`, `2017-07`, `2017-07-24`, `2017-07-24T11:17+07:00`."""
