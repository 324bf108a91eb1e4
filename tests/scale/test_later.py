"""A graph that is resolved while its N-Quads are asked for tells the same as one that was resolved before."""

import random
import sqlite3
from functools import cache

import pytest

from benchmarks.made_corpus import corpus
from kg.errors import StoreError
from kg.home import GraphHome
from kg.read import READER, read
from kg.resolved import twins
from kg.resolved.store import ResolvedStore, discard, resolved_file
from kg.resolved.sync import resolving
from kg.stores import refresh
from loaders.jsonl import article_of_record


@cache
def made():
    return [(a, read(a)) for a in (article_of_record(o.record, source="made", locator="") for o in corpus(150))]


@pytest.fixture
def truth(tmp_path):
    pairs = made()
    readings = {article.id: reading for article, reading in pairs}
    with GraphHome(tmp_path / "home", create=True) as home:
        home.ingest([article for article, _ in pairs], lambda a: readings[a.id], reader=READER, workers=1)
        yield home


def lines(parts):
    return sorted(b"".join(parts).splitlines())


def test_the_same_statements_each_once(truth):
    told = lines(truth.graph(later=True).entities.nquads())
    assert told == lines(truth.graph().entities.nquads())
    assert len(told) == len(set(told)) > 10_000


def test_most_is_told_before_all_is_resolved(truth):
    with truth.unchanged():
        early = lines(resolving(truth, workers=1, tell=True))
    found = lines(truth.graph().entities.nquads())
    assert set(early) <= set(found)
    assert len(early) > len(found) / 2
    assert truth.graph().entities.nquads(untold=True)
    assert lines([*truth.graph().entities.nquads(untold=True)]) == sorted(set(found) - set(early))


@pytest.mark.parametrize("after", [1, 40])
def test_broken_off_and_asked_again(truth, after):
    parts = truth.graph(later=True).entities.nquads()
    for _ in range(after):
        next(parts)
    parts.close()
    assert lines(truth.graph(later=True).entities.nquads()) == lines(truth.graph().entities.nquads())


def test_entities_and_changes_are_those_of_the_graph(truth):
    stamp = truth.stamp()
    assert truth.graph(later=True).entities.changes_since(stamp) is None
    refresh(truth.path, truth.graph(later=True), stamp, engines=("oxigraph",), only=True)
    gone = random.Random(1).choice(made())[0].id
    truth.retract(gone)
    later = truth.graph(later=True).entities
    changes = later.changes_since(stamp)
    assert gone in changes.articles
    assert later == truth.graph().entities
    assert later.changes_since("another") is None


def test_damage_met_while_it_is_told_is_an_error(truth, monkeypatch):
    """What was told can't be taken back: the store is not made from a mixture."""

    def broken(*args):
        error = sqlite3.DatabaseError("malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error

    monkeypatch.setattr("kg.resolved.sync.cluster_all", broken)
    with pytest.raises(StoreError, match="malformed"):
        list(truth.graph(later=True).entities.nquads())


def test_all_articles_compared_at_once_are_the_pairs_of_one_by_one(truth, monkeypatch):
    def pairs():
        truth.graph()
        with ResolvedStore(resolved_file(truth.path), write=False) as store:
            return store.db.execute("SELECT one, other FROM twin_pair ORDER BY 1, 2").fetchall()

    one_by_one = pairs()
    discard(truth.path)
    monkeypatch.setattr(twins, "_BATCH", 20)
    assert pairs() == one_by_one != []
