"""Praise, criticism and petitions, posts and meetings are accepted, rejected and corrected as directives are: kept, applied, taken back, exported."""

import json

import lxml.html
import pytest

from kg.graph.verify import verify
from kg.home import GraphHome
from kg.home.reviews import read_reviews
from kg.identify import resolve
from kg.model.entities import Directive, Meeting, Membership, Mention, Person, Post, Statement
from kg.web.index.doubtful import queue
from kg.web.live import LivePages

KINDS = ("directive", "statement", "post", "meeting")


def page(client, query=""):
    return lxml.html.fromstring(client.get(f"/review{query}").content)


def decide(client, verdict, ident, query="", **fields):
    [secret, *_] = page(client, query).xpath("//input[@name='csrf']/@value")
    data = {"csrf": secret, "id": ident, "verdict": verdict, "note": "vì thế", **fields}
    return client.post("/review/decide", data=data, follow_redirects=False)


def undo(client):
    [form] = page(client).xpath("//form[@data-undo]")
    data = {one.get("name"): one.get("value") for one in form.xpath(".//input")}
    return client.post("/review/decide", data={**data, "verdict": "undo"}, follow_redirects=False)


def cards(client, kind):
    """The cards of a kind: id, and the values of its fields."""
    for form in page(client, f"?kind={kind}").xpath("//article//form"):
        fields = {one.get("name"): one.get("value") or "" for one in form.xpath(".//details//input")}
        fields |= {
            one.get("name"): one.xpath("./option[@selected]/@value")[0] for one in form.xpath(".//details//select")
        }
        yield form.xpath("./input[@name='id']/@value")[0], fields


def entities(home, cls):
    with GraphHome(home) as truth:
        return {entity.id: entity for entity in truth.graph().entities if isinstance(entity, cls)}


def holdings(home):
    """Who holds which post, by name."""
    people, posts = entities(home, Person), entities(home, Post)
    return {(people[one.person].name, posts[one.post].name, one.status) for one in entities(home, Membership).values()}


def is_whole(home):
    """Every quote stands where it should, and the graph on disk is the one in memory."""
    with GraphHome(home) as truth:
        assert verify(truth).faults == []
        assert list(truth.graph().entities) == list(resolve(truth.pairs(), truth.decisions()).entities)


def test_the_queue_has_every_kind_once_the_most_doubtful_first(home, reviewer):
    with LivePages(home) as pages:
        index = pages.index()
        waiting = queue(index)
        assert len(set(waiting)) == len(waiting)
        assert {one.kind for one in waiting} == set(KINDS)
        counts = {"directive": Directive, "statement": Statement, "meeting": Meeting}
        for kind, cls in counts.items():
            assert len([one for one in waiting if one.kind == kind]) == len(entities(home, cls))
        shown = [one for one in entities(home, Mention).values() if one.body.startswith("membership/")]
        assert len([one for one in waiting if one.kind == "post"]) == len(shown)
        meetings = [one.n for one in waiting if one.kind == "meeting"]
        sure = {
            n: max(m.data["confidence"] for m in index.facts(index.into(n, "EVIDENCE_OF")).values()) for n in meetings
        }
        assert sure[meetings[0]] < sure[meetings[-1]]
    titles = [one.text_content() for one in page(reviewer).xpath("//nav[@class='tabs']//a")]
    assert len(titles) == 1 + len(KINDS)
    assert page(reviewer).xpath("//nav[@class='tabs']//a[@aria-current]/@href") == ["/review"]


@pytest.mark.parametrize("kind", KINDS)
def test_rejected_and_taken_back(reviewer, home, kind):
    ident, _ = next(cards(reviewer, kind))
    before = {
        one.id: one for cls in (Directive, Statement, Membership, Meeting) for one in entities(home, cls).values()
    }
    assert decide(reviewer, "reject", ident, f"?kind={kind}").status_code == 303
    assert ident not in dict(cards(reviewer, kind))  # it is decided, though the graph does not show it yet
    [kept] = read_reviews(home)
    assert (kept.kind, kept.verdict, kept.who, kept.note) == (kind, "reject", "Người Duyệt", "vì thế")
    after = {one.id: one for cls in (Directive, Statement, Membership, Meeting) for one in entities(home, cls).values()}
    assert after != before
    is_whole(home)
    assert undo(reviewer).status_code == 303
    again = {one.id: one for cls in (Directive, Statement, Membership, Meeting) for one in entities(home, cls).values()}
    assert again == before
    assert ident in dict(cards(reviewer, kind))


@pytest.mark.parametrize("kind", KINDS)
def test_accepted_is_sure_and_leaves_the_queue(reviewer, home, kind):
    ident, _ = next(cards(reviewer, kind))
    assert decide(reviewer, "accept", ident).status_code == 303
    assert ident not in dict(cards(reviewer, kind))
    found = entities(home, Mention) | entities(home, Statement) | entities(home, Directive)
    proofs = [one for one in found.values() if ident in (one.id, getattr(one, "body", ""))]
    assert proofs
    assert {one.confidence for one in proofs} == {1.0}
    assert all(one.rule.endswith("+reviewed") for one in proofs)
    is_whole(home)


def test_a_statement_is_corrected(reviewer, home):
    ident, fields = next(cards(reviewer, "statement"))
    other = next(kind for kind in ("praise", "criticism", "petition") if kind != fields["said"])
    given = fields | {"said": other, "speakers": "Bà Thử", "targets": "Sở Y tế; UBND tỉnh"}
    assert decide(reviewer, "correct", ident, **given).status_code == 303
    [kept] = read_reviews(home)
    assert (kept.said, kept.speakers, kept.targets, kept.verb) == (other, ("Bà Thử",), ("Sở Y tế", "UBND tỉnh"), None)
    [now] = [
        one for one in entities(home, Statement).values() if one.article == kept.article and one.quote == kept.quote
    ]
    assert (now.kind, now.verb, len(now.speakers), len(now.targets)) == (other, fields["verb"], 1, 2)
    is_whole(home)


def test_a_post_is_corrected(reviewer, home):
    ident, fields = next(cards(reviewer, "post"))
    assert (fields["holder"], fields["title"], fields["status"]) in holdings(home)
    given = fields | {"title": "Trưởng phòng Thử", "status": "former"}
    assert decide(reviewer, "correct", ident, **given).status_code == 303
    [kept] = read_reviews(home)
    assert (kept.kind, kept.quote, kept.of) == ("post", fields["title"], fields["holder"])
    assert (kept.title, kept.status, kept.holder, kept.body) == ("Trưởng phòng Thử", "former", None, None)
    assert (fields["holder"], "Trưởng phòng Thử", "former") in holdings(home)
    is_whole(home)
    with GraphHome(home) as truth:  # a new reading changes nothing
        truth.ingest(truth.articles(kept.article), workers=1, force=True)
    assert (fields["holder"], "Trưởng phòng Thử", "former") in holdings(home)
    gold = [json.loads(line) for line in reviewer.get("/review/gold.jsonl").text.splitlines()]
    assert any("Trưởng phòng Thử" in one["posts"] for line in gold for one in line["officials"])


def among_others(home, ident):
    """The article that shows a post, its text, and the officials whom it names."""
    with GraphHome(home) as truth, LivePages(home) as pages:
        index = pages.index()
        [article] = index.nodes(index.into(index.node(ident).node.n, "MENTIONS")).values()
        [stored] = truth.stored([article.id])
    text, reading = stored.pair()
    return article, text.text, [official.name for official in reading.officials]


def test_a_post_goes_to_another_holder(reviewer, home):
    ident, fields = next(card for card in cards(reviewer, "post") if len(among_others(home, card[0])[2]) > 1)
    article, text, others = among_others(home, ident)
    other = next(name for name in others if name != fields["holder"] and name in text)
    assert decide(reviewer, "correct", ident, **fields | {"holder": "Không Ai Cả"}).status_code == 400
    assert read_reviews(home) == ()
    assert decide(reviewer, "correct", ident, **fields | {"holder": other}).status_code == 303
    with GraphHome(home) as truth:
        [reading] = [reading for one, reading in truth.pairs() if one.id == article.id]
    posts = {official.name: official.posts for official in reading.officials}
    assert fields["title"] in posts[other]
    assert fields["title"] not in posts[fields["holder"]]
    is_whole(home)


def test_a_holder_that_was_not_read_is_added():
    from kg.home.review import Review
    from kg.home.reviews import Reviews
    from kg.model.reading import Evidence, OfficialRead, PostRead, Reading

    text = "Giám đốc Sở Y tế Nguyễn Thử; ông Trần Mẫu dự."
    proof = Evidence(start=0, end=16, quote=text[:16], rule="r", confidence=0.5)
    post = PostRead(post="Giám đốc Sở Y tế", agency="Sở Y tế", role="x", evidence=proof)
    read = OfficialRead(name="Nguyễn Thử", posts=(post.post,), memberships=(post,))
    reading = Reading(id="1", article="a1", reader="0", officials=(read, OfficialRead(name="Lê Thử")))
    review = Review(
        article="a1", kind="post", quote=post.post, of=read.name, verdict="correct", holder="Trần Mẫu", body=""
    )
    of = Reviews.of([review])
    first, same, added = of.applied(reading, text).officials
    assert (first.posts, first.memberships, same) == ((), (), reading.officials[1])
    assert (added.name, added.posts) == ("Trần Mẫu", ("Giám đốc Sở Y tế",))
    [held] = added.memberships
    assert (held.agency, held.role, held.evidence.confidence) == (None, "x", 1.0)
    assert [text[m.start : m.end] for m in added.mentions] == ["Trần Mẫu"]
    assert of.key_of("a1", ("post", post.post, "Trần Mẫu")) == review.key


def test_a_meeting_is_corrected_and_directives_follow(reviewer, home):
    given_at = {one.meeting for one in entities(home, Directive).values()}
    before = entities(home, Meeting)
    with LivePages(home) as pages:
        index = pages.index()
        waiting = [index.nodes([one.n])[one.n].id for one in queue(index) if one.kind == "meeting"]
    ident = next(one for one in waiting if one in given_at)
    told = [one.quote for one in entities(home, Directive).values() if one.meeting == ident]
    given = {
        "name": "hội nghị thử",
        "date": "2020-02-29",
        "host": "Sở Y tế",
        "chairs": "",
        "participants": "Sở Tài chính",
    }
    assert decide(reviewer, "correct", ident, **given).status_code == 303
    [now] = [one for one in entities(home, Meeting).values() if one.id not in before]
    assert (now.name, now.date, now.chairs, len(now.participants), bool(now.host)) == (
        "hội nghị thử",
        "2020-02-29",
        (),
        1,
        True,
    )
    after = [one for one in entities(home, Directive).values() if one.quote in told]
    assert {(one.meeting, one.date) for one in after} == {(now.id, "2020-02-29")}
    is_whole(home)
    gold = [json.loads(line) for line in reviewer.get("/review/gold.jsonl").text.splitlines()]
    assert any(
        (one["kind"], one["date"]) == ("hội nghị thử", "2020-02-29") for line in gold for one in line["meetings"]
    )
    assert undo(reviewer).status_code == 303
    assert entities(home, Meeting) == before
    assert (
        decide(reviewer, "reject", ident).status_code == 303
    )  # its directives stay, and those of other meetings keep theirs
    assert entities(home, Meeting).keys() == before.keys() - {ident}
    left = entities(home, Directive).values()
    assert {one.meeting for one in left if one.quote in told} == {None}
    assert {one.meeting for one in left} == given_at - {ident} | {None}


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("statement", {"said": "joke"}),
        ("statement", {"verb": " "}),
        ("post", {"title": ""}),
        ("post", {"status": "<script>"}),
        ("meeting", {"date": "2021-02-30"}),
        ("meeting", {"date": "hôm qua"}),
        ("meeting", {"name": ""}),
    ],
    ids=str,
)
def test_what_can_not_be_is_refused(reviewer, home, kind, wrong):
    ident, fields = next(cards(reviewer, kind))
    assert decide(reviewer, "correct", ident, **fields | wrong).status_code == 400
    assert read_reviews(home) == ()


def test_what_is_no_fact_can_not_be_reviewed(reviewer, home):
    person, named = (
        next(iter(entities(home, Person))),
        next(m for m in entities(home, Mention).values() if m.body.startswith("person/")),
    )
    for ident in (person, named.id, "no-such"):
        assert decide(reviewer, "accept", ident).status_code == 400
    assert reviewer.get("/review?kind=person").status_code == 400
    assert read_reviews(home) == ()


def test_one_article_alone(reviewer, home):
    article = next(iter(entities(home, Meeting))).split("/")[1]
    assert f"/review?article={article}" in reviewer.get(f"/doc/{article}").text
    shown = page(reviewer, f"?article={article}")
    assert set(shown.xpath("//article[@data-item]//dl//a[contains(@href, '#')]/@href")).issubset(
        {href for href in shown.xpath("//a/@href") if href.startswith(f"/doc/{article}#")}
    )
    [ident, *_] = shown.xpath("//article//input[@name='id']/@value")
    answer = decide(reviewer, "accept", ident, only="", within=article)
    assert answer.headers["location"] == f"/review?article={article}"
    assert page(reviewer, "?article=no-such").xpath("//article[@data-item]") == []


def test_a_read_only_page_leads_to_no_review(client):
    assert "/review" not in client.get("/").text
