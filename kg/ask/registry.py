"""The named questions: `queries/sparql/NAME.rq` and `queries/cypher/NAME.cypher`, twins with the same header (see `kg.ask.header`).

Parameters reach a query bound, never pasted: in Cypher as `$NAME`, in SPARQL as the projected variable `?p_NAME`. One of type `name` also comes
folded, as `NAME_folded` (see `kg.ask.params`). In SPARQL the lines from `# if NAME` to `# end NAME` are a filter of that parameter,
which is left out when it is empty, and `LIMIT n # rows` is cut to the rows that are wanted (see `kg.ask.run`). A column of type `list` is a
list in Cypher and in SPARQL a GROUP_CONCAT with `SEPARATOR`.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from kg.ask.header import Column, Header, Param, parse_header
from kg.errors import InputError, UsageError
from kg.resources import data_folder

Language = Literal["sparql", "cypher"]

SEPARATOR: Final = "\x1f\x1e"
"""Between the values of a list column in SPARQL."""

_FOLDERS: Final[Mapping[Language, tuple[str, str]]] = MappingProxyType(
    {"sparql": ("rq", "#"), "cypher": ("cypher", "//")}
)


@dataclass(frozen=True, slots=True)
class Question:
    """One named question: its header, and the query for each language that can ask it."""

    name: str
    header: Header
    texts: Mapping[Language, str] = field(repr=False)

    @property
    def params(self) -> tuple[Param, ...]:
        """Return the parameters, in the order of the header."""
        return self.header.params

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns of the answer."""
        return self.header.columns

    def example_params(self) -> dict[str, str]:
        """Return the parameters of the example."""
        return self.header.example_params()


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme and its questions, by name."""

    name: str
    title: Mapping[str, str]
    questions: tuple[Question, ...]


def questions() -> tuple[Question, ...]:
    """Return every named question, by name. Raises InputError (file and line) for a header that breaks the form."""
    return tuple(_questions().values())


def themes() -> tuple[Theme, ...]:
    """Return the themes with their questions, in the order of `queries/themes.csv`."""
    return tuple(
        Theme(
            name,
            MappingProxyType(title),
            tuple(asked for asked in questions() if asked.header.theme == name),
        )
        for name, title in _theme_titles().items()
    )


def question(name: str) -> Question:
    """Return one question. Raises UsageError that suggests near names."""
    known = _questions()
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else "see `kg query --list`"
    raise UsageError(f"không có câu hỏi · no question {name!r}; {hint}")


def read_question(name: str, folder: Path) -> Question:
    """Read the twins of one question under `folder`, which holds `sparql` and `cypher`. A language that the header refuses has no twin."""
    files = {language: folder / language / f"{name}.{ext}" for language, (ext, _) in _FOLDERS.items()}
    present = {language: file for language, file in files.items() if file.exists()}
    texts = {language: _read(file) for language, file in present.items()}
    headers = {
        language: parse_header(file, texts[language], _FOLDERS[language][1]) for language, file in present.items()
    }
    first = next(iter(headers.values()))
    if any(header != first for header in headers.values()):
        raise InputError(str(folder), name, "the headers of the twins differ")
    for language, file in files.items():
        if (language in present) == (language in first.refusals):
            said = "is there, and the header refuses it" if language in present else "can't be read: no such file"
            raise InputError(str(file), None, f"the twin {said}")
    if first.theme not in _theme_titles():
        raise InputError(str(folder), name, f"no such theme: {first.theme}; see themes.csv")
    return Question(name, first, MappingProxyType(texts))


@cache
def _questions() -> Mapping[str, Question]:
    folder = data_folder("queries")
    names = sorted({path.stem for language in _FOLDERS for path in (folder / language).glob("*.*")})
    return MappingProxyType({name: read_question(name, folder) for name in names})


@cache
def _theme_titles() -> Mapping[str, dict[str, str]]:
    with (data_folder("queries") / "themes.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["theme"]: {"vi": row["vi"], "en": row["en"]} for row in csv.DictReader(file)})


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(file), None, f"the twin can't be read: {error}") from error
