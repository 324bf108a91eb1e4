"""Questions that follow identity: predecessors of a body, rows grouped by body, ids of before, a career with its evidence."""

import pytest

from kg.ask.directives import ask
from kg.ask.registry import question
from kg.ask.run import followed, run
from kg.identify import resolve
from kg.identify.persons import person_id
from kg.model.entities import Membership, Person, Redirect
from kg.stores import open_view, refresh
from tests.reading_factory import agencies, article, directive, official, reading

OLD, NEW, OTHER = (
    "Sở Khoa học và Công nghệ tỉnh Bình Định",
    "Sở Khoa học và Công nghệ tỉnh Gia Lai",
    "Sở Khoa học và Công nghệ tỉnh Lào Cai",
)
ENGINES = ("oxigraph", "kglite")


def told(body, day, post, committee):
    text = f"{post} {committee} Trần Thị Mẫu Đơn yêu cầu {body} báo cáo."
    made = article(text, published=day)
    return made, reading(
        made,
        officials=(official(text, "Trần Thị Mẫu Đơn", (f"{post} {committee}", committee)),),
        agencies=agencies(text, body, committee),
        directives=(directive(text, text, ["Trần Thị Mẫu Đơn"], [body]),),
    )


GRAPH = resolve(
    [
        told(OLD, "2019-01-02", "Phó Chủ tịch", "UBND tỉnh Bình Định"),
        told(OLD, "2023-01-02", "Chủ tịch", "UBND tỉnh Bình Định"),
        told(NEW, "2026-01-02", "Chủ tịch", "UBND tỉnh Gia Lai"),
        told(OTHER, "2024-01-02", "Chủ tịch", "UBND tỉnh Lào Cai"),
    ]
)


@pytest.fixture(scope="module")
def views(tmp_path_factory):
    path = tmp_path_factory.mktemp("identity")
    refresh(path, GRAPH, "1")
    opened = {engine: open_view(path, engine) for engine in ENGINES}
    yield opened
    for view in opened.values():
        view.close()


def dates(views, **filters):
    tables = [ask(views[engine], engine, filters) for engine in ENGINES]
    assert tables[0] == tables[1]
    return [row["date"] for row in tables[0].dicts()]


def test_predecessors_come_when_asked_for(views):
    assert dates(views, whom=NEW) == ["2026-01-02"]
    assert dates(views, whom=NEW, predecessors="yes") == ["2026-01-02", "2023-01-02", "2019-01-02"]
    assert dates(views, whom=OLD, predecessors="yes") == ["2023-01-02", "2019-01-02"]


def test_rows_of_one_body_stand_together(views):
    rows = ask(views["kglite"], "kglite", {"whom": "Sở Khoa học và Công nghệ"}).dicts()
    bodies = [row["whom_ids"][0] for row in rows]
    assert len(set(bodies)) == 3
    assert all(
        bodies.count(body) == 1 or body in bodies[i - 1 : i] + bodies[i + 1 : i + 2] for i, body in enumerate(bodies)
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_an_id_of_before_leads_to_the_person(views, engine):
    redirects = [e for e in GRAPH.entities if isinstance(e, Redirect) and e.id.startswith("person/")]
    assert redirects
    person = next(e for e in GRAPH.entities if isinstance(e, Person) and e.id == redirects[0].target)
    assert followed(views[engine], engine, redirects[0].id) == person.id
    assert followed(views[engine], engine, person.id) == person.id
    assert followed(views[engine], engine, 'no such "}> id') == 'no such "}> id'
    now, before = (run(views[engine], engine, question("evidence"), {"id": i}) for i in (person.id, redirects[0].id))
    assert now.rows == before.rows != ()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_career_is_shown_with_its_evidence(views, engine):
    rows = run(views[engine], engine, question("timeline"), {"official": "Trần Thị Mẫu Đơn"}).dicts()
    posts = sorted(row["date"] for row in rows if row["event"] == "post")
    assert posts == ["2019-01-02", "2023-01-02", "2024-01-02", "2026-01-02"]
    for row in rows:
        assert run(views[engine], engine, question("evidence"), {"id": row["id"]}).rows, row


def test_the_career_is_one_and_the_namesake_another():
    held = [e.person for e in GRAPH.entities if isinstance(e, Membership)]
    assert sorted(held.count(person) for person in set(held)) == [1, 3]
    assert person_id("trần thị mẫu đơn\x1fx").startswith("person/tran-thi-mau-don/")
