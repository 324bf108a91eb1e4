"""--encoding: what the user says about text files wins over their bytes, in every kind of file and inside archives."""

import gzip
import io
import json
import zipfile

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import InputError, UsageError
from loaders import load
from tests.sources.encode import encode
from tests.sources.make_samples import KENH, held_article, html, json_line, page_text, rss

# too few Vietnamese words for the words to decide
SHORT = "Họp tế.\n"


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "windows-1258"])
def test_what_the_words_do_not_decide_the_user_does(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(encode(SHORT, encoding))
    (error,) = load([str(path)])
    assert isinstance(error, InputError)
    (article,) = load([str(path)], encoding=encoding.upper())
    assert article.text == SHORT
    assert (article.origin.decoding.encoding, article.origin.decoding.confidence) == (encoding, 1.0)


@pytest.mark.parametrize("name", ["a.html", "a.rss", "a.jsonl", "a.json", "a.txt"])
def test_every_kind_of_text_file(tmp_path, name):
    article = held_article(KENH, "viscii")
    made = {"html": html(article), "rss": rss(article), "jsonl": json_line(article), "json": json_line(article)}
    text = made.get(name[2:], page_text(article))
    plain, legacy = tmp_path / "plain", tmp_path / "legacy"
    for folder, data in ((plain, text.encode()), (legacy, encode(text, "viscii"))):
        folder.mkdir()
        (folder / name).write_bytes(data)
    (expected,), (found,) = load([str(plain)]), load([str(legacy)], encoding="viscii")
    assert (found.title, found.text, found.zones) == (expected.title, expected.text, expected.zones)
    assert found.origin.decoding.encoding == "viscii"


def test_inside_archives_and_not_for_what_has_no_encoding(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", encode(SHORT, "vni"))
        archive.writestr("b.txt.gz", gzip.compress(encode(SHORT, "vni")))
        archive.writestr("c.pdf", b"%PDF-1.4 damaged")
    (tmp_path / "a.zip").write_bytes(inner.getvalue())
    first, second, error = load([str(tmp_path / "a.zip")], encoding="vni")
    assert (first.text, second.text) == (SHORT, SHORT)
    assert "PDF" in str(error)


def test_bytes_that_are_not_in_it_are_one_error(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Một\nhai\n".encode() + b"\xff\xff")
    (error,) = load([str(path)], encoding="utf-8")
    assert str(error).endswith("byte 10, line 3: not valid utf-8; is --encoding right?")
    path.write_bytes(b"a\xff\xfe")
    (error,) = load([str(path)], encoding="ascii")
    assert "is --encoding right?" in str(error)


def test_a_name_that_is_none(tmp_path):
    with pytest.raises(UsageError, match="no such encoding; utf-8"):
        load(["-"], encoding="vietnamese")
    with pytest.raises(UsageError, match="no such encoding"):
        load(["-"], encoding="base64")


@pytest.mark.parametrize("verb", [["read"], ["build", "-g", "GRAPH"], ["portal", "try"]])
def test_on_the_command_line(tmp_path, verb):
    path = tmp_path / "a.html"
    path.write_bytes(encode(html(held_article(KENH, "viscii")), "viscii"))
    words = [str(tmp_path / word) if word == "GRAPH" else word for word in verb]
    ran = CliRunner().invoke(cli, [*words, "--encoding", "viscii", str(path)])
    assert ran.exit_code == 0, ran.output
    if verb == ["read"]:
        assert json.loads(ran.stdout)["directives"]
    wrong = CliRunner().invoke(cli, [*words, "--encoding", "x", str(path)])
    assert isinstance(wrong.exception, UsageError)
