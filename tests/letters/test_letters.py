"""Official letters: every field of the header and every directive of letters that we wrote (tests/letters/texts), and damaged ones."""

import re

import pytest

from kg.read import read
from kg.read.explain import explain
from kg.read.explain.text import as_text
from kg.read.letters import read_letter
from kg.text.fold import fold
from loaders import load
from tests.letters.build import FONT, FORMS, LETTERS, MAKERS, files, load_texts

TEXTS = load_texts()
FIELDS = ("form", "kind", "issuer", "parent", "number", "key", "place", "date", "subject", "urgency", "secrecy")
LISTS = ("addressed_to", "bases", "recipients")
LABEL = re.compile(r"^(?:\d+(?:\.\d+)*[.-]|[a-zđ]\)|[-+]|Điều \d+\.)\s+")


def article_of(name):
    (article,) = load([str(LETTERS / (name + FORMS[TEXTS[name]["format"]]))])
    return article


@pytest.fixture(scope="module")
def articles():
    return {name: article_of(name) for name in TEXTS}


@pytest.fixture(scope="module")
def readings(articles):
    return {name: read(article) for name, article in articles.items()}


def header_of(letter):
    found = {name: getattr(letter, name) for name in FIELDS if getattr(letter, name) is not None}
    found |= {name: list(getattr(letter, name)) for name in LISTS if getattr(letter, name)}
    found["signatories"] = [
        {"name": one.name, "post": one.post, "capacities": [f"{c.mark}. {c.of}" for c in one.capacities]}
        for one in letter.signatories
    ]
    return found


def expected_header(text):
    return {name: value for name, value in text["header"].items() if value not in (None, [])}


@pytest.mark.parametrize("name", TEXTS)
def test_header(articles, name):
    assert header_of(articles[name].letter) == expected_header(TEXTS[name])


def told(directive):
    found = {
        "addressees": list(directive.addressees),
        "verb": directive.verb,
        "coordinate": list(directive.coordinate),
        "deadline": directive.deadline,
        "issuers": list(directive.issuers),
        "relayed_by": directive.relayed_by,
    }
    return {key: value for key, value in found.items() if value}


def expected_directives(text):
    issued = {"issuers": [text["header"]["issuer"]], **text.get("issued", {})}
    for one in text.get("directives", ()):
        yield (
            one["opens"],
            {**issued, **{k: v for k, v in one.items() if k not in ("opens", "cites")}},
            one.get("cites", ()),
        )


@pytest.mark.parametrize("name", TEXTS)
def test_directives(readings, name):
    expected = list(expected_directives(TEXTS[name]))
    directives = readings[name].directives
    assert len(directives) == len(expected), [d.quote for d in directives]
    for directive, (opens, parts, cites) in zip(directives, expected, strict=True):
        assert fold(directive.quote).startswith(fold(LABEL.sub("", opens)))
        assert told(directive) == parts
        assert all(any(number in forms for forms in directive.cites) for number in cites)


@pytest.mark.parametrize("name", TEXTS)
def test_every_part_stands_where_it_says(articles, readings, name):
    article, reading = articles[name], readings[name]
    letter = article.letter
    assert reading.letter == letter
    for directive in reading.directives:
        assert article.text[directive.start : directive.end] == directive.quote
        assert letter.body[0] <= directive.start < directive.end <= letter.body[1]
    for mention in (
        m for part in (reading.officials, reading.agencies, reading.documents) for one in part for m in one.mentions
    ):
        assert article.text[mention.start : mention.end] == mention.quote
    for span in letter.spans:
        words = article.text[span.start : span.end]
        assert words == words.strip() != ""
        if span.field in ("number", "place"):
            assert words == getattr(letter, span.field)


@pytest.mark.parametrize("name", TEXTS)
def test_the_letter_is_a_document_and_who_signed_an_official(readings, name):
    reading, header = readings[name], TEXTS[name]["header"]
    own = reading.documents[0]
    assert (own.number, own.type, own.date, own.issuer) == tuple(
        header[k] for k in ("number", "kind", "date", "issuer")
    )
    signed = header["signatories"][0]
    assert any(one.name == signed["name"] and signed["post"] in one.posts for one in reading.officials)
    assert header["issuer"] in {one.name for one in reading.agencies}


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("form", MAKERS)
def test_any_form_gives_the_same_letter(tmp_path, articles, name, form):
    if form == "pdf" and not FONT.exists():
        pytest.skip("the font DejaVu Serif is absent")
    path = tmp_path / f"a{FORMS[form]}"
    path.write_bytes(MAKERS[form](TEXTS[name]))
    (article,) = load([str(path)])
    assert header_of(article.letter) == expected_header(TEXTS[name])
    quotes = [d.quote for d in read(article).directives] if form in ("flat", "pdf") else None
    assert quotes is None or quotes == [d.quote for d in read(articles[name]).directives]


def test_a_request_upward_is_a_petition(readings):
    reading = readings["to-trinh"]
    assert not reading.directives
    assert [(s.kind, s.speakers, s.verb) for s in reading.statements] == [("petition", ("Sở Công Thương",), "đề nghị")]


def test_a_letter_is_explained_by_its_layout(articles, readings):
    explained = explain(articles["quyet-dinh-ubnd"])
    found = [s.outcome.rule for s in explained.sentences if s.directive]
    assert found == [d.rule for d in readings["quyet-dinh-ubnd"].directives]
    assert {s.reason for s in explained.sentences} == {"layout", "no_layout"}
    assert "by the letter's layout" in as_text(explained)


HEAD = "ỦY BAN NHÂN DÂN\nTỈNH LẠC HÀ\nSố: 12/UBND-NC\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLạc Hà, ngày 05 tháng 3 năm 2023\n"
BODY = "Kính gửi: Sở Y tế\nYêu cầu Sở Y tế báo cáo trước ngày 10/4/2023.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTỈNH LẠC HÀ Độc lập - Tự do - Hạnh phúc\n"
            "Số: 12/UBND-NC Lạc Hà, ngày 05 tháng 3 năm 2023\n" + BODY,
            ("Ủy ban nhân dân tỉnh Lạc Hà", "12/UBND-NC", "Lạc Hà", "2023-03-05"),
        ),
        (
            HEAD.replace("Số: 12/UBND-NC", "Số :12 / UBND - NC") + BODY,
            ("Ủy ban nhân dân tỉnh Lạc Hà", "12/UBND-NC", "Lạc Hà", "2023-03-05"),
        ),
        (HEAD.replace("12/", "     /") + BODY, ("Ủy ban nhân dân tỉnh Lạc Hà", None, "Lạc Hà", "2023-03-05")),
        (
            HEAD.replace("ngày 05 tháng 3", "ngày      tháng     ") + BODY,
            ("Ủy ban nhân dân tỉnh Lạc Hà", "12/UBND-NC", "Lạc Hà", "2023"),
        ),
        (HEAD.replace("Số: 12/UBND-NC\n", "") + BODY, ("Ủy ban nhân dân tỉnh Lạc Hà", None, "Lạc Hà", "2023-03-05")),
        (
            HEAD.replace("Lạc Hà, ngày 05 tháng 3 năm 2023\n", "") + BODY,
            ("Ủy ban nhân dân tỉnh Lạc Hà", "12/UBND-NC", None, None),
        ),
        (
            HEAD.replace("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "") + BODY + "Nơi nhận:\n- Như trên;",
            ("Ủy ban nhân dân tỉnh Lạc Hà", "12/UBND-NC", "Lạc Hà", "2023-03-05"),
        ),
        (HEAD, ("Ủy ban nhân dân tỉnh Lạc Hà", "12/UBND-NC", "Lạc Hà", "2023-03-05")),
    ],
)
def test_damaged_headers(tmp_path, text, expected):
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    (article,) = load([str(path)])
    letter = article.letter
    assert (letter.issuer, letter.number, letter.place, letter.date) == expected
    directives = read(article).directives
    assert [d.addressees for d in directives] == ([("Sở Y tế",)] if BODY in text else [])


@pytest.mark.parametrize(
    "text",
    [
        "Sáng 5/3, UBND tỉnh Lạc Hà họp. Theo Công văn số 12/UBND-NC, Lạc Hà, ngày 05 tháng 3 năm 2023, các sở báo cáo.",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nBài viết về tên nước qua các thời kỳ.",
        "ĐẢNG CỘNG SẢN VIỆT NAM\nLịch sử 90 năm.",
        "",
    ],
)
def test_no_letters(text):
    assert read_letter(text) is None


def test_the_files_of_the_examples_are_what_their_script_makes():
    texts = TEXTS if FONT.exists() else {name: one for name, one in TEXTS.items() if one["format"] != "pdf"}
    made = files(texts)
    assert {name: (LETTERS / name).read_bytes() for name in made} == made
    assert {path.name for path in LETTERS.iterdir() if path.suffix in FORMS.values()} == set(
        files(TEXTS) if FONT.exists() else made
    ) | {name + FORMS[one["format"]] for name, one in TEXTS.items()}
