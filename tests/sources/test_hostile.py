"""Hostile and damaged sources of every kind: bounded, one clear error each, the rest goes on."""

import gzip
import io
import json
import resource
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.cli.read import command as kg_read
from kg.errors import InputError
from kg.model.article import Article
from loaders import load
from loaders.archives import load_tar, load_zip
from loaders.bounds import Budget, Limits
from loaders.context import Context
from loaders.dispatch import read_stream
from loaders.kinds import EXTENSIONS, sniff
from tests.sources.make_samples import DATA, KENH, html, json_line, stored, tar_bytes

GOOD = b'{"text": "Tin hay."}\n'
BINARY = ("xlsx", "parquet", "mhtml", "warc", "wacz", "zip", "tar", "gz", "zst", "csv", "feeds")


class Pipe(io.RawIOBase):
    """Bytes that can be read once."""

    def __init__(self, data):
        self._rest = io.BytesIO(data)

    def readable(self):
        return True

    def readinto(self, buffer):
        return self._rest.readinto(buffer)


def piped(data):
    return io.BufferedReader(Pipe(data), 1 << 16)


def errors(results):
    return [result for result in results if isinstance(result, InputError)]


def sample_files():
    return sorted(
        p
        for p in DATA.rglob("*")
        if p.is_file() and p.parent != DATA and p.name != "expected.json" and "sitemap" not in p.parts
    )


@pytest.mark.parametrize("suffix", sorted(EXTENSIONS))
def test_an_empty_file_is_one_error(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"")
    (error,) = load([str(path)])
    assert isinstance(error, InputError)
    assert (error.source, bool(error.reason)) == (str(path), True)


def test_standard_input_gives_what_the_file_gives(monkeypatch):
    for path in sample_files():
        if path.name.startswith("damaged") or path.suffix == ".xhtml":
            continue
        from_file = list(load([str(path)]))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(piped(path.read_bytes())))
        found = list(load(["-"]))
        assert [type(f) for f in found] == [type(f) for f in from_file], path
        texts = [(a.text, a.title) for a in found if isinstance(a, Article)]
        assert texts == [(a.text, a.title) for a in from_file if isinstance(a, Article)], path


@pytest.mark.parametrize("group", BINARY)
def test_files_cut_off_anywhere(group):
    for path in sample_files():
        if path.parent.name == group:
            data = path.read_bytes()
            for end in range(1, len(data), max(1, len(data) // 12)):
                for result in read_stream(io.BytesIO(data[:end]), "a", EXTENSIONS[path.suffix], Context()):
                    assert isinstance(result, Article | InputError)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(set(EXTENSIONS.values()))), st.binary(max_size=300), st.integers(0, 400), st.data())
def test_any_bytes_for_any_kind(kind, noise, at, choice):
    path = choice.draw(
        st.sampled_from([p for p in sample_files() if EXTENSIONS[p.suffix] == kind] or [DATA / "articles.jsonl"])
    )
    data = path.read_bytes()
    for mixed in (noise, data[:at] + noise + data[at + len(noise) :]):
        for result in read_stream(io.BytesIO(mixed), "a", kind, Context()):
            assert isinstance(result, Article | InputError)


def packed_bomb(size):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed:
        packed.write(GOOD)
        for _ in range(size >> 20):
            packed.write(b" " * (1 << 20))
    return out.getvalue()


def test_a_bomb_of_gzip_is_named_and_not_held(tmp_path):
    path = tmp_path / "a.txt.gz"
    path.write_bytes(packed_bomb(100 << 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (error,) = load([str(path)])
    assert "times as large" in error.reason
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 120 * 1024  # KB


def test_a_bomb_in_an_archive_does_not_stop_the_others(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jsonl", GOOD)
        archive.writestr("b.txt", b"\n" * (60 << 20))
        archive.writestr("c.jsonl", GOOD)
    first, error, last = load([str(path)])
    assert first.text == last.text == "Tin hay."
    assert (error.source, "a bomb?" in error.reason) == (f"{path}!b.txt", True)


def test_a_bomb_of_zstandard(tmp_path):
    import zstandard

    path = tmp_path / "a.txt.zst"
    path.write_bytes(zstandard.ZstdCompressor().compress(b"\n" * (60 << 20)))
    (error,) = load([str(path)])
    assert "times as large" in error.reason


@pytest.mark.parametrize(("load_archive", "make"), [(load_zip, stored), (load_tar, tar_bytes)])
def test_limits_of_an_archive(load_archive, make):
    data = make({f"{n}.jsonl": GOOD for n in range(6)})
    few = list(load_archive(io.BytesIO(data), "a", Context(budget=Budget(Limits(members=3)))))
    assert [type(result) for result in few] == [Article, Article, Article, InputError]
    assert "more than 3 members" in few[-1].reason
    small = list(load_archive(io.BytesIO(data), "a", Context(budget=Budget(Limits(total=2 * len(GOOD))))))
    assert [type(result) for result in small] == [Article, Article, InputError, InputError]
    assert "the rest was not read" in small[-1].reason


def test_a_file_that_is_compressed_in_itself_many_times(tmp_path):
    data = GOOD
    for _ in range(4):
        data = gzip.compress(data, mtime=0)
    path = tmp_path / "a.gz.gz.gz.gz"
    path.write_bytes(data)
    (error,) = load([str(path)])
    assert "three times" in error.reason


def test_encrypted_and_strangely_packed_members(tmp_path):
    data = bytearray(stored({"a.jsonl": GOOD, "b.jsonl": GOOD, "c.jsonl": GOOD}))
    central = [i for i in range(len(data) - 4) if data[i : i + 4] == b"PK\x01\x02"]
    data[central[0] + 8] |= 1  # encrypted
    data[central[1] + 10] = 97  # a method that nobody has
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(data))
    secret, strange, good = load([str(path)])
    assert "encrypted" in secret.reason
    assert "unknown way" in strange.reason
    assert good.text == "Tin hay."


def test_links_of_an_archive_and_of_a_folder_lead_nowhere(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("Bí mật.", encoding="utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(GOOD)
    (folder / "link.txt").symlink_to(secret)
    (folder / "sitemap.xml").write_text(
        "<urlset><url><loc>https://x.example/../secret</loc></url></urlset>", encoding="utf-8"
    )
    (folder / "b.tar").write_bytes(tar_bytes({"c.jsonl": GOOD}, links=[("d.txt", str(secret))]))
    found = list(load([str(folder)]))
    assert [a.text for a in found if isinstance(a, Article)] == ["Tin hay.", "Tin hay."]
    assert ["sitemap.xml" in error.source for error in errors(found)] == [True]


def test_entities_of_a_sitemap_are_refused(tmp_path):
    path = tmp_path / "sitemap.xml"
    path.write_text(
        '<!DOCTYPE urlset [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset><url><loc>&a;</loc></url></urlset>',
        encoding="utf-8",
    )
    (error,) = load([str(path)])
    assert "entities" in error.reason


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.csv", "a.jsonl", "a.json", "a.mhtml", "a.xml"])
def test_a_line_of_100_mb(tmp_path, name):
    path = tmp_path / name
    with path.open("wb") as out:
        out.write({"a.csv": b"title,text\nx,", "a.jsonl": b'{"text": "'}.get(name, b"<p>"))
        for _ in range(100):
            out.write(b"a" * (1 << 20))
    found = list(load([str(path)]))
    assert found
    assert all(isinstance(result, InputError) for result in found)


def test_a_quote_that_never_ends_costs_one_error(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('title,text\nMột,"Tin một."\nHai,"Tin hai.\nBa,Tin ba.\n', encoding="utf-8")
    first, error = load([str(path)])
    assert first.text == "Tin một."
    assert (error.place, "no row" in error.reason) == ("line 3", True)


@pytest.mark.parametrize(
    ("library", "sample"),
    [
        ("zstandard", "zst/two.jsonl.zst"),
        ("python_calamine", "xlsx/one.xlsx"),
        ("pyarrow", "parquet/one.parquet"),
        ("fastwarc.warc", "warc/two.warc"),
    ],
)
def test_an_extra_that_is_missing_is_named_with_its_command(monkeypatch, library, sample):
    monkeypatch.setitem(sys.modules, library, None)
    (error,) = load([str(DATA / sample)])
    assert 'pip install "chidao[sources]"' in error.reason


def test_columns_are_said_or_guessed_and_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("Mã số,Chữ,Tiêu đề\n7,Sở Y tế họp.,Tin\n", encoding="utf-8")
    (error,) = load([str(path)])
    assert "Chữ" in error.reason
    told = []
    (article,) = load([str(path)], columns={"text": "Chữ", "id": "Mã số"}, tell=told.append)
    assert (article.text, article.record_id, article.title) == ("Sở Y tế họp.", "7", "Tin")
    assert "title=Tiêu đề" in told[0]
    assert "Chữ" not in told[0]
    (wrong,) = load([str(path)], columns={"text": "Lời"})
    assert "no column 'Lời'" in wrong.reason


def test_the_command_names_members_and_ends_with_4(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(stored({"a.jsonl": json_line(KENH).encode(), "b.html": b"", "c.html": html(KENH).encode()}))
    run = CliRunner().invoke(kg_read, [str(path)])
    assert run.exit_code == 4
    assert f"{path}!b.html: empty file" in run.stderr
    assert len(run.stdout.splitlines()) == 2
    table = tmp_path / "a.csv"
    table.write_text("Tên,Chữ\nTin,Sở Y tế họp.\n", encoding="utf-8")
    run = CliRunner().invoke(kg_read, [str(table), "--columns", "text=Chữ,title=Tên"])
    assert (run.exit_code, json.loads(run.stdout)["agencies"][0]["name"]) == (0, "Sở Y tế")


def test_kinds_by_first_bytes():
    for path in sample_files():
        if path.suffix not in (".txt", ".xhtml", ".jsonl") and not path.name.startswith("damaged"):
            kind = EXTENSIONS[path.suffix]
            data = path.read_bytes()
            if data[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" not in data[:1]:
                assert sniff(data[: 1 << 16]) == {"wacz": "zip"}.get(kind, kind), path


def test_what_is_in_a_zip_without_its_extension(tmp_path):
    path = Path(tmp_path / "a.zip")
    path.write_bytes((DATA / "xlsx" / "one.xlsx").read_bytes())
    assert [a.record_id for a in load([str(path)])] == ["kenh", "tram"]
