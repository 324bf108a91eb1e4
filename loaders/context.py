"""What the user says about all sources, and what loaders tell him on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kg.errors import InputError
from loaders.bounds import Budget


def _silent(message: str) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Context:
    """`columns` names the column of a table for each field of a record; `tell` hears of what was guessed; `encoding` is that of all
    text files, None where their bytes tell; `inside` counts the archives
    that a stream lies in, `wraps` the compressions around it, and `budget` what may still be unpacked."""

    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    tell: Callable[[str], None] = _silent
    encoding: str | None = None
    inside: int = 0
    wraps: int = 0
    budget: Budget | None = None

    def in_archive(self, source: str) -> "tuple[Context, Budget]":
        """Return the same for the members of an archive. Raises InputError where it lies in one that lies in one."""
        if self.inside > 1:
            raise InputError(source, None, "an archive in an archive in an archive; unpack it first")
        budget = self.budget or Budget()
        return replace(self, inside=self.inside + 1, budget=budget), budget

    def unwrapped(self, source: str) -> "tuple[Context, Budget]":
        """Return the same for what a compressed file holds. Raises InputError where that is compressed three times."""
        if self.wraps > 1:
            raise InputError(source, None, "compressed three times over; unpack it first")
        budget = self.budget or Budget()
        return replace(self, wraps=self.wraps + 1, budget=budget), budget
