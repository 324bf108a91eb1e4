"""The graph resolved on disk, bit by bit, is the graph resolved in memory at once."""

import contextlib
import random
import shutil
from functools import cache
from pathlib import Path

import pytest

from benchmarks.made_corpus import corpus
from kg.home import GraphHome
from kg.home.readings_sum import summed
from kg.home.reviews import Review
from kg.identify import resolve
from kg.identify.decisions import Decision
from kg.model.entities import Agency, Directive, Meeting, Person, Statement
from kg.read import READER, read
from kg.resolved.store import resolved_file
from kg.resolved.work import written
from loaders import load
from loaders.jsonl import article_of_record

SAMPLES = Path(__file__).parents[2] / "examples" / "articles"


@cache
def articles():
    """Sample and made articles, shuffled, with records given again."""
    made = [article_of_record(one.record, source="made", locator=str(n)) for n, one in enumerate(corpus(50))]
    found = [*load([str(SAMPLES)]), *made]
    random.Random(5).shuffle(found)
    return found


@cache
def reading_of(ident):
    return read(next(article for article in articles() if article.id == ident))


def read_once(article):
    return reading_of(article.id)


def ingest(home, items, **options):
    home.ingest(items, read_once, reader=READER, workers=1, **options)


def assert_equal(home):
    on_disk, in_memory = home.graph(), resolve(home.pairs(), home.decisions())
    assert [e.id for e in on_disk.entities] == [e.id for e in in_memory.entities]
    assert tuple(on_disk.entities) == in_memory.entities
    assert on_disk == in_memory


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    path = tmp_path_factory.mktemp("whole")
    with GraphHome(path, create=True) as home:
        ingest(home, articles())
        home.graph()
    return path


@pytest.fixture
def home(whole, tmp_path):
    path = tmp_path / "graph"
    shutil.copytree(whole, path)
    with GraphHome(path) as opened:
        yield opened


def test_added_bit_by_bit(tmp_path):
    with GraphHome(tmp_path, create=True) as home:
        for start in range(0, len(articles()), 31):
            ingest(home, articles()[start : start + 29])
            assert_equal(home)


def test_articles_without_a_day_come_and_go(tmp_path):
    """What has no day is compared with what is told on any."""
    undated = [
        one.model_copy(update={"published": None}) if number % 3 else one for number, one in enumerate(articles()[:60])
    ]
    again = [one.model_copy(update={"id": f"a{int(one.id[1:], 16) ^ 1:016x}"}) for one in undated[::2]]
    with GraphHome(tmp_path, create=True) as home:
        for some in (undated[:40], again, undated[40:]):
            home.ingest(some, workers=1)
            assert_equal(home)
        for one in undated[::5]:
            home.retract(one.id)
            assert_equal(home)


def test_retracted_and_brought_back(home):
    before = tuple(home.graph().entities)
    for article in random.Random(1).sample(articles(), 2):
        home.retract(article.id)
        assert_equal(home)
    ingest(home, articles(), force=True)
    assert tuple(home.graph().entities) == before


def test_a_decision_wins_and_can_be_taken_back(home):
    before = tuple(home.graph().entities)
    a, b = sorted(e.id for e in before if isinstance(e, Person))[:2]
    home.decide(Decision(verdict="same", a=a, b=b))
    assert_equal(home)
    assert tuple(home.graph().entities) != before
    ingest(home, articles()[:3], force=True)
    assert_equal(home)
    home.decide(Decision(verdict="different", a=a, b=b))
    assert_equal(home)


def decision(home, rng):
    """Something that a person may decide about entities of one kind: persons, directives, meetings, sometimes bodies."""
    cls = rng.choice([Person, Person, Directive, Directive, Meeting, Agency])
    ids = sorted(e.id for e in home.graph().entities if isinstance(e, cls))
    clusters = [e for e in home.graph().entities if getattr(e, "same_as", None) and isinstance(e, cls)]
    a, b = (rng.choice(clusters).id, rng.choice(clusters).id) if clusters and rng.random() < 0.5 else rng.sample(ids, 2)
    return Decision(verdict=rng.choice(["same", "different"]), a=a, b=b)


@pytest.mark.parametrize("seed", range(2))
def test_decisions_reviews_and_changes_in_any_order(home, seed):
    class Stop(Exception):
        pass

    def stop(name, done):
        if name == phase:
            raise Stop

    rng = random.Random(seed)
    for _ in range(9):
        match rng.choice(["decide", "decide", "decide", "review", "undo", "retract", "ingest"]):
            case "decide":
                home.decide(decision(home, rng))
            case "review":
                order = rng.choice([e for e in home.graph().entities if isinstance(e, Directive | Statement)])
                kind = "directive" if isinstance(order, Directive) else "statement"
                home.review(Review(article=order.article, kind=kind, quote=order.quote, verdict="reject"))
            case "undo":
                for article, of in home.reviews().by_article.items():
                    for kind, quote, at in of:
                        home.review(Review(article=article, kind=kind, quote=quote, of=at, verdict="undo"))
            case "retract":
                home.retract(rng.choice([article.id for article in home.articles()]))
            case "ingest":
                ingest(home, rng.sample(articles(), 9), force=True)
        phase = rng.choice([None, "local", "persons", "facts", "reports"])
        with contextlib.suppress(Stop):
            home.graph(told=stop)
        if rng.random() < 0.6:
            assert_equal(home)
    assert_equal(home)


def test_a_decision_is_worth_what_it_touches(home):
    people = sorted(e.id for e in home.graph().entities if isinstance(e, Person))
    home.decide(Decision(verdict="same", a=people[0], b=people[7]))
    worked = {}
    home.graph(told=lambda phase, done: worked.__setitem__(phase, worked.get(phase, 0) + done))
    assert "local" not in worked
    assert worked["persons"] < 5
    assert worked["facts"] < 10
    assert_equal(home)


def test_the_sum_of_readings_is_that_of_all(home):
    def whole():
        return summed(home._db, None, lambda article: 0)[0]

    home.graph()
    assert home.summed() == (whole(), [])
    first = articles()[0]
    home.retract(first.id)
    total, changes = home.summed()
    assert total == whole()
    assert [(change.article, change.now) for change in changes] == [(first.id, 0)]
    ingest(home, [first], force=True)
    assert home.summed()[0] == whole()


def test_another_truth_in_its_place_is_looked_at_whole(home, tmp_path):
    home.graph()
    home.close()
    with GraphHome(tmp_path / "other", create=True) as other:
        ingest(other, articles()[:40])
    shutil.copy(tmp_path / "other" / "truth.sqlite", home.path / "truth.sqlite")
    with GraphHome(home.path) as now:
        assert_equal(now)
        assert now.count() < 41


@pytest.mark.parametrize("phase", ["local", "twins", "persons", "facts", "reports", "entities"])
def test_interrupted_in_any_phase_it_goes_on(home, phase):
    class Stop(Exception):
        pass

    def stop(name, done):
        if name == phase:
            raise Stop

    for ident in sorted({article.id for article in articles()[:15]}):
        home.retract(ident)
    home.graph()
    ingest(home, articles(), force=True)
    with pytest.raises(Stop):
        home.graph(told=stop)
    assert_equal(home)


def test_only_what_changed_is_worked_on(home):
    worked = {}
    home.retract(articles()[0].id)
    home.graph(told=lambda phase, done: worked.__setitem__(phase, worked.get(phase, 0) + done))
    assert worked["local"] == 1
    assert worked["facts"] < 30
    home.graph(told=lambda phase, done: pytest.fail(f"{phase}: nothing changed"))


@pytest.mark.parametrize("damage", [b"", b"no database at all", None])
def test_a_damaged_file_is_made_anew(home, damage):
    before = tuple(home.graph().entities)
    file = resolved_file(home.path)
    for other in file.parent.glob(file.name + "-*"):
        other.unlink()
    if damage is None:
        data = bytearray(file.read_bytes())
        data[100:3000] = bytes(2900)
        damage = bytes(data)
    file.write_bytes(damage)
    ingest(home, articles()[:1], force=True)
    assert tuple(home.graph().entities) == before


def test_on_a_read_only_disk_it_is_resolved_in_memory(home, monkeypatch):
    before = tuple(home.graph().entities)
    monkeypatch.setattr("os.access", lambda *args, **kwargs: False)
    assert home.graph().entities == before


def test_entities_are_written_as_n_quads_from_their_bytes(home):
    from kg.graph.nquads import nquads
    from kg.resolved.store import ResolvedStore
    from kg.resolved.view import to_write

    entities = tuple(home.graph().entities)
    with ResolvedStore(resolved_file(home.path), write=False) as store:
        text = b"".join(written(batch) for batch in to_write(store)).decode()
    assert text == "".join(nquads(entity) for entity in entities)
