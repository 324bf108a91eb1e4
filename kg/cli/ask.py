"""`kg ask`: who instructed whom about what."""

from pathlib import Path
from typing import Any

import click

from kg.cli.options import (
    Source,
    database_option,
    form_options,
    graph_option,
    print_as,
    source_of,
    tell_truncated,
    uri_option,
)
from kg.errors import UsageError
from kg.stores.base import Cell, Engine, Table

_OPTIONS = (
    ("who", "Người, chức vụ hoặc cơ quan ra chỉ đạo · issuer"),
    ("whom", "Nơi nhận · addressee"),
    ("about", "Chủ đề, nội dung hoặc câu gốc có chữ này · topic, content or quote"),
    ("cites", "Văn bản được viện dẫn · document cited"),
    ("since", "Từ ngày (YYYY[-MM[-DD]]) · from this date"),
    ("until", "Đến hết ngày · up to this date"),
    ("place", "Địa bàn · place"),
)
_SHOWN = ("who", "whom", "about", "verb", "date", "quote")


def _filters(command: Any) -> Any:  # noqa: ANN401 (click decorators are untyped here)
    for name, text in reversed(_OPTIONS):
        command = click.option(f"--{name}", default="", help=text)(command)
    return command


@click.command(
    "ask",
    help="Ai chỉ đạo ai về việc gì, hoặc một câu hỏi bằng lời · who instructed whom about what, one row a directive; or a question in words.",
)
@click.argument("words", nargs=-1, metavar="[QUESTION]")
@_filters
@graph_option
@click.option(
    "--with-predecessors",
    is_flag=True,
    help="Kể cả cơ quan tiền thân của nơi nhận · the bodies that --whom succeeded, too.",
)
@form_options
@click.option(
    "--engine",
    type=click.Choice(["oxigraph", "kglite", "neo4j"]),
    help="Mặc định kglite; cho cùng kết quả · default kglite; all give the same rows.",
)
@uri_option
@database_option
@click.option("--limit", type=click.IntRange(1), default=10_000, show_default=True, help="Số dòng · rows.")
def command(
    words: tuple[str, ...],
    home: Path,
    form: str | None,
    engine: Engine | None,
    uri: str | None,
    database: str | None,
    limit: int,
    with_predecessors: bool,
    **filters: str,
) -> None:
    """Run the central question with the filters that were given, or the question that the words ask."""
    from kg.ask.directives import ask
    from kg.ask.home import answer_from
    from kg.ask.params import checked_date

    if words:
        if with_predecessors or any(filters.values()):
            raise UsageError("câu hỏi bằng lời hoặc --who, --whom ... · give a question in words, or options, not both")
        _in_words(" ".join(words), source_of(home, engine, uri, database), form, limit)
        return
    for name in ("since", "until"):
        checked_date(f"--{name}", filters[name])
    filters["predecessors"] = "yes" if with_predecessors else ""
    home, engine, access = source_of(home, engine, uri, database)
    chosen = engine or "kglite"
    answer = answer_from(home, chosen, lambda view: ask(view, chosen, filters, limit=limit), access)
    _print(answer, form)
    tell_truncated(answer, limit)


def _in_words(words: str, source: Source, form: str | None, limit: int) -> None:
    """Ask what the words ask, and say which named question that is."""
    import json

    from kg.ask.home import answer_from
    from kg.ask.registry import question
    from kg.ask.run import run
    from kg.ask.words import understand
    from kg.export.rows import print_table, rows_json
    from kg.export.safe import terminal_text

    asked = understand(words)
    named = question(asked.question)
    click.echo(f"kg: hiểu là · understood as: {terminal_text(asked.command)}", err=True)
    engine = source.engine or "kglite"
    answer = answer_from(
        source.home, engine, lambda view: run(view, engine, named, asked.params, limit=limit), source.access
    )
    if form == "json":
        head = {"question": asked.question, "params": dict(asked.params), "command": asked.command}
        start = json.dumps(head, ensure_ascii=False)[:-1]
        click.echo(f'{start}, "rows": {rows_json(answer.dicts()).rstrip()}}}')
    elif form or asked.question == "directives":
        _print(answer, form)
    else:
        print_table(answer, title=f"{named.header.title['vi']} · {named.header.title['en']}")
    tell_truncated(answer, limit)


def _print(answer: Table, form: str | None) -> None:
    from kg.export.rows import print_table

    if form:
        print_as(form, answer)
    else:
        rows = tuple(_shown(row) for row in answer.dicts())
        print_table(Table(_SHOWN, rows), title=f"{len(rows)} chỉ đạo · directives")


def _shown(row: dict[str, Cell]) -> tuple[Cell, ...]:
    """Name over post and verb beside its strength: six columns are what a terminal holds."""
    who = [row["who"] or "(không rõ · unknown)", *([f"({row['post']})"] if row["post"] else [])]
    return (
        who,
        row["whom"],
        row["about"] or row["content"],
        f"{row['verb']} ({row['strength']}/5)",
        row["date"],
        row["quote"],
    )
