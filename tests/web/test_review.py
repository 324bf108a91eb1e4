"""Review needs the token, and its forms; what is decided is kept with who, when, why, counts after a rebuild, and can be taken back."""

import json
import shutil

import lxml.html
import pytest
from starlette.testclient import TestClient

from kg.home import GraphHome
from kg.home.reviews import read_reviews
from kg.web.app import create_app
from kg.web.sessions import Sessions
from kg.web.site import open_site

TOKEN = "a-token-for-the-tests"
BASE = "http://127.0.0.1:8000"


@pytest.fixture
def home(samples_home, tmp_path):
    return shutil.copytree(samples_home, tmp_path / "home")


@pytest.fixture
def anyone(home):
    with open_site(home, token=TOKEN) as site:
        yield TestClient(create_app(site), base_url=BASE, headers={"accept": "text/html", "accept-language": "vi"})


@pytest.fixture
def reviewer(anyone):
    assert anyone.post("/review/login", data={"token": TOKEN, "who": "Người Duyệt"}).status_code == 200
    return anyone


def tree(client, path="/review"):
    return lxml.html.fromstring(client.get(path).content)


def csrf(client):
    return tree(client).xpath("//input[@name='csrf']/@value")[0]


def first(client):
    return tree(client).xpath("//form[@action='/review/decide']//input[@name='id']/@value")[0]


def test_nothing_can_be_written_on_a_read_only_server(client):
    for path in ("/review/login", "/review/decide", "/review/apply", "/review/identity/decide", "/review/logout"):
        assert client.post(path, data={"token": "", "csrf": ""}).status_code == 403
    assert client.get("/review").status_code == 403


def test_nothing_can_be_written_without_the_token(anyone, home):
    assert anyone.post("/review/login", data={"token": "wrong"}).status_code == 403
    for path in ("/review/decide", "/review/apply", "/review/identity/decide"):
        assert anyone.post(path, data={"csrf": "x", "verdict": "reject"}).status_code == 401
    assert anyone.get("/review/gold.jsonl").status_code == 401
    assert read_reviews(home) == ()


def test_guesses_are_slowed_down(anyone):
    statuses = [anyone.post("/review/login", data={"token": f"guess-{n}"}).status_code for n in range(7)]
    assert statuses == [403] * 5 + [429] * 2
    assert anyone.post("/review/login", data={"token": TOKEN}).status_code == 429


def test_a_form_of_another_site_writes_nothing(reviewer, home):
    ident, secret = first(reviewer), csrf(reviewer)
    for data, headers in (
        ({"csrf": ""}, {}),
        ({"csrf": "x" * 43}, {}),
        ({"csrf": secret}, {"origin": "http://evil.example"}),
        ({"csrf": secret}, {"origin": "null"}),
        ({"csrf": secret}, {"sec-fetch-site": "cross-site"}),
    ):
        answer = reviewer.post("/review/decide", data={"id": ident, "verdict": "reject", **data}, headers=headers)
        assert answer.status_code == 403
    assert reviewer.post("/review/decide", content=b"{}", headers={"content-type": "text/plain"}).status_code == 415
    assert read_reviews(home) == ()


def test_the_cookie_is_out_of_reach(anyone):
    cookie = anyone.post("/review/login", data={"token": TOKEN}, follow_redirects=False).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_decision_is_kept_applied_and_taken_back(reviewer, home):
    ident = first(reviewer)
    before = len(reviewer.get("/directives.json").json())
    reviewer.post(
        "/review/decide", data={"csrf": csrf(reviewer), "id": ident, "verdict": "reject", "note": "không phải chỉ đạo"}
    )
    [kept] = read_reviews(home)
    assert (kept.verdict, kept.who, kept.note) == ("reject", "Người Duyệt", "không phải chỉ đạo")
    assert kept.when.endswith("Z")
    assert first(reviewer) != ident
    reviewer.post("/review/apply", data={"csrf": csrf(reviewer)})
    settle(reviewer, lambda: len(reviewer.get("/directives.json").json()) == before - 1)
    undo = tree(reviewer).xpath("//form[@data-undo]")[0]
    reviewer.post(
        "/review/decide", data={**{i.get("name"): i.get("value") for i in undo.xpath(".//input")}, "verdict": "undo"}
    )
    assert [one.verdict for one in read_reviews(home)] == ["reject", "undo"]
    reviewer.post("/review/apply", data={"csrf": csrf(reviewer)})
    settle(reviewer, lambda: len(reviewer.get("/directives.json").json()) == before)


def settle(client, is_so):
    """The index of the pages is made anew in the background."""
    import time

    for _ in range(100):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("the pages still show the state of before")


def test_a_correction_becomes_a_gold_reading(reviewer, home):
    ident = first(reviewer)
    reviewer.post(
        "/review/decide",
        data={
            "csrf": csrf(reviewer),
            "id": ident,
            "verdict": "correct",
            "issuers": "Lê Văn Mẫu",
            "addressees": "Sở Y tế; Sở Tài chính",
            "verb": "giao",
        },
    )
    [kept] = read_reviews(home)
    [line] = [json.loads(line) for line in reviewer.get("/review/gold.jsonl").text.splitlines()]
    corrected = next(one for one in line["directives"] if one["verb"] == "giao" and one["issuers"] == ["Lê Văn Mẫu"])
    assert corrected["addressees"] == ["Sở Y tế", "Sở Tài chính"]
    with GraphHome(home) as truth:
        [article] = truth.articles(kept.article)
    assert article.text[corrected["start"] : corrected["end"]] == kept.quote


def test_identity_is_decided_as_kg_decide_does(reviewer, home):
    people = [row["name"] for row in reviewer.get("/suggest", params={"q": "tr"}).json()]
    assert people
    found = reviewer.get(
        "/console",
        params={
            "run": "1",
            "language": "cypher",
            "text": "MATCH (p:Person) RETURN p.id AS id ORDER BY id LIMIT 2",
            "form": "json",
        },
    )
    a, b = (row["id"] for row in found.json())
    answer = reviewer.post(
        "/review/identity/decide",
        data={"csrf": csrf(reviewer), "a": a, "b": b, "verdict": "different", "note": "hai tỉnh"},
    )
    assert answer.status_code == 200
    with GraphHome(home) as truth:
        [decision] = truth.decisions()
    assert (decision.verdict, decision.a, decision.b) == ("different", a, b)
    assert decision.note.startswith("hai tỉnh; Người Duyệt; 20")
    assert (
        reviewer.post(
            "/review/identity/decide", data={"csrf": csrf(reviewer), "a": a, "b": a, "verdict": "same"}
        ).status_code
        == 400
    )


def test_writes_are_counted():
    from starlette.exceptions import HTTPException
    from starlette.requests import Request

    sessions = Sessions(TOKEN, now=lambda: 100.0)
    session = sessions.begin(TOKEN, "")
    request = Request({"type": "http", "headers": [(b"cookie", f"kg_review={session.key}".encode())]})
    for _ in range(120):
        sessions.allow(request, session.csrf)
    with pytest.raises(HTTPException) as stopped:
        sessions.allow(request, session.csrf)
    assert stopped.value.status_code == 429
