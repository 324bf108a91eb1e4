"""Names in the page: no two alike, told apart by what a reader knows, and the same whatever the order of the graph."""

from kg.export.html import page
from kg.export.html_rows import page_rows
from kg.export.labels import labels
from kg.export.sankey import lay_out
from kg.graph.records import Graph
from kg.model.entities import Agency, ArticleNode, Group, Membership, Mention, Person, Place, Post
from tests.graph_factory import directive, fictional_graph, hostile_graph, named

UBND = "Ủy ban nhân dân tỉnh"


def mention(ident, body, article):
    return Mention(
        id=ident, body=body, article=article, start=0, end=1, quote="Ủ", rule="actors.agency", confidence=1.0
    )


def agency(ident, **facts):
    return Agency(id=ident, name=UBND, folded="uy ban nhan dan tinh", **facts)


def graph(*entities):
    return Graph.of(
        [
            named(Place, "place/a", "tỉnh Vân Hà"),
            ArticleNode(id="a1", outlet="Báo Mẫu", title="Họp về rừng", published="2021-03-05T10:00+07:00"),
            ArticleNode(id="a2", outlet="Báo Mẫu", title="Họp về lũ và về nhiều việc khác nữa của tỉnh trong năm nay", published="2021-03-05"),
            ArticleNode(id="a3", title="Không tên báo"),
            ArticleNode(id="a4", outlet="Báo Khác", published="2020-01-01"),
            *entities,
        ]
    )  # fmt: skip


def test_a_name_of_one_bearer_stays():
    assert labels(graph(agency("x")))["x"] == UBND


def test_bodies_of_one_name_are_told_apart_by_place_then_outlet_and_date_then_title():
    found = labels(
        graph(
            agency("placed", place="place/a"),
            *(agency(f"b{n}") for n in range(1, 5)),
            *(mention(f"m{n}", f"b{n}", f"a{n}") for n in range(1, 5)),
        )
    )
    assert [found[one] for one in ("placed", "b1", "b2", "b3", "b4")] == [
        f"{UBND} (tỉnh Vân Hà)",
        f"{UBND} (theo “Họp về rừng”, 2021-03-05)",
        f"{UBND} (theo “Họp về lũ và về nhiều việc khác nữa…”, 2021-03-05)",
        f"{UBND} (theo “Không tên báo”)",
        f"{UBND} (theo Báo Khác, 2020-01-01)",
    ]


def test_the_first_article_counts_and_numbers_are_the_last_resort():
    found = labels(
        graph(
            agency("b1"),
            agency("b2"),
            agency("b3"),
            mention("m1", "b1", "a1"),
            mention("m2", "b1", "a4"),
            mention("m3", "b2", "a1"),
        )
    )
    assert found["b1"] == f"{UBND} (theo Báo Khác, 2020-01-01)"
    assert found["b2"] == f"{UBND} (theo Báo Mẫu, 2021-03-05)"
    assert found["b3"] == f"{UBND} (#1)"


def test_a_post_says_its_body_only_where_it_adds_something():
    posts = [
        named(Post, "po1", "Chủ tịch UBND tỉnh", agency="x"),
        named(Post, "po2", "Giám đốc"),
        named(Person, "p1", "Lê Mẫu"),
        named(Person, "p2", "Lê Mẫu"),
        Membership(id="h1", person="p1", post="po1", agency="x"),
        Membership(id="h2", person="p2", post="po2", agency="y"),
    ]
    found = labels(graph(agency("x"), named(Agency, "y", "Sở Mẫu"), *posts))
    assert (found["p1"], found["p2"]) == ("Lê Mẫu (Chủ tịch UBND tỉnh)", "Lê Mẫu (Giám đốc, Sở Mẫu)")


def test_a_group_that_only_a_directive_names_is_told_by_its_article():
    groups = [named(Group, one, "các xã") for one in ("g1", "g2")]
    said = [directive(f"d{n}", f"a{n}", "Phải báo cáo.", addressees=(f"g{n}",)) for n in (1, 2)]
    found = labels(graph(*groups, *said))
    assert found["g1"] == "các xã (theo “Họp về rừng”, 2021-03-05)"


def test_no_two_labels_are_alike_in_any_order():
    for made in (fictional_graph(), hostile_graph()):
        found = labels(made)
        assert len(set(found.values())) == len(found)
        assert labels(Graph.of(reversed(made.entities))) == found


def test_names_that_look_like_labels_keep_labels_apart():
    odd = named(Agency, "odd", f"{UBND} (#1)")
    found = labels(graph(odd, agency("b1"), agency("b2")))
    assert len({found[one] for one in ("odd", "b1", "b2")}) == 3


def test_ids_do_not_show_and_long_labels_are_wrapped():
    bodies = [agency(f"agency/uy-ban~{n}@a{n}") for n in (1, 2)]
    said = [directive(f"d{n}", f"a{n}", "Phải báo cáo.", addressees=(f"agency/uy-ban~{n}@a{n}",)) for n in (1, 2)]
    made = graph(*bodies, *said)
    assert "uy-ban~" not in page(made)
    bars = [bar for bar in lay_out(page_rows(made)).bars if bar.column == 1]
    assert all(len(bar.lines) > 1 and max(map(len, bar.lines)) <= 35 for bar in bars)
    assert all(" ".join(bar.lines) == bar.name for bar in bars)
