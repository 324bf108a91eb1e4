"""The made corpora are the same each time, and what the pipeline makes of one is compared with its truth."""

import itertools
from collections import Counter, defaultdict

import pytest

from benchmarks.made_corpus import corpus, kind_of, made
from kg.identify.persons import Ref
from kg.identify.resolve import identify
from kg.read import read
from loaders.jsonl import article_of_record

ARTICLES = 300


@pytest.fixture(scope="module")
def told():
    """Each article once, with its record's truth and its reading."""
    found = {}
    for number, one in enumerate(corpus(ARTICLES)):
        article = article_of_record(one.record, source="made", locator=str(number))
        found.setdefault(article.id, (article, one.truth))
    return {ident: (article, truth, read(article)) for ident, (article, truth) in found.items()}


def test_a_corpus_is_the_beginning_of_a_longer_one():
    assert list(corpus(20)) == list(corpus(60))[:20]
    assert list(corpus(60, start=40)) == list(corpus(60))[40:]
    assert made(7, seed=1) != made(7, seed=2)


def test_kinds_have_their_shares():
    kinds = Counter(kind_of(number, 1)[0] for number in range(4000))
    assert 100 < kinds["copy"] < 260
    assert 60 < kinds["update"] < 160
    assert 40 < kinds["correction"] < 120


def test_the_truth_stands_at_its_offsets():
    for one in corpus(200):
        if one.truth.kind == "original":
            assert one.truth.directives
            for directive in one.truth.directives:
                sentence = one.record["text"][directive.start : directive.end]
                assert sentence.endswith(".")
                assert directive.addressee in sentence


def test_directives_of_the_truth_are_read(told):
    expected = found = right = extra = 0
    for _, truth, reading in told.values():
        names = dict(truth.officials)
        hit = set()
        for directive in truth.directives:
            expected += 1
            over = [d for d in reading.directives if d.start < directive.end and d.end > directive.start]
            found += bool(over)
            hit |= {d.start for d in over}
            right += any(
                names[directive.issuer] in d.issuers and any(directive.addressee in a for a in d.addressees)
                for d in over
            )
        extra += len({d.start for d in reading.directives} - hit)
    assert expected > 550
    assert found >= 0.95 * expected  # reader 0.6.0 finds 722 of 747
    assert right >= 0.85 * expected
    assert extra <= 0.02 * expected


def test_no_two_persons_become_one_and_most_of_one_stay_together(told):
    persons = identify((article, reading) for article, _, reading in told.values()).linking.persons
    by_name = defaultdict(list)
    for ident, (_, truth, reading) in told.items():
        numbers = {official.name: n for n, official in reversed(list(enumerate(reading.officials)))}
        for person, name in truth.officials:
            if name in numbers:
                by_name[name].append((person, persons[Ref(ident, numbers[name])].id))
    pairs = Counter(
        (one[0] == other[0], one[1] == other[1])
        for group in by_name.values()
        for one, other in itertools.combinations(group, 2)
    )
    assert pairs[False, True] == 0
    assert pairs[True, True] > 30
    assert pairs[True, True] >= 0.6 * (pairs[True, True] + pairs[True, False])


def test_articles_given_again_are_found_and_no_others(told):
    twins = identify((article, reading) for article, _, reading in told.values()).twins
    originals = {truth.id: ident for ident, (_, truth, _) in told.items() if truth.kind == "original"}
    again = [
        (ident, originals[truth.of]) for ident, (_, truth, _) in told.items() if truth.kind in {"copy", "correction"}
    ]
    assert len(again) > 10
    assert all(twins.get(ident) and twins[ident] == twins.get(of) for ident, of in again)
    assert set(twins) == {ident for pair in again for ident in pair}
