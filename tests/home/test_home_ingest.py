"""The truth on disk: batches, order, duplicates, retraction, and what was read before."""

import random
import sqlite3

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError, StoreError, UsageError
from kg.home import GraphHome, dry_run
from kg.home.ingest import BATCH
from tests.reading_factory import READER, article, read_by_hand

NAMES = ("Trần Văn Mẫu", "Lê Thị Thử", "Phạm Văn Ví", "Hoàng Thị Dụ")
BODIES = ("Bộ Y tế", "Tỉnh ủy", "Tỉnh ủy Bình Thuận", "Sở Y tế tỉnh Lâm Đồng", "Bộ Tài chính")


def corpus(number=40):
    choose = random.Random(7)
    return [
        article(
            f"{choose.choice(NAMES)} là Giám đốc của {choose.choice(BODIES)}.\nBài {i}.",
            published=f"20{choose.randint(10, 25)}-03-04",
            record_id=f"r{i}",
        )
        for i in range(number)
    ]


def put(home, items, **options):
    return home.ingest(items, read_by_hand, reader=READER, workers=1, **options)


def dump(graph):
    return [orjson.dumps([type(e).__name__, e.model_dump()]) for e in graph.entities]


def built(folder, items, **options):
    with GraphHome(folder, create=True) as home:
        put(home, items, **options)
        return dump(home.graph())


@pytest.fixture(scope="module")
def truth(tmp_path_factory):
    return built(tmp_path_factory.mktemp("truth"), corpus())


def test_second_build_changes_nothing(tmp_path):
    with GraphHome(tmp_path, create=True) as home:
        first = put(home, corpus())
        stamp, before = home.stamp(), (tmp_path / "truth.sqlite").read_bytes()
        second = home.ingest(corpus(), pytest.fail, reader=READER, workers=1)
        assert (first.new, first.total) == (40, 40)
        assert (second.unchanged, second.total) == (40, 40)
        assert home.stamp() == stamp
        assert (tmp_path / "truth.sqlite").read_bytes() == before


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(40)), cuts=st.lists(st.integers(1, 40), max_size=3), again=st.integers(0, 39))
def test_any_order_and_batches_give_one_graph(order, cuts, again, truth, tmp_path_factory):
    items = corpus()
    shuffled = [items[i] for i in order]
    with GraphHome(tmp_path_factory.mktemp("any"), create=True) as home:
        for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), 40], strict=True):
            put(home, shuffled[start:end])
        put(home, shuffled[again:])
        assert dump(home.graph()) == truth


@settings(max_examples=10, deadline=None)
@given(out=st.sets(st.integers(0, 39), max_size=6))
def test_retracting_is_as_never_ingested(out, tmp_path_factory):
    items = corpus()
    kept = [item for i, item in enumerate(items) if i not in out]
    with GraphHome(tmp_path_factory.mktemp("out"), create=True) as home:
        put(home, items)
        for i in out:
            assert home.retract(f"r{i}") == (items[i].id,)
        with GraphHome(tmp_path_factory.mktemp("never"), create=True) as never:
            put(never, kept)
            assert dump(home.graph()) == dump(never.graph())
            assert home.stamp() == never.stamp()


def test_a_retracted_article_stays_out_until_forced(tmp_path):
    items = corpus(3)
    with GraphHome(tmp_path, create=True) as home:
        put(home, items)
        home.retract(items[1].id)
        assert put(home, items).retracted == 1
        assert len(list(home.articles())) == 2
        assert home.retracted() == (items[1].id,)
        assert put(home, items, force=True).new == 1
        assert len(list(home.articles())) == 3
        assert home.retracted() == ()


def test_retracted_text_leaves_the_files(tmp_path):
    with GraphHome(tmp_path, create=True) as home:
        put(home, corpus(5))
        home.retract("r3")
    assert all("Bài 3.".encode() not in path.read_bytes() for path in tmp_path.iterdir() if path.is_file())


def test_retracting_what_is_not_there(tmp_path):
    with GraphHome(tmp_path, create=True) as home, pytest.raises(UsageError, match="no such article"):
        home.retract("nothing")


def test_one_article_from_two_sources(tmp_path, truth):
    items = corpus()
    copies = [
        item.model_copy(update={"origin": item.origin.model_copy(update={"source": "b.jsonl"})}) for item in items
    ]
    with GraphHome(tmp_path, create=True) as home:
        summary = put(home, [*items, *copies])
        assert (summary.new, summary.duplicates) == (40, 40)
        assert len(list(home.sources())) == 80
        assert dump(home.graph()) == truth


@pytest.mark.parametrize("poor_first", [True, False])
def test_the_form_that_knows_more_counts_whatever_came_first(tmp_path, poor_first):
    rich = corpus(1)[0]
    poor = article(rich.text, source="other.html")
    with GraphHome(tmp_path, create=True) as home:
        for item in (poor, rich) if poor_first else (rich, poor):
            put(home, [item])
        assert [a.published for a in home.articles()] == [rich.published]
        assert [r.published for _, r in home.pairs()] == [rich.published]


def test_a_source_that_is_corrected_replaces_its_own_form(tmp_path):
    old = article("Trần Văn Mẫu là Bí thư của Tỉnh ủy.", published="2019-01-01")
    new = old.model_copy(update={"published": "2018-01-01"})
    with GraphHome(tmp_path, create=True) as home:
        put(home, [old])
        assert put(home, [new]).updated == 1
        assert [a.published for a in home.articles()] == ["2018-01-01"]
        assert put(home, [new]).unchanged == 1


def test_when_the_better_form_goes_the_other_is_read(tmp_path):
    """The form that counts loses its source's word for it: the remaining one must be read, or its article would vanish."""
    rich = article("Trần Văn Mẫu là Bí thư của Tỉnh ủy.", source="a", published="2019-01-01", outlet="Báo Mẫu")
    other = article(
        rich.text, source="b", published="2018-01-01", author="N. M.", outlet="Báo Thử", url="https://b.example/"
    )
    worse = other.model_copy(update={"author": None, "url": None, "outlet": None})
    with GraphHome(tmp_path, create=True) as home:
        put(home, [other, rich])
        assert [a.published for a in home.articles()] == ["2018-01-01"]
        put(home, [worse])
        assert [(a.published, r.published) for a, r in home.pairs()] == [("2019-01-01", "2019-01-01")]


def test_failures_are_counted_named_and_kept(tmp_path):
    broken = article("Dòng này không đọc được")
    items = [corpus(1)[0], InputError("x.jsonl", "line 2", "not JSON"), broken]
    told = []
    with GraphHome(tmp_path, create=True) as home:
        summary = put(home, items, on_error=told.append)
        assert (summary.new, summary.failed) == (1, 2)
        assert [e.place for e in told] == ["line 2", broken.origin.locator]
        assert "no such line" in told[1].reason
        assert sorted(s.outcome for s in home.sources()) == ["failed", "failed", "read"]
        assert len(list(home.articles())) == 2
        assert len(list(home.pairs())) == 1
        mended = put(home, [article("Lê Thị Thử là Bí thư của Tỉnh ủy.", source="x.jsonl", locator="line 2")])
        assert mended.new == 1
        assert {s.outcome for s in home.sources() if s.source == "x.jsonl"} == {"read"}


def test_another_reader_reads_again(tmp_path):
    with GraphHome(tmp_path, create=True) as home:
        put(home, corpus(5))
        again = home.ingest(corpus(5), read_by_hand, reader="test-2", workers=1)
        assert (again.updated, again.unchanged) == (5, 0)
        assert home.readers() == {"test-2": 5}


def test_force_reads_each_article_once(tmp_path):
    seen = []

    def counting(of):
        seen.append(of.id)
        return read_by_hand(of)

    with GraphHome(tmp_path, create=True) as home:
        put(home, corpus(5))
        summary = home.ingest([*corpus(5), *corpus(5)], counting, reader=READER, workers=1, force=True)
    assert sorted(seen) == sorted(a.id for a in corpus(5))
    assert summary.total == 10


def test_dry_run_counts_what_a_build_would_do(tmp_path):
    items = corpus(BATCH + 3)
    assert dry_run(tmp_path / "none", items, READER).new == len(items)
    assert not (tmp_path / "none").exists()
    with GraphHome(tmp_path, create=True) as home:
        put(home, items[:4])
        home.retract("r0")
        stamp = home.stamp()
    more = [*items[:6], items[5], InputError("x", None, "broken")]
    trial = dry_run(tmp_path, more, READER)
    with GraphHome(tmp_path) as home:
        assert home.stamp() == stamp
        assert trial == put(home, more)


def test_parallel_gives_what_one_process_gives(tmp_path, truth):
    with GraphHome(tmp_path, create=True) as home:
        items = [*corpus(), *corpus(BATCH * 3)]
        home.ingest(items, read_by_hand, reader=READER, workers=2)
        parallel = dump(home.graph())
    assert parallel == built(tmp_path / "alone", corpus(BATCH * 3))


def test_no_home_a_foreign_file_a_newer_version(tmp_path):
    with pytest.raises(StoreError, match="run `kg build SOURCE"):
        GraphHome(tmp_path)
    (tmp_path / "truth.sqlite").write_bytes(b"this is no database, whatever its name may say" * 10)
    with pytest.raises(StoreError, match="damaged"):
        GraphHome(tmp_path)
    (tmp_path / "truth.sqlite").unlink()
    foreign = sqlite3.connect(tmp_path / "truth.sqlite")
    foreign.execute("CREATE TABLE mine (x)")
    foreign.close()
    with pytest.raises(StoreError, match="not a graph home"):
        GraphHome(tmp_path, create=True)
    with GraphHome(tmp_path / "new", create=True):
        pass
    newer = sqlite3.connect(tmp_path / "new" / "truth.sqlite")
    newer.execute("PRAGMA user_version=99")
    newer.close()
    with pytest.raises(StoreError, match="upgrade chidao"):
        GraphHome(tmp_path / "new")


def test_a_changed_byte_is_found(tmp_path):
    with GraphHome(tmp_path, create=True) as home:
        put(home, corpus(4))
    db = sqlite3.connect(tmp_path / "truth.sqlite")
    db.execute(
        "UPDATE articles SET json = CAST(replace(CAST(json AS TEXT), 'Bài 2', 'Bài 3') AS BLOB) WHERE record_id = 'r2'"
    )
    db.commit()
    db.close()
    with GraphHome(tmp_path) as home:
        assert "have changed" in home.faults()[0]
        with pytest.raises(StoreError, match="have changed"):
            home.graph()


def test_stamp_names_the_truth_not_its_history(tmp_path):
    with GraphHome(tmp_path / "a", create=True) as one, GraphHome(tmp_path / "b", create=True) as other:
        put(one, corpus(6))
        put(other, reversed(corpus(6)))
        assert one.stamp() == other.stamp()
        put(other, corpus(7))
        assert one.stamp() != other.stamp()
        other.retract("r6")
        assert one.stamp() == other.stamp()
