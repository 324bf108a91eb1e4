"""chidao: a knowledge graph of Vietnamese public life. Who instructed whom about what, with the sentence that says so.

>>> import kg
>>> home = kg.open("graph")  # doctest: +SKIP
>>> home.ask("Ai chỉ đạo Sở Y tế?").to_pandas()  # doctest: +SKIP
"""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.notebook import Home

__version__ = "0.1.0"

if os.environ.get("KG_COMPILED") or os.path.exists(
    os.path.join(os.path.dirname(__file__), "_compiled", "manifest.json")
):
    from kg.compiled import use

    use()
    del use


def open(
    graph: "str | os.PathLike[str]" = "graph", *, engine: str = "kglite", timeout: float = 30.0, limit: int = 10_000
) -> "Home":
    """Return a graph home to ask; `engine` answers named questions. Raises StoreError where there is none, UsageError for a wrong engine."""
    from kg.notebook import Home

    return Home(graph, engine=engine, timeout=timeout, limit=limit)
