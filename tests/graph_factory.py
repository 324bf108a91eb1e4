"""A small graph of fictional people and bodies that has every class, and one whose names are hostile. For the tests of stores and exports."""

from kg.graph.records import Graph
from kg.model.base import Entity
from kg.model.entities import (
    Agency,
    ArticleNode,
    Directive,
    Document,
    Group,
    Instruction,
    Meeting,
    Membership,
    Mention,
    Person,
    Place,
    Post,
    Redirect,
    Statement,
    Topic,
)
from kg.text.fold import strip_marks

HOSTILE = (
    "dấu \"nháy\" và 'nháy'",
    "}) DETACH DELETE n //",
    "=cmd|'/c calc'!A1",
    "<script>alert(1)</script>",
    "hai\ndòng\r\n\tlùi",
    "\u202eđảo chiều\u202c\u200f",
    "ký tự \x00\x01\x0b\x1b\ufffe điều khiển",
    "back\\slash ${x} $who {{ 7*7 }} `tick`",
    "IRI <có khoảng trắng> #mảnh ?hỏi %20",
    "]]> --> & &amp; 😀",
    "@SUM(1+1)*cmd",
    "' OR 1=1 --",
)


def named(cls: type[Entity], entity_id: str, name: str, **fields: object) -> Entity:
    """Make an entity that has a name and its folded form."""
    return cls(id=entity_id, name=name, folded=strip_marks(name), **fields)  # type: ignore[call-arg]  # each class has fields of its own


def directive(entity_id: str, article: str, quote: str, **fields: object) -> Directive:
    """Make a directive with what the tests don't care about filled in."""
    base: dict[str, object] = {
        "verb": "yêu cầu",
        "act": "instruct",
        "strength": 4,
        "content": quote,
        "issuer_resolution": "named",
        "addressee_resolution": "explicit",
        "start": 10,
        "rule": "test",
        "confidence": 0.9,
    }
    merged = base | fields
    merged["end"] = int(str(merged["start"])) + len(quote)
    return Directive(id=entity_id, article=article, quote=quote, **merged)  # type: ignore[arg-type]  # a test may leave out or change any field


def _bodies() -> list[Entity]:
    return [
        named(
            Place,
            "place-lamgiang",
            "tỉnh Lâm Giang",
            kind="tỉnh",
            code="L1",
            valid_from="1997-01",
            valid_to="2025-06-30",
            successor="place-tay",
        ),
        named(Place, "place-tay", "tỉnh Tây Giang", kind="tỉnh", valid_from="2025-07-01"),
        Redirect(id="agency-old", target="agency-tinhuy"),
        named(Agency, "agency-tinhuy", "Tỉnh ủy Lâm Giang", kind="party", place="place-lamgiang"),
        named(
            Agency,
            "agency-soyte",
            "Sở Y tế tỉnh Lâm Giang",
            aliases=("SYT", "Sở Y tế"),
            place="place-lamgiang",
            parent="agency-ubnd",
            register_id="so-y-te",
        ),
        named(Agency, "agency-ubnd", "Ủy ban nhân dân tỉnh Lâm Giang", place="place-lamgiang"),
        named(Agency, "agency-sotc", "Sở Tài chính", place="place-tay", successors=("agency-soyte",)),
        named(Agency, "agency-bct", "Bộ Chính sách"),
        named(Group, "group-so-nganh", "các sở, ban, ngành"),
        named(Topic, "topic-y-te", "Y tế", name_en="Health"),
        named(Topic, "topic-xay-dung-dang", "Xây dựng Đảng"),
        named(
            Document,
            "doc-99",
            "Chỉ thị 99-CT/TW",
            number="99-CT/TW",
            key="99-CT/TW",
            kind="Chỉ thị",
            date="2016-05-15",
            issuer="agency-bct",
            term="XII",
            title="Về việc mẫu",
        ),
        named(Document, "doc-nq", "Nghị quyết Hội nghị mẫu lần thứ 7", aliases=("Nghị quyết mẫu 7",)),
    ]


def _people() -> list[Entity]:
    return [
        named(Person, "person-ha", "Trần Thị Hà Vân"),
        named(Person, "person-hung", "Lê Văn Hùng", aliases=("Hùng Lê",)),
        named(Person, "person-hung2", "Lê Văn Hưng"),
        named(Post, "post-btt", "Bí thư Tỉnh ủy", role="secretary", rank=2, agency="agency-tinhuy"),
        named(Post, "post-gd", "Giám đốc Sở Y tế", role="director", agency="agency-soyte"),
        Membership(
            id="mem-1",
            person="person-hung",
            post="post-btt",
            agency="agency-tinhuy",
            observed_from="2017-07-24",
            observed_to="2019",
        ),
        Membership(
            id="mem-2",
            person="person-ha",
            post="post-gd",
            agency="agency-soyte",
            status="former",
            observed_from="2018-01",
        ),
        Membership(id="mem-3", person="person-ha", post="post-btt", agency="agency-tinhuy", observed_from="2019-02-01"),
        Membership(id="mem-4", person="person-hung2", post="post-gd", status="acting"),
    ]


def _sources() -> list[Entity]:
    return [
        ArticleNode(
            id="a1",
            title="Bí thư làm việc với Sở Y tế",
            published="2017-07-24T11:17+07:00",
            outlet="Báo mẫu",
            url="https://bao.example/1",
            record_id="bao-1",
        ),
        ArticleNode(id="a2", published="2018"),
        named(
            Meeting,
            "meeting-1",
            "buổi làm việc",
            kind="buổi làm việc",
            date="2017-07-24",
            chairs=("person-hung", "agency-tinhuy"),
            participants=("person-ha", "post-gd", "group-so-nganh"),
            host="agency-soyte",
        ),
        named(Meeting, "meeting-2", "hội nghị trực tuyến", chairs=("post-btt",)),
        Mention(
            id="m-1", body="mem-1", article="a1", start=0, end=11, quote="Lê Văn Hùng", rule="test", confidence=1.0
        ),
        Mention(
            id="m-2",
            body="person-ha",
            article="a2",
            start=5,
            end=20,
            quote="Trần Thị Hà Vân",
            rule="test",
            confidence=0.75,
        ),
        Mention(
            id="m-5",
            body="person-ha",
            article="a1",
            start=70,
            end=82,
            quote="bà Hà Vân",
            rule="test",
            confidence=0.5,
        ),
        Mention(
            id="m-3",
            body="meeting-1",
            article="a1",
            start=30,
            end=43,
            quote="buổi làm việc",
            rule="test",
            confidence=1.0,
        ),
        Mention(
            id="m-4",
            body="doc-99",
            article="a1",
            start=50,
            end=66,
            quote="Chỉ thị 99-CT/TW",
            rule="test",
            confidence=1.0,
        ),
    ]


def _said() -> list[Entity]:
    return [
        directive(
            "d-1",
            "a1",
            "Yêu cầu Sở Y tế thực hiện Chỉ thị 99-CT/TW trước ngày 30/9.",
            issuers=("person-hung",),
            capacity=("mem-1",),
            addressees=("agency-soyte", "group-so-nganh"),
            lead=("agency-soyte",),
            coordinate=("agency-sotc",),
            topic="topic-y-te",
            cites=("doc-99", "doc-nq"),
            deadline="trước ngày 30/9",
            deadline_iso="before:2017-09-30",
            meeting="meeting-1",
            date="2017-07-24",
        ),
        directive(
            "d-2",
            "a1",
            "Sở cần báo cáo hằng quý.",
            issuers=("person-hung",),
            addressees=("agency-soyte",),
            topic="topic-y-te",
            meeting="meeting-1",
            date="2017-07",
            start=90,
            strength=2,
            verb="cần",
        ),
        directive(
            "d-3",
            "a2",
            "Ủy ban nhân dân tỉnh giao Sở Tài chính bố trí vốn.",
            issuers=("agency-ubnd", "agency-tinhuy"),
            addressees=("agency-sotc", "person-ha"),
            verb="giao",
            act="assign",
            relayed_by="agency-tinhuy",
            on_behalf_of="agency-tinhuy",
            cites=("doc-99",),
            date="2018",
        ),
        directive(
            "d-4",
            "a2",
            "Phải xử lý nghiêm.",
            topic="topic-xay-dung-dang",
            cites=("doc-nq",),
            verb="phải",
            strength=5,
            start=200,
            issuer_resolution="unresolved",
            addressee_resolution="unresolved",
        ),
        directive(
            "d-5",
            "a2",
            "Đề nghị Giám đốc Sở Y tế rà soát.",
            issuers=("post-btt",),
            addressees=("post-gd",),
            verb="đề nghị",
            act="request",
            strength=3,
            start=300,
            topic="topic-xay-dung-dang",
            deadline="trong quý I",
            deadline_iso="within:2018-03-31",
            date="2018-02-03",
        ),
        Statement(
            id="s-1",
            kind="praise",
            speakers=("person-hung",),
            targets=("agency-soyte",),
            verb="biểu dương",
            article="a1",
            start=400,
            end=420,
            quote="Biểu dương Sở Y tế.",
            rule="test",
            confidence=0.8,
            date="2017-07-24",
        ),
        Statement(
            id="s-2",
            kind="petition",
            speakers=("agency-soyte", "group-so-nganh"),
            targets=("agency-ubnd",),
            verb="kiến nghị",
            article="a2",
            start=430,
            end=450,
            quote="Sở kiến nghị Ủy ban.",
            rule="test",
            confidence=0.8,
        ),
        Instruction(
            id="i-1", issuer="person-hung", addressee="agency-soyte", count=2, first="2017-07", last="2017-07-24"
        ),
        Instruction(id="i-2", issuer="agency-ubnd", addressee="agency-sotc", count=1, first="2018", last="2018"),
        Instruction(id="i-3", issuer="post-btt", addressee="post-gd", count=1),
        Instruction(
            id="i-4", issuer="person-hung", addressee="group-so-nganh", count=1, first="2017-07-24", last="2017-07-24"
        ),
    ]


def fictional_graph() -> Graph:
    """Return the small graph."""
    return Graph.of([*_bodies(), *_people(), *_sources(), *_said()])


def hostile_graph() -> Graph:
    """Return a graph in which every kind of text is hostile: one person, body, document, article and directive for each of `HOSTILE`."""
    entities: list[Entity] = []
    for number, text in enumerate(HOSTILE):
        entities += [
            named(Person, f"p {number} {text}", text, aliases=(text, "b;c")),
            named(Agency, f"ag-{number}", text),
            named(Document, f"doc-{number}", text, number=text),
            named(Topic, f"topic-{number}", text),
            named(Meeting, f"meeting-{number}", text),
            ArticleNode(id=f"a-{number}", title=text, record_id=text, url=f"javascript:alert({number})"),
            directive(
                f"d-{number}",
                f"a-{number}",
                text,
                issuers=(f"p {number} {text}",),
                addressees=(f"ag-{number}",),
                cites=(f"doc-{number}",),
                topic=f"topic-{number}",
                meeting=f"meeting-{number}",
                deadline=text,
                verb=text,
                date="2020-01-02",
            ),
        ]
    return Graph.of(entities)
