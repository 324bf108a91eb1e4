"""The resolved graph of a home on disk: bounded memory whatever the corpus, and a change costs what it touches.

Phases: `locals` (each article by itself), `twins` (near-duplicates), `link` (persons, a name at a time), `fragments` (what each article
adds), `clusters` (what several articles report), `shared` (entities by the counted notes of articles). `kg.identify.resolve` does the
same in memory; tests compare them.
"""

from kg.resolved.later import Unresolved
from kg.resolved.sync import resolved

__all__ = ["Unresolved", "resolved"]
