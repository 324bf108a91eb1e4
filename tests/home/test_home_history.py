"""One article from several places and at several times: its sources, versions, differences and copies, whatever came first."""

from itertools import permutations

import orjson
import pytest
from click.testing import CliRunner

from kg.cli.article import command as kg_article
from kg.cli.build import command as kg_build
from kg.errors import InputError, UsageError
from kg.home import GraphHome
from kg.home.history import history, sentence_changes
from loaders import load
from tests.sources.make_samples import (
    KENH,
    SITE,
    TRAM,
    encode,
    held_article,
    html,
    json_line,
    mhtml,
    page_text,
    rss,
    stored,
)

ADDED = "Đồng chí cũng giao Sở Tài chính bố trí 2 tỷ đồng trước ngày 20/6/2024."


def page(article, *, url, modified=None, outlet=None):
    changed = {**article, "outlet": outlet or article["outlet"]}
    head = f'<link rel="canonical" href="{url}">'
    if modified:
        head += f'<meta property="article:modified_time" content="{modified}">'
    return html(changed).replace("<title>", head + "<title>", 1).encode()


def updated(article):
    kept = [*article["paragraphs"][:2], ADDED]
    return {**article, "paragraphs": kept}


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "in"
    place.mkdir()
    return place


def written(folder, files):
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [str(folder / name) for name in files]


def built(home, sources):
    run = CliRunner().invoke(kg_build, [*sources, "-g", str(home), "--workers", "1"])
    assert run.exit_code == 0, run.output
    with GraphHome(home) as truth:
        return {article.origin.source: article.id for article in truth.articles()}


def shown(home, ident):
    run = CliRunner().invoke(kg_article, [ident, "-g", str(home), "--json"])
    assert run.exit_code == 0, run.output
    return orjson.loads(run.stdout)


def test_one_article_in_eight_forms_is_one_with_eight_sources(tmp_path, folder):
    url = f"{SITE}kenh.html"
    legacy = held_article(KENH, "viscii")
    sources = written(
        folder,
        {
            "a.html": page(KENH, url=url),
            "b.txt": page_text(KENH).encode(),
            "c.rss": rss(KENH).encode(),
            "d.jsonl": json_line(KENH).encode(),
            "e.mhtml": mhtml(KENH),
            "f.zip": stored({"g.html": page(KENH, url=url)}),
            "h.txt": encode(page_text(KENH), "vni"),
            "i.txt": encode(page_text(legacy), "viscii"),
            "other.jsonl": json_line(TRAM).encode(),
        },
    )
    found = []
    for number, order in enumerate((sources, sources[::-1])):
        home = tmp_path / str(number)
        idents = built(home, order)
        records = [shown(home, ident) for source, ident in sorted(idents.items()) if not source.endswith("other.jsonl")]
        for record in records:
            assert len(record["sources"]) == 8
            assert (len(record["versions"]), record["changes"], record["copies"]) == (1, [], [])
        assert {place["loader"] for place in records[0]["sources"]} == {"html", "textpage", "rss", "jsonl", "mhtml"}
        assert {place["decoding"]["encoding"] for place in records[0]["sources"]} >= {"utf-8", "vni", "viscii"}
        with GraphHome(home) as truth:
            clusters = {entity.same_as for entity in truth.graph().entities if type(entity).__name__ == "ArticleNode"}
            nodes = [entity for entity in truth.graph().entities if type(entity).__name__ == "ArticleNode"]
        assert clusters == {None}
        assert len(nodes) == 2
        assert {record["kept"] for record in records} < {node.id for node in nodes}
        found.append(records)
    assert found[0] == found[1]


def test_versions_are_ordered_by_their_own_dates_and_show_what_changed(tmp_path, folder):
    url = f"{SITE}kenh.html"
    other = {
        **KENH,
        "paragraphs": [
            *KENH["paragraphs"][:2],
            "Bài của báo khác, dài thêm một câu để không phải là bản chép nguyên văn.",
        ],
    }
    sources = written(
        folder,
        {
            "first.html": page(KENH, url=url),
            "second.html": page(
                updated(KENH), url=f"http://www.{url.split('//')[1]}#top", modified="2024-05-15T08:00:00+07:00"
            ),
            "copy.html": page(other, url="https://khac.example/9.html", outlet="Báo Khác (mẫu)"),
        },
    )
    found = []
    for number, order in enumerate(permutations(sources)):
        home = tmp_path / str(number)
        idents = built(home, order)
        old, new, copy = (idents[source] for source in sources)
        record = shown(home, old)
        assert [version["id"] for version in record["versions"]] == [old, new]
        assert record["ordered"]
        (change,) = record["changes"]
        assert change["added"] == [ADDED]
        assert change["removed"] == [KENH["paragraphs"][2]]
        assert any("Sở Tài chính" in quote for quote in change["directives_added"])
        assert [one["id"] for one in record["copies"]] == [copy]
        found.append(record)
    assert all(record == found[0] for record in found)
    text = CliRunner().invoke(kg_article, [old, "-g", str(home)]).stdout
    assert f"+ {ADDED}  [chỉ đạo · directive]" in text
    assert "Báo Khác (mẫu)" in text


def test_a_file_that_changed_is_a_new_version(tmp_path, folder):
    (source,) = written(folder, {"a.html": html(KENH).encode()})
    first = built(tmp_path / "g", [source])[source]
    written(folder, {"a.html": html(updated(KENH)).encode()})
    built(tmp_path / "g", [source])
    record = shown(tmp_path / "g", first)
    assert len(record["versions"]) == 2
    assert not record["ordered"]  # neither page says when it was changed
    assert {*record["changes"][0]["added"], *record["changes"][0]["removed"]} == {ADDED, KENH["paragraphs"][2]}


def test_another_article_in_the_same_place_is_no_version(tmp_path, folder):
    (source,) = written(folder, {"a.jsonl": json_line({**KENH, "id": "x"}).encode()})
    first = built(tmp_path / "g", [source])[source]
    written(folder, {"a.jsonl": json_line({**TRAM, "id": "x"}).encode()})
    built(tmp_path / "g", [source])
    assert len(shown(tmp_path / "g", first)["versions"]) == 1


def test_an_article_that_is_not_there_and_one_that_is_two(tmp_path, folder):
    (source,) = written(folder, {"a.jsonl": (json_line({**KENH, "id": "x"}) + json_line({**TRAM, "id": "x"})).encode()})
    built(tmp_path / "g", [source])
    with GraphHome(tmp_path / "g") as truth:
        with pytest.raises(UsageError, match="no such article"):
            history(truth, "y")
        with pytest.raises(UsageError, match="2 bài"):
            history(truth, "x")


def test_how_a_source_was_decoded_outlives_the_home(tmp_path, folder):
    (source,) = written(folder, {"a.txt": encode(page_text(KENH), "vni")})
    built(tmp_path / "g", [source])
    (article,) = load([source])
    assert not isinstance(article, InputError)
    with GraphHome(tmp_path / "g") as truth:
        (stored_article,) = truth.articles()
        assert stored_article.origin == article.origin
        assert stored_article.origin.decoding.encoding == "vni"


def test_case_blanks_and_tone_placement_are_no_change():
    assert sentence_changes("Tỉnh uỷ họp.  Sở Y tế báo cáo.", "TỈNH ỦY HỌP. Sở Y tế\u00a0báo cáo.") == ((), ())
