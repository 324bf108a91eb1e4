"""`kg article`: one article's sources, versions and what changed between them, and where else it was published."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import graph_option

if TYPE_CHECKING:
    from kg.home.history import Change, History, Place
    from kg.model.article import Article, Origin

_CLUSTER = """PREFIX cd: <https://chidao.example/ns#>
PREFIX schema: <https://schema.org/>
SELECT ?kept ?form ?iri WHERE {
  BIND(IRI(?iri) AS ?asked)
  ?asked cd:redirectsTo? ?own . ?own a schema:NewsArticle ; (cd:sameArticleAs/^cd:sameArticleAs)? ?kept . ?kept a schema:NewsArticle .
  OPTIONAL { ?kept cd:form ?form }
}"""


@click.command(
    "article",
    help="Nguồn, các bản và chỗ khác nhau của một bài · an article's sources, versions and their differences. ARTICLE: its id, or the id that "
    "its source gave it.",
)
@click.argument("article")
@graph_option
@click.option("--json", "as_json", is_flag=True, help="Một đối tượng JSON · one JSON object.")
def command(article: str, home: Path, as_json: bool) -> None:
    """Print where it stands, its versions, what changed, and its copies."""
    from kg.home import GraphHome
    from kg.home.history import history

    with GraphHome(home) as truth:
        idents = truth.find(article)
        found = history(truth, article, _twins(home, idents[0]) if len(idents) == 1 else {})
    if as_json:
        import orjson

        sys.stdout.buffer.write(orjson.dumps(_record(found), option=orjson.OPT_APPEND_NEWLINE))
        return
    from kg.export.safe import terminal_text

    for line in _lines(found):
        click.echo(terminal_text(line))


def _twins(home: Path, ident: str) -> dict[str, str]:
    """Near-duplicates, each with the article that the graph keeps for it."""
    from kg.graph.statements import entity_iri
    from kg.stores import open_view

    with open_view(home, "oxigraph") as view:
        rows = view.query(_CLUSTER, {"iri": entity_iri(ident)}).rows
    kept = ((str(row[0]).rsplit("/", 1)[-1], row[1]) for row in rows)
    return dict(sorted(pair for one, form in kept for pair in ((str(form or one), one), (one, one))))


def _record(found: "History") -> dict[str, Any]:
    return {
        "id": found.article.id,
        "kept": found.kept,
        "title": found.article.title,
        "sources": [_source(place) for place in found.sources],
        "versions": [_brief(version) for version in found.versions],
        "ordered": found.is_ordered,
        "changes": [change._asdict() for change in found.changes],
        "copies": [_brief(copy) for copy in found.copies],
    }


def _source(place: "Place") -> dict[str, Any]:
    """One source: the form's id, outlet, address, day and hash, then loader (format), file, place in it, encoding."""
    form = place.form
    said = {"article": form.id, "outlet": form.outlet, "url": form.url, "published": form.published}
    digest = hashlib.sha256(form.text.encode()).hexdigest()
    return {**said, "sha256": digest, "cut": place.is_cut, **place.origin.model_dump(mode="json", exclude_none=True)}


def _brief(article: "Article") -> dict[str, Any]:
    names = {"id", "title", "published", "modified", "crawled", "outlet", "url"}
    return {**article.model_dump(mode="json", include=names), "source": article.origin.source}


def _lines(found: "History") -> Iterator[str]:
    article = found.article
    yield f"{article.id}  {article.title or article.text[:80].splitlines()[0]}"
    if found.kept != article.id:
        yield f"Trong đồ thị là · in the graph it is {found.kept}"
    yield f"Nguồn · sources ({len(found.sources)})"
    for place in found.sources:
        form = "" if place.form.id == article.id else f"  ({place.form.id}{', rút gọn · cut' if place.is_cut else ''})"
        told = "".join(f"  {one}" for one in (place.form.outlet, place.form.url) if one)
        yield f"  {_place(place.origin)}{told}{form}"
    if len(found.versions) > 1:
        unsure = "" if found.is_ordered else "; ngày không cho biết thứ tự · their dates don't tell the order"
        yield f"Các bản, cũ trước · versions, oldest first ({len(found.versions)}{unsure})"
        for version in found.versions:
            yield f"  {_line(version)}{'  ← bài này · this one' if version.id == article.id else ''}"
        for change in found.changes:
            yield from _changed(change)
    if found.copies:
        yield f"Cũng đăng ở · also published as ({len(found.copies)})"
        for copy in found.copies:
            yield f"  {_line(copy)}"


def _place(origin: "Origin") -> str:
    parts = [origin.source, origin.locator or "", origin.loader]
    if decoding := origin.decoding:
        sure = f" ({decoding.confidence:g})" if decoding.confidence < 1 else ""
        said = (
            f", tự ghi là · declared {decoding.declared}" if decoding.declared not in (None, decoding.encoding) else ""
        )
        repaired = f", sửa · repaired: {', '.join(decoding.repairs)}" if decoding.repairs else ""
        parts.append(f"{decoding.encoding}{sure}{said}{repaired}")
    return "  ".join(filter(None, parts))


def _line(article: "Article") -> str:
    day = article.modified or article.published or article.crawled or "?"
    return "  ".join(
        filter(None, [article.id, day, article.outlet or article.publisher, article.url or article.origin.source])
    )


def _changed(change: "Change") -> Iterator[str]:
    yield f"{change.old} → {change.new}"
    for mark, sentences, directives in (
        ("-", change.removed, change.directives_removed),
        ("+", change.added, change.directives_added),
    ):
        for sentence in sentences:
            is_order = any(quote in sentence or sentence in quote for quote in directives)
            yield f"  {mark} {' '.join(sentence.split())}{'  [chỉ đạo · directive]' if is_order else ''}"
    if not change.removed and not change.added:
        yield "  chỉ khác phần quanh bài · only the page around it differs"
