"""From an article's text back to the characters of its HTML page or feed: every letter leads to itself, or to what it was made of."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.text.offsets import source_offset
from loaders import load
from loaders.html import load_html
from loaders.sourcemap import source_map
from tests.letters.build import as_docx, load_texts
from tests.sources.encode import encode
from tests.sources.make_samples import KENH, held_article, html, json_line, page_text, rss

PORTALS = sorted((Path(__file__).parent / "portals").rglob("*.html"))
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "pages"


def letters_differ(article, data):
    """The letters that do not lead to themselves; blanks were laid out anew."""
    marks, source = source_map(article, data), data.decode()
    return [
        (at, letter, source[source_offset(marks, at)])
        for at, letter in enumerate(article.text)
        if not letter.isspace() and source[source_offset(marks, at)] != letter
    ]


@pytest.mark.parametrize("path", PORTALS, ids=lambda path: path.stem)
def test_pages_of_all_systems(path):
    (article,) = load([str(path)])
    assert letters_differ(article, path.read_bytes()) == []


@pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is absent")
@pytest.mark.parametrize(
    "name", ["baochinhphu-detail.html", "binhdinh-hdnd.html", "hoatdong.html", "vnexpress-2017.rss.xml"]
)
def test_real_pages_and_a_feed(name):
    data = (CORPUS / name).read_bytes()
    articles = [found for found in load([str(CORPUS / name)]) if not isinstance(found, InputError)]
    marked = [article for article in articles if source_map(article, data) is not None]
    assert len(marked) == len(articles)
    wrong = sum(len(letters_differ(article, data)) for article in articles)
    assert wrong <= 2  # an entity in one title


def test_a_feed_leads_into_its_escaped_markup(tmp_path):
    path = tmp_path / "a.rss"
    path.write_text(rss(KENH), encoding="utf-8")
    (article,) = load([str(path)])
    assert letters_differ(article, path.read_bytes()) == []


def test_entities_lead_to_their_start():
    page = "<h1>Tin họp</h1><p>Sở Y tế &amp; S&#7903; N&#7897;i v&#7909; họp bàn về công tác cán bộ.</p>"
    (article,) = load_html(_stream(page.encode()), "a.html")
    found = letters_differ(article, page.encode())
    assert [letter for _, letter, _ in found] == ["&", "ở", "ộ", "ụ"][1:]
    assert {source for _, _, source in found} == {"&"}


def _stream(data):
    import io

    return io.BytesIO(data)


def test_legacy_encodings_lead_to_decoded_characters(tmp_path):
    path = tmp_path / "a.html"
    text = html(held_article(KENH, "viscii"))
    path.write_bytes(encode(text, "viscii"))
    (article,) = load([str(path)])
    marks = source_map(article, path.read_bytes())
    at = article.text.index("Sở Nông nghiệp")
    assert text[source_offset(marks, at) :].startswith("Sở Nông nghiệp")


def test_what_has_marks_already_and_what_has_none(tmp_path):
    for name, data, expected in (
        ("a.txt", page_text(KENH).encode(), ()),
        ("a.jsonl", json_line(KENH).encode(), ()),
        ("a.docx", as_docx(load_texts()["quyet-dinh-ubnd"]), None),
    ):
        (tmp_path / name).write_bytes(data)
        (article,) = load([str(tmp_path / name)])
        assert source_map(article, data) == expected


def test_another_page_is_no_source_of_it(tmp_path):
    (article,) = load([str(PORTALS[0])])
    assert source_map(article, b"<p>Another page.</p>") is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("aáạảăâbcdđeêếghiklmnoôơuưvy &<>\u00a0\n", min_size=12, max_size=60), min_size=1, max_size=6))
def test_any_paragraphs(paragraphs):
    from html import escape

    page = (
        "<html><body><h1>Tin của tỉnh mẫu</h1>"
        + "".join(f"<p>{escape(text)}</p>\n" for text in paragraphs)
        + "</body></html>"
    )
    for article in load_html(_stream(page.encode()), "a.html"):
        marks = source_map(article, page.encode())
        assert marks is None or all(letter in "&<>" for _, letter, _ in letters_differ(article, page.encode()))
