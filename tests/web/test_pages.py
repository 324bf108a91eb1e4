"""The pages of entities, articles, search and the overview say what the graph says."""

import json

import lxml.html
import pytest

from kg.home import GraphHome
from kg.model.entities import Agency, Directive, Document, Meeting, Person, Place, Post, Topic


@pytest.fixture(scope="session")
def graph(samples_home):
    with GraphHome(samples_home) as truth:
        return truth.graph()


def page(client, path, **params):
    answer = client.get(path, params=params, headers={"accept-language": "vi"})
    assert answer.status_code == 200, answer.text
    return lxml.html.fromstring(answer.content)


@pytest.mark.parametrize("cls", [Person, Agency, Post, Document, Topic, Place, Meeting, Directive])
def test_every_entity_has_a_page_that_names_it(client, graph, cls):
    for one in [entity for entity in graph.entities if isinstance(entity, cls)][:40]:
        shown = page(client, f"/doc/{one.id}")
        assert " ".join(getattr(one, "name", "").split()) in " ".join(shown.xpath("string(//h1)").split())


def test_an_official_has_posts_with_evidence_and_directives(client, graph):
    directives = [entity for entity in graph.entities if isinstance(entity, Directive)]
    ident = next(issuer for one in directives for issuer in one.issuers if issuer.startswith("person/"))
    shown = page(client, f"/doc/{ident}")
    assert shown.xpath("//section[@aria-labelledby='held-title']//tbody/tr//a[contains(@href, '#m-')]")
    rows = shown.xpath("//section[@aria-labelledby='t-given']//tbody/tr")
    assert len(rows) == min(20, sum(ident in one.issuers for one in directives))
    assert shown.xpath("//svg[contains(@class, 'months')]")


def test_an_article_shows_its_whole_text_and_every_fact_both_ways(client, samples_home, graph):
    with GraphHome(samples_home) as truth:
        articles = list(truth.articles())
    for article in articles:
        shown = page(client, f"/doc/{article.id}")
        for number in shown.xpath("//a[@class='no']"):
            number.drop_tree()
        text = "".join("".join(zone.itertext()) for zone in shown.xpath("//div[contains(@class, 'zone')]"))
        assert "".join(text.split()) == "".join(article.text.split())
        shown = page(client, f"/doc/{article.id}")
        for one in (e for e in graph.entities if isinstance(e, Directive) and e.article == article.id):
            assert shown.xpath(f"//*[@id='d-{one.start}']//a[@href='#f-{one.start}']")
            [sentence] = shown.xpath(f"//*[@id='f-{one.start}']")
            assert sentence.xpath(f"./a[@href='#d-{one.start}']")


def test_links_inside_pages_lead_somewhere(client, graph):
    topic = next(entity.id for entity in graph.entities if isinstance(entity, Topic))
    seen = set()
    for path in ("/", f"/doc/{topic}", "/overview", "/search?q=so"):
        for href in page(client, path).xpath("//a/@href"):
            target = href.partition("#")[0]
            if target.startswith("/") and target not in seen and len(seen) < 120:
                seen.add(target)
                assert client.get(target).status_code in (
                    200,
                    404 if target.startswith(("/console", "/canvas")) else 200,
                ), target


def test_an_id_of_before_leads_to_the_one_of_now(client, graph):
    from kg.model.entities import Redirect

    old = next((one for one in graph.entities if isinstance(one, Redirect)), None)
    if old is None:
        pytest.skip("the samples have no redirect")
    answer = client.get(f"/doc/{old.id}", follow_redirects=False)
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/doc/{old.target}"


def test_why_tells_the_sentence_that_was_asked_for(client, graph):
    one = next(entity for entity in graph.entities if isinstance(entity, Directive))
    shown = page(client, "/why", article=one.article, at=one.start)
    assert one.quote.split()[0] in shown.xpath("string(//blockquote)")
    assert len(page(client, "/why", article=one.article).xpath("//blockquote")) > 1


def hits(client, asked, **params):
    return [
        " ".join(link.text_content().split())
        for link in page(client, "/search", q=asked, **params).xpath("//ol[@class='hits']/li/a")
    ]


@pytest.fixture
def words_client(tmp_path):
    """A home of one article whose names try the search."""
    from starlette.testclient import TestClient

    from kg.stores import refresh
    from kg.web.app import create_app
    from kg.web.site import open_site
    from loaders import load

    text = (
        "Chủ tịch UBND huyện Đồng Mẫu Trần Văn Năm yêu cầu Sở Y tế tỉnh báo cáo trước ngày 30/9. "
        "Giám đốc Sở Y tế Lê Nam Mẫu giao Sở Tài chính chủ trì. Phó Chủ tịch UBND tỉnh Trần Văn Nam dự họp."
    )
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"id": "m1", "title": "Bài thử", "text": text}, ensure_ascii=False) + "\n", "utf-8"
    )
    with GraphHome(tmp_path / "home", create=True) as truth:
        truth.ingest(load([str(tmp_path / "a.jsonl")]), workers=1)
        refresh(tmp_path / "home", truth.graph, truth.stamp())
    with open_site(tmp_path / "home") as site:
        yield TestClient(create_app(site), base_url="http://127.0.0.1:8000", headers={"accept": "text/html"})


def test_search_folds_accents_and_puts_the_exact_first(words_client):
    assert any("Đồng Mẫu" in name for name in hits(words_client, "dong"))
    persons = hits(words_client, "năm", kind="Person")
    assert persons[0] == "Trần Văn Năm"
    assert "Trần Văn Nam" in persons
    assert hits(words_client, "nam", kind="Person")[0] != "Trần Văn Năm"


def test_search_forgives_a_wrong_letter(words_client):
    shown = page(words_client, "/search", q="Trna Van Nam")
    assert "tran van nam" in shown.xpath("string(//main)").lower()
    assert hits(words_client, "Trna Van Nam")


@pytest.mark.parametrize(
    "asked",
    ['"', "AND", "*", "a OR b", "NEAR(", "'; DROP TABLE node; --", "{exact} : x", "-", "đ" * 399, "\x00", "<b>"],
)
def test_search_takes_any_text(words_client, asked):
    assert words_client.get("/search", params={"q": asked}).status_code == 200
    assert words_client.get("/suggest", params={"q": asked}).status_code == 200


def test_suggestions_are_names_with_their_page(words_client):
    [first, *_] = words_client.get("/suggest", params={"q": "sở y"}).json()
    assert first["name"].startswith("Sở Y tế")
    assert words_client.get(first["url"]).status_code == 200
    assert "url" not in words_client.get("/suggest", params={"q": "sở", "for": "whom"}).json()[0]


def test_overview_counts_what_is_there(client, graph):
    shown = page(client, "/overview")
    counts = dict(
        zip(
            shown.xpath("//dl[@class='counts']//dt/text()"),
            shown.xpath("//dl[@class='counts']//dd/text()"),
            strict=True,
        )
    )
    assert int(counts["Chỉ đạo"]) == sum(isinstance(entity, Directive) for entity in graph.entities)


def test_checks_name_every_rule(client):
    from kg.graph.rules import rules

    answer = client.get("/checks")
    for _ in range(30):
        if "refresh" not in answer.headers:
            break
        assert b"<progress" in answer.content
        answer = client.get("/checks")
    shown = lxml.html.fromstring(answer.content)
    assert shown.xpath("//code/text()") == [rule.name for rule in rules()]


def test_checks_tell_how_far_they_are_and_block_nobody(site, monkeypatch):
    import threading

    from starlette.testclient import TestClient

    from kg.graph.rules import rules
    from kg.web import checks
    from kg.web.app import create_app

    go_on, began = threading.Event(), []

    def slow(index, home, rule):
        began.append(rule)
        assert go_on.wait(60)
        return checks.Checked(rule, 0, False)

    monkeypatch.setattr(checks, "_check", slow)
    client = TestClient(create_app(site), base_url="http://127.0.0.1:8000", headers={"accept": "text/html"})
    waiting = client.get("/checks?lang=en")
    assert waiting.headers["refresh"] == "2"
    assert f"0 of {len(rules())}" in waiting.text
    assert client.get("/console?name=documents-cited&run=1").status_code == 200
    client.get("/checks")
    assert len(began) == 1
    go_on.set()
    while "refresh" in (answer := client.get("/checks")).headers:
        pass
    assert began == list(rules())
    assert "<progress" not in answer.text
