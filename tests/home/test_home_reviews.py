"""A person's reviews of directives survive rebuilds, count in every form of the graph, and can be taken back."""

import json

import pytest

from kg.errors import InputError
from kg.graph.verify import verify
from kg.home import GraphHome
from kg.home.reviews import FILE, Review
from kg.identify import resolve
from kg.model.entities import Directive
from loaders import load


@pytest.fixture
def truth(tmp_path):
    text = (
        "Chủ tịch UBND tỉnh Trần Văn Mẫu làm việc với Sở Y tế. Chủ tịch UBND tỉnh Trần Văn Mẫu yêu cầu Sở Y tế báo cáo trước ngày 30/9. "
        "Đồng chí giao Sở Tài chính bố trí kinh phí."
    )
    source = tmp_path / "a.jsonl"
    source.write_text(json.dumps({"id": "m1", "title": "Bài thử", "text": text}, ensure_ascii=False) + "\n", "utf-8")
    with GraphHome(tmp_path / "home", create=True) as opened:
        opened.ingest(load([str(source)]), workers=1)
        yield opened


def directives(truth):
    return [entity for entity in truth.graph().entities if isinstance(entity, Directive)]


def review(one, verdict, **more):
    return Review(
        article=one.article, quote=one.quote, verdict=verdict, who="Người duyệt", when="2026-01-02T03:04:05Z", **more
    )


def test_what_is_rejected_is_gone_until_it_is_taken_back(truth):
    before, stamp = directives(truth), truth.stamp()
    assert len(before) >= 2
    truth.review(review(before[0], "reject", note="không phải chỉ đạo"))
    assert [one.id for one in directives(truth)] == [one.id for one in before[1:]]
    assert truth.stamp() != stamp
    assert verify(truth).faults == []
    truth.review(review(before[0], "undo"))
    assert directives(truth) == before
    assert truth.stamp() == stamp


def test_what_is_corrected_counts_and_survives_a_new_reading(truth):
    first = directives(truth)[0]
    truth.review(review(first, "correct", addressees=("Sở Tài chính",), verb="giao"))
    for _ in range(2):
        corrected = directives(truth)[0]
        assert (corrected.verb, corrected.confidence) == ("giao", 1.0)
        assert corrected.rule.endswith("+reviewed")
        assert [one.split("/")[1].startswith("so-tai-chinh") for one in corrected.addressees] == [True]
        assert verify(truth).faults == []
        truth.ingest(truth.articles(), workers=1, force=True)


def test_on_disk_and_in_memory_are_equal(truth):
    first, second, *_ = directives(truth)
    truth.review(review(first, "accept"))
    truth.review(review(second, "reject"))
    assert list(truth.graph().entities) == list(resolve(truth.pairs(), truth.decisions()).entities)


def test_a_broken_line_is_named(truth):
    (truth.path / FILE).write_text('{"article": "a"}\n', "utf-8")
    with pytest.raises(InputError, match="line 1"):
        truth.reviews()
