"""`kg portal`: the portal profiles, and what one finds on a page."""

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.options import encoding_option
from kg.errors import InputError

if TYPE_CHECKING:
    from kg.model.article import Article

_SHOWN = 100


@click.group(
    "portal", help="Hồ sơ của các cổng thông tin · portal profiles: where pages keep title, date, text, writer."
)
def command() -> None:
    """List profiles, try them on a page."""


@command.command("list", help="Các hồ sơ đang có · the profiles there are.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines · một hồ sơ một dòng.")
def list_profiles(as_json: bool) -> None:
    """Print id, name, hosts and description of each profile."""
    import orjson

    from loaders.portal import profiles

    for one in profiles():
        if as_json:
            record = {"id": one.id, "name": one.name, "hosts": one.hosts, "about": one.about, "source": one.source}
            sys.stdout.buffer.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        else:
            click.echo(f"{one.id:<18} {one.about}" + (f" ({', '.join(one.hosts)})" if one.hosts else ""))


@command.command("try", help="Xem một trang được đọc thế nào · the profile that fits a page, and the zones found.")
@click.argument("source", metavar="FILE")
@click.option(
    "--url", metavar="URL", help="Địa chỉ của trang khi trang không ghi · the page's address, where it names none."
)
@encoding_option
@click.option("--json", "as_json", is_flag=True, help="JSON · một đối tượng một bài.")
def try_page(source: str, url: str | None, encoding: str | None, as_json: bool) -> None:
    """Print profile, facts and zones of each article of FILE; exit code 4 where it can't be read."""
    from loaders import load

    failed = 0
    for found in load([source], encoding=encoding):
        if isinstance(found, InputError):
            from kg.cli.output import tell

            tell(found)
            failed += 1
        else:
            _show(found, _profile_id(source, url or found.url, encoding), as_json)
    if failed:
        sys.exit(InputError.exit_code)


def _profile_id(source: str, url: str | None, encoding: str | None) -> str | None:
    from pathlib import Path

    from loaders.htmlblocks import parse
    from loaders.normalise import decode
    from loaders.portal import profile_of
    from loaders.recode import recoded

    path = Path(source)
    if not path.is_file() or path.suffix.lower() not in (".html", ".htm", ".xhtml"):
        return None
    with path.open("rb") as stream:
        data = (recoded(stream, source, encoding) if encoding else stream).read()
    tree = parse(decode(data, source).text, source)
    profile = profile_of(tree, url) if tree is not None else None
    return profile.id if profile else None


def _show(article: "Article", profile: str | None, as_json: bool) -> None:
    import orjson

    from kg.export.safe import terminal_text

    facts = {
        name: getattr(article, name)
        for name in ("title", "published", "crawled", "outlet", "publisher", "place", "author", "url")
    }
    zones = [(zone.kind, zone.start, zone.end, article.text[zone.start : zone.end]) for zone in article.zones]
    if as_json:
        shown = [{"kind": kind, "start": start, "end": end, "text": text} for kind, start, end, text in zones]
        record = {"profile": profile, **facts, "dates": [one.model_dump() for one in article.dates], "zones": shown}
        sys.stdout.buffer.write(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE))
        return
    click.echo(f"hồ sơ · profile: {profile or 'không có, cách chung · none, the generic way'}")
    for name, value in facts.items():
        click.echo(f"{name:<10} {terminal_text(str(value)) if value else '-'}")
    for date in article.dates:
        click.echo(f"date       {date.iso}  {date.kind}")
    for kind, start, end, text in zones:
        first = " ".join(text.split())
        click.echo(f"[{kind} {start}-{end}] {terminal_text(first[:_SHOWN])}{'…' if len(first) > _SHOWN else ''}")
