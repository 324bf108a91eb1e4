"""Write examples/readings.jsonl from examples/readings.source.jsonl: quotes become offsets into the texts as the loaders give them.

Run from anywhere: `python tests/examples/build_readings.py`. Needed after an edit of a sample or of its reading.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model.article import Article
from loaders import load

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SOURCE = EXAMPLES / "readings.source.jsonl"
TARGET = EXAMPLES / "readings.jsonl"

Record = dict[str, Any]


def records() -> list[Record]:
    """Return the hand-written readings: `file` and `entry` (from 1) say which article, `quote` which sentence."""
    return [json.loads(line) for line in SOURCE.read_text(encoding="utf-8").splitlines()]


def articles() -> dict[tuple[str, int], Article]:
    """Return the samples by file name below examples/ and number within the file. Raises InputError where one can't be read."""
    found: dict[tuple[str, int], Article] = {}
    for file in sorted((EXAMPLES / "articles").iterdir()):
        for number, article in enumerate(load([str(file)]), 1):
            if isinstance(article, InputError):
                raise article
            found[f"articles/{file.name}", number] = article
    return found


def resolve(record: Record, text: str) -> Record:
    """Return `record` in the gold's form for `text`. Raises ValueError where a quote does not stand in it exactly once."""
    spans = {
        field: [_span(item, record["id"], text) for item in record[field]]
        for field in ("directives", "optional")
        if field in record
    }
    kept = ("officials", "agencies", "documents", "meetings")
    return {name: record[name] for name in kept if name in record} | spans


def _span(item: Record, name: str, text: str) -> Record:
    quote = item["quote"]
    if text.count(quote) != 1:
        raise ValueError(f"{name}: stands {text.count(quote)} times in the text: {quote}")
    start = text.index(quote)
    rest = {key: value for key, value in item.items() if key != "quote"}
    return {"start": start, "end": start + len(quote), **rest}


def build() -> Iterator[Record]:
    """Yield the readings in the order of the source. `id` is the one that `kg read` writes, `name` the one that people read."""
    found = articles()
    for record in records():
        article = found[record["file"], record.get("entry", 1)]
        head = {"id": article.record_id or article.id, "name": record["id"], "file": record["file"]}
        yield head | resolve(record, article.text)


def lines() -> str:
    """Return the whole of readings.jsonl."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in build())


if __name__ == "__main__":
    TARGET.write_text(lines(), encoding="utf-8")
    print(f"{TARGET}: {len(records())} readings", file=sys.stderr)
