"""Reads the header of a named question: the comment lines (`#` or `//`) at the top of the file, each `KEY: VALUE`.

# title.vi: ...                     # title.en: ...
# help.vi: ...                      # help.en: ...
# theme: NAME                       a row of queries/themes.csv
# param: NAME | TYPE | required, optional or =DEFAULT | what it means (vi · en)
# column: NAME | TYPE
# order: NAME desc, NAME
# not.sparql: why (vi · en)         where a language or an engine can't do it; there is no twin for a language then
# example: kg query NAME -p KEY VALUE
"""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, cast, get_args

from kg.errors import InputError

ParamType = Literal["name", "string", "date", "int", "id"]
ColumnType = Literal["text", "int", "float", "list", "path", "joined", "id"]
Refused = Literal["sparql", "cypher", "oxigraph", "kglite", "neo4j"]

_TEXTS: Final = ("title.vi", "title.en", "help.vi", "help.en", "theme", "example")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a question. `default` is None where the caller must give it and empty where it may be left out."""

    name: str
    type: ParamType
    default: str | None
    help: str

    @property
    def is_required(self) -> bool:
        """Say whether the caller must give it."""
        return self.default is None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer; `joined` is a list shown as one text, `path` a list in its own order, `id` an entity."""

    name: str
    type: ColumnType


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of a question says; `refusals` names what can't run it, and why."""

    title: Mapping[str, str]
    help: Mapping[str, str]
    theme: str
    params: tuple[Param, ...]
    columns: tuple[Column, ...]
    order: tuple[tuple[str, bool], ...]
    refusals: Mapping[str, str]
    example: str

    def example_params(self) -> dict[str, str]:
        """Return the parameters of the example."""
        words = shlex.split(self.example)
        return {words[at + 1]: words[at + 2] for at, word in enumerate(words) if word == "-p"}


def parse_header(file: Path, text: str, mark: str) -> Header:
    """Return the header of `file`, whose comments begin with `mark`. Raises InputError (file and line) for one that breaks the form above."""
    single: dict[str, str] = {}
    refusals: dict[str, str] = {}
    params: list[Param] = []
    columns: list[Column] = []
    order: tuple[tuple[str, bool], ...] = ()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.startswith(mark):
            break
        key, colon, value = (part.strip() for part in line.removeprefix(mark).partition(":"))
        try:
            if not (colon and value):
                raise ValueError("expected `KEY: VALUE`")
            if key == "param":
                params.append(_param(value))
            elif key == "column":
                columns.append(_column(value))
            elif key == "order" and not order:
                order = tuple(map(_order, value.split(",")))
            elif key.startswith("not.") and key.removeprefix("not.") in get_args(Refused):
                refusals[key.removeprefix("not.")] = value
            elif key in _TEXTS and key not in single:
                single[key] = value
            else:
                raise ValueError(f"{key!r} is unknown or given twice")
        except ValueError as error:
            raise InputError(str(file), f"line {number}", str(error)) from error
    _complete(file, single, [param.name for param in params], [column.name for column in columns], order)
    title, help_ = ({lang: single[f"{part}.{lang}"] for lang in ("vi", "en")} for part in ("title", "help"))
    return Header(
        MappingProxyType(title),
        MappingProxyType(help_),
        single["theme"],
        tuple(params),
        tuple(columns),
        order,
        MappingProxyType(refusals),
        single["example"],
    )


def _param(value: str) -> Param:
    parts = [part.strip() for part in value.split(" | ")]
    if len(parts) != 4:
        raise ValueError("a param is NAME | TYPE | required, optional or =DEFAULT | help")
    name, kind, presence, help_ = parts
    if not name.isidentifier() or kind not in get_args(ParamType):
        raise ValueError(f"a param has a plain name and a type of {', '.join(get_args(ParamType))}")
    if presence not in ("required", "optional") and not presence.startswith("="):
        raise ValueError(f"{presence!r} is not required, optional or =DEFAULT")
    default = None if presence == "required" else presence.removeprefix("=") if presence != "optional" else ""
    if kind == "int" and default == "":
        raise ValueError("an int needs a default or is required")
    return Param(name, cast(ParamType, kind), default, help_)


def _column(value: str) -> Column:
    parts = [part.strip() for part in value.split(" | ")]
    if len(parts) != 2 or not parts[0].isidentifier() or parts[1] not in get_args(ColumnType):
        raise ValueError(f"a column is NAME | TYPE, the type one of {', '.join(get_args(ColumnType))}")
    return Column(parts[0], cast(ColumnType, parts[1]))


def _order(part: str) -> tuple[str, bool]:
    name, _, direction = part.strip().partition(" ")
    if direction not in ("", "desc"):
        raise ValueError(f"{direction!r} is no direction: leave it out or say desc")
    return name, direction == "desc"


def _complete(
    file: Path, single: Mapping[str, str], params: list[str], columns: list[str], order: tuple[tuple[str, bool], ...]
) -> None:
    missing = (
        [key for key in _TEXTS if key not in single] + ([] if columns else ["column"]) + ([] if order else ["order"])
    )
    if missing:
        raise InputError(str(file), "header", f"{', '.join(missing)} missing")
    if len(set(params)) < len(params) or len(set(columns)) < len(columns):
        raise InputError(str(file), "header", "a name is given twice")
    if unknown := [name for name, _ in order if name not in columns]:
        raise InputError(str(file), "header", f"order names no column: {', '.join(unknown)}")
    if not f"{single['example']} ".startswith(f"kg query {file.stem} "):
        raise InputError(str(file), "header", f"the example must start with `kg query {file.stem}`")
