"""What came after a body: reorganised, moved into another province, both; and what documents do to each other."""

import pytest

from kg.identify import resolve
from kg.identify.documents import relations_of
from kg.identify.places import provinces
from kg.identify.register import rows
from kg.identify.succession import lineage, nearest_known, parse_id, successor_ids
from kg.model.entities import Agency, Document
from tests.reading_factory import agencies, article, document, reading


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("agency/bo-gtvt", {"agency/bo-xay-dung-2025"}),
        ("agency/bo-y-te", set()),
        ("agency/so-khcn@binh-dinh", {"agency/so-khcn-2025@binh-dinh"}),
        ("agency/so-khcn-2025@binh-dinh", {"agency/so-khcn-2025@gia-lai-2025"}),
        ("agency/so-y-te@binh-thuan", {"agency/so-y-te@lam-dong-2025"}),
        ("agency/so-y-te@ha-noi", set()),
        (
            "agency/so-ldtbxh@ha-noi",
            {"agency/so-gddt@ha-noi", "agency/so-noi-vu-2025@ha-noi", "agency/so-y-te@ha-noi"},
        ),
    ],
)
def test_direct_successors(body, expected):
    row, place = parse_id(body)
    assert set(successor_ids(row, place)) == expected


def test_every_successor_is_there_and_no_line_runs_in_a_circle():
    for row in rows().values():
        for place in (None, *provinces().values()) if row.level == "province" else (None,):
            ident = f"agency/{row.id}@{place.id}" if place else f"agency/{row.id}"
            assert ident not in successor_ids(row, place)
            for other in successor_ids(row, place):
                assert parse_id(other), other
                assert ident not in lineage(other)


def test_a_successor_that_no_article_names_is_passed_over():
    first = ("agency/so-khcn-2025@binh-dinh",)
    known = {"agency/so-khcn-2025@gia-lai-2025"}
    assert nearest_known("agency/so-khcn@binh-dinh", first, known.__contains__) == tuple(known)
    texts = ("Sở Khoa học và Công nghệ tỉnh Bình Định", "Sở Khoa học và Công nghệ tỉnh Gia Lai")
    pairs = []
    for text, day in zip(texts, ("2024-01-02", "2026-01-02"), strict=True):
        made = article(text, published=day)
        pairs.append((made, reading(made, agencies=agencies(text, text))))
    graph = resolve(pairs)
    old = next(e for e in graph.entities if isinstance(e, Agency) and e.id == "agency/so-khcn@binh-dinh")
    assert old.successors == ("agency/so-khcn-2025@gia-lai-2025",)


def test_documents_know_what_they_replace():
    assert relations_of("05-CT/TW@XII") == {"replaces": ("03-CT/TW@XI",)}
    text = "Chỉ thị 05 thay thế Chỉ thị 03."
    made = article(text, published="2019-01-01")
    cited = (document(text, "Chỉ thị 05", key="05-CT/TW@XII"), document(text, "Chỉ thị 03", key="03-CT/TW@XI"))
    found = {e.id: e for e in resolve([(made, reading(made, documents=cited))]).entities if isinstance(e, Document)}
    assert found["doc/05-CT-TW@XII"].replaces == ("doc/03-CT-TW@XI",)


def test_a_document_is_not_later_than_the_article_that_cites_it():
    text = "Nghị quyết 18 của Bộ Chính trị."
    made = article(text, published="2020-01-01")
    cited = (document(text, "Nghị quyết 18", number="18-NQ/TW", key="18-NQ/TW@XIII"),)
    (found,) = (e for e in resolve([(made, reading(made, documents=cited))]).entities if isinstance(e, Document))
    assert found.id.endswith(made.id)
