"""Sources in pieces give what they give whole, and an article counts as on one machine, whatever the order of its forms."""

import io
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.home import GraphHome
from kg.model.article import Article, Origin
from kg.model.reading import Reading
from kg.spark.pieces import Given, items_of, line_ends, numbered, planned
from loaders import load
from loaders.jsonl import load_jsonl_part

LINES = [
    '\ufeff{"text": "Sở Nội vụ họp ngày 3/4/2021."}',
    "",
    "not JSON",
    '{"title": "Không có nội dung"}',
    '{"text": "Sở Y tế họp.", "published": "2021-04-05"}',
    "   ",
    '{"text": "' + "Giao Sở Công Thương báo cáo. " * 9 + '"}',
]


def told(found):
    return (found.source, found.place, found.reason) if isinstance(found, InputError) else found


def in_pieces(sources, size, **given):
    pieces = planned([str(source) for source in sources], Given(**given), lambda message: None, size)
    counts = [line_ends(piece) if piece.form == "lines" else 0 for piece in pieces]
    return pieces, [told(found) for piece in numbered(pieces, counts) for found in items_of(piece, Given(**given))]


def whole(sources, **given):
    return [told(found) for found in load([str(source) for source in sources], **given)]


@pytest.mark.parametrize("end", ["\n", ""])
def test_lines_cut_anywhere(tmp_path, end):
    source = tmp_path / "a.jsonl"
    source.write_text("\n".join(LINES) + end, encoding="utf-8")
    for size in (*range(1, 60, 7), 97, 211, 400):
        pieces, found = in_pieces([source, source], size, place="Phú Lâm")
        assert len(pieces) > 2
        assert found == whole([source, source], place="Phú Lâm")


@given(st.binary(max_size=60).map(lambda data: data.replace(b"\0", b"0")), st.integers(1, 20))
@settings(max_examples=60, deadline=None)
def test_any_bytes_cut_anywhere(data, size):
    def part(start, end):
        before = data[:start].count(b"\n")
        return load_jsonl_part(io.BytesIO(data), "a", start, end, before, max_record=16)

    pieces = [told(one) for start in range(0, len(data), size) for one in part(start, min(start + size, len(data)))]
    assert pieces == [told(one) for one in part(0, len(data))]
    assert len(pieces) == sum(
        bool(line.removeprefix(b"\xef\xbb\xbf" * (not n)).strip()) for n, line in enumerate(data.split(b"\n"))
    )


def test_parquet_by_row_groups(tmp_path):
    texts = [f"Sở Nội vụ họp lần {n}." if n % 5 else None for n in range(23)]
    parquet.write_table(pa.table({"Nội dung": texts}), tmp_path / "a.parquet", row_group_size=4)
    pieces, found = in_pieces([tmp_path / "a.parquet"], 1)
    assert [piece.before for piece in pieces] == [0, 4, 8, 12, 16, 20]
    assert found == whole([tmp_path / "a.parquet"])
    assert len(in_pieces([tmp_path / "a.parquet"], 1 << 20)[0]) == 1


def test_other_files_folders_and_what_is_wrong_with_them(tmp_path):
    (tmp_path / "b.txt").write_text("Sở Nội vụ họp.", encoding="utf-8")
    (tmp_path / "c.parquet").write_bytes(b"PAR1 and then nothing")
    (tmp_path / "d.jsonl").write_bytes(b"\0" * 900)
    (tmp_path / "e.jsonl").write_bytes('{"text": "Sở họp."}\n'.encode("utf-16"))
    (tmp_path / "f.unknown").write_bytes(b"x")
    sources = [tmp_path, tmp_path / "none.jsonl", tmp_path / "f.unknown"]
    assert in_pieces(sources, 8)[1] == whole(sources)


def test_a_sitemap_says_that_it_is_for_one_machine(tmp_path):
    (tmp_path / "s.xml").write_text("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>")
    ((_, _, reason),) = in_pieces([tmp_path], 8)[1]
    assert "one machine" in reason


def test_uris_are_listed_and_opened_as_paths_are(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text("\n".join(LINES), encoding="utf-8")
    (tmp_path / "in" / "z.txt").write_text("Sở Nội vụ họp.", encoding="utf-8")
    (tmp_path / "in" / "x.unknown").write_text("?")
    found = in_pieces([f"file://{tmp_path}/in", f"file://{tmp_path}/none"], 50)[1]
    missing = found.pop()
    assert missing[2].startswith("no such file")
    local = in_pieces([tmp_path / "in" / "a.jsonl", tmp_path / "in" / "z.txt"], 50)[1]
    assert [getattr(one, "id", one[1:] if isinstance(one, tuple) else 0) for one in found] == [
        getattr(one, "id", one[1:] if isinstance(one, tuple) else 0) for one in local
    ]


FORMS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["1", "2"]), st.integers(0, 3)), min_size=1, max_size=7
)


@given(FORMS)
@settings(max_examples=40, deadline=None)
def test_an_article_counts_as_on_one_machine(tmp_path_factory, forms):
    pytest.importorskip("pyspark", reason="pyspark is not installed: make setup-spark")
    from kg.spark.readings import Taken, item_of

    known = [{}, {"outlet": "Báo Mẫu"}, {"author": "Văn Mẫu"}, {"outlet": "Báo Mẫu", "author": "Văn Mẫu"}]
    articles = [
        Article(id="a0123456789abcdef", text="Sở họp.", origin=Origin(loader="x", source=s, locator=at), **known[n])
        for s, at, n in forms
    ]
    taken = Taken()
    for number, article in enumerate(articles):
        taken.add(item_of(0, number, article))
    with GraphHome(Path(tmp_path_factory.mktemp("home")), create=True) as home:
        summary = home.ingest(
            articles, lambda one: Reading(id=one.id, article=one.id, reader="1"), reader="1", workers=1
        )
        assert {name: n for name in summary.__slots__ if (n := getattr(summary, name))} == taken.counts
        # `read` or `duplicate` is left out: where a form counts only later, one machine reads it again and notes that
        assert [one[:2] for one in home.sources()] == sorted(taken.sources)
        (stored,) = home.stored(["a0123456789abcdef"])
        assert (stored.variant, stored.article) == (taken.form().digest, taken.form().data)
