"""How the reader's light records are made."""

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make a frozen dataclass that costs little to build: the type checker forbids a change, at run time nothing watches for one.

    A dataclass that is frozen at run time sets each field through `object.__setattr__`, which takes three times as long; an article needs
    hundreds of records.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
