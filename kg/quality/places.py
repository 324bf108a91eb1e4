"""Where the yardsticks lie in a checkout: the gold beside the project, the test sentences and the floors in it."""

from pathlib import Path
from typing import Final

from kg.train.names import GOLD

__all__ = ["FLOORS", "GOLD", "ROOT", "SENTENCES"]

ROOT: Final = Path(__file__).resolve().parents[2]
SENTENCES: Final = ROOT / "tests" / "data" / "sentences"
FLOORS: Final = ROOT / "tests" / "quality" / "floors.json"
