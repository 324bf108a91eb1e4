"""Meetings: kind, day, chair and register entry in short articles of our own; texts that report none."""

import json
from pathlib import Path

import pytest

from kg.model.article import Article, Origin, Zone
from kg.model.reading import MeetingRead
from kg.read.actors import read_actors
from kg.read.dates import read_dates
from kg.read.meetings import read_meetings
from kg.read.page import Page

_CASES = [json.loads(line) for line in (Path(__file__).parent / "meetings_sentences.jsonl").read_text().splitlines()]


def read(text: str, published: str | None = None, zones: tuple[Zone, ...] = ()) -> tuple[MeetingRead, ...]:
    origin = Origin(loader="text", source="-")
    page = Page.of(Article(id="a1", text=text, published=published, zones=zones, origin=origin))
    return read_meetings(page, read_actors(page), read_dates(page))


@pytest.mark.parametrize("case", _CASES, ids=[case["text"][:50] for case in _CASES])
def test_article_gives_its_meetings(case):
    found = read(case["text"], case["published"])
    assert [(m.kind, m.date) for m in found] == [(w["kind"], w["date"]) for w in case["want"]]
    for meeting, want in zip(found, case["want"], strict=True):
        if want.get("event"):
            assert meeting.event == want["event"]
        if want.get("chairs"):
            assert list(meeting.chairs) == want["chairs"]
        assert all(case["text"][m.start : m.end] == m.quote for m in meeting.mentions)


def test_places_of_one_meeting_are_one():
    text = "Ngày 6/2/2017, UBND tỉnh tổ chức hội nghị tổng kết. Tại hội nghị, các sở báo cáo. Phát biểu tại hội nghị, Chủ tịch giao việc."
    (meeting,) = read(text)
    assert len(meeting.mentions) == 3


def test_caption_gives_no_meeting():
    caption = "Bí thư Tỉnh ủy Trần Văn Thử phát biểu tại hội nghị"
    text = f"{caption}\nGiá muối tăng."
    assert read(text, zones=(Zone(kind="caption", start=0, end=len(caption)),)) == ()


def test_date_of_a_document_is_not_the_meeting_day():
    text = (
        "Đoàn kiểm tra theo Quyết định số 999-QĐNS/TW ngày 21/3/2017 của Bộ Chính trị đã có buổi làm việc với "
        "Ban Thường vụ Tỉnh ủy Hải Âu. Chiều 7/7, tại buổi làm việc, đồng chí Trần Văn Thử yêu cầu tỉnh báo cáo."
    )
    assert [m.date for m in read(text, "2017")] == ["2017-07-07"]
