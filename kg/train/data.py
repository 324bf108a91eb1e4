"""Labelled articles to learn from: `../shared/gold` (outside the project) and our own under `training/own`."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model.article import Article, Origin
from kg.model.ids import article_id
from kg.read.actors import read_actors
from kg.read.directives.analysis import SentenceView, analyse
from kg.read.directives.authority import ranks_of_officials
from kg.read.directives.host import find_hosts
from kg.read.directives.speakers import Speaker, track_speakers
from kg.read.mentions import ActorMention
from kg.read.page import Page
from loaders.jsonl import article_of_record

Gold = Mapping[str, Any]
SIBLING = "sibling-"
"""Ids of our own articles that each follow one of `gold/train` sentence by sentence, in other words, on another subject."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article as the directive reader sees it, beside its gold reading."""

    page: Page
    views: tuple[SentenceView, ...]
    speakers: tuple[Speaker, ...]
    ranks: Mapping[str, int]
    hosts: tuple[tuple[ActorMention, ...], ...]
    gold: Gold

    @property
    def source(self) -> int | None:
        """The position in `gold/train` of the article that this one of ours follows sentence by sentence; None for all others."""
        ident = self.page.article.record_id or ""
        return int(ident.removeprefix(SIBLING)) if ident.startswith(SIBLING) else None

    def labels(self) -> list[str]:
        """Return D, O or ? (left open by the gold) for each sentence."""
        marked = self.directives()
        opens = self.gold.get("optional") or []
        return [
            "D" if i in marked else "?" if any(_overlaps(view, o) for o in opens) else "O"
            for i, view in enumerate(self.views)
        ]

    def directives(self) -> dict[int, Gold]:
        """Return the gold directive of each sentence that is one."""
        found: dict[int, Gold] = {}
        used: set[int] = set()
        for i, view in enumerate(self.views):
            for number, directive in enumerate(self.gold["directives"]):
                if number not in used and _overlaps(view, directive):
                    found[i] = directive
                    used.add(number)
                    break
        return found


def _overlaps(view: SentenceView, span: Gold) -> bool:
    common = min(view.end, span["end"]) - max(view.start, span["start"])
    return bool(common >= 0.5 * min(view.end - view.start, span["end"] - span["start"]))


def load_gold(folder: Path, name: str) -> list[Labelled]:
    """Return the articles of `NAME.articles.jsonl` with their readings. Raises OSError where the folder is absent."""
    readings = {r["id"]: r for r in _records(folder / f"{name}.gold.jsonl")}
    return [
        label(article_of_record(record, source=name, locator=None), readings[record["id"]])
        for record in _records(folder / f"{name}.articles.jsonl")
    ]


def load_own(folder: Path) -> list[Labelled]:
    """Return our own labelled articles: JSON lines with `sentences` of `text`, `d` (a directive or null) and `open` (either way)."""
    return [label(*_own(record)) for path in sorted(folder.glob("*.jsonl")) for record in _records(path)]


def label(article: Article, gold: Gold) -> Labelled:
    """Return `article` analysed, with its gold reading."""
    page = Page.of(article)
    actors = read_actors(page)
    views = analyse(page, actors.mentions)
    ranks = ranks_of_officials(actors.officials)
    return Labelled(
        page,
        views,
        track_speakers(page, views, ranks),
        ranks,
        find_hosts(page, views),
        gold,
    )


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _own(record: Gold) -> tuple[Article, Gold]:
    text = ""
    directives, left_open = [], []
    for sentence in record["sentences"]:
        start = len(text)
        text += sentence["text"]
        if sentence["d"] is not None:
            directives.append({**sentence["d"], "start": start, "end": len(text)})
        elif sentence.get("open"):
            left_open.append({"start": start, "end": len(text)})
        text += "\n" if sentence.get("break") else " "
    article = Article(
        id=article_id(record["title"], text),
        record_id=record["id"],
        title=record["title"],
        text=text,
        published=record["published"],
        origin=Origin(loader="own", source="training/own"),
    )
    return article, {"directives": directives, "optional": left_open}
