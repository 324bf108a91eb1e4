"""One article in every format and encoding gives one reading, offsets apart."""

import pytest

from kg.read import read
from loaders import load
from tests.loaders.office_files import docx_of, pdf_of, wrapped
from tests.sources import make_samples as made
from tests.sources.encode import as_read_wrongly, encode

ARTICLES = (made.KENH, made.TRAM, made.RUONG)


def headed(article):
    """A record's title is no part of its text, where offsets count, so what only the title says is read where the text opens with it."""
    return {**article, "paragraphs": [article["title"], *article["paragraphs"]]}


def docx(article):
    def build(document):
        for line in made.page_text(article).strip().split("\n"):
            document.add_paragraph(line)

    return docx_of(build)


def pdf(article):
    def draw(canvas):
        top = 780
        for line in made.page_text(article).strip().split("\n"):
            if line:
                top = wrapped(canvas, line, 70, top, 450) - 6
        canvas.showPage()

    return pdf_of(draw)


FORMS = {
    "a.txt": lambda a: made.page_text(a).encode(),
    "a.html": lambda a: made.html(a).encode(),
    "a.rss": lambda a: made.rss(a).encode(),
    "a.atom": lambda a: made.atom(a).encode(),
    "a.jsonl": lambda a: made.json_line(headed(a)).encode(),
    "a.csv": lambda a: made.table(made.VI, [headed(a)], ",").encode(),
    "a.xlsx": lambda a: made.workbook(("A", made.rows(made.EN, headed(a)))),
    "a.parquet": lambda a: made.parquet_bytes([made.record(headed(a))]),
    "a.mhtml": made.mhtml,
    "a.warc": made.answer,
    "a.wacz": lambda a: made.wacz(made.answer(a)),
    "a.zip": lambda a: made.stored({"a.html": made.html(a).encode()}),
    "a.txt.zst": lambda a: made.zst_bytes(made.page_text(a).encode()),
    "a.docx": docx,
    "a.pdf": pdf,
    "utf-16.txt": lambda a: made.page_text(a).encode("utf-16"),
    "mojibake.html": lambda a: as_read_wrongly(made.html(a).encode()).encode(),
    "windows-1258.txt": lambda a: encode(made.page_text(a), "windows-1258"),
    "vni.html": lambda a: encode(made.html(a, charset="windows-1252"), "vni"),
    "viscii.txt": lambda a: encode(made.held(made.page_text(a), "viscii"), "viscii"),
    "tcvn3.txt": lambda a: encode(made.held(made.page_text(a), "tcvn3"), "tcvn3"),
}


def told(article):
    """What a reading says, without places in the text and without what only some formats know (the record's id, the letter's head)."""
    reading = read(article)
    return {
        "officials": sorted((o.name, tuple(o.posts)) for o in reading.officials),
        "agencies": sorted(a.name for a in reading.agencies),
        "documents": sorted(str(d.number) for d in reading.documents),
        "meetings": sorted((str(m.kind), str(m.date)) for m in reading.meetings),
        "directives": [
            (_plain(d.quote), d.issuers, d.addressees, d.verb, d.act, d.lead, d.coordinate, d.deadline, d.deadline_iso)
            for d in reading.directives
        ],
        "published": (reading.published or "")[:10],
    }


def _plain(text):
    return " ".join(text.replace("“", '"').replace("”", '"').split())


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])
@pytest.mark.parametrize("name", FORMS)
def test_the_same_reading(tmp_path, name, article):
    path = tmp_path / name
    path.write_bytes(FORMS[name](article))
    (found,) = load([str(path)])
    (expected,) = load([str(_page(tmp_path, article))])
    assert told(found) == told(expected)
    assert told(found)["directives"]


def _page(folder, article):
    path = folder / "page.txt"
    path.write_text(made.page_text(article), encoding="utf-8")
    return path
