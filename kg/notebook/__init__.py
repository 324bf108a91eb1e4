"""chidao in Python and in notebooks: `kg.open(...)` gives a `Home`, whose questions give an `Answer`."""

from kg.notebook.answer import Answer
from kg.notebook.home import Home

__all__ = ["Answer", "Home"]
