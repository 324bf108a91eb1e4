"""A graph home that is asked from Python."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg.ask.home import answer_from, graph_of
from kg.ask.run import LANGUAGES
from kg.errors import UsageError
from kg.home import GraphHome
from kg.notebook.answer import Answer
from kg.stores.base import Cell, Engine, Table, View

if TYPE_CHECKING:
    import networkx

_HERE = tuple(name for name in LANGUAGES if name != "neo4j")


class Home:
    """One graph home, read-only. Each question runs on the newest state: a projection that is behind is rebuilt first."""

    def __init__(
        self,
        path: "str | os.PathLike[str]" = "graph",
        *,
        engine: str = "kglite",
        timeout: float = 30.0,
        limit: int = 10_000,
    ) -> None:
        if engine not in _HERE:
            raise UsageError(f"engine is one of {', '.join(_HERE)}, not {engine!r}")
        self.path = Path(path)
        self.engine = cast(Engine, engine)
        self.timeout = timeout
        self.limit = limit
        GraphHome(self.path).close()

    def ask(self, words: str = "", /, **filters: str) -> Answer:
        """Return who instructed whom about what: a question in plain words, or filters who, whom, about, cites, since, until, place.

        Raises UsageError for words that are not understood, or an unknown filter.
        """
        from kg.ask.directives import ask
        from kg.ask.words import understand

        if words and filters:
            raise UsageError("give a question in words, or filters, not both")
        if words:
            understood = understand(words)
            return self.query(understood.question, **understood.params)
        found = self._answered(
            self.engine, lambda view: ask(view, self.engine, filters, timeout=self.timeout, limit=self.limit)
        )
        return Answer(found, "Ai chỉ đạo ai về việc gì · who instructed whom about what")

    def query(self, name: str, /, **params: object) -> Answer:
        """Return the answer to a named question. Raises UsageError for an unknown name or parameter, QueryError as the engine does."""
        from kg.ask.registry import question
        from kg.ask.run import run

        asked = question(name)
        given = {key: "" if value is None else str(value) for key, value in params.items()}
        found = self._answered(
            self.engine, lambda view: run(view, self.engine, asked, given, timeout=self.timeout, limit=self.limit)
        )
        return Answer(found, f"{asked.header.title['vi']} · {asked.header.title['en']}")

    def sparql(self, text: str, /, **params: Cell) -> Answer:
        """Return the answer to a SPARQL query; a parameter stands for the variable of its name, which the query must also select."""
        return self._own("oxigraph", text, params)

    def cypher(self, text: str, /, **params: Cell) -> Answer:
        """Return the answer to a Cypher query with parameters `$NAME`."""
        return self._own("kglite", text, params)

    def network(
        self, *, since: str = "", until: str = "", topic: str = "", level: str = "actor"
    ) -> "networkx.DiGraph[str]":
        """Return who instructs whom as a weighted networkx graph; see `kg.analyze.network.network`."""
        from kg.analyze.network import Level, Selection, network

        if level not in ("actor", "body"):
            raise UsageError(f"level is actor or body, not {level!r}")
        return network(graph_of(self.path), Selection(since, until, topic), cast(Level, level))

    def questions(self) -> Answer:
        """Return the named questions: name, titles, parameters."""
        from kg.ask.registry import questions

        rows = tuple(
            (one.name, one.header.title["vi"], one.header.title["en"], [param.name for param in one.header.params])
            for one in questions()
        )
        return Answer(Table(("name", "vi", "en", "params"), rows), "Các câu hỏi có tên · the named questions")

    def __repr__(self) -> str:
        return f"kg.open({str(self.path)!r})"

    def _own(self, engine: Engine, text: str, params: dict[str, Cell]) -> Answer:
        return Answer(
            self._answered(engine, lambda view: view.query(text, params, timeout=self.timeout, limit=self.limit))
        )

    def _answered(self, engine: Engine, ask: Callable[[View], Table]) -> Table:
        return answer_from(self.path, engine, ask)
