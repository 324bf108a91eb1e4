"""The network: what is linked, a cap that says what it hides, a path, and the same picture each time, in each form."""

import re
from itertools import pairwise

import lxml.etree
import lxml.html
import networkx
import pytest

from kg.web.index.network import CAP, links_of, network, path
from kg.web.live import LivePages


@pytest.fixture(scope="module")
def index(samples_home):
    with LivePages(samples_home) as pages:
        yield pages.index()


@pytest.fixture(scope="module")
def hub(index):
    [(n, ident)] = index.rows(
        "SELECT target, node.id FROM facet JOIN node ON n = target WHERE kind = 'who' AND label = 'Person' GROUP BY target ORDER BY count(*) DESC LIMIT 1"
    )
    return n, ident


def test_a_cap_says_what_it_hides(index, hub):
    near = {other for link in links_of(index, hub[0]) for other in (link.source, link.target)} - {hub[0]}
    drawn = network(index, [hub[0]], [], {hub[0]: 2})
    assert [len(column) for column in drawn.columns] == [1, min(2, len(near))]
    assert drawn.hidden[hub[0]] == len(near) - min(2, len(near))
    everything = network(index, [hub[0]], [], {hub[0]: 100})
    assert everything.hidden[hub[0]] == 0
    assert len(everything.columns[1]) == len(near)


def test_instructions_are_counted_as_page_1_does(client, index, hub):
    for link in links_of(index, hub[0]):
        if link.kind == "instructs":
            ends = index.nodes((link.source, link.target))
            rows = client.get(
                "/directives.json", params={"who": ends[link.source].id, "whom": ends[link.target].id}
            ).json()
            assert link.count <= len(rows)  # `who` finds a post's holder, too
            assert link.verb in {row["verb"] for row in rows}


def test_a_path_is_a_shortest_one(index):
    ties = networkx.Graph(index.rows("SELECT a, b FROM tie"))
    source = index.rows("SELECT a FROM tie ORDER BY a LIMIT 1")[0][0]
    for target in sorted(networkx.node_connected_component(ties, source))[::7]:
        wanted = networkx.shortest_path_length(ties, source, target)
        found = path(index, source, target)
        if wanted <= 4:
            assert len(found) == wanted + 1
            assert all(ties.has_edge(a, b) for a, b in pairwise(found))
        else:
            assert found == []


def test_opening_and_closing_through_links_alone(client, hub):
    page = lxml.html.fromstring(client.get("/canvas", params={"id": hub[1]}).content)
    boxes = page.xpath("//*[contains(@class, 'box')]")
    assert len(boxes) <= CAP + 1
    href = next(link for link in page.xpath("//*[contains(@class, 'box')]//a/@href") if "open=" in link)
    opened = lxml.html.fromstring(client.get(href).content)
    assert len(opened.xpath("//*[contains(@class, 'box')]")) >= len(boxes)
    assert len(opened.xpath("//table/tbody/tr")) == len(
        opened.xpath("//*[contains(@class, 'lines')]/*[local-name()='path']")
    )


def test_what_is_pinned_stays_where_it_was_put(client, hub):
    plain = client.get("/canvas", params={"id": hub[1]}).text
    asked = {"id": hub[1], "pin": f"{hub[1]}*700*33"}
    page = lxml.html.fromstring(client.get("/canvas", params=asked).content)
    [box] = page.xpath(f"//*[@data-id='{hub[1]}']")
    assert "pinned" in box.get("class")
    assert (
        box.xpath("./a/*[local-name()='rect']")[0].get("x"),
        box.xpath("./a/*[local-name()='rect']")[0].get("y"),
    ) == ("700.0", "33.0")
    links = page.xpath(
        "//*[contains(@class, 'box')]//a/@href[contains(., 'open=')] | //span[@class='get']/a/@href[contains(., 'form=')]"
    )
    assert len(links) > 3
    assert all("pin=" in link for link in links)  # opening and saving keep it
    [unpin] = page.xpath("//span[@class='get']/a[contains(text(), 'ghim')]/@href")
    assert lxml.html.fromstring(client.get(unpin).content).xpath(
        "//*[@class='network']//*[local-name()='rect']/@x"
    ) == (lxml.html.fromstring(plain).xpath("//*[@class='network']//*[local-name()='rect']/@x"))
    gexf = client.get("/canvas", params=asked | {"form": "gexf"}).text
    assert re.search(r'x="700.0" y="-33.0"|y="-33.0"[^>]*x="700.0"', gexf)
    assert 'x="700.0" y="33.0"' in client.get("/canvas", params=asked | {"form": "svg"}).text


def test_more_and_fewer(client, index):
    [(ident,)] = index.rows("SELECT id FROM node WHERE label = 'Place' ORDER BY degree DESC LIMIT 1")
    count = lambda page: len(page.xpath("//*[@data-id]"))  # noqa: E731 (named for the steps below)
    first = lxml.html.fromstring(client.get("/canvas", params={"id": ident}).content)
    [more] = first.xpath(f"//*[@data-id='{ident}']/a/@href[contains(., 'more=')]")
    all_ = lxml.html.fromstring(client.get(more).content)
    assert count(all_) > count(first) == CAP + 1
    [fewer] = all_.xpath(f"//*[@data-id='{ident}']/a[@aria-label[starts-with(., 'Vẽ ít')]]/@href")
    assert count(lxml.html.fromstring(client.get(fewer).content)) == count(first)


def test_saved_files_are_whole_and_the_same_each_time(client, hub):
    for form in ("svg", "gexf", "html"):
        answers = [client.get("/canvas", params={"id": hub[1], "form": form}) for _ in range(2)]
        assert answers[0].content == answers[1].content
        assert "attachment" in answers[0].headers["content-disposition"]
        told = answers[0].text
        assert not re.search(r"<script|url\(http|href=.http", told)
        if form == "html":
            assert "<!doctype html>" in told
        else:
            assert lxml.etree.fromstring(answers[0].content).tag.endswith(form)


@pytest.mark.parametrize(
    "query",
    ["id=nobody", "id=x&open=y&more=z*1", "more=*", "id=&to=", "id=<script>", "pin=*1*2&pin=x*1*2&pin=x*y&pin=1"],
)
def test_unknown_ids_are_passed_over(client, query):
    assert client.get(f"/canvas?{query}").status_code == 200


def test_an_unknown_form_is_told(client, hub):
    assert client.get("/canvas", params={"id": hub[1], "form": "exe"}).status_code == 400


def test_an_answer_of_the_console_leads_to_its_network(client):
    page = lxml.html.fromstring(
        client.get(
            "/console",
            params={
                "run": "1",
                "text": "SELECT ?p WHERE { ?p a <http://xmlns.com/foaf/0.1/Person> } ORDER BY ?p LIMIT 3",
            },
        ).content
    )
    [href] = page.xpath("//span[@class='get']/a[starts-with(@href, '/canvas')]/@href")
    assert href.count("id=") == 3
    assert client.get(href).status_code == 200
