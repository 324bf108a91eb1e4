"""Readings -> entities: directives with ids, capacity, dates, documents, evidence; and what verify says of them."""

import random

import pytest

from kg.graph.records import Graph
from kg.graph.verify import Report, check
from kg.identify import resolve
from kg.model.entities import (
    Agency,
    Directive,
    Document,
    Group,
    Instruction,
    Meeting,
    Membership,
    Mention,
    Person,
    Place,
    Post,
    Statement,
    Topic,
)
from kg.model.reading import DocumentRead, StatementRead
from tests.reading_factory import (
    agencies,
    article,
    at,
    directive,
    document,
    meeting,
    minister,
    official,
    reading,
)

TEXT = (
    "Tại buổi làm việc ngày 3/4/2019, Bí thư Tỉnh ủy, Ủy viên Trung ương Đảng Trần Văn Mẫu yêu cầu Sở Y tế thực hiện "
    "Chỉ thị 99-CT/TW. Các sở, ban, ngành phối hợp. Trần Văn Mẫu biểu dương Sở Y tế. Chủ tịch UBND xã báo cáo."
)
SENTENCES = [
    part.strip()
    for part in TEXT.replace("CT/TW. ", "CT/TW.|").replace("hợp. ", "hợp.|").replace("tế. Ch", "tế.|Ch").split("|")
]


def full():
    made = article(TEXT, published="2019-04-05T08:00+07:00", place="Bình Thuận", title="Bài mẫu", record_id="m1")
    return made, reading(
        made,
        officials=(
            official(
                TEXT,
                "Trần Văn Mẫu",
                ("Ủy viên Trung ương Đảng", "Trung ương Đảng"),
                ("Bí thư Tỉnh ủy", "Tỉnh ủy"),
            ),
        ),
        agencies=agencies(TEXT, "Tỉnh ủy", "Sở Y tế", "Trung ương Đảng"),
        documents=(document(TEXT, "Chỉ thị 99-CT/TW", number="99-CT/TW", key="99-CT/TW@XII", type="Chỉ thị"),),
        meetings=(meeting(TEXT, "buổi làm việc", date="2019-04-03", chairs=("Trần Văn Mẫu",), host="Sở Y tế"),),
        directives=(
            directive(
                TEXT,
                SENTENCES[0],
                ["Trần Văn Mẫu"],
                ["Sở Y tế"],
                cites=(("99-CT/TW", "Chỉ thị 99-CT/TW"),),
                meeting=0,
                topic="xay-dung-dang",
                on_behalf_of="Tỉnh ủy",
                coordinate=("Các sở, ban, ngành",),
            ),
            directive(TEXT, SENTENCES[1], ["Trần Văn Mẫu"], ["các sở, ban, ngành", "Sở Y tế"]),
            directive(TEXT, SENTENCES[3], ["Trần Văn Mẫu"], ["Chủ tịch UBND xã"]),
        ),
        statements=(
            StatementRead(
                kind="praise",
                start=(where := at(TEXT, SENTENCES[2])).start,
                end=where.end,
                quote=where.quote,
                speakers=("Trần Văn Mẫu",),
                targets=("Sở Y tế",),
                verb="biểu dương",
                rule="test",
            ),
        ),
    )


@pytest.fixture(scope="module")
def graph():
    return resolve([full()])


def of(graph, cls):
    return [e for e in graph.entities if isinstance(e, cls)]


def faults(graph, *pairs):
    report = Report()
    check(graph, {a.id: a.text for a, _ in pairs}, report)
    return report.faults


def test_everything_has_its_sentence(graph):
    assert faults(graph, full()) == []


def test_a_directive_says_who_whom_what_where(graph):
    first = of(graph, Directive)[0]
    (person,) = of(graph, Person)
    assert first.id == f"directive/{full()[0].id}/0"
    assert first.issuers == (person.id,)
    assert first.addressees == ("agency/so-y-te@binh-thuan",)
    assert first.on_behalf_of == "agency/tinh-uy@binh-thuan"
    assert first.cites == ("doc/99-CT-TW@XII",)
    assert first.topic == of(graph, Topic)[0].id == "topic/xay-dung-dang"
    assert first.meeting == of(graph, Meeting)[0].id
    assert first.content == first.quote == SENTENCES[0]


def test_the_capacity_is_the_post_in_which_one_instructs(graph):
    (capacity,) = of(graph, Directive)[0].capacity
    posts = {e.id: e for e in of(graph, Post)}
    held = {e.id: posts[e.post].name for e in of(graph, Membership)}
    assert held[capacity] == "Bí thư Tỉnh ủy"
    assert sorted(held.values()) == ["Bí thư Tỉnh ủy", "Ủy viên Trung ương Đảng"]


def test_dates_are_of_the_meeting_else_of_publication(graph):
    assert sorted(d.date for d in of(graph, Directive)) == ["2019-04-03", "2019-04-05", "2019-04-05"]
    assert {(m.observed_from, m.observed_to) for m in of(graph, Membership)} == {("2019-04-03", "2019-04-05")}


def test_names_are_classes(graph):
    by_start = sorted(of(graph, Directive), key=lambda d: d.start)
    (group,) = {e.id for e in of(graph, Group)}
    assert group.endswith("@binh-thuan")
    assert by_start[1].addressees == (group, "agency/so-y-te@binh-thuan")
    (post,) = by_start[2].addressees
    assert {e.id: e.name for e in of(graph, Post)}[post] == "Chủ tịch UBND xã"
    assert [s.targets for s in of(graph, Statement)] == [("agency/so-y-te@binh-thuan",)]


def test_names_found_in_the_sentence_have_their_own_evidence(graph):
    (group,) = {e.id for e in of(graph, Group)}
    quotes = {m.quote for m in of(graph, Mention) if m.body == group}
    assert quotes == {"Các sở, ban, ngành"}


def test_instructions_count_directives(graph):
    counts = {e.addressee: (e.count, e.first, e.last) for e in of(graph, Instruction)}
    assert counts["agency/so-y-te@binh-thuan"] == (2, "2019-04-03", "2019-04-05")
    assert len(counts) == 3


def test_places_are_reference_with_their_successors(graph):
    assert [p.id for p in of(graph, Place)] == ["place/binh-thuan", "place/lam-dong-2025"]
    agency = next(a for a in of(graph, Agency) if a.id == "agency/so-y-te@binh-thuan")
    assert (agency.name, agency.aliases, agency.place) == ("Sở Y tế tỉnh Bình Thuận", ("Sở Y tế",), "place/binh-thuan")


def test_documents_meet_by_key_only():
    pairs = []
    for number in range(2):
        text = f"Bài {number}: thực hiện Chỉ thị 99-CT/TW và Quyết định số 7/QĐ-UBND và Quyết định 15/2024/QĐ-UBND."
        made = article(text, published="2024-08-01", place="Bình Thuận")
        documents = (
            document(text, "Chỉ thị 99-CT/TW", number="99-CT/TW", key="99-CT/TW@XIII"),
            document(text, "Quyết định số 7/QĐ-UBND", number="7/QĐ-UBND"),
            document(text, "Quyết định 15/2024/QĐ-UBND", number="15/2024/QĐ-UBND"),
        )
        pairs.append((made, reading(made, documents=documents)))
    ids = [d.id for d in of(resolve(pairs), Document)]
    assert len(ids) == 4
    assert {"doc/99-CT-TW@XIII", "doc/15-2024-QĐ-UBND@binh-thuan"} < set(ids)


def test_what_nothing_proves_is_not_made():
    text = "Trần Văn Mẫu yêu cầu Sở Y tế báo cáo."
    made = article(text)
    bare = reading(made, documents=(DocumentRead(name="Luật Mẫu"),), agencies=(), meetings=({"kind": "họp"},))
    graph = resolve([(made, bare)])
    assert [type(e).__name__ for e in graph.entities] == ["ArticleNode"]


def test_order_leaves_no_trace():
    pairs = [full(), *(minister("Trần Văn Mẫu", f"Bộ {b}", i) for i, b in enumerate(("Y tế", "Tư pháp", "Y tế")))]
    expected = resolve(pairs)
    for seed in range(5):
        random.Random(seed).shuffle(pairs)
        assert resolve(pairs) == expected


def broken(graph, cls, **changes):
    """The graph with its first entity of a class changed, unchecked, as a damaged store would give it."""
    entities = list(graph.entities)
    index = next(i for i, e in enumerate(entities) if isinstance(e, cls))
    entities[index] = entities[index].model_copy(update=changes)
    return Graph(tuple(entities))


@pytest.mark.parametrize(
    ("cls", "changes", "check_name", "reason"),
    [
        (Directive, {"start": 1}, "quote", "does not read"),
        (Mention, {"quote": ""}, "quote", "does not read"),
        (Statement, {"article": "a-none"}, "quote", "is not there"),
        (Directive, {"issuers": ("person/none",)}, "reference", "which is not there"),
        (Membership, {"person": "agency/so-y-te@binh-thuan"}, "reference", "points at a Agency"),
        (Group, {"id": "group/other"}, "evidence", "no mention"),
    ],
)
def test_verify_names_each_fault(graph, cls, changes, check_name, reason):
    found = faults(broken(graph, cls, **changes), full())
    assert any(fault.check == check_name and reason in fault.reason for fault in found)
