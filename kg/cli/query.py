"""`kg query`: a named question, or one's own SPARQL or Cypher."""

from pathlib import Path
from typing import Literal

import click
from click.shell_completion import CompletionItem

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
from kg.stores.base import DEFAULT_LIMIT, DEFAULT_TIMEOUT, Engine, Table

Language = Literal["sparql", "cypher"]
_ENGINES: dict[Language, Engine] = {"sparql": "oxigraph", "cypher": "kglite"}


def _names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The questions whose name begins so, for the shell; their titles are shown beside them where the shell can."""
    from kg.ask.registry import questions

    return [
        CompletionItem(asked.name, help=f"{asked.header.title['vi']} · {asked.header.title['en']}")
        for asked in questions()
        if asked.name.startswith(incomplete)
    ]


@click.command("query", help="Chạy câu hỏi có tên, hoặc SPARQL, Cypher tự viết · a named question, or your own query.")
@click.argument("name", required=False, shell_complete=_names)
@click.option("-p", "--param", "pairs", nargs=2, multiple=True, metavar="KEY VALUE", help="Tham số · a parameter.")
@click.option("--sparql", metavar="Q", help="Câu SPARQL · a SPARQL query.")
@click.option("--cypher", metavar="Q", help="Câu Cypher · a Cypher query.")
@click.option(
    "--file", "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=".rq, .sparql or .cypher"
)
@click.option(
    "--list",
    "listing",
    is_flag=True,
    help="Các câu hỏi có tên, hoặc chi tiết của NAME · the named questions, or all about NAME.",
)
@graph_option
@click.option(
    "--engine", type=click.Choice(["oxigraph", "kglite", "networkx", "neo4j"]), help="Mặc định · default: by language"
)
@click.option(
    "--timeout", type=click.FloatRange(0.001), default=DEFAULT_TIMEOUT, show_default=True, help="Giây · seconds"
)
@click.option("--limit", type=click.IntRange(1), default=DEFAULT_LIMIT, show_default=True, help="Số dòng · rows")
@uri_option
@database_option
@form_options
def command(
    name: str | None,
    pairs: tuple[tuple[str, str], ...],
    sparql: str | None,
    cypher: str | None,
    file: Path | None,
    listing: bool,
    home: Path,
    engine: Engine | None,
    timeout: float,
    limit: int,
    uri: str | None,
    database: str | None,
    form: str | None,
) -> None:
    """Answer exactly one of NAME, --sparql, --cypher, --file, --list; NAME with --list is described, not asked."""
    if listing and not (sparql or cypher or file):
        click.echo(_described(name) if name else _listing())
        return
    if sum(map(bool, (name, sparql, cypher, file, listing))) != 1:
        raise UsageError("cho đúng một · give one of NAME, --sparql, --cypher, --file or --list")
    source = source_of(home, engine, uri, database)
    answer = _answer(name, dict(pairs), _own_query(sparql, cypher, file), source, timeout, limit)
    _print(answer, form)
    tell_truncated(answer, limit)


def _answer(
    name: str | None,
    params: dict[str, str],
    own: tuple[Language, str] | None,
    source: Source,
    timeout: float,
    limit: int,
) -> Table:
    from kg.ask.home import answer_from
    from kg.ask.params import bind
    from kg.ask.registry import question
    from kg.ask.run import LANGUAGES, run

    home, engine, access = source
    if name:
        asked, chosen = question(name), engine or "kglite"
        bind(asked, params, "cypher")  # a wrong parameter is told before a projection is rebuilt
        return answer_from(
            home, chosen, lambda view: run(view, chosen, asked, params, timeout=timeout, limit=limit), access
        )
    assert own
    language, text = own
    chosen = engine or _ENGINES[language]
    if LANGUAGES.get(chosen, language) != language:
        raise UsageError(f"{chosen} không hiểu · does not speak this language; leave --engine out")
    return answer_from(home, chosen, lambda view: view.query(text, params, timeout=timeout, limit=limit), access)


def _own_query(sparql: str | None, cypher: str | None, file: Path | None) -> tuple[Language, str] | None:
    if sparql:
        return "sparql", sparql
    if cypher:
        return "cypher", cypher
    if not file:
        return None
    languages: dict[str, Language] = {".rq": "sparql", ".sparql": "sparql", ".cypher": "cypher"}
    if file.suffix not in languages:
        raise UsageError(f"{file}: đuôi tệp · the name must end in {', '.join(languages)}")
    try:
        return languages[file.suffix], file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: không đọc được · can't be read: {error}") from error


def _listing() -> str:
    """One line a question, by theme."""
    from kg.ask.registry import questions, themes

    wide = max(len(asked.name) for asked in questions())
    blocks = []
    for theme in themes():
        lines = [f"{theme.title['vi']} · {theme.title['en']}"]
        for asked in theme.questions:
            lines.append(f"  {asked.name:{wide}}  {asked.header.title['vi']} · {asked.header.title['en']}")
        blocks.append("\n".join(lines))
    more = "kg query NAME --list: tham số, ví dụ · parameters, an example"
    return "\n\n".join([*blocks, more])


def _described(name: str) -> str:
    """All that is to know of one question: titles, help, parameters, columns, example, and the engines where not every one can ask it."""
    from kg.ask.params import describe_params
    from kg.ask.registry import question

    asked = question(name)
    said = asked.header
    return "\n".join(
        [
            f"{asked.name}: {said.title['vi']} · {said.title['en']}",
            said.help["vi"],
            said.help["en"],
            *(f"not on {engine}: {why}" for engine, why in said.refusals.items()),
            *filter(None, [describe_params(asked)]),
            f"  columns: {', '.join(column.name for column in asked.columns)}",
            f"  {said.example}",
        ]
    )


def _print(answer: Table, form: str | None) -> None:
    from kg.export.rows import print_table

    if form:
        print_as(form, answer)
    else:
        print_table(answer)
