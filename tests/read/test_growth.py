"""The reader's time grows with the text, not with its square, and no text breaks it."""

from time import process_time

import pytest

from kg.model.article import Article, Origin
from kg.read import read
from kg.text.sentences import split_sentences

ORDER = "Chủ tịch UBND tỉnh Trần Văn Mẫu yêu cầu Sở Y tế và các đơn vị liên quan báo cáo trước ngày 10/4 theo Nghị quyết số 05-NQ/TW"
REPEATED = [
    "(", '"', "1", "A ", ".", "…", "\n", " ", "1. ", f"{ORDER}, ", f"{ORDER}. ", "yêu cầu ", "Sở Y tế, ", "ông Mẫu ", "05-NQ/TW ", "Ban ",
    "Nguyễn Văn ", "Chủ tịch ", "người đứng đầu ", "Luật ", "các xã ", "ngày 1/2 ",
]  # fmt: skip
SIZE, TIMES = 5_000, 4


def seconds(piece, size):
    text = (piece * (size // len(piece) + 1))[:size]
    article = Article(id="a0", text=text, origin=Origin(loader="test", source="-"))
    spent = []
    for _ in range(2):
        start = process_time()
        read(article)
        spent.append(process_time() - start)
    return min(spent)


@pytest.mark.parametrize("piece", REPEATED, ids=lambda piece: repr(piece[:12]))
def test_time_grows_with_the_text(piece):
    # with its square four times the text would take sixteen times as long; 20 ms are the clock's own
    assert seconds(piece, TIMES * SIZE) < 2.2 * TIMES * seconds(piece, SIZE) + 0.02


def test_a_body_in_a_hundred_bodies_is_read():
    assert seconds("Ban ", 4_000) < 10


def test_what_no_sentence_is_as_long_as_is_cut_at_a_blank():
    text = "một hai ba " * 1000
    spans = split_sentences(text)
    assert len(spans) == 3
    assert all(span.end - span.start <= 4000 for span in spans)
    assert " ".join(text[span.start : span.end] for span in spans) == text.strip()
    assert len(split_sentences("x" * 9000)) == 3
