"""What a question gave: rows for Python, a data frame for the library of one's choice, a table and a picture for a notebook."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

import jinja2

from kg.errors import UsageError
from kg.export.safe import xml_text
from kg.stores.base import Cell, Table

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_SHOWN: Final = 50


class Answer:
    """The rows of an answer, in the order of the question. `truncated` says that there were more than the limit."""

    def __init__(self, table: Table, title: str = "") -> None:
        self.table = table
        self.title = title

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.table.columns

    @property
    def truncated(self) -> bool:
        """Whether rows were left out."""
        return self.table.truncated

    def __len__(self) -> int:
        return len(self.table.rows)

    def __iter__(self) -> Iterator[dict[str, Cell]]:
        return iter(self.table.dicts())

    def __getitem__(self, at: int) -> dict[str, Cell]:
        return dict(zip(self.columns, self.table.rows[at], strict=True))

    def __repr__(self) -> str:
        return f"<Answer: {len(self)} rows of {', '.join(self.columns)}{' (truncated)' if self.truncated else ''}>"

    def to_pandas(self) -> "pandas.DataFrame":
        """Return a pandas data frame; lists stay lists. Raises UsageError where pandas is not installed."""
        return _module("pandas").DataFrame(list(self.table.rows), columns=list(self.columns))

    def to_polars(self) -> "polars.DataFrame":
        """Return a polars data frame. Raises UsageError where polars is not installed."""
        made: polars.DataFrame = _module("polars").DataFrame(self._series(), strict=False)
        return made

    def to_arrow(self) -> "pyarrow.Table":
        """Return an Arrow table. Raises UsageError where pyarrow is not installed."""
        return _module("pyarrow").table(self._series())

    def picture(self) -> str:
        """Return who instructs whom as SVG, "" where the answer has no columns `who` and `whom` or nobody in them."""
        import networkx

        from kg.analyze.plot import ring

        pairs = Counter(_pairs(self.table))
        network: networkx.DiGraph[str] = networkx.DiGraph()
        for name in sorted({end for pair in pairs for end in pair}):
            network.add_node(name, name=name)
        for (who, whom), count in sorted(pairs.items()):
            network.add_edge(who, whom, weight=count)
        if not pairs:
            return ""
        order = sorted(network, key=lambda name: (-network.degree(name, weight="weight"), name))
        tells = {name: 1 if network.out_degree(name) else 2 for name in network}
        return ring(network, Table(("id",), tuple((name,) for name in order)), tells, self.title)

    def _repr_html_(self) -> str:
        """The first rows as a table and, where it has who and whom, a picture; everything in it is escaped."""
        rows = [[_shown(value) for value in row] for row in self.table.rows[:_SHOWN]]
        return _template().render(
            title=xml_text(self.title),
            columns=[xml_text(name) for name in self.columns],
            rows=rows,
            number=len(self),
            truncated=self.truncated,
            picture=self.picture().partition("?>")[2].strip(),
        )

    def _series(self) -> dict[str, list[Cell]]:
        """Columns whose values are of one kind; where an engine mixes kinds (a query of one's own may), all are text."""
        columns = {name: [row[at] for row in self.table.rows] for at, name in enumerate(self.columns)}
        return {
            name: values if _is_uniform(values) else [_text(value) for value in values]
            for name, values in columns.items()
        }


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    if not {"who", "whom"} <= set(table.columns):
        return
    for row in table.dicts():
        for who in _names(row["who"]):
            for whom in _names(row["whom"]):
                yield who, whom


def _names(value: Cell) -> list[str]:
    found = value if isinstance(value, list) else str(value or "").split("; ")
    return [str(name) for name in found if name]


def _is_uniform(values: list[Cell]) -> bool:
    kinds = {
        float if isinstance(value, int | float) and not isinstance(value, bool) else type(value)
        for value in values
        if value is not None
    }
    return (
        len(kinds) <= 1
        and dict not in kinds
        and all(isinstance(item, str) for value in values if isinstance(value, list) for item in value)
    )


def _text(value: Cell) -> str | None:
    return None if value is None else str(value)


def _shown(value: Cell) -> str:
    return "" if value is None else xml_text("; ".join(map(str, value)) if isinstance(value, list) else str(value))


def _module(name: str) -> Any:  # noqa: ANN401 (a module that may not be installed)
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"thiếu {error.name} · {error.name} is not installed: pip install {error.name}, or 'chidao[notebook]'"
        ) from error


@cache
def _template() -> jinja2.Template:
    text = (files("kg.notebook") / "answer.html.jinja").read_text("utf-8")
    return jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)
