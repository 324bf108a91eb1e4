"""`kg identity report`: what identity has merged and refused, doubtful pairs first."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option

if TYPE_CHECKING:
    from kg.identify.resolve import Resolved
    from kg.identify.why import Doubt


@click.group("identity", help="Danh tính: ai là ai, còn nghi ngờ gì · identity: who is who, and what is in doubt.")
def command() -> None:
    """The verbs about identity as a whole."""


@command.command(
    "report", help="Các cặp còn nghi ngờ trước · the report, doubtful pairs first; decide them with `kg decide`."
)
@graph_option
@click.option("--json", "as_json", is_flag=True, help="Một đối tượng JSON · one JSON object.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Số cặp · pairs shown.")
def report(home: Path, as_json: bool, limit: int) -> None:
    """Print counts, then the pairs."""
    from kg.home import GraphHome
    from kg.identify.resolve import identify
    from kg.identify.why import doubts

    with GraphHome(home) as truth:
        resolved = identify(truth.pairs(), truth.decisions())
    counts, found = summary(resolved), doubts(resolved)
    if as_json:
        import orjson

        pairs = [doubt._asdict() | {"reasons": [r._asdict() for r in doubt.reasons]} for doubt in found]
        sys.stdout.buffer.write(orjson.dumps({"counts": counts, "doubts": pairs}, option=orjson.OPT_APPEND_NEWLINE))
        return
    for name, count in counts.items():
        click.echo(f"{count:>8}  {name}")
    for doubt in found[:limit]:
        _print(doubt)
    if len(found) > limit:
        click.echo(f"… {len(found) - limit} cặp nữa · more, with --limit")


def summary(resolved: "Resolved") -> dict[str, int]:
    """Return the counts of the report: persons, bodies by the key that makes them known, places by rule, clusters, decisions."""
    persons = set(resolved.linking.persons.values())
    many = sum(len({ref.article for ref in person.refs}) > 1 for person in persons)
    bodies = Counter(body.how for local in resolved.locals for body in local.listed)
    places = Counter(local.place.rule if local.place else "open" for local in resolved.locals)
    return {
        "người · persons": len(persons),
        "người ở nhiều bài · persons in several articles": many,
        **{f"cơ quan · bodies named, by {how}": count for how, count in sorted(bodies.items())},
        **{f"địa bàn của bài · articles, place by {rule}": count for rule, count in sorted(places.items())},
        "bài gần trùng · near-duplicate articles": len(resolved.twins),
        "quyết định · decisions": len(resolved.decisions),
    }


def _print(doubt: "Doubt") -> None:
    from kg.identify.reasons import reason_text

    click.echo(f"\n{doubt.name}: {'đã gộp · merged' if doubt.merged else 'để riêng · kept apart'}, {doubt.score:g}")
    click.echo(f"  kg why {doubt.a} {doubt.b}")
    for reason in doubt.reasons:
        click.echo(f"  {reason.weight:+6.1f}  {reason_text(reason.name)}: {reason.values}")
