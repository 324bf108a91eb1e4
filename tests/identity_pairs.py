"""The stress set of identity: tests/data/identity/pairs.jsonl as articles with readings, and whether identity calls a pair the same."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.identify.resolve import Resolved, identify, resolve
from kg.model.article import Article
from kg.model.entities import Directive, Meeting
from kg.model.reading import OfficialRead, PostRead, Reading
from tests.reading_factory import article, at, directive, meeting, reading

FILE = Path(__file__).parent / "data" / "identity" / "pairs.jsonl"
Side = dict[str, Any]


def pairs() -> list[dict[str, Any]]:
    """Return the pairs as they are written."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def found_same(pair: dict[str, Any]) -> bool:
    """Say whether identity takes the two sides of `pair` for the same."""
    read = articles_of(pair)
    resolved = identify(read)
    if pair["kind"] in ("meeting", "directive"):
        cls = Meeting if pair["kind"] == "meeting" else Directive
        clusters = [e.same_as for e in resolve(read).entities if isinstance(e, cls)]
        return len(clusters) == 2 and clusters[0] is not None and clusters[0] == clusters[1]
    ids = [
        _id(pair["kind"], resolved, made, side) for (made, _), side in zip(read, (pair["a"], pair["b"]), strict=True)
    ]
    return ids[0] == ids[1]


def articles_of(pair: dict[str, Any]) -> list[tuple[Article, Reading]]:
    """Return the two sides of `pair` as articles with their readings."""
    return [_read(pair["kind"], side, number) for number, side in enumerate((pair["a"], pair["b"]))]


def _id(kind: str, resolved: Resolved, made: Article, side: Side) -> str:
    local = next(one for one in resolved.locals if one.article.id == made.id)
    if kind == "person":
        return next(p.id for ref, p in resolved.linking.persons.items() if ref.article == made.id)
    if kind == "body":
        return local.listed[0].id
    cited = zip(local.reading.documents, local.documents, strict=True)
    return next(i for d, i in cited if any(side["cites"] in form for form in (d.number, d.name, *d.accept) if form))


def _read(kind: str, side: Side, number: int) -> tuple[Article, Reading]:
    context = " ".join(filter(None, (side.get("context"), f"Bài {number}.")))
    fields = {k: side[k] for k in ("published", "place", "outlet") if side.get(k)}
    if kind == "document":
        from kg.read import read

        made = article(f"Phát biểu tại hội nghị, đồng chí nêu rõ: {side['text']}\n{context}", **fields)
        return made, read(made)
    return {"person": _person, "body": _body, "meeting": _meeting, "directive": _directive}[kind](side, context, fields)


def _person(side: Side, context: str, fields: Side) -> tuple[Article, Reading]:
    posts = side["posts"]
    text = f"{context} {', '.join(post[0] for post in posts)} {side['name']} phát biểu."
    return _of(text, fields, officials=(_official(text, side["name"], posts),), agencies=_bodies(text, posts))


def _of(text: str, fields: Side, **facts: Any) -> tuple[Article, Reading]:
    made = article(text, **fields)
    return made, reading(made, **facts)


def _official(text: str, name: str, posts: list[list[Any]]) -> OfficialRead:
    held = tuple(
        PostRead(post=p[0], agency=p[1], status=p[2] if len(p) > 2 else "current", evidence=at(text, p[0]))
        for p in posts
    )
    return OfficialRead(name=name, posts=tuple(p[0] for p in posts), memberships=held, mentions=(at(text, name),))


def _bodies(text: str, posts: list[list[Any]]) -> tuple[Any, ...]:
    from kg.model.reading import AgencyRead

    return tuple(AgencyRead(name=p[1], mentions=(at(text, p[0]),)) for p in posts if p[1])


def _body(side: Side, context: str, fields: Side) -> tuple[Article, Reading]:
    from kg.model.reading import AgencyRead

    text = f"{context} Họp xong, {side['name']}{side.get('after', '')} báo cáo."
    return _of(text, fields, agencies=(AgencyRead(name=side["name"], mentions=(at(text, side["name"]),)),))


def _meeting(side: Side, context: str, fields: Side) -> tuple[Article, Reading]:
    chairs = side.get("chairs", [])
    told = "; ".join(f"{post} {name}" for name, post, _ in chairs)
    named = [*([side["host"]] if side.get("host") else []), *side.get("guests", [])]
    text = f"{context} {told} dự {side['kind']} tại {', '.join(named)}."
    facts = {
        "officials": tuple(_official(text, name, [[post, body]]) for name, post, body in chairs),
        "agencies": tuple(_agency(text, name) for name in named),
        "meetings": (
            meeting(
                text,
                side["kind"],
                date=side["date"],
                host=side.get("host"),
                chairs=tuple(name for name, *_ in chairs),
                participants=tuple(side.get("guests", ())),
            ),
        ),
    }
    return _of(text, fields, **facts)


def _agency(text: str, name: str) -> Any:
    from kg.model.reading import AgencyRead

    return AgencyRead(name=name, mentions=(at(text, name),))


def _directive(side: Side, context: str, fields: Side) -> tuple[Article, Reading]:
    name, post, body = side["issuer"]
    sentence = f"{post} {name} yêu cầu {side['whom']} {side['content']}."
    text = f"{context} {sentence}"
    facts = {
        "officials": (_official(text, name, [[post, body]]),),
        "agencies": (_agency(text, side["whom"]),),
        "directives": (directive(text, sentence, [name], [side["whom"]], content=side["content"]),),
    }
    return _of(text, fields, **facts)


def outcomes() -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield each pair with what identity says."""
    return ((pair, found_same(pair)) for pair in pairs())
