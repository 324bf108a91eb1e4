"""Writes tests/data/sources again: four samples (the fourth damaged) of each format and encoding, and what must come out of them.

`python -m tests.sources.make_samples [FOLDER]`. The expected articles are made of `articles.jsonl`, never of what a loader gave.
"""

import email.policy
import gzip
import io
import json
import sys
import tarfile
import unicodedata
import zipfile
from email.message import EmailMessage
from html import escape
from pathlib import Path

from tests.sources.encode import as_read_wrongly, encode

DATA = Path(__file__).parents[1] / "data" / "sources"
ARTICLES = [json.loads(line) for line in (DATA / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
KENH, TRAM, RUONG, CAU = ARTICLES
SITE = "https://bao.phulam.example/"


def day(article):
    year, month, date = article["published"].split("-")
    return f"{int(date)}.{int(month)}.{year}"


def page_text(article):
    return "\n".join([article["title"], "", day(article), *article["paragraphs"], article["author"]]) + "\n"


def body(article):
    return "\n".join([*article["paragraphs"], article["author"]])


def html(article, *, charset="utf-8", marked=True):
    head = f'<meta charset="{charset}">' if marked else ""
    paragraphs = "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in article["paragraphs"])
    return (
        f'<!DOCTYPE html>\n<html lang="vi"><head>{head}<title>{article["title"]} | {article["outlet"]}</title>'
        f'<meta property="article:published_time" content="{article["published"]}">'
        f'<meta property="og:site_name" content="{article["outlet"]}"></head>\n<body><div class="menu"><a href="/">Trang chủ</a>'
        f'<a href="/tin">Tin tức</a></div>\n<article><h1>{article["title"]}</h1>\n{paragraphs}\n<p class="author">{article["author"]}</p>'
        f'</article>\n<div class="related"><ul><li><a href="/1.html">Tin khác của bài mẫu</a></li></ul></div></body></html>\n'
    )


def expected_page(article, **more):
    return {
        "title": article["title"],
        "text": page_text(article),
        "published": article["published"],
        "author": article["author"],
        **more,
    }


def expected_html(article, **more):
    text = article["title"] + "\n\n" + body(article)
    found = {"title": article["title"], "text": text, "published": article["published"], "author": article["author"]}
    return {**found, "outlet": article["outlet"], **more}


def expected_record(article, **more):
    found = {name: article[name] for name in ("title", "published", "author", "outlet")}
    return {**found, "record_id": article["id"], "text": "\n".join(article["paragraphs"]), **more}


def failure(words, **more):
    return {"error": words, **more}


def record(article):
    return {
        **{name: article[name] for name in ("id", "title", "published", "author", "outlet")},
        "text": "\n".join(article["paragraphs"]),
    }


def json_line(article):
    return json.dumps(record(article), ensure_ascii=False) + "\n"


# --- encodings ---


def held(text, encoding):
    if encoding == "viscii":
        return text.translate(str.maketrans("“”–", '""-'))
    if encoding == "tcvn3":
        return "".join(c if c in "ĂÂĐÊÔƠƯ" else c.lower() if not c.isascii() else c for c in text)
    return text


def held_article(article, encoding):
    plain = {name: held(article[name], encoding) for name in ("title", "author", "outlet")}
    return {**article, **plain, "paragraphs": [held(text, encoding) for text in article["paragraphs"]]}


def legacy(encoding, broken, words):
    """Text pages and a page that declares another encoding; the damaged one holds a byte that the encoding has not."""
    kenh, tram, ruong = (held_article(article, encoding) for article in (KENH, TRAM, RUONG))
    label = "utf-8" if encoding == "windows-1258" else "windows-1252"
    page = encode(html(ruong, charset=label), encoding)
    bad = encode(page_text(held_article(CAU, encoding)), encoding).replace(b"ch", b"c" + broken + b"h", 1)
    said = "cp1252" if label == "windows-1252" else label
    return {
        "kenh.txt": (encode(page_text(kenh), encoding), [expected_page(kenh, encoding=encoding)]),
        "tram.txt": (encode(page_text(tram).replace("\n", "\r\n"), encoding), [expected_page(tram, encoding=encoding)]),
        "ruong.html": (page, [expected_html(ruong, encoding=encoding, declared=said)]),
        "damaged.txt": (bad, [failure(words)]),
    }


def utf16():
    odd = page_text(CAU).encode("utf-16-le") + b"\x1e"
    return {
        "kenh.txt": (b"\xff\xfe" + page_text(KENH).encode("utf-16-le"), [expected_page(KENH, encoding="utf-16")]),
        "tram.txt": (page_text(TRAM).encode("utf-16-le"), [expected_page(TRAM, encoding="utf-16-le")]),
        "ruong.html": (html(RUONG, charset="utf-16").encode("utf-16-be"), [expected_html(RUONG, encoding="utf-16-be")]),
        "damaged.txt": (odd, [failure("binary file")]),
    }


def utf8():
    cut = page_text(CAU).encode()
    cut = cut[: cut.index("ỹ".encode()) + 1]
    return {
        "kenh.txt": (
            b"\xef\xbb\xbf" + page_text(KENH).replace("\n", "\r\n").encode(),
            [expected_page(KENH, encoding="utf-8")],
        ),
        "tram.txt": (page_text(TRAM).encode(), [expected_page(TRAM, encoding="utf-8", repairs=[])]),
        "ruong.html": (
            html(RUONG, charset="windows-1258").encode(),
            [expected_html(RUONG, encoding="utf-8", declared="cp1258")],
        ),
        "damaged.txt": (cut, [failure("not valid UTF-8", place=f"byte {len(cut) - 1}, line 5")]),
    }


def nfd():
    def loose(text):
        return unicodedata.normalize("NFD", text)

    alone = "\u0301" + page_text(CAU)
    return {
        "kenh.txt": (loose(page_text(KENH)).encode(), [expected_page(KENH, encoding="utf-8")]),
        "tram.html": (loose(html(TRAM)).encode(), [expected_html(TRAM)]),
        "ruong.jsonl": (loose(json_line(RUONG)).encode(), [expected_record(RUONG)]),
        # a mark without a letter before it stays what it is
        "damaged.txt": (loose(alone).encode(), [{"text": alone}]),
    }


def mojibake():
    def twice(text):
        return as_read_wrongly(as_read_wrongly(text.encode()).encode())

    wrong = as_read_wrongly(json_line(RUONG).encode())
    lost = as_read_wrongly(page_text(CAU).encode()).replace("\xa0", " ")
    repairs = ["letters: utf-8"]
    return {
        "kenh.txt": (as_read_wrongly(page_text(KENH).encode()).encode(), [expected_page(KENH, repairs=repairs)]),
        "tram.html": (twice(html(TRAM)).encode(), [expected_html(TRAM, repairs=repairs)]),
        "ruong.jsonl": (wrong.encode(), [expected_record(RUONG, repairs=repairs)]),
        # its no-break spaces were made plain on the way, which are a part of à
        "damaged.txt": (lost.encode(), [expected_page(CAU, repairs=repairs)]),
    }


def font():
    """The bytes of a legacy font in a file that is UTF-8."""
    kenh, tram, ruong = held_article(KENH, "tcvn3"), TRAM, held_article(RUONG, "viscii")
    cau = held_article(CAU, "tcvn3")
    mixed = as_read_wrongly(encode("\n".join(cau["paragraphs"]), "tcvn3"))
    return {
        "kenh.txt": (
            as_read_wrongly(encode(page_text(kenh), "tcvn3")).encode(),
            [expected_page(kenh, repairs=["letters: tcvn3"])],
        ),
        "tram.html": (
            as_read_wrongly(encode(html(tram), "vni")).encode(),
            [expected_html(tram, repairs=["letters: vni"])],
        ),
        "ruong.jsonl": (
            json.dumps({"text": as_read_wrongly(encode("\n".join(ruong["paragraphs"]), "viscii"))}).encode() + b"\n",
            [{"text": "\n".join(ruong["paragraphs"]), "repairs": ["letters: viscii"]}],
        ),
        # title and name are sound, the paragraphs are not
        "damaged.txt": (
            "\n".join([CAU["title"], "", day(CAU), mixed, CAU["author"], ""]).encode(),
            [{"title": CAU["title"], "text": page_text({**cau, "title": CAU["title"], "author": CAU["author"]})}],
        ),
    }


def entities():
    def named(text, form):
        return "".join(form(char) if not char.isascii() else char for char in text)

    tcvn3 = held_article(RUONG, "tcvn3")
    wrong = as_read_wrongly(encode(html(tcvn3), "tcvn3"))
    return {
        "kenh.html": (named(html(KENH), lambda c: f"&#{ord(c)};").encode(), [expected_html(KENH, encoding="ascii")]),
        "tram.html": (named(html(TRAM), lambda c: f"&#x{ord(c):X};").encode(), [expected_html(TRAM)]),
        "ruong.html": (
            named(wrong, lambda c: f"&#{ord(c)};").encode(),
            [expected_html(tcvn3, repairs=["letters: tcvn3"])],
        ),
        "damaged.html": (html(CAU).replace("</p>", " &#xD800;&#0;&khong;</p>", 1).encode(), [{"title": CAU["title"]}]),
    }


def signs():
    def with_signs(text):
        return text.replace("Đ", "Ð").replace("đ", "đ\u200b").replace(" ", "\xa0")

    return {
        "kenh.txt": (
            with_signs(page_text(KENH)).encode(),
            [expected_page(KENH, repairs=["blank", "look-alike", "unseen"])],
        ),
        "tram.html": (
            html(TRAM).replace("Đắk", "Ðắk").replace("Phú Lâm", "Phú\u00ad Lâm\u200d").encode(),
            [expected_html(TRAM, repairs=["look-alike", "unseen"])],
        ),
        "ruong.txt": (
            page_text(RUONG).replace("Kết luận", "\uf0b7 Kết luận").encode(),
            [
                {
                    "title": RUONG["title"],
                    "text": page_text(RUONG).replace("Kết luận", "• Kết luận"),
                    "repairs": ["private use"],
                }
            ],
        ),
        # a private character that no table has is left where it stands
        "damaged.txt": (
            page_text(CAU).replace("ba ca", "ba\ue123 ca").encode(),
            [{"text": page_text(CAU).replace("ba ca", "ba\ue123 ca")}],
        ),
    }


# --- formats ---


def html_files():
    return {
        "kenh.html": (html(KENH).encode(), [expected_html(KENH, encoding="utf-8")]),
        "tram.htm": (html(TRAM, marked=False).encode(), [expected_html(TRAM)]),
        "ruong.xhtml": (b'<?xml version="1.0" encoding="utf-8"?>\n' + html(RUONG).encode(), [expected_html(RUONG)]),
        "damaged.html": (b"<div>t\xe1\xbb\xab " * 9_000, [failure("can't be parsed to its end")]),
    }


def feed_item(article):
    content = "".join(f"<p>{text}</p>" for text in [*article["paragraphs"], article["author"]])
    return content, article["title"], article["published"], f"{SITE}{article['id']}.html"


def rss(*articles):
    items = ""
    for article in articles:
        content, title, published, url = feed_item(article)
        items += (
            f"<item><title>{title}</title><link>{url}</link><pubDate>{published}</pubDate>"
            f"<content:encoded><![CDATA[{content}]]></content:encoded></item>\n"
        )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Báo Phú Lâm (mẫu)</title>\n{items}</channel></rss>\n"
    )


def atom(*articles):
    items = ""
    for article in articles:
        content, title, published, url = feed_item(article)
        items += (
            f'<entry><title>{title}</title><link href="{url}"/><published>{published}T00:00:00+07:00</published>'
            f'<content type="html">{escape(content)}</content></entry>\n'
        )
    return f'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Báo Phú Lâm (mẫu)</title>\n{items}</feed>\n'


def expected_entry(article, number, **more):
    found = expected_html(
        article, url=f"{SITE}{article['id']}.html", locator=f"entry {number}", outlet="Báo Phú Lâm (mẫu)"
    )
    return {**found, **more}


def feeds():
    def zoned(article, number):
        return expected_entry(article, number, published=f"{article['published']}T00:00:00+07:00")

    half = rss(KENH, CAU).encode()
    half = half[: half.rindex(b"<content:encoded>") + 60]
    return {
        "hai.rss": (rss(KENH, TRAM).encode(), [expected_entry(KENH, 1), expected_entry(TRAM, 2)]),
        "mot.xml": (rss(RUONG).encode("utf-8"), [expected_entry(RUONG, 1)]),
        "ba.atom": (atom(KENH, TRAM, RUONG).encode(), [zoned(a, n) for n, a in enumerate((KENH, TRAM, RUONG), 1)]),
        "damaged.rss": (half, [expected_entry(KENH, 1), {"title": CAU["title"]}, failure("not well-formed")]),
    }


def json_files():
    records = [record(article) for article in ARTICLES]
    bad = json.dumps([records[0], 7, {"title": "Không có nội dung"}, records[1]], ensure_ascii=False)
    return {
        "list.json": (
            json.dumps(records, ensure_ascii=False, indent=1).encode(),
            [expected_record(a, locator=f"item {n}") for n, a in enumerate(ARTICLES, 1)],
        ),
        "one.json": (json.dumps(records[0], indent=2).encode(), [expected_record(KENH)]),
        "lines.jsonl": (
            "".join(map(json_line, (TRAM, RUONG))).encode(),
            [expected_record(TRAM, locator="line 1"), expected_record(RUONG, locator="line 2")],
        ),
        "damaged.json": (
            bad.encode(),
            [
                expected_record(KENH),
                failure("not a record", place="item 2"),
                failure("no field `text`", place="item 3"),
                expected_record(TRAM),
            ],
        ),
    }


def table(header, articles, delimiter):
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in delimiter + '"\n') else text

    rows = [
        header,
        *(
            [a["id"], a["title"], a["published"], a["author"], a["outlet"], "\n".join(a["paragraphs"])]
            for a in articles
        ),
    ]
    return "\r\n".join(delimiter.join(map(cell, row)) for row in rows) + "\r\n"


VI = ["Mã", "Tiêu đề", "Ngày đăng", "Tác giả", "Nguồn", "Nội dung"]
EN = ["id", "title", "date", "author", "outlet", "content"]


def csv_files():
    bad = table(EN, [KENH], ",") + "x,thiếu ô\r\n" + table(EN, [TRAM], ",").split("\r\n", 1)[1]
    return {
        "comma.csv": (
            table(EN, [KENH, TRAM], ",").encode(),
            [expected_record(KENH, locator="line 2"), expected_record(TRAM)],
        ),
        "semicolon.csv": (table(VI, [RUONG], ";").encode("utf-8-sig"), [expected_record(RUONG, encoding="utf-8")]),
        "tab.tsv": (
            table(VI, [KENH, RUONG], "\t").encode("utf-16"),
            [expected_record(KENH, encoding="utf-16"), expected_record(RUONG)],
        ),
        "damaged.csv": (
            bad.encode(),
            [expected_record(KENH), failure("2 cells where the header has 6", place="line 5"), expected_record(TRAM)],
        ),
    }


def legacy_csv():
    kenh, tram = held_article(KENH, "vni"), held_article(TRAM, "viscii")
    ruong = held_article(RUONG, "tcvn3")
    return {
        "vni.csv": (encode(table(VI, [kenh], ","), "vni"), [expected_record(kenh, encoding="vni")]),
        "viscii.csv": (encode(table(VI, [tram], ","), "viscii"), [expected_record(tram, encoding="viscii")]),
        "tcvn3.tsv": (encode(table(VI, [ruong], "\t"), "tcvn3"), [expected_record(ruong, encoding="tcvn3")]),
        "damaged.csv": (
            encode(table(VI, [CAU], ","), "windows-1258")[:-60] + b"\x8a",
            [failure("windows-1258 does not have")],
        ),
    }


def stored(files, *, method=zipfile.ZIP_STORED):
    """The bytes of a zip archive whose members have the first day that zip knows."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = method
            archive.writestr(info, data)
    return out.getvalue()


def _sheet_row(number, cells):
    line = "".join(
        f'<c r="{chr(65 + column)}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        for column, cell in enumerate(cells)
    )
    return f'<row r="{number}">{line}</row>'


def workbook(*sheets):
    """A workbook as Excel lays it out, with strings in the cells themselves."""
    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in enumerate(sheets, 1))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{links}</Relationships>',
    }
    for number, (_, rows) in enumerate(sheets, 1):
        lines = "".join(_sheet_row(r, row) for r, row in enumerate(rows, 1))
        files[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>'
        )
    return stored({name: text.encode() for name, text in files.items()})


def rows(header, *articles):
    return [
        header,
        *(
            [a["id"], a["title"], a["published"], a["author"], a["outlet"], "\n".join(a["paragraphs"])]
            for a in articles
        ),
    ]


def xlsx_files():
    gap = [*rows(EN, RUONG), [""] * 6, ["x", "Không có chữ", "", "", "", ""]]
    two = workbook(("Tháng 5", rows(EN, KENH)), ("Trống", []), ("Tháng 8", rows(VI, TRAM)))
    return {
        "one.xlsx": (
            workbook(("Bài", rows(VI, KENH, TRAM))),
            [expected_record(KENH, locator="sheet Bài, row 2"), expected_record(TRAM)],
        ),
        "two.xlsx": (
            two,
            [
                expected_record(KENH, locator="sheet Tháng 5, row 2"),
                expected_record(TRAM, locator="sheet Tháng 8, row 2"),
            ],
        ),
        "gap.xlsx": (
            workbook(("A", gap)),
            [expected_record(RUONG), failure("no field `text`", place="sheet A, row 4")],
        ),
        "damaged.xlsx": (workbook(("A", rows(EN, CAU)))[:-40], [failure("damaged")]),
    }


def parquet_bytes(records):
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    out = io.BytesIO()
    parquet.write_table(arrow.Table.from_pylist(records), out)
    return out.getvalue()


def parquet_files():
    vietnamese = {
        "id": "Mã",
        "title": "Tiêu đề",
        "published": "Ngày đăng",
        "author": "Tác giả",
        "outlet": "Nguồn",
        "text": "Nội dung",
    }
    return {
        "one.parquet": (parquet_bytes([record(KENH)]), [expected_record(KENH, locator="row 1")]),
        "two.parquet": (
            parquet_bytes([record(TRAM), record(RUONG)]),
            [expected_record(TRAM), expected_record(RUONG, locator="row 2")],
        ),
        "vi.parquet": (parquet_bytes([{vietnamese[k]: v for k, v in record(CAU).items()}]), [expected_record(CAU)]),
        "damaged.parquet": (parquet_bytes([record(CAU)])[:-50], [failure("damaged Parquet")]),
    }


def mhtml(article, encoding="quoted-printable", charset="utf-8"):
    part = EmailMessage(policy=email.policy.compat32.clone(linesep="\r\n"))
    part["Content-Type"] = f'text/html; charset="{charset}"'
    part["Content-Transfer-Encoding"] = encoding
    part["Content-Location"] = f"{SITE}{article['id']}.html"
    data = html(article, charset=charset).encode(charset)
    import base64
    import quopri

    packed = quopri.encodestring(data) if encoding == "quoted-printable" else base64.encodebytes(data)
    part.set_payload(packed.decode())
    head = (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: {SITE}{article['id']}.html\r\n"
        "Date: Mon, 2 Jun 2025 08:00:00 +0700\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----Mau"\r\n\r\n'
    )
    picture = (
        "------Mau\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lGODlhAQABAAAAADs=\r\n"
    )
    return head.encode() + b"------Mau\r\n" + part.as_bytes() + b"\r\n" + picture.encode() + b"------Mau--\r\n"


def mhtml_files():
    def found(article):
        return expected_html(article, url=f"{SITE}{article['id']}.html", crawled="2025-06-02T08:00:00+07:00")

    without = mhtml(CAU).replace(b"text/html", b"text/css")
    return {
        "kenh.mhtml": (mhtml(KENH), [found(KENH)]),
        "tram.mht": (mhtml(TRAM, "base64"), [found(TRAM)]),
        "ruong.mhtml": (mhtml(RUONG, "base64", "utf-16-le"), [{**found(RUONG), "encoding": "utf-16-le"}]),
        "damaged.mhtml": (without, [failure("no HTML part")]),
    }


def warc_record(kind, url, content_type, block):
    number = sum(map(ord, kind + url)) % 10**12
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"WARC-Date: 2025-06-02T01:00:00Z\r\nWARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(article, *, status="200 OK", packed=False):
    data = html(article).encode()
    body, coding = (gzip.compress(data, mtime=0), "Content-Encoding: gzip\r\n") if packed else (data, "")
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{coding}Content-Length: {len(body)}\r\n\r\n"
    return warc_record(
        "response", f"{SITE}{article['id']}.html", "application/http; msgtype=response", head.encode() + body
    )


def request(article):
    return warc_record(
        "request", f"{SITE}{article['id']}.html", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n"
    )


def expected_warc(article, number):
    return expected_html(
        article, url=f"{SITE}{article['id']}.html", crawled="2025-06-02T01:00:00+00:00", locator=f"record {number}"
    )


def warc_files():
    info = warc_record("warcinfo", "", "application/warc-fields", b"software: mau\r\n")
    two = info + request(KENH) + answer(KENH) + answer(CAU, status="404 Not Found") + answer(TRAM, packed=True)
    each = b"".join(gzip.compress(part, mtime=0) for part in (info, answer(RUONG), answer(KENH)))
    resource = warc_record("resource", f"{SITE}tram.html", "text/html", html(TRAM).encode())
    cut = info + answer(KENH) + answer(CAU)
    return {
        "two.warc": (two, [expected_warc(KENH, 3), expected_warc(TRAM, 5)]),
        "each.warc.gz": (each, [expected_warc(RUONG, 2), expected_warc(KENH, 3)]),
        "resource.warc": (resource, [expected_warc(TRAM, 1)]),
        "damaged.warc": (cut[: len(info + answer(KENH)) + 30], [expected_warc(KENH, 2), failure("cut off")]),
    }


def wacz(*warcs, extra=None):
    files = {"datapackage.json": b'{"profile": "data-package", "wacz_version": "1.1.1", "resources": []}'}
    files |= {f"archive/data-{n}.warc.gz": gzip.compress(data, mtime=0) for n, data in enumerate(warcs)}
    files |= {
        "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n',
        "indexes/index.cdx.gz": gzip.compress(b"", mtime=0),
        **(extra or {}),
    }
    return stored(files)


def wacz_files():
    cut = wacz(answer(KENH), answer(CAU))
    return {
        "one.wacz": (wacz(answer(KENH)), [expected_warc(KENH, 1)]),
        "two.wacz": (
            wacz(answer(TRAM), answer(RUONG) + answer(KENH)),
            [expected_warc(TRAM, 1), expected_warc(RUONG, 1), expected_warc(KENH, 2)],
        ),
        # pages beside the archive are no part of it
        "beside.wacz": (wacz(answer(RUONG), extra={"logs/crawl.html": html(CAU).encode()}), [expected_warc(RUONG, 1)]),
        "damaged.wacz": (cut[: len(cut) // 2], [failure("damaged or cut off zip")]),
    }


def tar_bytes(files, links=()):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, target in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return out.getvalue()


MEMBERS = {
    "bài/kênh.html": html(KENH).encode(),
    "bài/trạm.txt": page_text(TRAM).encode(),
    "anh.png": b"\x89PNG....",
    ".an.txt": b"An.",
}


def members(archive):
    return [
        expected_html(KENH, source=f"{archive}!bài/kênh.html"),
        expected_page(TRAM, source=f"{archive}!bài/trạm.txt"),
        failure("files of the kind .png are not read", source=f"{archive}!anh.png"),
    ]


def zip_files():
    nested = stored(
        {
            "trong.zip": stored({"ruong.html": html(RUONG).encode()}),
            "c.jsonl.gz": gzip.compress(json_line(CAU).encode(), mtime=0),
        }
    )
    third = stored({"a.zip": stored({"b.zip": stored({"c.txt": b"Tin."})})})
    broken = stored({"tốt.txt": page_text(KENH).encode(), "hỏng.txt": page_text(CAU).encode(), "../ra.txt": b"Tin."})
    broken = broken.replace("Nậm Mẫu".encode(), "Nậm Mầu".encode(), 1)
    return {
        "members.zip": (stored(MEMBERS), members("members.zip")),
        "nested.zip": (
            nested,
            [
                expected_html(RUONG, source="nested.zip!trong.zip!ruong.html"),
                expected_record(CAU, source="nested.zip!c.jsonl.gz"),
            ],
        ),
        "third.zip": (third, [failure("an archive in an archive in an archive", source="third.zip!a.zip!b.zip")]),
        "damaged.zip": (
            broken,
            [
                expected_page(KENH),
                failure("damaged or cut off", source="damaged.zip!hỏng.txt"),
                failure("leads out of the archive", source="damaged.zip!../ra.txt"),
            ],
        ),
    }


def tar_files():
    whole = tar_bytes(MEMBERS, links=[("lien-ket.txt", "/etc/passwd")])
    good = tar_bytes({"a.txt": page_text(KENH).encode(), "b.txt": page_text(CAU).encode()})
    return {
        "members.tar": (whole, members("members.tar")),
        "packed.tar.gz": (gzip.compress(whole, mtime=0), members("packed.tar.gz")),
        "packed.tgz": (
            gzip.compress(tar_bytes({"r.html": html(RUONG).encode()}), mtime=0),
            [expected_html(RUONG, source="packed.tgz!r.html")],
        ),
        "damaged.tar": (
            good[: good.rindex(b"\0ustar") + 500],
            [expected_page(KENH), failure("cut off", source="damaged.tar!b.txt"), failure("cut off tar")],
        ),
    }


def gz_files():
    whole = gzip.compress(json_line(CAU).encode() * 3, mtime=0)
    return {
        "kenh.html.gz": (gzip.compress(html(KENH).encode(), mtime=0), [expected_html(KENH)]),
        "two.jsonl.gz": (
            b"".join(gzip.compress(json_line(a).encode(), mtime=0) for a in (TRAM, RUONG)),
            [expected_record(TRAM), expected_record(RUONG)],
        ),
        "nameless.gz": (gzip.compress(rss(TRAM).encode(), mtime=0), [expected_entry(TRAM, 1)]),
        "damaged.jsonl.gz": (whole[:-30], [failure("damaged or cut off")]),
    }


def zst_bytes(data):
    import zstandard

    return zstandard.ZstdCompressor().compress(data)


def zst_files():
    whole = zst_bytes("".join(map(json_line, ARTICLES)).encode())
    return {
        "kenh.txt.zst": (zst_bytes(page_text(KENH).encode()), [expected_page(KENH)]),
        "two.jsonl.zst": (
            zst_bytes(json_line(TRAM).encode()) + zst_bytes(json_line(RUONG).encode()),
            [expected_record(TRAM), expected_record(RUONG)],
        ),
        "r.tar.zst": (
            zst_bytes(tar_bytes({"r.html": html(RUONG).encode()})),
            [expected_html(RUONG, source="r.tar.zst!r.html")],
        ),
        "damaged.jsonl.zst": (whole[:-9], [failure("damaged or cut off")]),
    }


def sitemap(*articles, news=True):
    urls = "".join(
        f"<url><loc>{SITE}tin/{a['id']}.html</loc>"
        + (f"<news:news><news:publication_date>{a['published']}</news:publication_date></news:news>" if news else "")
        + "</url>\n"
        for a in articles
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{urls}</urlset>\n'
    ).encode()


def sitemaps():
    def bare(article):
        return html(article).replace("article:published_time", "x").encode()

    def found(article):
        return expected_html(article, url=f"{SITE}tin/{article['id']}.html")

    return {
        "host": (
            {
                "sitemap.xml": sitemap(KENH, TRAM),
                "bao.phulam.example/tin/kenh.html": bare(KENH),
                "bao.phulam.example/tin/tram.html": bare(TRAM),
            },
            [found(KENH), found(TRAM)],
        ),
        "flat": ({"sitemap.xml": sitemap(RUONG), "ruong.html": bare(RUONG)}, [found(RUONG)]),
        "missing": (
            {"tin/kenh.html": html(KENH).encode(), "sitemap.xml": sitemap(KENH, CAU, news=False)},
            [
                failure("1 of its pages are not saved beside it (the first: https://bao.phulam.example/tin/cau.html)"),
                found(KENH),
            ],
        ),
        "damaged": (
            {"sitemap.xml": sitemap(CAU)[:-9], "cau.html": html(CAU).encode()},
            [expected_html(CAU), failure("not well-formed")],
        ),
    }


def groups():
    """Return for each folder of samples its files, each with its bytes and what must come out."""
    return {
        "utf-8": utf8(),
        "utf-16": utf16(),
        "windows-1258": legacy("windows-1258", b"\x8a", "a byte that windows-1258 does not have"),
        "tcvn3": legacy("tcvn3", b"\xaf", "a byte that tcvn3 does not have"),
        "vni": legacy("vni", b"\x81", "a byte that vni does not have"),
        "viscii": legacy("viscii", b"\0", "binary file"),
        "nfd": nfd(),
        "mojibake": mojibake(),
        "font": font(),
        "entities": entities(),
        "signs": signs(),
        "html": html_files(),
        "feeds": feeds(),
        "json": json_files(),
        "csv": csv_files(),
        "csv-legacy": legacy_csv(),
        "xlsx": xlsx_files(),
        "parquet": parquet_files(),
        "mhtml": mhtml_files(),
        "warc": warc_files(),
        "wacz": wacz_files(),
        "zip": zip_files(),
        "tar": tar_files(),
        "gz": gz_files(),
        "zst": zst_files(),
        "sitemap": sitemaps(),
    }


def write(folder):
    """Write all samples below `folder`, with an `expected.json` for each group."""
    for group, samples in groups().items():
        place = folder / group
        for name, (data, _) in samples.items():
            files = (
                {f"{name}/{inner}": content for inner, content in data.items()}
                if isinstance(data, dict)
                else {name: data}
            )
            for path, content in files.items():
                (place / path).parent.mkdir(parents=True, exist_ok=True)
                (place / path).write_bytes(content)
        expected = {name: results for name, (_, results) in samples.items()}
        text = json.dumps(expected, ensure_ascii=False, indent=1)
        (place / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
