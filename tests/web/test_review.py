"""Review needs the token, and its forms; what is decided is kept with who, when, why, counts after a rebuild, and can be taken back."""

import json

import lxml.html
import pytest

from kg.home import GraphHome
from kg.home.reviews import read_reviews
from kg.model.entities import Redirect
from kg.web.sessions import Sessions
from tests.web.conftest import TOKEN


def tree(client, path="/review"):
    return lxml.html.fromstring(client.get(path).content)


def csrf(client):
    return tree(client).xpath("//input[@name='csrf']/@value")[0]


def first(client):
    return tree(client, "/review?kind=directive").xpath("//form[@action='/review/decide']//input[@name='id']/@value")[0]


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


def correct(reviewer, ident, **fields):
    return reviewer.post(
        "/review/decide",
        data={"csrf": csrf(reviewer), "id": ident, "verdict": "correct", **fields},
        follow_redirects=False,
    )


def with_more(home):
    """A directive behind whose sentence its article goes on in the same line: id, article, start, quote."""
    with GraphHome(home) as truth:
        for article, reading in truth.pairs():
            starts = [one.start for one in reading.directives]
            for one in reading.directives:
                behind = article.text[one.end : one.end + 12]
                is_free = all(not one.start < start < one.end + 12 for start in starts)
                if len(behind) == 12 and "\n" not in behind and behind.strip() and is_free:
                    return article, one
    raise AssertionError("the samples have no such sentence")


def test_every_field_of_a_fact_can_be_corrected(reviewer, home):
    article, one = with_more(home)
    from kg.web.live import LivePages

    with LivePages(home) as pages:
        index = pages.index()
        [(ident,)] = index.rows(
            "SELECT d.id FROM directive x JOIN node d ON d.n = x.n JOIN node a ON a.n = x.article WHERE a.id = ? AND x.start = ?",
            (article.id, one.start),
        )
    longer = article.text[one.start : one.end + 12].rstrip()
    word = longer.split()[-1]
    answer = correct(
        reviewer,
        ident,
        span=longer,
        issuers="Bà Thử; UBND tỉnh",
        addressees="",
        act="remind",
        strength="2",
        deadline=word,
    )
    assert answer.status_code == 303, answer.text
    [kept] = read_reviews(home)
    assert (kept.quote, kept.span, kept.act, kept.strength, kept.deadline) == (one.quote, longer, "remind", 2, word)
    assert (kept.issuers, kept.addressees, kept.verb) == (("Bà Thử", "UBND tỉnh"), () if one.addressees else None, None)
    for _ in range(2):  # a rebuild changes nothing
        with GraphHome(home) as truth:
            [read] = [d for a, r in truth.pairs() if a.id == article.id for d in r.directives if d.start == one.start]
            [stored] = truth.stored([article.id])
            [again] = [d for d in stored.pair()[1].directives if d.start == one.start]
        assert read == again
        assert (read.quote, read.end, read.act, read.strength, read.deadline) == (
            longer,
            one.start + len(longer),
            "remind",
            2,
            word,
        )
        assert (read.issuers, read.addressees, read.verb) == (("Bà Thử", "UBND tỉnh"), (), one.verb)
        assert read.rule.endswith("+reviewed")
        reviewer.post("/review/apply", data={"csrf": csrf(reviewer)})
    settle(reviewer, lambda: any(row["quote"] == longer for row in reviewer.get("/directives.json").json()))
    [line] = [json.loads(line) for line in reviewer.get("/review/gold.jsonl").text.splitlines()]
    [gold] = [d for d in line["directives"] if d["start"] == one.start]
    assert (gold["end"], gold["act"], gold["strength"], gold["deadline"]) == (
        one.start + len(longer),
        "remind",
        2,
        word,
    )
    undo = tree(reviewer).xpath("//form[@data-undo]")[0]
    reviewer.post(
        "/review/decide", data={**{i.get("name"): i.get("value") for i in undo.xpath(".//input")}, "verdict": "undo"}
    )
    with GraphHome(home) as truth:
        [read] = [d for a, r in truth.pairs() if a.id == article.id for d in r.directives if d.start == one.start]
    assert read == one


def test_a_deadline_is_read_from_its_words(reviewer, home):
    with_deadline = next(row for row in reviewer.get("/directives.json").json() if row["deadline"])
    ident = reviewer.get("/console", params={
        "run": "1", "language": "cypher", "form": "json",
        "text": "MATCH (d:Directive) WHERE d.deadline IS NOT NULL RETURN d.id AS id, d.deadline AS deadline, d.deadline_iso AS iso ORDER BY id",
    }).json()  # fmt: skip
    one = next(row for row in ident if row["iso"])
    assert with_deadline
    assert correct(reviewer, one["id"], deadline="").status_code == 303
    assert (read_reviews(home)[-1].deadline, read_reviews(home)[-1].deadline_iso) == ("", None)
    part = one["deadline"].split(" ", 1)[1]
    assert correct(reviewer, one["id"], deadline=part).status_code == 303
    assert read_reviews(home)[-1].deadline == part


@pytest.mark.parametrize(
    "fields",
    [
        {"span": "không có trong bài"},
        {"span": ""},
        {"act": "<script>"},
        {"strength": "9"},
        {"deadline": "ngày không có"},
    ],
    ids=str,
)
def test_a_correction_that_the_article_does_not_bear_is_refused(reviewer, home, fields):
    assert correct(reviewer, first(reviewer), **fields).status_code == 400
    assert read_reviews(home) == ()


def test_a_corrected_span_counts_only_where_it_still_stands():
    from kg.home.reviews import Review, Reviews
    from kg.model.reading import DirectiveRead, Reading

    text = "Giao Sở Y tế báo cáo. Hết."
    one = DirectiveRead(start=0, end=21, quote=text[:21], verb="giao", rule="r")
    reading = Reading(id="x", article="a1", reader="0", directives=(one,))
    given = Reviews.of([Review(article="a1", quote=one.quote, verdict="correct", span=text)])
    assert given.applied(reading, text).directives[0].end == len(text)
    assert given.applied(reading, text[:21] + " Khác.").directives[0].quote == one.quote
    assert given.key_of("a1", ("directive", text, "")) == ("directive", one.quote, "")


def test_bodies_of_one_name_are_offered_and_become_one(reviewer, home):
    page = tree(reviewer, "/review/identity?kind=body")
    forms = page.xpath("//article//form")
    assert forms
    a, b = (forms[0].xpath(f".//input[@name='{name}']/@value")[0] for name in "ab")
    data = {"csrf": csrf(reviewer), "a": a, "b": b, "kind": "body", "note": "cùng một sở"}
    assert "kind=body" in str(reviewer.post("/review/identity/decide", data=data | {"verdict": "same"}).url)
    with GraphHome(home) as truth:
        ids = {entity.id for entity in truth.graph().entities if not isinstance(entity, Redirect)}
        assert len({a, b} & ids) == 1  # one is left, whatever is rebuilt
    offered = {frozenset((f.xpath(".//input[@name='a']/@value")[0], f.xpath(".//input[@name='b']/@value")[0])) for f in
               tree(reviewer, "/review/identity?kind=body").xpath("//article//form")}  # fmt: skip
    assert frozenset((a, b)) not in offered
    assert reviewer.post("/review/identity/decide", data=data | {"verdict": "undo"}).status_code == 200
    with GraphHome(home) as truth:
        assert {a, b} <= {entity.id for entity in truth.graph().entities}
        assert [one.verdict for one in truth.decisions()] == ["same", "undo"]


def test_any_two_ids_can_be_decided_and_different_kinds_can_not(reviewer, home):
    found = reviewer.get("/console", params={
        "run": "1", "language": "cypher", "form": "json",
        "text": "MATCH (a:ArticleNode)-[:MENTIONS]->()-[:EVIDENCE_OF]->(d:Document) RETURN d.id AS id, a.id AS article ORDER BY id, article LIMIT 1",
    }).json()  # fmt: skip
    document, article = found[0]["id"], found[0]["article"]
    [person] = reviewer.get("/console", params={
        "run": "1", "language": "cypher", "form": "json", "text": "MATCH (p:Person) RETURN p.id AS id ORDER BY id LIMIT 1"}).json()  # fmt: skip
    send = lambda **data: reviewer.post("/review/identity/decide", data={"csrf": csrf(reviewer), **data})  # noqa: E731 (named for the lines below)
    assert send(a=document, b=f"{document}@{article}", verdict="different").status_code == 200
    assert send(a=document, b=person["id"], verdict="same").status_code == 400
    assert send(a=document, b=f"{document}@a0000000000000000", verdict="different").status_code == 400
    assert send(a=document, b="no-such", verdict="same").status_code == 400
    assert send(a=document, b=person["id"], verdict="maybe").status_code == 400
    with GraphHome(home) as truth:
        assert [one.verdict for one in truth.decisions()] == ["different"]


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
