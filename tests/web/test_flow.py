"""Page 1 shows what `kg ask` answers, and every download says the same."""

import csv
import io
import json

import lxml.html
import pyoxigraph
import pytest

from kg.ask.directives import ASK_COLUMNS, ask
from kg.stores import open_view
from kg.web.index.directives import ROWS

FILTERS = [
    {},
    {"who": "Phạm Đình Khải"},
    {"who": "chu tich"},
    {"whom": "so nong nghiep"},
    {"whom": "Sở Nội vụ", "since": "2021"},
    {"about": "y tế"},
    {"cites": "04-NQ/TW"},
    {"cites": "Nghị quyết Trung ương 4"},
    {"place": "tinh"},
    {"act": "assign"},
    {"until": "2021-06"},
    {"whom": "Sở", "predecessors": "yes"},
    {"about": "không ai nói"},
]


def answered(home, filters):
    with open_view(home, "kglite") as view:
        return [dict(row) for row in ask(view, "kglite", filters).dicts()]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_the_same_rows_as_kg_ask(client, samples_home, filters):
    shown = client.get("/directives.json", params=filters).json()
    wanted = answered(samples_home, filters)
    key = lambda row: (row["article_id"], row["start"])  # noqa: E731 (named for both lists)
    assert sorted(shown, key=key) == sorted(wanted, key=key)
    if "whom" not in filters:  # kg ask then puts the rows of one body together
        assert [key(row) for row in shown] == [key(row) for row in wanted]


def test_an_id_is_that_entity_alone(client):
    rows = client.get("/directives.json").json()
    ident = next(row["whom_ids"][0] for row in rows if row["whom_ids"])
    found = client.get("/directives.json", params={"whom": ident}).json()
    assert found == [row for row in rows if ident in row["whom_ids"]]


def test_table_and_downloads_say_the_same(client):
    params = {"since": "2019"}
    page = lxml.html.fromstring(client.get("/", params=params).content)
    rows = client.get("/directives.json", params=params).json()
    assert len(page.xpath("//table[@class='rows']/tbody/tr")) == min(ROWS, len(rows))
    assert str(len(rows)) in page.xpath("string(//*[@role='status'])")
    lines = list(csv.DictReader(io.StringIO(client.get("/directives.csv", params=params).text)))
    assert [line["quote"] for line in lines] == [row["quote"] for row in rows]
    assert list(lines[0]) == list(ASK_COLUMNS)
    store = pyoxigraph.Store()
    store.load(client.get("/directives.ttl", params=params).content, format=pyoxigraph.RdfFormat.TURTLE)
    [count] = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?d a <https://chidao.example/ns#Directive> }")
    assert int(count["n"].value) == len(rows)


def test_turtle_names_entities_under_the_configured_base(site):
    import dataclasses

    from starlette.testclient import TestClient

    from kg.web.app import create_app

    moved = dataclasses.replace(site, base_iri="https://graph.example.vn/", hosts=site.hosts | {"graph.example.vn"})
    client = TestClient(create_app(moved), base_url="http://127.0.0.1:8000")
    text = client.get("/directives.ttl", params={"since": "2019"}).text
    assert "<https://graph.example.vn/id/" in text
    assert "<https://chidao.example/id/" not in text
    assert "<https://chidao.example/ns#>" in text  # the vocabulary stays


def test_pages_follow_one_another(client):
    first = client.get("/directives.json", params={"page": "1"}).json()
    assert first == client.get("/directives.json").json()[: len(first)]
    second = client.get("/directives.json", params={"page": "2"}).json()
    assert first + second == client.get("/directives.json").json()[: len(first + second)]


def test_a_name_of_the_picture_leads_to_its_filter(client):
    page = lxml.html.fromstring(client.get("/?lang=en").content)
    href = page.xpath("//*[local-name()='svg']//a[starts-with(@href, '/?whom=')]/@href")[0]
    filtered = lxml.html.fromstring(client.get(href).content)
    assert filtered.xpath("//ul[@class='chips']/li/input[@name='whom']")
    assert filtered.xpath("//table[@class='rows']/tbody/tr")


@pytest.mark.parametrize("query", ["since=2021-02-31", "strength=9", "page=0", "page=x", "who=" + "x" * 401])
def test_a_wrong_filter_is_told(client, query):
    assert client.get(f"/?{query}").status_code == 400
    assert json.loads(client.get(f"/directives.json?{query}", headers={"accept": "*/*"}).text)["status"] == 400
