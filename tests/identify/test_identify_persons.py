"""Which officials are one person: safe keys only, whatever the order."""

from hypothesis import given
from hypothesis import strategies as st

from kg.identify import resolve
from kg.identify.career import Seen
from kg.identify.explain import merges
from kg.identify.persons import Official, Ref, link
from kg.identify.posts import body_of_post, post_at, rank_of, split_post
from kg.model.entities import Agency, Membership, Person, Post
from tests.reading_factory import agencies, article, minister, official, reading


def one(name, post, body, text=None, **fields):
    text = text or f"{post} {name} phát biểu tại {body}."
    made = article(text, **{"published": "2019-01-02", **fields})
    return made, reading(made, officials=(official(text, name, (post, body)),), agencies=agencies(text, body))


def persons(*pairs):
    return [e for e in resolve(pairs).entities if isinstance(e, Person)]


def test_a_minister_in_two_articles_is_one():
    pairs = [minister("Trần Văn Mẫu", "Bộ Y tế", 1), minister("Trần Văn Mẫu", "Bộ Y tế", 2, "2020-01-01")]
    graph = resolve(pairs)
    found = [e for e in graph.entities if isinstance(e, Person)]
    assert [p.name for p in found] == ["Trần Văn Mẫu"]
    held = [e for e in graph.entities if isinstance(e, Membership)]
    assert [(m.observed_from, m.observed_to) for m in held] == [("2019-05-06", "2020-01-01")]


def test_namesakes_in_two_provinces_stay_two():
    found = persons(
        one("Trần Văn Mẫu", "Bí thư Tỉnh ủy", "Tỉnh ủy Bình Thuận"),
        one("Trần Văn Mẫu", "Bí thư Tỉnh ủy", "Tỉnh ủy Lào Cai"),
    )
    assert len(found) == 2


def test_a_bare_committee_joins_nobody():
    pairs = [
        one("Trần Văn Mẫu", "Bí thư Tỉnh ủy", "Tỉnh ủy", f"Bài {i}: Bí thư Tỉnh ủy Trần Văn Mẫu.") for i in range(3)
    ]
    graph = resolve(pairs)
    for cls in (Person, Agency, Post, Membership):
        assert sum(isinstance(e, cls) for e in graph.entities) == 3


def test_the_articles_place_joins_them():
    pairs = [
        one("Trần Văn Mẫu", "Bí thư Tỉnh ủy", "Tỉnh ủy", f"Bài {i}: Bí thư Tỉnh ủy Trần Văn Mẫu.", place="Bình Thuận")
        for i in range(3)
    ]
    graph = resolve(pairs)
    for cls in (Person, Agency, Post, Membership):
        assert sum(isinstance(e, cls) for e in graph.entities) == 1


def test_tones_matter_case_and_their_place_do_not():
    names = ("Trần Văn Hòa", "TRẦN VĂN HOÀ", "Trần Văn Hóa", "Trần Văn Hoa")
    found = persons(*(one(name, "Bộ trưởng Bộ Y tế", "Bộ Y tế") for name in names))
    assert sorted(p.name for p in found) == ["TRẦN VĂN HOÀ", "Trần Văn Hoa", "Trần Văn Hóa"]
    assert {p.aliases for p in found} == {("Trần Văn Hòa",), ()}


def test_members_of_large_bodies_and_given_names_are_no_key():
    pairs = [
        one(name, post, body, f"Bài {i}: {post} {name} tại {body}.")
        for name, post, body in (
            ("Trần Văn Mẫu", "Ủy viên Trung ương Đảng", "Trung ương Đảng"),
            ("Mẫu", "Bộ trưởng Bộ Y tế", "Bộ Y tế"),
            ("Lê Thị Thử", "Trưởng phòng", "Bộ Y tế"),
        )
        for i in range(2)
    ]
    assert len(persons(*pairs)) == 6


def test_before_and_after_a_reorganisation_are_two_bodies():
    pairs = [
        minister("Trần Văn Mẫu", "Bộ Tài chính", 1, "2025-02-01"),
        minister("Trần Văn Mẫu", "Bộ Tài chính", 2, "2025-04-01"),
    ]
    graph = resolve(pairs)
    found = {e.id: e for e in graph.entities if isinstance(e, Agency) and e.register_id}
    assert sorted(found) == ["agency/bo-tai-chinh", "agency/bo-tai-chinh-2025"]
    assert found["agency/bo-tai-chinh"].successors == ("agency/bo-tai-chinh-2025",)


def test_a_chain_of_posts_joins_through_one_person():
    linked = link(
        [
            Official("a1", 0, "trần văn mẫu", ("p1",)),
            Official("a2", 0, "trần văn mẫu", ("p1", "p2")),
            Official("a3", 0, "trần văn mẫu", ("p2",)),
            Official("a4", 0, "lê thị thử", ("p2",)),
        ]
    )
    assert len(set(linked.values())) == 2
    assert linked[Ref("a1", 0)].keys == ("p1", "p2")


def test_two_of_one_article_are_never_one():
    linked = link(
        [
            Official("a1", 0, "trần văn mẫu", ("p1",)),
            Official("a1", 1, "trần văn mẫu", ("p2",)),
            Official("a2", 0, "trần văn mẫu", ("p1", "p2")),
        ]
    )
    assert len({person.id for person in linked.values()}) == 3


HELD = {
    "p1": Seen("chủ tịch", "agency/ubnd-tinh@ha-noi", "ha-noi", 313, "peoples_committee"),
    "p2": Seen("phó chủ tịch", "agency/ubnd-tinh@ha-noi", "ha-noi", 331, "peoples_committee"),
    "p3": Seen("bí thư", "agency/tinh-uy@lao-cai", "lao-cai", 300, "party_committee"),
}


@st.composite
def any_official(draw):
    posts = tuple(sorted(draw(st.sets(st.sampled_from(sorted(HELD)), max_size=2))))
    return Official(
        draw(st.sampled_from([f"a{i}" for i in range(9)])),
        draw(st.integers(0, 2)),
        draw(st.sampled_from(["trần văn mẫu", "lê thị thử", "mẫu"])),
        posts,
        tuple(HELD[post] for post in posts),
        tuple(draw(st.booleans()) for _ in posts),
        draw(st.sampled_from([None, "2015-01-02", "2017-03-04", "2017-03-05", "2019", "2021-05-06"])),
        draw(st.sampled_from([None, "ha-noi", "lao-cai"])),
        draw(st.sampled_from([None, None, "t1"])),
    )


@given(
    st.lists(
        any_official(),
        max_size=20,
        unique_by=lambda o: (o.article, o.number),
    ),
    st.randoms(),
)
def test_linking_knows_no_order_and_no_wrong_merge(officials, shuffler):
    linked = link(officials)
    shuffled = list(officials)
    shuffler.shuffle(shuffled)
    assert link(shuffled) == linked
    assert set(linked) == {Ref(o.article, o.number) for o in officials}
    for person in set(linked.values()):
        members = [o for o in officials if Ref(o.article, o.number) in person.refs]
        assert {o.name for o in members} == {person.name}
        assert len({o.article for o in members}) == len(members)
        assert len(members) == 1 or all((o.posts or o.twin) and o.name != "mẫu" for o in members)


def test_posts_written_in_many_ways_are_one():
    body = None
    heads = {split_post(p).head for p in ("Phó Chủ tịch UBND tỉnh", "nguyên Phó Chủ tịch Ủy ban nhân dân tỉnh")}
    assert heads == {("phó", "chủ", "tịch")}
    assert post_at("Chủ tịch nước", body, None, "a1").id == post_at("Chủ tịch nước", body, None, "a2").id
    assert post_at("Giám đốc", body, None, "a1").id != post_at("Giám đốc", body, None, "a2").id
    assert body_of_post("Thủ tướng Chính phủ") == body_of_post("Phó Thủ tướng") == "Chính phủ"
    assert rank_of("nguyên Bí thư Tỉnh ủy", None) == 300


def test_an_official_abroad_does_not_sit_in_hanoi():
    text = "Thủ tướng Nhật Bản Tanaka Mẫu tiếp Thủ tướng Trần Văn Mẫu."
    made = article(text, published="2019-01-01")
    officials = (
        official(text, "Tanaka Mẫu", ("Thủ tướng", None)),
        official(text, "Trần Văn Mẫu", ("tiếp Thủ tướng", None)),
    )
    graph = resolve([(made, reading(made, officials=officials))])
    assert not [e for e in graph.entities if isinstance(e, Agency)]


def test_every_merge_is_explained():
    pairs = [minister("Trần Văn Mẫu", "Bộ Y tế", i) for i in range(2)] + [minister("Lê Thị Thử", "Bộ Tư pháp", 3)]
    found = merges(pairs)
    assert [(m.name, m.reason) for m in found] == [("Bộ Y tế", "register"), ("trần văn mẫu", "same name, same post")]
    assert found[1].keys[0].endswith("@bo-y-te")
    assert found[1].articles == tuple(sorted(a.id for a, _ in pairs[:2]))
