"""`kg mcp`: serves the graph home to a language model by the Model Context Protocol."""

from pathlib import Path

import click

from kg.cli.options import graph_option
from kg.errors import UsageError


@click.command(
    "mcp",
    help="Máy chủ MCP trên stdin/stdout, chỉ đọc · a read-only MCP server on standard input and output; a client starts it. Tools: schema, "
    "ask, look_up, evidence, cascade, query (docs/mcp.md).",
)
@graph_option
@click.option(
    "--timeout",
    type=click.FloatRange(0.1),
    default=10.0,
    show_default=True,
    help="Giây cho mỗi câu hỏi · seconds a query.",
)
def command(home: Path, timeout: float) -> None:
    """Serve until standard input ends."""
    try:
        from kg.mcp.server import create_server
    except ModuleNotFoundError as error:
        raise UsageError("chưa cài gói mcp · the mcp package is missing: pip install 'chidao[mcp]'") from error
    from kg.ask.live import LiveHome

    with LiveHome(home) as live:
        create_server(live, timeout).run()
