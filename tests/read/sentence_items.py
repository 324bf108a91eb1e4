"""The test sentences and what the reader gets wrong in them: kept by `kg.quality.items`, under their old name here."""

from kg.quality.items import faults, items, key, reading_of

__all__ = ["faults", "items", "key", "reading_of"]
