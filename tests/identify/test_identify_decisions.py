"""A person's decisions: kept in a file, survive rebuilds, enter the stamp, and win; refused where they make no sense."""

import json

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import InputError, UsageError
from kg.home import GraphHome
from kg.identify import resolve
from kg.identify.decisions import Decision, PersonDecisions, read_decisions, shown
from kg.identify.resolve import identify
from kg.identify.why import doubts, why
from kg.model.entities import Agency, Directive, Document, Meeting, Person, Redirect
from tests.identity_pairs import _read
from tests.reading_factory import READER, agencies, article, directive, minister, reading


def seen(name, post, body, day, number):
    return _read("person", {"name": name, "posts": [[post, body]], "published": day}, number)


def ids(pairs, cls, decisions=()):
    return [e.id for e in resolve(pairs, decisions).entities if isinstance(e, cls)]


NAMESAKES = [
    seen("Trần Văn Mẫu", f"Bí thư Tỉnh ủy {t}", f"Tỉnh ủy {t}", "2019-01-02", n)
    for n, t in enumerate(("Lào Cai", "Nghệ An"))
]


def test_two_become_one_and_the_old_id_leads_there():
    a, b = ids(NAMESAKES, Person)
    graph = resolve(NAMESAKES, [Decision(verdict="same", a=a, b=b, note="same birth year")])
    (person,) = (e for e in graph.entities if isinstance(e, Person))
    assert {e.id: e.target for e in graph.entities if isinstance(e, Redirect)} == {
        ({a, b} - {person.id}).pop(): person.id
    }
    assert ids(NAMESAKES, Person, [Decision(verdict="same", a=a, b=b), Decision(verdict="different", a=b, b=a)]) == [
        a,
        b,
    ]


def test_one_becomes_two_by_the_article_that_shows_it():
    pairs = [minister("Trần Văn Mẫu", "Bộ Y tế", n) for n in range(3)]
    (person,) = ids(pairs, Person)
    first, second = sorted(made.id for made, _ in pairs)[:2]
    decision = Decision(verdict="different", a=f"{person}@{first}", b=f"{person}@{second}")
    assert len(ids(pairs, Person, [decision])) == 3  # neither of the two is joined to the rest on a doubt
    assert len(ids(pairs, Person)) == 1


def test_a_promotion_can_be_refused():
    pairs = [
        seen("Trần Quốc Mẫu", "Phó Chủ tịch UBND tỉnh Lào Cai", "Ủy ban nhân dân tỉnh Lào Cai", "2017-01-02", 0),
        seen("Trần Quốc Mẫu", "Chủ tịch UBND tỉnh Lào Cai", "Ủy ban nhân dân tỉnh Lào Cai", "2019-01-02", 1),
    ]
    resolved, graph = identify(pairs), resolve(pairs)
    pair = next(p for p in resolved.linking.pairs if p.merged)
    a, b = (ident for ident in (doubts(resolved)[0][:2] if doubts(resolved) else ()) or _ids(pair))
    answer = why(resolved, graph, a, b)
    assert answer.same
    assert {"same_body", "promotion", "close_in_time"} <= {r.name for r in answer.reasons}
    decided = [Decision(verdict="different", a=a, b=b)]
    assert len(ids(pairs, Person, decided)) == 2
    refused = why(identify(pairs, decided), resolve(pairs, decided), a, b)
    assert not refused.same
    assert "decided_different" in {r.name for r in refused.reasons}


def _ids(pair):
    from kg.identify.persons import person_id

    return person_id(pair.one), person_id(pair.other)


def body_pair():
    texts = ("Tỉnh ủy họp về y tế.", "Tỉnh ủy Lào Cai họp.")
    names = ("Tỉnh ủy", "Tỉnh ủy Lào Cai")
    made = [article(text, published="2019-01-02") for text in texts]
    return [(m, reading(m, agencies=agencies(m.text, name))) for m, name in zip(made, names, strict=True)]


def test_bodies_can_be_joined_and_parted():
    pairs = body_pair()
    local, shared = sorted(ids(pairs, Agency), key=len, reverse=True)
    assert ids(pairs, Agency, [Decision(verdict="same", a=local, b=shared)]) == [shared]
    apart = Decision(verdict="different", a=f"{shared}@{pairs[1][0].id}", b=local)
    assert shared not in ids(pairs, Agency, [apart])


def test_directives_of_a_cluster_can_be_parted():
    pairs = []
    for n in range(2):
        text = f"Bài {n}. Bộ Y tế yêu cầu Sở Y tế tỉnh Lào Cai rà soát toàn bộ các chợ và bệnh viện."
        made = article(text, published="2019-01-02")
        told = directive(text, text.split(". ", 1)[1], ["Bộ Y tế"], ["Sở Y tế tỉnh Lào Cai"], content=text[8:])
        pairs.append(
            (made, reading(made, agencies=agencies(text, "Bộ Y tế", "Sở Y tế tỉnh Lào Cai"), directives=(told,)))
        )
    graph = resolve(pairs)
    found = [e for e in graph.entities if isinstance(e, Directive)]
    assert len({e.same_as for e in found} - {None}) == 1
    assert why(identify(pairs), graph, found[0].id, found[1].id).same
    decided = [Decision(verdict="different", a=found[0].id, b=found[1].id)]
    assert {e.same_as for e in resolve(pairs, decided).entities if isinstance(e, Directive)} == {None}


def test_references_are_taken_apart():
    article_id = "a" + "0" * 16
    assert shown(f"agency/tinh-uy@ha-noi@{article_id}") == ("agency/tinh-uy@ha-noi", article_id)
    assert shown(f"agency/tinh-uy~ab12@{article_id}") == (f"agency/tinh-uy~ab12@{article_id}", "")
    assert PersonDecisions.of([Decision(verdict="same", a="doc/1", b="doc/2")]) == PersonDecisions()


def test_a_broken_line_is_named(tmp_path):
    path = tmp_path / "decisions.jsonl"
    path.write_text('{"verdict": "same", "a": "x", "b": "y"}\n{"verdict": "perhaps"}\n', "utf-8")
    with pytest.raises(InputError, match="line 2"):
        read_decisions(path)


def kg(*args):
    return CliRunner().invoke(cli, [str(a) for a in args])


def test_the_commands(tmp_path):
    pairs = {made.id: read for made, read in NAMESAKES}
    with GraphHome(tmp_path, create=True) as home:
        home.ingest([made for made, _ in NAMESAKES], lambda a: pairs[a.id], reader=READER, workers=1)
        before = home.stamp()
        a, b = (e.id for e in home.graph().entities if isinstance(e, Person))
    assert "different" in kg("why", a, b, "-g", tmp_path).stdout
    assert "now the same" in kg("decide", "same", a, b, "--note", "một người", "-g", tmp_path).stdout
    assert json.loads((tmp_path / "decisions.jsonl").read_text("utf-8"))["note"] == "một người"
    with GraphHome(tmp_path) as home:
        assert home.stamp() != before
        assert sum(isinstance(e, Person) for e in home.graph().entities) == 1
    told = json.loads(kg("why", a, b, "-g", tmp_path, "--json").stdout)
    assert told["same"] is True
    assert "now different" in kg("decide", "different", a, b, "-g", tmp_path).stdout
    report = json.loads(kg("identity", "report", "-g", tmp_path, "--json").stdout)
    assert report["counts"]["người · persons"] == 2
    assert "persons" in kg("identity", "report", "-g", tmp_path).stdout
    assert isinstance(kg("decide", "same", a, a, "-g", tmp_path).exception, UsageError)
    assert isinstance(kg("why", a, "person/none/1", "-g", tmp_path).exception, UsageError)
    assert kg("verify", "-g", tmp_path).exit_code == 0


def test_only_things_of_one_kind_are_compared():
    pairs = body_pair()
    graph = resolve(pairs)
    body = next(e.id for e in graph.entities if isinstance(e, Agency))
    with pytest.raises(UsageError):
        why(identify(pairs), graph, body, pairs[0][0].id)
    assert not [e for e in graph.entities if isinstance(e, Document | Meeting)]
