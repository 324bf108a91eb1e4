"""The shared pages and records: title, date, zones. Facts about their shape only; their text stays where it is."""

import json
import unicodedata
from pathlib import Path

import pytest

from loaders import load
from loaders.dates import parse_date

SHARED = Path(__file__).parents[3] / "shared"
PAGES = SHARED / "corpus" / "pages"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not PAGES.is_dir(), reason="../shared/corpus is absent"),
]


def page(name):
    (article,) = load([str(PAGES / name)])
    return article


def counts(article):
    kinds = [zone.kind for zone in article.zones]
    return {kind: kinds.count(kind) for kind in sorted(set(kinds) - {"body"})}


def zoned(article, kind):
    return [article.text[z.start : z.end] for z in article.zones if z.kind == kind]


def test_seed():
    seed = page("seed.txt")
    lines = [line.strip() for line in seed.text.split("\n") if line.strip()]
    assert (seed.published, seed.crawled) == ("2017-07-24T11:17+07:00", "2018-07-21")
    assert (seed.publisher, seed.place) == ("Văn phòng Tỉnh ủy", None)
    assert counts(seed) == {"byline": 1, "caption": 1, "date": 1, "navigation": 2, "title": 1}
    assert zoned(seed, "title") == [seed.title] == [lines[3]]
    assert zoned(seed, "caption") == [lines[6]]
    assert zoned(seed, "byline") == [seed.author] == [lines[-4]]
    assert zoned(seed, "navigation")[-1].split() == [
        "In",
        "tin",
        "bàiLưu",
        "tin",
        "bài",
        "CÁC",
        "TIN",
        "KHÁC",
        "Android",
        "APK",
    ]


def test_the_seed_as_a_record_is_the_same_article():
    seed = page("seed.txt")
    records = [a for a in load([str(SHARED / "gold" / "dev.articles.jsonl")]) if a.record_id == "seed"]
    assert [(a.id, a.zones, a.published) for a in records] == [(seed.id, seed.zones, seed.published)]


@pytest.mark.parametrize(
    ("name", "published", "signed", "expected"),
    [
        (
            "baochinhphu-detail.html",
            "2011-01-12",
            True,
            {"byline": 1, "caption": 1, "lead": 1, "title": 1},
        ),
        ("binhdinh-hdnd.html", "2025-03-21T15:45+07:00", True, {"byline": 1, "caption": 3, "title": 1}),
        ("binhdinh-lienhoan.html", "2025-03-19T20:17+07:00", False, {"caption": 3, "title": 1}),
        ("hoatdong.html", None, True, {"byline": 1, "caption": 2, "title": 1}),
        ("binhdinh-1.img.txt", None, False, {"caption": 3, "navigation": 3}),
        ("binhdinh-7.img.txt", None, False, {"caption": 3, "navigation": 3}),
        ("binhdinh-12.img.txt", None, True, {"byline": 1, "caption": 6, "navigation": 6}),
    ],
)
def test_pages(name, published, signed, expected):
    article = page(name)
    assert (article.published, counts(article)) == (published, expected)
    assert bool(article.author) == signed
    assert not signed or zoned(article, "byline")[-1].endswith(article.author)
    assert (article.title is not None) == name.endswith(".html")


def test_feed():
    entries = list(load([str(PAGES / "vnexpress-2017.rss.xml")]))
    assert len(entries) > 20
    assert all(e.title and e.published and e.published.startswith("2017-08-") and e.url for e in entries)


@pytest.mark.parametrize("name", ["corpus/articles", "gold/dev.articles", "gold/train.articles"])
def test_records_keep_their_text_and_every_date_is_understood(name):
    path = SHARED / f"{name}.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    for record, article in zip(records, load([str(path)]), strict=True):
        assert article.text == unicodedata.normalize("NFC", record["text"])
        assert not record["published"] or parse_date(record["published"])


@pytest.mark.parametrize("name", ["dev", "train"])
def test_furniture_holds_no_directive_and_bylines_no_official(name):
    lines = (SHARED / "gold" / f"{name}.gold.jsonl").read_text(encoding="utf-8").split("\n")
    gold = {r["id"]: r for r in map(json.loads, filter(None, lines))}
    for article in load([str(SHARED / "gold" / f"{name}.articles.jsonl")]):
        reading = gold[article.record_id]
        for zone in article.zones:
            if zone.kind == "body":
                continue
            assert not any(d["start"] < zone.end and zone.start < d["end"] for d in reading["directives"])
            if zone.kind == "byline":
                quote = article.text[zone.start : zone.end]
                assert not any(o["name"] in quote for o in reading["officials"])
