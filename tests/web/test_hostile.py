"""Whatever an article says is text: in pages, downloads, suggestions and answers."""

import csv
import io
import json
import re

import lxml.html
import pytest
from starlette.testclient import TestClient

from kg.home import GraphHome
from kg.stores import refresh
from kg.web.app import create_app
from kg.web.site import open_site
from loaders import load
from tests.web import hostile
from tests.web.browser import CHROMIUM, WHY_NOT, browser, served
from tests.web.places import pages


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile-web")
    hostile.write(folder / "articles.jsonl")
    with GraphHome(folder / "home", create=True) as truth:
        summary = truth.ingest(load([str(folder / "articles.jsonl")]), workers=1)
        assert summary.failed == 0
        refresh(folder / "home", truth.graph, truth.stamp())
    return folder / "home"


@pytest.fixture(scope="module")
def client(home):
    with open_site(home) as site:
        yield TestClient(create_app(site), base_url="http://127.0.0.1:8000", headers={"accept": "text/html"})


@pytest.fixture(scope="module")
def everything(client, home):
    """Every page that there is over the hostile graph."""
    with GraphHome(home) as truth:
        graph = truth.graph()
    kinds = ("Person", "Agency", "Post", "Document", "Meeting", "Directive", "ArticleNode", "Group", "Topic", "Place")
    paths = [f"/doc/{one.id}" for one in graph.entities if type(one).__name__ in kinds]
    asked = [f"/search?q={trick}" for trick in ("script", "dai", "cmd", "san", "=cmd|", "<script>")]
    return {
        path: client.get(path)
        for path in [*pages(home).values(), *paths[:120], *asked, "/?about=%3Cscript%3Ealert(1)", "/?who={{7*7}}"]
    }


def test_every_page_answers(everything):
    assert {path: answer.status_code for path, answer in everything.items() if answer.status_code != 200} == {}


def test_the_tricks_reached_the_pages(everything):
    told = "".join(answer.text for answer in everything.values())
    assert "&lt;script&gt;alert(1)" in told
    assert "onerror=alert(1)" in told
    assert "ơ" * 300 in told


def test_nothing_that_an_article_says_is_markup(everything):
    for path, answer in everything.items():
        tree = lxml.html.fromstring(answer.content)
        for script in tree.xpath("//script"):
            if script.get("type") in ("application/ld+json", "application/json"):  # data, which no browser runs
                assert json.loads(script.text), path
                assert "<" not in script.text, path
            else:
                assert script.get("src", "").startswith("/static/"), path
                assert not script.text, path
        attributes = [
            (node.tag, name, value)
            for node in tree.iter()
            if isinstance(node.tag, str)
            for name, value in node.attrib.items()
        ]
        assert [one for one in attributes if one[1].startswith("on") or one[1] == "style"] == [], path
        links = [value for _, name, value in attributes if name in ("href", "src", "action", "xlink:href")]
        assert [link for link in links if not re.match(r"/|#|https?://", link)] == [], path
        assert not tree.xpath(
            "//img | //iframe | //object | //embed | //b[not(ancestor::summary or ancestor::main or ancestor::ul)]"
        ), path


def test_templates_are_not_run(everything):
    for answer in everything.values():
        assert not re.search(r"(?<!\d)49\$\{7", answer.text)


def test_long_names_are_cut_where_they_are_names(client, everything):
    assert max(len(answer.content) for answer in everything.values()) < 3_000_000


def test_no_spreadsheet_runs_a_cell(client):
    lines = csv.reader(io.StringIO(client.get("/directives.csv").text))
    cells = [cell for line in lines for cell in line]
    assert [cell for cell in cells if re.match(r"[=+@\t\r]|-(?!\d)", cell)] == []


def test_json_is_not_html(client):
    answer = client.get("/directives.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert json.loads(answer.text)


@pytest.mark.skipif(not CHROMIUM, reason=WHY_NOT)
@pytest.mark.xdist_group("browser")
def test_a_browser_runs_nothing_of_it(home):
    ran = []
    with served(home) as address, browser() as opened:
        tab = opened.new_page()
        tab.on("dialog", lambda dialog: ran.append(dialog.message) or dialog.dismiss())
        tab.on("request", lambda request: request.url.startswith(address) or ran.append(request.url))
        tab.on("console", lambda said: said.type == "error" and ran.append(said.text))
        for path in pages(home).values():
            tab.goto(address + path)
            tab.set_viewport_size({"width": 360, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= 360, path
        tab.goto(address + "/")
        tab.locator("#q").fill("script")
        tab.locator("#q").press("a")
        tab.locator("#q").press("Backspace")
        tab.wait_for_selector("[role=option]")
    assert ran == []
