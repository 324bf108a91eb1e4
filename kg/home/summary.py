"""The counts of a build."""

from dataclasses import dataclass


@dataclass(slots=True)
class Summary:
    """What became of the items of a build; each is counted once.

    `duplicates` are articles that another source (or another place in the same one) gave before; `retracted` those that were taken out
    and stay out.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: int = 0
    retracted: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """Items seen."""
        return self.new + self.updated + self.unchanged + self.duplicates + self.retracted + self.failed

    def difference(self, before: "Summary") -> str:
        """Return the name of the count that grew since `before`."""
        return next((name for name in self.__slots__ if getattr(self, name) != getattr(before, name)), "unchanged")

    def count(self, *, known: bool, told: str | None, digest: str, was_read: bool) -> None:
        """Count an article that came in without failing: `known` before, `told` by this source in the form with that digest."""
        if not known:
            self.new += 1
        elif told is None:
            self.duplicates += 1
        elif told == digest and not was_read:
            self.unchanged += 1
        else:
            self.updated += 1
