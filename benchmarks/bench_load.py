"""HTML extractors side by side on pages of our own whose articles are known, and on the shared pages for speed; JSON records and others a second.

`python benchmarks/bench_load.py [--rounds N]` (needs selectolax and resiliparse, which `make bench-load` installs). CPU time of one process. Quality is
that of words: how many of an article's are found (recall), how many of those found are the article's (precision), over all shapes of `page_shapes.html`.
"""

import argparse
import io
import platform
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import jinja2

from kg.model.article import Article
from loaders.html import load_html
from loaders.jsonl import load_jsonl
from loaders.textpage import load_textpage

HERE = Path(__file__).parent
SHARED = HERE.parents[1] / "shared" / "corpus"
SAMPLES = HERE.parent / "examples" / "articles"
SHAPES = ("plain", "detail", "portal", "breaks")
Extract = Callable[[bytes], str]


class Page(NamedTuple):
    """A page, and what an extractor should give of it: the words of title, lead, paragraphs, caption and writer."""

    data: bytes
    wanted: str


def made_pages(texts: Sequence[str]) -> list[Page]:
    """Return a page of each shape for each text."""
    shapes = (
        jinja2.Environment(loader=jinja2.FileSystemLoader(HERE), autoescape=False)
        .get_template("page_shapes.html")
        .module
    )
    pages = []
    for number, text in enumerate(texts):
        title, *paragraphs = [line.strip() for line in text.split("\n") if len(line.split()) > 5]
        lead = f"Bài mẫu số {number} nói về các việc mà các đơn vị của tỉnh phải làm trong tháng này và tháng sau."
        given = {
            "title": title,
            "paragraphs": paragraphs,
            "author": "Yến Mẫu",
            "published": "2024-05-14",
            "outlet": "Báo Mẫu",
        }
        article = {**given, "lead": lead, "caption": "Quang cảnh buổi làm việc. Ảnh: Y.M"}
        for shape in SHAPES:
            data = str(getattr(shapes, shape)(article))
            wanted = [
                title,
                *paragraphs,
                *([lead] if lead in data else []),
                *([article["caption"]] if article["caption"] in data else []),
            ]
            pages.append(Page(data.encode(), "\n".join(wanted)))
    return pages


def ours(data: bytes) -> str:
    """Our loader: the article's text, page furniture left out, zoned and dated."""
    (article,) = load_html(io.BytesIO(data), "page")
    assert isinstance(article, Article)
    return article.text


def by_trafilatura(data: bytes) -> str:
    """trafilatura as its own documentation calls it."""
    import trafilatura

    return trafilatura.extract(data.decode(), include_comments=False) or ""


def by_trafilatura_fast(data: bytes) -> str:
    """trafilatura without its fall-backs."""
    import trafilatura

    return trafilatura.extract(data.decode(), include_comments=False, fast=True) or ""


def by_resiliparse(data: bytes) -> str:
    """resiliparse's main content."""
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(data.decode(), main_content=True))


def by_selectolax(data: bytes) -> str:
    """selectolax: no extractor, so the paragraphs of the box that profiles would name, else all text of the body."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(data.decode())
    for selector in ("article", ".detail-content", "#content", ".noidung", "#news-detail", ".content", "body"):
        if box := tree.css_first(selector):
            return str(box.text(separator="\n"))
    return ""


EXTRACTORS: tuple[tuple[str, Extract], ...] = (
    ("our loader (zones, dates, byline)", ours),
    ("trafilatura", by_trafilatura),
    ("trafilatura, fast", by_trafilatura_fast),
    ("resiliparse", by_resiliparse),
    ("selectolax and five selectors", by_selectolax),
)


def words(text: str) -> Counter[str]:
    """Return the words of a text with their counts."""
    return Counter(re.findall(r"\w+", text.lower()))


def quality(extract: Extract, pages: Iterable[Page]) -> tuple[float, float]:
    """Return precision and recall of words."""
    found = wanted = right = 0
    for page in pages:
        mine, theirs = words(extract(page.data)), words(page.wanted)
        found, wanted, right = found + mine.total(), wanted + theirs.total(), right + (mine & theirs).total()
    return right / max(1, found), right / wanted


def speed(work: Callable[[], object], items: int, rounds: int) -> float:
    """Return items a second of CPU time, the best of `rounds`."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return items / best


def main() -> None:
    """Print the two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    texts = [
        article.text for path in sorted(SAMPLES.glob("*.txt")) for article in load_textpage(path.open("rb"), path.name)
    ]
    pages = made_pages(texts)
    real = [path.read_bytes() for path in sorted((SHARED / "pages").glob("*.html"))]
    size = sum(len(page.data) for page in pages) / len(pages) / 1024
    lived_size = sum(map(len, real)) / max(1, len(real)) / 1024
    print(
        f"{platform.python_version()}, {len(pages)} made pages ({size:.1f} KB), {len(real)} real ones ({lived_size:.1f} KB)\n"
    )
    print("| extractor | precision | recall | F1 | made pages/s | real pages/s |\n|---|---|---|---|---|---|")
    for name, extract in EXTRACTORS:
        try:
            precision, recall = quality(extract, pages)
        except ModuleNotFoundError as error:
            print(f"| {name} | not installed: {error.name} | | | | |")
            continue
        score = 2 * precision * recall / (precision + recall)
        made = speed(lambda extract=extract: [extract(page.data) for page in pages], len(pages), rounds)
        lived = speed(lambda extract=extract: [extract(data) for data in real], len(real), rounds) if real else 0
        print(f"| {name} | {precision:.3f} | {recall:.3f} | {score:.3f} | {made:.0f} | {lived:.0f} |", flush=True)
    print("\n| source | records/s | KB each |\n|---|---|---|")
    for name in ("articles.jsonl", "ledes.jsonl"):
        path = SHARED / name
        data = (
            path.read_bytes() if path.is_file() else b"".join(sorted(p.read_bytes() for p in SAMPLES.glob("*.jsonl")))
        )
        count = data.count(b"\n")
        rate = speed(lambda data=data: list(load_jsonl(io.BytesIO(data), "x")), count, rounds)
        print(
            f"| JSON records ({name if path.is_file() else 'samples'}) | {rate:.0f} | {len(data) / count / 1024:.1f} |"
        )


if __name__ == "__main__":
    main()
