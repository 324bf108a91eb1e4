"""Damaged and hostile input: one clear error each, the rest goes on, nothing else is ever raised."""

import io
import json
import resource
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.model.article import Article
from loaders import load
from loaders.build import MAX_TEXT
from loaders.html import load_html
from loaders.jsonl import load_json, load_jsonl
from loaders.rss import load_feed
from loaders.textpage import load_textpage

LOADERS = [load_textpage, load_html, load_feed, load_jsonl, load_json]
GOOD = '{"text": "Tin tốt."}\n'


def results(loader, data):
    """What `load` makes of a loader: its results, and the InputError that ended it."""
    found = []
    try:
        found.extend(loader(io.BytesIO(data), "x"))
    except InputError as error:
        found.append(error)
    return found


def check(found):
    for result in found:
        assert isinstance(result, Article | InputError)
        if isinstance(result, InputError):
            assert result.reason
            continue
        assert unicodedata.is_normalized("NFC", result.text)
        assert result.text.encode()
        end = 0
        for zone in result.zones:
            assert end <= zone.start < zone.end <= len(result.text)
            end = zone.end


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.html", b"\xef\xbb\xbf \n", "empty"),
        ("empty.jsonl", b"\n\n", "empty"),
        ("binary.txt", b"ab\0cd", "binary"),
        ("binary.jsonl", b"\0\0\0", "binary"),
        ("a.txt", b"%PDF-1.4 ...", "PDF"),
        ("a.html", b"PK\x03\x04....", "zip"),
        ("broken.txt", "Một\nhai ".encode() + b"\xe1\xba", "not valid UTF-8"),
        ("broken.html", b"<p>M\xffi</p>", "not valid UTF-8"),
        ("broken.jsonl", b'{"text": "M\xffi"}', "not valid UTF-8"),
        ("utf16.txt", b"\xff\xfeA\xd8A", "not valid UTF-16"),
        ("script.html", b"<html><script>var a</script></html>", "no text"),
        ("comment.html", b"<!-- -->", "no text"),
        ("bad.json", b'{"text": ', "not JSON"),
        ("none.json", b"[]", "empty list"),
        ("deep.json", b"[" * 100_000, "not JSON"),
        ("deep.jsonl", b'{"a":' * 100_000, "not JSON"),
        ("number.jsonl", b"7", "not a record"),
        ("nul.jsonl", b'{"text": "a\\u0000b"}', "NUL"),
        ("surrogate.jsonl", b'{"text": "a\\ud800b"}', "not JSON"),
        ("title.jsonl", b'{"text": "a", "title": {"a": 1}}', "title"),
        ("bad.rss", b"<rss><channel><ti", "not well-formed"),
        ("none.rss", b"<rss version='2.0'><channel><title>A</title></channel></rss>", "no entries"),
        ("map.xml", b"<?xml version='1.0'?><urlset></urlset>", "lists no page"),
        ("other.xml", b"<?xml version='1.0'?><note></note>", "no RSS or Atom"),
    ],
)
def test_one_clear_error(tmp_path, name, data, words):
    path = tmp_path / name
    path.write_bytes(data)
    (error,) = load([str(path)])
    assert isinstance(error, InputError)
    assert error.source == str(path)
    assert words in error.reason


def test_place_of_broken_utf8(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Một\nhai ".encode() + b"\xff")
    (error,) = load([str(path)])
    assert error.place == "byte 10, line 2"


def test_the_rest_goes_on(tmp_path):
    good = tmp_path / "a.jsonl"
    good.write_text(GOOD + "{hỏng\n" + GOOD, encoding="utf-8")
    found = list(load([str(good), str(tmp_path / "không có.txt"), str(good)]))
    assert [isinstance(f, InputError) for f in found] == [False, True, False, True, False, True, False]


def test_crlf_bom_and_nfd(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + unicodedata.normalize("NFD", "Tỉnh ủy\r\nhọp.").encode())
    (article,) = load([str(path)])
    assert article.text == "Tỉnh ủy\nhọp."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_encodings_with_a_mark(tmp_path, encoding):
    (tmp_path / "a.txt").write_text("Tỉnh ủy họp.", encoding=encoding)
    (tmp_path / "b.jsonl").write_text('{"text": "Tỉnh ủy họp."}\n{"text": "Lại họp."}', encoding=encoding)
    (tmp_path / "c.html").write_text("<p>Tỉnh ủy họp.</p>", encoding=encoding)
    assert [a.text for a in load([str(tmp_path)])] == ["Tỉnh ủy họp.", "Tỉnh ủy họp.", "Lại họp.", "Tỉnh ủy họp."]


def test_a_50_mb_line_is_named_and_not_held(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as out:
        out.write(GOOD.encode() + b'{"text": "')
        for _ in range(50):
            out.write(b"a" * (1 << 20))
        out.write(b'"}\n' + GOOD.encode())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    first, error, last = load([str(path)])
    assert (first.text, last.text) == ("Tin tốt.", "Tin tốt.")
    assert error.place == "line 2"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 80 * 1024  # KB


def test_entity_bombs_and_outside_entities_are_refused(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("bí mật", encoding="utf-8")
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>'
    outside = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]><rss><channel><item><title>&x;</title></item></channel></rss>'
    for number, text in enumerate((bomb, outside)):
        path = tmp_path / f"{number}.rss"
        path.write_text(text, encoding="utf-8")
        (error,) = load([str(path)])
        assert "entities" in error.reason


def test_a_feed_that_breaks_off_says_so(tmp_path):
    path = tmp_path / "a.rss"
    path.write_text("<rss version='2.0'><channel><item><title>Một tin</title></item><item><title>Hai", encoding="utf-8")
    found = list(load([str(path)]))
    assert found[0].title == "Một tin"
    assert isinstance(found[-1], InputError)
    assert "may be missing" in found[-1].reason


@pytest.mark.parametrize(("depth", "complete"), [(200, True), (1500, True), (20_000, False)])
def test_deep_html_is_read_whole_or_refused(tmp_path, depth, complete):
    path = tmp_path / "a.html"
    path.write_text("<div>từ " * depth, encoding="utf-8")
    (result,) = load([str(path)])
    if complete:
        assert result.text.split() == ["từ"] * depth
    else:
        assert "parsed to its end" in result.reason


def test_a_box_around_the_whole_article_hides_nothing(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<div class='related'><p>Sở Y tế họp về phòng khám của xã trong tuần này.</p></div>", encoding="utf-8"
    )
    (article,) = load([str(path)])
    assert "Sở Y tế" in article.text


_PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='caption'>",
        "</div>",
        "<table><td>",
        "<img>",
        "<a href=x>",
        "</a>",
        "<h1>",
        "</h1>",
        "<time datetime='",
        "'>",
        "&#0;",
        "&#xD800;",
        "Tỉnh ủy họp. ",
        "Bài và ảnh: Mẫu Thử",
        "\n",
        "[img]",
        "24/7/2017 - 11:17",
        "Cỡ chữ: A+ A-",
        "CÁC TIN KHÁC",
        "u\u0309",
        "<rss>",
        "<item>",
        "<title>",
        "<![CDATA[",
        "]]>",
        "<script type='application/ld+json'>",
        "</script>",
        "{",
        "}",
        '"text":',
        '"a"',
        ",",
        "\r\n",
        "Hôm nay, ngày 1 tháng 2 năm 2020",
        "\x01",
        "KIM MẪU",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(_PIECES, max_size=25).map(lambda parts: "".join(parts).encode()) | st.binary(max_size=200))
@pytest.mark.parametrize("loader", LOADERS)
def test_any_bytes(loader, data):
    check(results(loader, data))


@settings(deadline=None, max_examples=150)
@given(text=st.text(max_size=200) | st.lists(_PIECES, max_size=20).map("".join), title=st.none() | st.text(max_size=20))
def test_any_record_keeps_its_text(text, title):
    (found,) = results(load_jsonl, json.dumps({"text": text, "title": title}).encode())
    check([found])
    if isinstance(found, Article):
        assert found.text == unicodedata.normalize("NFC", text)


def test_an_article_as_long_as_a_library_is_refused_by_every_loader(tmp_path):
    long = "Sở Y tế họp. " * (MAX_TEXT // 12)
    contents = {
        "a.txt": long,
        "b.html": f"<html><body><p>{long}</p></body></html>",
        "c.jsonl": json.dumps({"text": long}),
        "d.rss": f'<rss version="2.0"><channel><title>T</title><item><title>Tin</title><description>{long}</description></item></channel></rss>',
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    found = list(load([str(tmp_path)]))
    assert [Path(error.source).name for error in found] == list(contents)
    assert all("characters, so no article" in error.reason for error in found)


def test_a_folder_that_cannot_be_listed_is_named(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("Một tin.", encoding="utf-8")

    def walk(folder, onerror):
        onerror(PermissionError(13, "Permission denied", str(tmp_path / "sub")))
        yield str(folder), [], ["a.txt"]

    monkeypatch.setattr("os.walk", walk)
    error, article = load([str(tmp_path)])
    assert str(error) == f"{tmp_path / 'sub'}: can't be listed: Permission denied"
    assert article.text == "Một tin."
