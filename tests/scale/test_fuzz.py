"""A short form of `make fuzz`, and proof that it would tell."""

import pytest

from benchmarks import fuzz


def test_no_loader_and_no_text_breaks():
    counts, fault = fuzz.fuzz(60, 5, most=240)
    assert fault is None
    assert counts["reader"] >= 100
    assert len(counts) > 10


@pytest.mark.parametrize("broken", ["try_reader", "try_loader"])
def test_a_fault_is_told_with_its_input(monkeypatch, broken):
    def fails(*args):
        raise ZeroDivisionError("made to fail")

    monkeypatch.setattr(fuzz, broken, fails)
    _, fault = fuzz.fuzz(30, 5, most=50)
    assert fault is not None
    assert "made to fail" in fault[2]


def test_the_same_seed_gives_the_same_inputs():
    one, other = fuzz.Maker(4), fuzz.Maker(4)
    assert [(one.text(), one.data()) for _ in range(20)] == [(other.text(), other.data()) for _ in range(20)]


def test_a_sentence_of_a_megabyte_takes_time_by_its_length():
    from time import process_time

    spent = []
    for size in (100_000, 400_000):
        text = ("ông Trần Văn Mẫu và các đơn vị " * (size // 31 + 1))[:size]
        start = process_time()
        fuzz.try_reader(fuzz.article_of_text(text))
        spent.append(process_time() - start)
    assert spent[1] < 10 * spent[0] + 0.5
