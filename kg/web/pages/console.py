"""The console: the named questions, and one's own SPARQL or Cypher, as a table and for download; read-only, with limits that are shown."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final
from urllib.parse import unquote, urlencode

from starlette.requests import Request
from starlette.responses import Response

from kg.ask.header import Column
from kg.ask.live import LiveHome
from kg.ask.params import bind
from kg.ask.registry import Question, question, themes
from kg.ask.run import able, run
from kg.errors import ChidaoError, UsageError
from kg.export.rows import rows_json, table_csv
from kg.graph.statements import entity_iri
from kg.stores.base import Cell, Engine, Table
from kg.web.completions import completions
from kg.web.guards import HEADERS, POLICY
from kg.web.markup import doc_url
from kg.web.pages.canvas_state import STARTS
from kg.web.render import gate_of, rendered, site_of
from kg.web.site import Limits

_ENGINES: Final[Mapping[str, Engine]] = {"sparql": "oxigraph", "cypher": "kglite"}
_SHOWN: Final = 500
_LONGEST: Final = 20_000
_TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_EXAMPLES: Final = {
    "sparql": "PREFIX cd: <https://chidao.example/ns#>\nPREFIX oa: <http://www.w3.org/ns/oa#>\nSELECT ?directive ?verb ?quote WHERE {\n"
    "  ?directive a cd:Directive ; cd:verb ?verb ; oa:exact ?quote\n} ORDER BY ?directive LIMIT 20",
    "cypher": "MATCH (who)-[:ISSUED]->(d:Directive)-[:ADDRESSED_TO]->(whom)\nRETURN who.name AS who, d.verb AS verb, whom.name AS whom, d.quote AS quote\n"
    "ORDER BY who, quote LIMIT 20",
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value as a cell shows it; `url` leads to the entity that it is, if any."""

    text: str
    url: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: a named question with its parameters, or a text in `language`."""

    language: str
    text: str
    named: Question | None
    params: Mapping[str, str]


async def console_page(request: Request) -> Response:
    """Answer `/console?language=&text=` and `/console?name=&p.PARAM=`; `form=csv` or `json` gives all rows up to the limit."""
    asked = _asked(request)
    form = request.query_params.get("form", "")
    if form and form not in _TYPES:
        raise UsageError(f"form: {', '.join(_TYPES)}")
    answer, told, seconds = None, "", 0.0
    if "run" in request.query_params and (asked.named or asked.text.strip()):
        begun = time.monotonic()
        try:
            answer = await gate_of(request).run(partial(_answer, asked, site_of(request).limits))
        except ChidaoError as error:
            if form:
                raise
            told = str(error)
        seconds = time.monotonic() - begun
    if form and answer:
        return _download(form, answer)
    columns: Mapping[str, Column] = {column.name: column for column in asked.named.columns} if asked.named else {}
    rows = _cells(answer, columns) if answer else []
    nonce = secrets.token_urlsafe(16)
    context: dict[str, Any] = {
        "one": asked,
        "words": dict(completions()),
        "nonce": nonce,
        "themes": themes(),
        "examples": _EXAMPLES,
        "answer": answer,
        "rows": rows,
        "network": _network_url(rows),
        "shown": _SHOWN,
        "told": told,
        "seconds": seconds,
        "limits": site_of(request).limits,
        "form_url": lambda form: (
            f"/console?{urlencode([*((k, v) for k, v in request.query_params.multi_items() if k != 'lang'), ('form', form)])}"
        ),
    }
    response = rendered(request, "console.html", context, status=400 if told else 200)
    # the editor makes style elements, which this answer alone lets in
    response.headers[POLICY] = HEADERS[POLICY].replace("style-src 'self'", f"style-src 'self' 'nonce-{nonce}'")
    return response


def _asked(request: Request) -> Asked:
    query = request.query_params
    language = query.get("language", "sparql")
    if language not in _ENGINES:
        raise UsageError(f"language: {', '.join(_ENGINES)}")
    text = query.get("text", "")
    if len(text) > _LONGEST:
        raise UsageError(f"text: quá dài · longer than {_LONGEST} characters")
    named = question(query["name"]) if query.get("name") else None
    given = {key[2:]: value for key, value in query.items() if key.startswith("p.") and value}
    if named and "run" not in query and not given:
        given = named.example_params()
    return Asked(language, text or ("" if named else _EXAMPLES[language]), named, given)


def _answer(asked: Asked, limits: Limits, home: LiveHome) -> Table:
    if asked.named:
        named = asked.named
        bind(named, asked.params, "cypher")
        engine: Engine = "kglite" if "kglite" in able(named) else "oxigraph"
        return home.answer(
            engine, lambda view: run(view, engine, named, asked.params, timeout=limits.timeout, limit=limits.rows)
        )
    return home.answer(
        _ENGINES[asked.language], lambda view: view.query(asked.text, {}, timeout=limits.timeout, limit=limits.rows)
    )


def _download(form: str, answer: Table) -> Response:
    body = table_csv(answer) if form == "csv" else rows_json(answer.dicts())
    return Response(
        body.encode(), media_type=_TYPES[form], headers={"content-disposition": f'attachment; filename="answer.{form}"'}
    )


def _cells(answer: Table, columns: Mapping[str, Column]) -> list[list[list[Value]]]:
    return [
        [_value(value, columns.get(name)) for name, value in zip(answer.columns, row, strict=True)]
        for row in answer.rows[:_SHOWN]
    ]


def _network_url(rows: list[list[list[Value]]]) -> str:
    """The network of the first entities of an answer, empty where it names none."""
    found = dict.fromkeys(one.text for row in rows for values in row for one in values if one.url)
    return f"/canvas?{urlencode([('id', ident) for ident in list(found)[:STARTS]])}" if found else ""


def _value(value: Cell, column: Column | None) -> list[Value]:
    return [_one(part, column) for part in (value if isinstance(value, list) else [value])]


def _one(value: Cell, column: Column | None) -> Value:
    if value is None:
        return Value("", "")
    text = str(value)
    base = entity_iri("")
    if text.startswith(base) and "#" not in text:
        ident = unquote(text.removeprefix(base))
        return Value(ident, doc_url(ident))
    if column and (column.type in ("id", "path") or column.name.endswith("_ids")) and text:
        return Value(text, doc_url(text))
    return Value(text, "", isinstance(value, int | float))
