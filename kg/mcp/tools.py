"""What the MCP server can be asked: each tool is a method that returns the text of its answer, within the limits below."""

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Field

from kg.ask.directives import ask
from kg.ask.live import LiveHome
from kg.ask.params import checked_date, describe_params
from kg.ask.registry import question
from kg.ask.run import run
from kg.ask.words import understand
from kg.errors import UsageError
from kg.mcp.budget import fitted
from kg.mcp.facts import facts_of
from kg.mcp.schema import schema_text
from kg.stores.base import Cell, Engine, Table

MAX_ROWS: Final = 50
"""Rows of one answer at most."""

TIMEOUT: Final = 10.0
"""Seconds after which a query is cut off, unless told otherwise."""

_DEEPEST: Final = 5_000  # rows that offset can reach
_LONGEST: Final = 2_000  # characters of an argument
_ENGINE: Final[Engine] = "kglite"

Text = Annotated[str, Field(max_length=_LONGEST)]
Date = Annotated[str, Field(max_length=10, description="YYYY, YYYY-MM or YYYY-MM-DD")]
Limit = Annotated[int, Field(ge=1, le=MAX_ROWS)]
Offset = Annotated[int, Field(ge=0, le=_DEEPEST, description="go on from this row")]


class Tools:
    """The tools over one home; a query is cut off after `timeout` seconds."""

    def __init__(self, home: LiveHome, timeout: float = TIMEOUT) -> None:
        self._home = home
        self._timeout = timeout

    def ask(
        self,
        question: Annotated[str, Field(max_length=500, description="in plain words, instead of filters")] = "",
        who: Annotated[Text, Field(description="issuer: person, post or body")] = "",
        whom: Annotated[Text, Field(description="addressee")] = "",
        about: Annotated[Text, Field(description="topic, or words of the directive")] = "",
        cites: Annotated[Text, Field(description="document: number, key or name")] = "",
        since: Date = "",
        until: Date = "",
        place: Text = "",
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> str:
        """Who instructed whom about what: directives with their sentences, latest first. Give filters, or a question in Vietnamese or English."""
        filters = {
            "who": who,
            "whom": whom,
            "about": about,
            "cites": cites,
            "since": since,
            "until": until,
            "place": place,
        }
        if question:
            if any(filters.values()):
                raise UsageError("give a question in words, or filters, not both")
            understood = understand(question)
            return self._question(understood.question, understood.params, limit, offset)
        for name in ("since", "until"):
            checked_date(name, filters[name])
        found = self._home.answer(
            _ENGINE, lambda view: ask(view, _ENGINE, filters, timeout=self._timeout, limit=_DEEPEST + MAX_ROWS)
        )
        return _answer(found, offset, limit, {})

    def look_up(
        self,
        name: Annotated[Text, Field(description="or a part of it; accents may be left out")] = "",
        id: Annotated[Text, Field(description="an id, to see what is said of it")] = "",
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> str:
        """Find persons, bodies, posts, places, documents, topics, meetings by name, with ids; or see all properties and links of one id."""
        if bool(name) == bool(id):
            raise UsageError("give a name, or an id, one of them")
        if name:
            return self._question("find", {"name": name}, limit, offset)
        found = self._home.answer(
            "oxigraph", lambda view: facts_of(view, id, timeout=self._timeout, limit=_DEEPEST + MAX_ROWS)
        )
        if not found.rows:
            raise UsageError(f"no such id: {id!r}; look_up(name=...) gives ids")
        return _answer(found, offset, limit, {"id": id})

    def evidence(
        self,
        id: Annotated[Text, Field(description="of a directive, person, body, document ...; from another tool")],
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> str:
        """The sentences of articles that name or prove something: quote, offsets, article, the rule that read it, confidence."""
        return self._question("evidence", {"id": id}, limit, offset)

    def cascade(
        self,
        document: Annotated[Text, Field(description="number, key or name, like 05-CT/TW")],
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> str:
        """How a document was passed on: the directives that cite it in order of time: who, to whom, where, how many days after."""
        return self._question("document-cascade", {"document": document}, limit, offset)

    def query(
        self,
        name: Annotated[str, Field(max_length=60, description="a named question; the tool schema lists them")] = "",
        params: Annotated[dict[str, Text] | None, Field(description="of the named question")] = None,
        cypher: Annotated[str, Field(max_length=10_000, description="or a reading Cypher query; params as $name")] = "",
        limit: Limit = 20,
        offset: Offset = 0,
    ) -> str:
        """A named question (without params: what it takes), or Cypher of your own, read-only; read the tool schema first."""
        if bool(name) == bool(cypher):
            raise UsageError("give the name of a question, or cypher, one of them")
        if cypher:
            found = self._home.answer(
                _ENGINE, lambda view: view.query(cypher, params or {}, timeout=self._timeout, limit=offset + limit + 1)
            )
            return _answer(found, offset, limit, {})
        asked = question(name)
        if params is None and any(param.is_required for param in asked.params):
            return f"{name}: {asked.header.help['en']}\n{describe_params(asked)}"
        return self._question(name, params or {}, limit, offset)

    def schema(self) -> str:
        """What the graph holds and how to ask it: classes, relationships, named questions. Read this first."""
        return schema_text()

    def _question(self, name: str, params: Mapping[str, str], limit: int, offset: int) -> str:
        asked = question(name)
        found = self._home.answer(
            _ENGINE, lambda view: run(view, _ENGINE, asked, params, timeout=self._timeout, limit=_DEEPEST + MAX_ROWS)
        )
        return _answer(found, offset, limit, {"question": name, "params": dict(params)})


def _answer(found: Table, offset: int, limit: int, head: Mapping[str, Cell]) -> str:
    return fitted(found.dicts(), offset, limit, found.truncated, head)
