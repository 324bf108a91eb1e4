"""The reconciliation service: every answer is valid by the schemas of the API, and names are found as people write them."""

import json
from urllib.parse import quote

import jsonschema
import pytest
import referencing
from starlette.testclient import TestClient

from kg.model.entities import Agency, ArticleNode, Membership, Mention, Person, Place, Post
from kg.web.app import create_app
from kg.web.machine.reconcile.parse import BATCH, IDS
from kg.web.machine.reconcile.properties import CLASSES, properties
from kg.web.machine.reconcile.spelling import spellings
from kg.web.site import open_site
from tests.graph_factory import HOSTILE, hostile_graph, named
from tests.web.w3c import SUITES

FOLDER = SUITES / "reconciliation-0.2-schemas"


@pytest.fixture(scope="session")
def schemas():
    """The schemas of the API; each stands under its own id, and refers to others by names relative to it."""
    if not FOLDER.is_dir():
        pytest.skip("../shared/suites is not there")
    contents = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in sorted(FOLDER.glob("*.json"))}
    drafts = {name: referencing.jsonschema.DRAFT7.create_resource(one) for name, one in contents.items()}
    registry = referencing.Registry().with_resources(
        [(one["$id"].rstrip("#"), drafts[name]) for name, one in contents.items()]
    )
    return {name: jsonschema.Draft7Validator(one, registry=registry) for name, one in contents.items()}


@pytest.fixture(scope="module")
def known_home(tmp_path_factory):
    """A home with namesakes, an abbreviation, a reorganisation and posts over time; all fictional."""
    from kg.graph.records import Graph
    from kg.home import GraphHome
    from kg.stores import refresh

    graph = Graph.of(
        [
            named(Place, "place-lam", "tỉnh Lâm Giang", valid_to="2025-06-30", successor="place-tay"),
            named(Place, "place-tay", "tỉnh Tây Giang", valid_from="2025-07-01"),
            named(Agency, "ubnd-lam", "Ủy ban nhân dân tỉnh Lâm Giang", place="place-lam"),
            named(Agency, "gd-lam", "Sở Giáo dục và Đào tạo tỉnh Lâm Giang", place="place-lam"),
            named(Agency, "gd-tay", "Sở Giáo dục và Đào tạo tỉnh Tây Giang", place="place-tay"),
            named(Agency, "nn-lam", "Sở Nông nghiệp tỉnh Lâm Giang", place="place-lam", successors=("nnmt-lam",)),
            named(Agency, "nnmt-lam", "Sở Nông nghiệp và Môi trường tỉnh Lâm Giang", place="place-lam"),
            named(Person, "hung-lam", "Lê Văn Hùng", aliases=("Hùng Lê",)),
            named(Person, "hung-tay", "Lê Văn Hùng"),
            named(Person, "hung-khac", "Lê Văn Hưng"),
            named(Post, "gd-post", "Giám đốc Sở", agency="gd-lam"),
            named(Post, "pgd-post", "Phó Giám đốc Sở", agency="gd-tay"),
            Membership(
                id="m1",
                person="hung-lam",
                post="gd-post",
                agency="gd-lam",
                observed_from="2017-01-01",
                observed_to="2018-12-31",
            ),
            Membership(id="m2", person="hung-tay", post="pgd-post", agency="gd-tay", observed_from="2025-08"),
            ArticleNode(id="a1", title="Bài mẫu", published="2017-02-03"),
            Mention(id="q1", body="hung-lam", article="a1", start=0, end=11, quote="Lê Văn Hùng", rule="test", confidence=1.0),
        ]
    )  # fmt: skip
    home = tmp_path_factory.mktemp("known")
    with GraphHome(home, create=True) as truth:
        refresh(home, graph, truth.stamp())
    return home


@pytest.fixture(scope="module")
def known(known_home):
    with open_site(known_home) as site:
        yield TestClient(create_app(site), base_url="http://127.0.0.1:8000")


def ask(client, schemas, **queries):
    """The results of a batch, checked against the schema of queries and that of results."""
    schemas["reconciliation-query-batch.json"].validate(queries)
    response = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert response.status_code == 200, response.text
    answer = response.json()
    schemas["reconciliation-result-batch.json"].validate(answer)
    assert set(answer) == set(queries)
    return {key: value["result"] for key, value in answer.items()}


def best(client, schemas, **query):
    (found,) = ask(client, schemas, q=query).values()
    return found


def test_the_manifest(client, schemas):
    for path in ("/reconcile", "/reconcile/"):
        said = client.get(path).json()
        schemas["manifest.json"].validate(said)
    assert said["versions"] == ["0.2"]
    assert said["suggest"]["entity"]["service_url"] == "http://127.0.0.1:8000/reconcile"
    ident = client.get("/reconcile/suggest/entity?prefix=so").json()["result"][0]["id"]
    for template in (said["preview"]["url"], said["view"]["url"]):
        path = template.replace("{{id}}", quote(ident, safe="")).removeprefix("http://127.0.0.1:8000")
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Sở Giáo dục và Đào tạo tỉnh Lâm Giang", "gd-lam"),
        ("so giao duc va dao tao tinh lam giang", "gd-lam"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH LÂM GIANG", "gd-lam"),
        ("Sở GD&ĐT tỉnh Lâm Giang", "gd-lam"),
        ("UBND tỉnh Lâm Giang", "ubnd-lam"),
        ("Uỷ ban nhân dân tỉnh Lâm Giang", "ubnd-lam"),
        ("ubnd tinh lam giang", "ubnd-lam"),
        ("Sở Giáo dục và Đào tọa tỉnh Lâm Giang", "gd-lam"),
    ],
)
def test_bodies_as_people_write_them(known, schemas, asked, found):
    first, *_ = best(known, schemas, query=asked, type="Agency")
    assert first["id"] == found
    assert first["score"] >= 85
    if "tọa" not in asked:
        assert first["match"] is True


def test_an_old_name_finds_the_old_body_and_the_one_that_came_after(known, schemas):
    first, second, *_ = best(known, schemas, query="Sở Nông nghiệp tỉnh Lâm Giang", type="Agency")
    assert (first["id"], first["match"]) == ("nn-lam", True)
    assert (second["id"], second["match"]) == ("nnmt-lam", False)
    assert "Sở Nông nghiệp tỉnh Lâm Giang" in second["description"]


def test_namesakes_are_never_matched_without_more(known, schemas):
    found = best(known, schemas, query="Lê Văn Hùng", type="Person")
    assert {one["id"] for one in found[:2]} == {"hung-lam", "hung-tay"}
    assert found[0]["score"] == found[1]["score"] == 100
    assert not any(one["match"] for one in found)
    other = next(one for one in found if one["id"] == "hung-khac")
    assert other["score"] == 80  # the same letters with other accents


@pytest.mark.parametrize(
    ("props", "winner"),
    [
        ([{"pid": "place", "v": "Lâm Giang"}], "hung-lam"),
        ([{"pid": "place", "v": {"id": "place-tay", "name": "tỉnh Tây Giang"}}], "hung-tay"),
        ([{"pid": "post", "v": "pho giam doc so"}], "hung-tay"),
        ([{"pid": "body", "v": ["Sở Giáo dục và Đào tạo tỉnh Tây Giang"]}], "hung-tay"),
        ([{"pid": "date", "v": "2017-06"}], "hung-lam"),
        ([{"pid": "date", "v": "2025-09-01"}, {"pid": "unheard-of", "v": 7}], "hung-tay"),
    ],
)
def test_properties_tell_namesakes_apart(known, schemas, props, winner):
    found = best(known, schemas, query="le van hung", type=["Person"], properties=props)
    assert found[0]["id"] == winner
    assert found[0]["score"] > found[1]["score"]
    assert {feature["id"] for feature in found[0]["features"]} == {"name", *(one["pid"] for one in props)}


def test_a_property_that_speaks_against_it_forbids_a_match(known, schemas):
    sure = best(
        known, schemas, query="Sở Nông nghiệp tỉnh Lâm Giang", properties=[{"pid": "place", "v": "tỉnh Lâm Giang"}]
    )
    assert sure[0]["match"] is True
    against = best(known, schemas, query="Sở Nông nghiệp tỉnh Lâm Giang", properties=[{"pid": "place", "v": "Hải Khê"}])
    assert against[0]["match"] is False


def test_a_property_of_which_nothing_is_known_forbids_a_match(known, schemas):
    asked = {"query": "Lê Văn Hưng", "type": "Person"}  # nobody knows where
    for props, is_match in (
        ([], True),
        ([{"pid": "place", "v": "Lâm Giang"}], False),
        ([{"pid": "unheard-of", "v": 7}], True),
    ):
        first = best(known, schemas, **asked, properties=props)[0]
        assert (first["id"], first["match"]) == ("hung-khac", is_match)


def test_types_limits_and_batches(client, schemas):
    found = ask(
        client,
        schemas,
        a={"query": "Sở Y tế", "type": "Agency", "limit": 2},
        b={"query": "Sở Y tế", "type": "Post"},
        c={"query": "Sở Y tế", "type": "Nothing"},
        d={"query": "05-CT/TW"},
        e={"properties": [{"pid": "number", "v": "05-CT/TW"}], "type": "Document"},
        f={"query": "zzzz qqqq"},
    )
    assert len(found["a"]) == 2
    assert {one["type"][0]["id"] for one in found["b"]} == {"Post"}
    assert found["c"] == found["f"] == []
    assert found["d"][0]["match"] is True
    assert found["e"][0]["name"] == "Chỉ thị 05-CT/TW"
    assert client.get("/reconcile", params={"queries": json.dumps({"q": {"query": "Sở Y tế"}})}).status_code == 200


@pytest.mark.parametrize(
    ("kind", "prefix", "schema", "expected"),
    [
        ("entity", "so y t", "suggest-entities-response.json", "Sở Y tế"),
        ("type", "co quan", "suggest-types-response.json", "cơ quan"),
        ("property", "dia", "suggest-properties-response.json", "địa phương"),
    ],
)
def test_suggestions(client, schemas, kind, prefix, schema, expected):
    answer = client.get(f"/reconcile/suggest/{kind}", params={"prefix": prefix}).json()
    schemas[schema].validate(answer)
    assert expected in answer["result"][0]["name"]
    schemas[schema].validate(client.get(f"/reconcile/suggest/{kind}", params={"prefix": ""}).json())


def test_suggested_entities_go_on_at_a_cursor(client):
    first = client.get("/reconcile/suggest/entity?prefix=so").json()["result"]
    more = client.get(f"/reconcile/suggest/entity?prefix=so&cursor={len(first)}").json()["result"]
    assert more
    assert not {one["id"] for one in first} & {one["id"] for one in more}


def test_data_extension(client, known, schemas):
    for label in (*CLASSES, ""):
        answer = client.get("/reconcile/properties", params={"type": label, "limit": 3}).json()
        schemas["data-extension-property-proposal.json"].validate(answer)
        assert len(answer["properties"]) <= 3
    asked = {
        "ids": ["hung-lam", "gd-lam", "nn-lam", "place-lam", "no-such"],
        "properties": [{"id": pid, "settings": {"limit": 5}} for pid in properties()],
    }
    schemas["data-extension-query.json"].validate(asked)
    answer = known.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    schemas["data-extension-response.json"].validate(answer)
    rows = answer["rows"]
    assert rows["hung-lam"]["place"] == [{"id": "place-lam", "name": "tỉnh Lâm Giang"}]
    assert rows["hung-lam"]["post"] == [{"id": "gd-post", "name": "Giám đốc Sở"}]
    assert rows["hung-lam"]["date"] == [{"str": "2017-01-01/2018-12-31"}]
    assert rows["hung-lam"]["given"] == [{"int": 0}]
    assert rows["nn-lam"]["successor"] == [{"id": "nnmt-lam", "name": "Sở Nông nghiệp và Môi trường tỉnh Lâm Giang"}]
    assert rows["place-lam"]["date"] == [{"str": "../2025-06-30"}]
    assert all(value == [] for value in rows["no-such"].values())
    assert [one["id"] for one in answer["meta"]] == list(properties())


def test_every_class_of_the_samples_can_be_extended(site, client, schemas):
    ids = [row[0] for row in site.pages.index().rows("SELECT max(id) FROM node GROUP BY label")]
    asked = {"ids": ids, "properties": [{"id": pid} for pid in properties()]}
    answer = client.post("/reconcile", data={"extend": json.dumps(asked)}).json()
    schemas["data-extension-response.json"].validate(answer)


@pytest.mark.parametrize(
    "form",
    [
        {"queries": "{"},
        {"queries": "[]"},
        {"queries": '{"q": []}'},
        {"queries": '{"q": {}}'},
        {"queries": '{"q": {"query": 7}}'},
        {"queries": '{"q": {"query": "x", "limit": "7"}}'},
        {"queries": '{"q": {"query": "x", "type": {"a": 1}}}'},
        {"queries": '{"q": {"query": "x", "properties": [{"v": 1}]}}'},
        {"queries": '{"q": {"query": "x", "properties": [{"pid": "place", "v": {"name": "x"}}]}}'},
        {"queries": json.dumps({str(n): {"query": "x"} for n in range(BATCH + 1)})},
        {"queries": "[" * 100_000},
        {"extend": '{"ids": "x", "properties": []}'},
        {"extend": '{"ids": [], "properties": [{"id": "no-such"}]}'},
        {"extend": json.dumps({"ids": ["x"] * (IDS + 1), "properties": []})},
    ],
)
def test_what_is_wrong_is_told(client, form):
    response = client.post("/reconcile", data=form)
    assert response.status_code == 400
    assert response.json()["title"]


def test_other_bodies_and_sizes(client, site):
    assert client.post("/reconcile", json={"queries": {}}).status_code == 400
    assert client.post("/reconcile", data={"queries": "x" * (site.limits.body + 1)}).status_code == 413
    assert client.get("/reconcile/suggest/nobody?prefix=x").status_code == 404
    assert client.get("/reconcile/suggest/entity?prefix=x&cursor=-1").status_code == 400
    assert client.get("/reconcile/preview?id=no-such").status_code == 404
    assert client.get("/reconcile/flyout/entity?id=no-such").status_code == 404


def test_no_jsonp_and_any_origin(client):
    response = client.get("/reconcile?callback=run", headers={"origin": "https://elsewhere.example"})
    assert response.headers["content-type"] == "application/json"
    assert response.json()["name"] == "chidao"
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    from kg.home import GraphHome
    from kg.stores import refresh

    home = tmp_path_factory.mktemp("hostile-names")
    with GraphHome(home, create=True) as truth:
        refresh(home, hostile_graph(), truth.stamp())
    with open_site(home) as site:
        yield TestClient(create_app(site), base_url="http://127.0.0.1:8000"), site


def test_hostile_names_are_text(hostile, schemas):
    client, site = hostile
    found = ask(client, schemas, **{str(n): {"query": name} for n, name in enumerate(HOSTILE)})
    assert sum(bool(one) for one in found.values()) >= 8
    ask(
        client,
        schemas,
        long={"query": "ữ" * 10_000},
        words={"query": "a " * 5_000},
        fts={"query": '" OR * NEAR( ) : ^ {exact}'},
    )
    for (ident,) in site.pages.index().rows("SELECT id FROM node ORDER BY id"):
        page = client.get("/reconcile/preview", params={"id": ident})
        if page.status_code == 200:
            assert "<script" not in page.text
            assert "frame-ancestors *" in page.headers["content-security-policy"]
            assert "sandbox" in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("asked", "spelled"),
    [
        ("Sở GD-ĐT", "so giao duc va dao tao"),
        ("Phòng GD&ĐT", "phong giao duc va dao tao"),
        ("Ban Tổ chức TW", "ban to chuc trung uong"),
        ("Đảng ủy UBKT T.Ư", "dang uy uy ban kiem tra trung uong"),
    ],
)
def test_spellings_come_from_the_registers(asked, spelled):
    assert spellings(asked)[1] == spelled


@pytest.mark.parametrize("asked", ["Sở Y tế", "05-CT/TW", "Chỉ thị 05-CT/TW", "Nguyễn Thị Ubnda"])
def test_what_is_no_abbreviation_stays(asked):
    assert spellings(asked) == (asked,)
