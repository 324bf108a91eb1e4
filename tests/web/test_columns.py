"""What page 1 counts with: texts that hold words, masks and the largest of a column agree with plain Python; search ranks many hits as it ranks few."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.web.index import search as searching
from kg.web.index.columns import STEPS, Coded, Texts
from kg.web.index.flows import _Column, _flows, _top
from kg.web.index.search import KINDS, search
from kg.web.live import LivePages

LETTERS = st.text(alphabet="abđ ư\n😀", max_size=12)


@given(st.lists(LETTERS, max_size=8), LETTERS)
def test_texts_that_hold_words(texts, words):
    plain = [text.replace("\n", " ") for text in texts]
    column = Texts.of(texts)
    assert column.holding(words).tolist() == [at for at, text in enumerate(plain) if words.replace("\n", " ") in text]
    assert [column.at(place) for place in range(len(texts))] == plain


@given(st.lists(st.sampled_from(["", "2019", "2020-01", "2021"]), max_size=20))
def test_coded_texts_are_the_texts(texts):
    column = Coded.of(texts)
    assert [column.texts[code] for code in column.codes.tolist()] == texts
    assert column.where(lambda text: text >= "2020").tolist() == [text >= "2020" for text in texts]


@given(st.lists(st.integers(0, 5), max_size=30), st.integers(1, 8))
def test_the_largest_come_first_and_of_equals_the_first(counts, most):
    wanted = sorted((at for at, count in enumerate(counts) if count), key=lambda at: (-counts[at], at))[:most]
    assert _top(np.array(counts, np.int64), most) == wanted


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 3), st.integers(1, 5)), max_size=40),
    st.booleans(),
)
def test_flows_are_counted_as_one_by_one(said, sparse):
    verbs = tuple(f"verb {n}" for n in range(1000 if sparse else 4))
    source, target, verb, strength = (np.array([one[at] for one in said], np.intp) for at in range(4))
    left, right = (_Column(names, np.zeros(0, np.intp), 0) for names in (["a", "b", "c"], ["x", "y"]))
    for flow in (flows := _flows(left, right, source, target, verbs, verb * STEPS + strength)):
        here = [one for one in said if (left.names[one[0]], right.names[one[1]]) == (flow.source, flow.target)]
        times = Counter(verbs[one[2]] for one in here)
        assert (flow.value, flow.strengths) == (len(here), sum(one[3] for one in here))
        assert flow.verbs == tuple(sorted(times.items(), key=lambda item: (-item[1], item[0])))
    assert [(flow.source, flow.target) for flow in flows] == sorted({("abc"[one[0]], "xy"[one[1]]) for one in said})


@pytest.mark.parametrize("asked", ["so", "ủy ban", "tinh", "phú lâm", "c"])
def test_of_many_hits_those_called_so_and_the_most_connected_come_first(samples_home, monkeypatch, asked):
    with LivePages(samples_home) as pages:
        whole = search(pages.index(), asked, limit=5)
        monkeypatch.setattr(searching, "_MOST_RANKED", 6)
        few = search(pages.index(), asked, limit=5)
    assert few.counts == whole.counts
    assert set(few.counts) <= set(KINDS)
    assert len(few.hits) == len(whole.hits)
    same = [hit for hit in whole.hits if hit.name.lower() == asked]
    assert set(same) <= set(few.hits)
