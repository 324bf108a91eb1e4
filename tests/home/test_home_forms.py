"""Near-duplicates: one article with several sources, each directive once, whatever came in and went, and in whatever order."""

import random
from functools import cache
from itertools import permutations

import pytest

from kg.ask.directives import ask
from kg.ask.registry import question
from kg.ask.run import run
from kg.graph.statements import quads
from kg.graph.verify import verify
from kg.home import GraphHome
from kg.home.reviews import Review
from kg.identify import resolve
from kg.identify.forms import forms_of
from kg.model.entities import ArticleNode, Directive, Instruction, Meeting, Mention, Redirect
from kg.read import READER, read
from kg.stores import open_view
from kg.stores.projection import refresh
from loaders.jsonl import article_of_record

SENTENCES = (
    "Sáng 12/3/2024, UBND tỉnh Vĩnh Hà họp phiên thường kỳ tháng Ba, do Chủ tịch UBND tỉnh Đặng Quốc Thái Mẫu chủ trì.",
    "Báo cáo tại phiên họp cho biết thu ngân sách quý I đạt 28% dự toán, sản xuất nông nghiệp ổn định.",
    "Kết luận phiên họp, Chủ tịch UBND tỉnh Đặng Quốc Thái Mẫu yêu cầu Sở Y tế rà soát toàn bộ trạm y tế xã trước ngày 30/4/2024.",
    "Đồng chí giao Sở Tài chính chủ trì, phối hợp với Sở Kế hoạch và Đầu tư bố trí 12 tỷ đồng sửa chữa các trạm xuống cấp.",
    "Các huyện, thành phố báo cáo kết quả về UBND tỉnh trong tháng 5.",
    "Phiên họp cũng cho ý kiến về kế hoạch trồng rừng và công tác chuẩn bị kỳ thi tốt nghiệp trung học phổ thông.",
)
ADDED = "Chủ tịch UBND tỉnh Đặng Quốc Thái Mẫu cũng giao Sở Giao thông vận tải sửa cầu Ngòi Mẫu trước mùa lũ."
OTHER = "Tỉnh đoàn Vĩnh Hà phát động Tháng Thanh niên với nhiều công trình, phần việc ở cơ sở, thu hút đông đảo đoàn viên tham gia."


def article(sentences=SENTENCES, **said):
    record = {"title": "Vĩnh Hà sửa trạm y tế xã", "published": "2024-03-12", "text": "\n".join(sentences), **said}
    return article_of_record(record, source=f"{said.get('outlet', 'x')}.jsonl", locator="line 1")


WHOLE = article(outlet="Báo Vĩnh Hà (mẫu)", url="https://bao.vinhha.example/1", id="bao-1", author="Nguyễn Mẫu")
REPRINT = article(outlet="Cổng Vĩnh Hà (mẫu)", url="https://cong.vinhha.example/7", title="Rà soát trạm y tế xã")
BARE = article(title="Trạm y tế xã được sửa", published=None)
CUT = article(SENTENCES[:-1], outlet="Đài Vĩnh Hà (mẫu)", url="https://dai.vinhha.example/3")
UPDATED = article((*SENTENCES[:-1], ADDED), outlet="Báo Vĩnh Hà (mẫu)", url="https://bao.vinhha.example/1", id="bao-1")
LATER = article((*SENTENCES[:3], ADDED, OTHER), published="2024-04-20", url="https://bao.vinhha.example/1", id="bao-1")
ELSEWHERE = article((OTHER,), title="Tháng Thanh niên")


POOL = (WHOLE, REPRINT, BARE, CUT, UPDATED, LATER, ELSEWHERE)


@cache
def reading_of(ident, text):
    return read(next(a for a in POOL if a.id == ident))


def read_once(one):
    return reading_of(one.id, one.text)


def ingest(home, items):
    home.ingest(items, read_once, reader=READER, workers=1, force=True)


def graph_of(path, items):
    with GraphHome(path, create=True) as home:
        ingest(home, items)
        return home.graph()


def of(graph, cls):
    return [entity for entity in graph.entities if isinstance(entity, cls)]


def orders(graph):
    """Each directive by its words."""
    return sorted((d.verb, d.quote) for d in of(graph, Directive))


def test_forms_and_reprints_are_one_article_with_several_sources(tmp_path):
    alone = graph_of(tmp_path / "alone", [WHOLE])
    merged = [
        graph_of(tmp_path / str(n), order)
        for n, order in enumerate(list(permutations([WHOLE, REPRINT, BARE, CUT]))[::5])
    ]
    assert all(tuple(graph.entities) == tuple(merged[0].entities) for graph in merged)
    (node,) = of(merged[0], ArticleNode)
    assert node.id == WHOLE.id
    assert node.forms == tuple(sorted((REPRINT.id, BARE.id, CUT.id)))
    assert node.outlets == ("Cổng Vĩnh Hà (mẫu)", "Đài Vĩnh Hà (mẫu)")
    assert node.urls == ("https://cong.vinhha.example/7", "https://dai.vinhha.example/3")
    redirects = {r.id: r.target for r in of(merged[0], Redirect)}
    assert {form: redirects[form] for form in node.forms} == dict.fromkeys(node.forms, WHOLE.id)
    forms = {"forms", "outlets", "urls"}
    facts = [
        [e.model_dump(exclude=forms) for e in graph.entities if not isinstance(e, Redirect)]
        for graph in (alone, merged[0])
    ]
    assert facts[0] == facts[1]
    assert len(orders(alone)) >= 2


def test_a_changed_version_adds_only_what_it_adds(tmp_path):
    alone, added = graph_of(tmp_path / "one", [WHOLE]), graph_of(tmp_path / "other", [UPDATED])
    both = [graph_of(tmp_path / str(n), order) for n, order in enumerate(permutations([WHOLE, UPDATED, REPRINT]))]
    assert all(tuple(graph.entities) == tuple(both[0].entities) for graph in both)
    assert len(of(both[0], ArticleNode)) == 2
    assert orders(both[0]) == sorted({*orders(alone), *orders(added)})
    assert len(orders(both[0])) == len(orders(alone)) + 1
    repeated = [d for d in of(both[0], Directive) if d.also_in]
    assert {d.quote for d in repeated} == {quote for _, quote in orders(alone)}
    assert len({(d.article, d.also_in) for d in repeated}) == 1
    assert all(i.count == 1 for i in of(both[0], Instruction))
    (meeting,) = of(both[0], Meeting)  # told by both, and what only the new version says was said there, too
    assert {d.meeting for d in of(both[0], Directive)} == {meeting.id}
    assert len({m.article for m in of(both[0], Mention) if m.body == meeting.id}) == 2
    with GraphHome(tmp_path / "0") as home:
        assert not verify(home).faults


def test_a_much_later_version_of_a_page_repeats_nothing(tmp_path):
    graph = graph_of(tmp_path, [WHOLE, LATER])
    quotes = [quote for _, quote in orders(graph)]
    assert len(quotes) == len(set(quotes))
    assert SENTENCES[2] in quotes
    assert ADDED in quotes


def test_questions_count_a_directive_once(tmp_path):
    with GraphHome(tmp_path, create=True) as home:
        ingest(home, [WHOLE, REPRINT, BARE, CUT, UPDATED, ELSEWHERE])
        expected = len(orders(home.graph()))
        refresh(tmp_path, home.graph(), home.stamp(), engines=("oxigraph", "kglite"))
    rows = {}
    for engine in ("oxigraph", "kglite"):
        with open_view(tmp_path, engine) as view:
            rows[engine] = ask(view, engine, {})
            told = run(view, engine, question("outlets"), {}).dicts()
            assert [(row["outlet"], row["articles"]) for row in told] == [
                ("Báo Vĩnh Hà (mẫu)", 2), ("Cổng Vĩnh Hà (mẫu)", 1), ("Đài Vĩnh Hà (mẫu)", 1)
            ]  # fmt: skip
            assert [row["id"] for row in run(view, engine, question("articles"), {"outlet": "Đài"}).dicts()] == [
                WHOLE.id
            ]
            assert len(ask(view, engine, {"whom": "Sở Y tế"}).rows) == 1
    assert len(rows["oxigraph"].rows) == len(rows["kglite"].rows) == expected


def test_what_is_retracted_gives_way_to_the_next_form(tmp_path):
    with GraphHome(tmp_path / "g", create=True) as home:
        ingest(home, [WHOLE, REPRINT, BARE, CUT])
        for gone, left in ((WHOLE, REPRINT), (REPRINT, BARE), (BARE, CUT)):
            home.retract(gone.id)
            assert [node.id for node in of(home.graph(), ArticleNode)] == [left.id]
        assert tuple(home.graph().entities) == tuple(graph_of(tmp_path / "cut", [CUT]).entities)


def test_a_reviewed_form_is_kept(tmp_path):
    with GraphHome(tmp_path, create=True) as home:
        ingest(home, [REPRINT])
        (order, *_) = of(home.graph(), Directive)
        home.review(Review(article=REPRINT.id, quote=order.quote, verdict="reject"))
        ingest(home, [WHOLE, CUT])
        assert [node.id for node in of(home.graph(), ArticleNode)] == [REPRINT.id]
        assert order.quote not in {quote for _, quote in orders(home.graph())}


def test_ranks_do_not_depend_on_order():
    articles = [(WHOLE, False), (CUT, True), (UPDATED, False), (BARE, False)]
    found = {forms_of("articles/x", order) for order in permutations(articles)}
    (ranked,) = found
    assert [form.article for form in ranked] == [CUT.id, UPDATED.id, WHOLE.id, BARE.id] or ranked[0].article == CUT.id
    assert {form.article: form.kept for form in ranked}[BARE.id] == WHOLE.id


@pytest.mark.parametrize("seed", range(4))
def test_coming_and_going_gives_the_same_as_at_once_and_stores_hear_of_it(tmp_path, seed):
    chance = random.Random(seed)
    stored = set()
    with GraphHome(tmp_path, create=True) as home:
        inside: set[str] = set()
        for step in range(9):
            one = chance.choice(POOL)
            if one.id in inside:
                home.retract(one.id)
                inside.remove(one.id)
            else:
                ingest(home, [one])
                inside.add(one.id)
            graph = home.graph()
            assert tuple(graph.entities) == resolve(home.pairs(), home.decisions()).entities
            now = {quad for entity in graph.entities for quad in quads(entity)}
            if step:
                stored = applied(stored, graph.entities.changes_since(str(step - 1)))
                assert stored == now
            stored = now
            graph.entities.settled(str(step))


def applied(stored, changes):
    from kg.graph.statements import entity_iri, graph_iri

    graphs = {graph_iri(f"article/{ident}") for ident in changes.articles}
    subjects = {entity_iri(ident) for ident in changes.ids}
    kept = {quad for quad in stored if quad.graph not in graphs and quad.subject not in subjects}
    return kept | {quad for entity in changes.now for quad in quads(entity)}
