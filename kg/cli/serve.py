"""`kg serve`: the web pages, the SPARQL endpoint, linked data."""

import os
import secrets
import sys
from pathlib import Path
from typing import Final

import click

from kg.cli.options import graph_option
from kg.model.namespaces import BASE

_TOKEN: Final = "KG_TOKEN"
_SHORTEST: Final = 16


@click.command(
    "serve",
    help="Trang web, cổng SPARQL, dữ liệu liên kết; chỉ máy này, chỉ đọc nếu không bảo khác · the web pages, the SPARQL endpoint, linked "
    "data; this machine only and read-only unless told.",
)
@graph_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe · address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Cổng, 0 là cổng trống bất kỳ · 0 takes any that is free.",
)
@click.option("--base-iri", default=BASE, show_default=True, help="Gốc của IRI · base of the IRIs, ends with a slash.")
@click.option("--licence", metavar="IRI", help="Giấy phép của dữ liệu, mặc định Apache-2.0 · licence of the data.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="Tên máy khác được trả lời · another host name that is answered.",
)
@click.option(
    "--writable",
    is_flag=True,
    help=f"Cho sửa, bằng mã trong {_TOKEN} (không có thì tạo, in một lần) · allow review, with the token in {_TOKEN}, else one made and shown once.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.01),
    default=10.0,
    show_default=True,
    help="Giây mỗi câu hỏi · seconds a query.",
)
@click.option("--limit", type=click.IntRange(1), default=10_000, show_default=True, help="Số dòng · rows.")
def command(
    home: Path,
    host: str,
    port: int,
    base_iri: str,
    licence: str | None,
    hosts: tuple[str, ...],
    writable: bool,
    timeout: float,
    limit: int,
) -> None:
    """Open the home, listen, say where, serve until Ctrl-C."""
    from kg.web.server import listen, serve
    from kg.web.site import LICENCE, Limits, open_site

    token = _token() if writable else None
    limits = Limits(timeout=timeout, rows=limit)
    with (
        listen(host, port) as listening,
        open_site(
            home,
            base_iri=base_iri,
            licence=licence or LICENCE,
            hosts=(*hosts, host),
            limits=limits,
            token=token,
            tell=_making,
        ) as site,
    ):
        shown = f"[{host}]" if ":" in host else host
        where = f"kg: http://{shown}:{listening.getsockname()[1]}/ · Ctrl-C dừng · Ctrl-C stops"
        serve(site, listening, lambda: click.echo(where, err=True))


def _making(lines: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\rkg: lập chỉ mục trang · index of the pages: {lines} …", err=True, nl=False)


def _token() -> str:
    from kg.errors import UsageError

    given = os.environ.get(_TOKEN, "")
    if given and len(given) < _SHORTEST:
        raise UsageError(f"{_TOKEN}: quá ngắn · too short; {_SHORTEST} characters at least")
    token = given or secrets.token_urlsafe(24)
    if not given:
        click.echo(f"kg: mã để sửa, chỉ hiện lần này · the review token, shown once: {token}", err=True)
    return token
