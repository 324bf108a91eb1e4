"""A graph of fictional people and bodies in which every named question has rows and every column is filled somewhere."""

from kg.graph.records import Graph
from kg.model.base import Entity
from kg.model.entities import (
    Agency,
    ArticleNode,
    Directive,
    Document,
    Instruction,
    Meeting,
    Membership,
    Mention,
    Person,
    Place,
    Post,
    Statement,
    Topic,
)
from tests.graph_factory import directive, named

TINH_UY, UBND, SO_Y_TE, TRUNG_TAM, TRAM, SO_TAI_CHINH = (
    f"body-{part}" for part in ("tinh-uy", "ubnd", "so-y-te", "trung-tam", "tram", "so-tai-chinh")
)


def _bodies() -> list[Entity]:
    return [
        named(Place, "place-van", "tỉnh Vân Giang", kind="tỉnh"),
        named(Place, "place-tay", "tỉnh Tây Giang", kind="tỉnh"),
        named(Agency, "body-bct", "Bộ Chính sách"),
        named(Agency, TINH_UY, "Tỉnh ủy Vân Giang", place="place-van"),
        named(Agency, UBND, "Ủy ban nhân dân tỉnh Vân Giang", place="place-van"),
        named(Agency, SO_Y_TE, "Sở Y tế tỉnh Vân Giang", aliases=("SYT",), place="place-van", parent=UBND),
        named(Agency, TRUNG_TAM, "Trung tâm Y tế huyện Mẫu", parent=SO_Y_TE, successors=("body-trung-tam-2",)),
        named(Agency, "body-trung-tam-2", "Trung tâm Y tế khu vực Mẫu"),
        named(Agency, TRAM, "Trạm Y tế xã Mẫu"),
        named(Agency, SO_TAI_CHINH, "Sở Tài chính tỉnh Tây Giang", place="place-tay"),
        named(Topic, "topic-y-te", "Y tế", name_en="Health"),
        named(
            Document,
            "doc-5",
            "Chỉ thị 05-CT/TW",
            number="05-CT/TW",
            key="05-CT/TW@XII",
            kind="Chỉ thị",
            date="2016-05-15",
            issuer="body-bct",
        ),
        named(Document, "doc-1", "Kết luận 01-KL/TW", number="01-KL/TW", date="2021-05-18", continues=("doc-5",)),
    ]


def _people() -> list[Entity]:
    held = [
        ("mem-an", "an", "post-bt", TINH_UY, "current", "2015", "2017-08-01"),
        ("mem-binh", "binh", "post-bt", TINH_UY, "current", "2018-01-05", "2020"),
        ("mem-chi", "chi", "post-gd", SO_Y_TE, "current", "2016-01", "2019"),
        ("mem-chi-2", "chi", "post-tv", TINH_UY, "acting", "2017", "2019-02"),
        ("mem-dung", "dung", "post-gd", SO_Y_TE, "acting", "2017-03", "2017-05"),
    ]
    names = {"an": "Lê Mẫu An", "binh": "Trần Mẫu Bình", "chi": "Phạm Mẫu Chi", "dung": "Vũ Mẫu Dũng"}
    return [
        *(named(Person, f"person-{key}", name) for key, name in names.items()),
        named(Post, "post-bt", "Bí thư Tỉnh ủy", role="bt-tinh-uy", rank=300, agency=TINH_UY),
        named(Post, "post-gd", "Giám đốc Sở Y tế", agency=SO_Y_TE),
        named(Post, "post-tv", "Tỉnh ủy viên"),
        *(
            Membership(
                id=ident,
                person=f"person-{person}",
                post=post,
                agency=agency,
                status=status,  # type: ignore[arg-type]  # one of the three that are allowed
                observed_from=first,
                observed_to=last,
            )
            for ident, person, post, agency, status, first, last in held
        ),
    ]


def _sources() -> list[Entity]:
    return [
        ArticleNode(
            id="b1",
            title="Tỉnh ủy Vân Giang quán triệt",
            published="2016-06-02",
            outlet="Báo mẫu",
            url="https://bao.example/b1",
            place="place-van",
        ),
        ArticleNode(id="b2", title="Họp về tiêm chủng", published="2017-07-13T08:00+07:00", outlet="Báo khác"),
        ArticleNode(id="b3", title="Tây Giang", published="2018", outlet="Báo khác", place="place-tay"),
        named(
            Meeting,
            "meet-1",
            "hội nghị quán triệt",
            kind="hội nghị",
            date="2016-06-01",
            chairs=("person-an",),
            participants=("person-chi", SO_Y_TE),
            host=TINH_UY,
        ),
        named(
            Meeting, "meet-2", "cuộc họp", date="2017-07-12", chairs=("person-an", UBND), participants=("person-chi",)
        ),
        Mention(id="men-1", body="mem-chi", article="b1", start=0, end=3, quote="Chi", rule="test", confidence=1.0),
        Mention(id="men-2", body="doc-5", article="b1", start=9, end=17, quote="05-CT/TW", rule="test", confidence=1.0),
    ]


def _orders() -> list[Directive]:
    an, chi = (
        {"issuers": ("person-an",), "capacity": ("mem-an",)},
        {"issuers": ("person-chi",), "capacity": ("mem-chi",)},
    )
    return [
        directive("o-1", "b1", "Yêu cầu Sở Y tế thực hiện Chỉ thị 05.", **an, addressees=(SO_Y_TE,), topic="topic-y-te",
                  cites=("doc-5", "doc-1"), meeting="meet-1", date="2016-06-01", deadline="trước 7/6", deadline_iso="before:2016-06-07",
                  on_behalf_of=TINH_UY, same_as="same-1"),
        directive("o-2", "b2", "Sở yêu cầu Trung tâm thực hiện Chỉ thị 05.", **chi, addressees=(TRUNG_TAM,), topic="topic-y-te",
                  cites=("doc-5",), date="2016-07-01", relayed_by="person-dung"),
        directive("o-3", "b2", "Trung tâm giao Trạm trực.", issuers=(TRUNG_TAM,), addressees=(TRAM,), start=60, date="2016-08-01"),
        directive("o-4", "b2", "Giao Sở Y tế chủ trì tiêm chủng.", **an, addressees=(SO_Y_TE,), lead=(SO_Y_TE,), coordinate=(SO_TAI_CHINH,),
                  topic="topic-y-te", meeting="meet-2", date="2017-07-12", start=100, deadline="trong quý III", deadline_iso="within:2017-Q3"),
        directive("o-5", "b2", "Giao Sở Tài chính chủ trì tiêm chủng.", **an, addressees=(SO_TAI_CHINH,), lead=(SO_TAI_CHINH,),
                  coordinate=(SO_Y_TE,), topic="topic-y-te", meeting="meet-2", date="2017-07-12", start=150, deadline="trước 5/7",
                  deadline_iso="before:2017-07-05"),
        directive("o-6", "b3", "Ủy ban yêu cầu Sở Tài chính cấp vốn.", issuers=(UBND,), addressees=(SO_TAI_CHINH,), date="2018",
                  deadline="trong năm", deadline_iso="within:2018"),
        directive("o-7", "b3", "Phải làm ngay.", issuers=("person-binh",), date="2018-01-20", strength=5, start=80, cites=("doc-1",)),
        directive("o-8", "b2", "Yêu cầu Sở Y tế thực hiện Chỉ thị 05!", **an, addressees=(SO_Y_TE,), topic="topic-y-te", cites=("doc-5",),
                  meeting="meet-2", date="2017-07-10", start=200, same_as="same-1"),
        directive("o-9", "b2", "Sở Y tế giao Trung tâm báo cáo.", issuers=(SO_Y_TE,), addressees=(TRUNG_TAM,), date="2017-07-12", start=260),
        directive("o-11", "b2", "Yêu cầu Sở Y tế báo cáo.", **an, addressees=(SO_Y_TE,), date="2017-07-12", start=230, deadline="trước 30/9",
                  deadline_iso="before:2017-09-30"),
        directive("o-10", "b1", "Trạm yêu cầu Trung tâm trả lời.", issuers=(TRAM,), addressees=(TRUNG_TAM,), date="2016-09-01", start=300),
    ]  # fmt: skip


def _rest() -> list[Entity]:
    pairs = [("person-an", SO_Y_TE, 3), (SO_Y_TE, TRUNG_TAM, 1), (TRUNG_TAM, TRAM, 1), (TRAM, TRUNG_TAM, 1)]
    statements = [
        ("st-1", "praise", ("person-an",), (SO_Y_TE,), "2016-06-01"),
        ("st-2", "criticism", ("person-an",), (SO_TAI_CHINH,), "2017-07-12"),
        ("st-3", "petition", (TRUNG_TAM,), (SO_Y_TE,), "2017"),
    ]
    return [
        *(
            Instruction(id=f"in-{number}", issuer=one, addressee=other, count=count, first="2016", last="2017")
            for number, (one, other, count) in enumerate(pairs)
        ),
        *(
            Statement(
                id=ident,
                kind=kind,  # type: ignore[arg-type]  # one of the three that are allowed
                speakers=speakers,
                targets=targets,
                verb="nói",
                article="b2",
                start=500 + number,
                end=503 + number,
                quote="nói",
                rule="test",
                confidence=0.8,
                date=date,
            )
            for number, (ident, kind, speakers, targets, date) in enumerate(statements)
        ),
    ]


def question_graph() -> Graph:
    """Return the graph."""
    return Graph.of([*_bodies(), *_people(), *_sources(), *_orders(), *_rest()])
