"""Reads the named questions: `queries/sparql/NAME.rq` and `queries/cypher/NAME.cypher`, twins with the same header.

Header: the comment lines (`#` or `//`) at the top of the file, each `KEY: VALUE`; fields of a value are parted by ` | `.

    # title.vi: ...                     # title.en: ...
    # help.vi: ...                      # help.en: ...
    # param: NAME | TYPE | required, optional or =DEFAULT | what it means (vi · en)
    # column: NAME | TYPE
    # order: NAME desc, NAME
    # example: kg query NAME -p KEY VALUE

Parameters reach a query bound, never pasted: in Cypher as `$NAME`, in SPARQL as the projected variable `?p_NAME`. One of type `name` also comes
folded, as `NAME_folded` (see `kg.ask.params`). A column of type `list` is a list in Cypher and in SPARQL a GROUP_CONCAT with `SEPARATOR`.
"""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, cast, get_args

from kg.errors import InputError, UsageError
from kg.resources import data_folder

ParamType = Literal["name", "string", "date", "int", "id"]
ColumnType = Literal["text", "int", "float", "list", "joined", "id"]
Language = Literal["sparql", "cypher"]

SEPARATOR: Final = "\x1f\x1e"
"""Between the values of a list column in SPARQL."""

_FOLDERS: Final = MappingProxyType({"sparql": ("rq", "#"), "cypher": ("cypher", "//")})
_TEXTS: Final = ("title.vi", "title.en", "help.vi", "help.en", "example")


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
    """A column of the answer; `joined` is a list shown as one text, `id` an entity."""

    name: str
    type: ColumnType


@dataclass(frozen=True, slots=True)
class Question:
    """One named question: its texts in both languages, its parameters and columns, and the query for each language."""

    name: str
    title: Mapping[str, str]
    help: Mapping[str, str]
    params: tuple[Param, ...]
    columns: tuple[Column, ...]
    order: tuple[tuple[str, bool], ...]
    example: str
    texts: Mapping[Language, str] = field(repr=False)

    def example_params(self) -> dict[str, str]:
        """Return the parameters of the example."""
        words = shlex.split(self.example)
        return {words[at + 1]: words[at + 2] for at, word in enumerate(words) if word == "-p"}


def questions() -> tuple[Question, ...]:
    """Return every named question, by name. Raises InputError (file and line) for a header that breaks the form above."""
    return tuple(_questions().values())


def question(name: str) -> Question:
    """Return one question. Raises UsageError that suggests near names."""
    known = _questions()
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else "see `kg query --list`"
    raise UsageError(f"không có câu hỏi · no question {name!r}; {hint}")


def read_question(name: str, folder: Path) -> Question:
    """Read the twins of one question under `folder`, which holds `sparql` and `cypher`."""
    texts: dict[Language, str] = {}
    found: dict[Language, Question] = {}
    for language, (ext, mark) in _FOLDERS.items():
        file = folder / language / f"{name}.{ext}"
        texts[cast(Language, language)] = _read(file)
        found[cast(Language, language)] = _parse(name, file, texts[cast(Language, language)], mark)
    if found["sparql"] != found["cypher"]:
        raise InputError(str(folder), name, "the headers of the twins differ")
    first = found["sparql"]
    return Question(
        name, first.title, first.help, first.params, first.columns, first.order, first.example, MappingProxyType(texts)
    )


@cache
def _questions() -> Mapping[str, Question]:
    folder = data_folder("queries")
    names = sorted({path.stem for language in _FOLDERS for path in (folder / language).glob("*.*")})
    return MappingProxyType({name: read_question(name, folder) for name in names})


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(file), None, f"the twin can't be read: {error}") from error


def _parse(name: str, file: Path, text: str, mark: str) -> Question:
    single: dict[str, str] = {}
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
            elif key in _TEXTS and key not in single:
                single[key] = value
            else:
                raise ValueError(f"{key!r} is unknown or given twice")
        except ValueError as error:
            raise InputError(str(file), f"line {number}", str(error)) from error
    _complete(file, single, [param.name for param in params], [column.name for column in columns], order)
    title, help_ = ({lang: single[f"{part}.{lang}"] for lang in ("vi", "en")} for part in ("title", "help"))
    return Question(
        name,
        MappingProxyType(title),
        MappingProxyType(help_),
        tuple(params),
        tuple(columns),
        order,
        single["example"],
        MappingProxyType({}),
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
    if not single["example"].startswith(f"kg query {file.stem}"):
        raise InputError(str(file), "header", f"the example must start with `kg query {file.stem}`")
