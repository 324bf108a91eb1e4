"""Documents: each construction of DOMAIN.md 4 in a sentence of our own, with its reading; sentences that cite nothing."""

import json
from pathlib import Path

import pytest

from kg.model.article import Article, Origin
from kg.model.reading import DocumentRead
from kg.read.dates import read_dates
from kg.read.documents import document_mentions, read_documents
from kg.read.page import Page

_CASES = [json.loads(line) for line in (Path(__file__).parent / "documents_sentences.jsonl").read_text().splitlines()]


def read(text: str, published: str | None = None, title: str | None = None) -> tuple[DocumentRead, ...]:
    origin = Origin(loader="text", source="-")
    page = Page.of(Article(id="a1", text=text, title=title, published=published, origin=origin))
    return read_documents(page, read_dates(page))


@pytest.mark.parametrize("case", _CASES, ids=[case["text"][:50] for case in _CASES])
def test_sentence_gives_its_documents(case):
    found = read(case["text"], case["published"])
    assert len(found) == len(case["want"]), [d.name for d in found]
    for document, want in zip(found, case["want"], strict=True):
        for field, value in want.items():
            if field == "accept":
                assert set(value) <= set(document.accept)
            elif field == "mentions":
                assert len(document.mentions) == value
            else:
                assert getattr(document, field) == value, field


@pytest.mark.parametrize("case", _CASES, ids=[case["text"][:50] for case in _CASES])
def test_every_mention_quotes_the_text(case):
    for document in read(case["text"], case["published"]):
        assert all(case["text"][m.start : m.end] == m.quote for m in document.mentions)
        assert all(m.rule.startswith("documents.") for m in document.mentions)


def test_mentions_are_sorted_and_point_at_their_documents():
    documents = read("Theo Luật Đất đai và Chỉ thị 05-CT/TW; Luật Đất đai nêu rõ.")
    spans = document_mentions(documents)
    assert spans == tuple(sorted(spans))
    assert [documents[index].name for _, _, index in spans] == ["Luật Đất đai", "Chỉ thị 05-CT/TW", "Luật Đất đai"]


def test_headline_number_counts_without_a_place():
    (document,) = read("Sở họp bàn việc giao đất.", title="Sở triển khai Luật Đất đai năm 2024")
    assert (document.name, document.mentions) == ("Luật Đất đai năm 2024", ())


def test_headline_repeats_no_document_of_the_text():
    assert len(read("Sở triển khai Luật Đất đai năm 2024.", title="Triển khai Luật Đất đai 2024")) == 1


def test_document_is_never_later_than_the_article():
    (document,) = read("Căn cứ Luật Đất đai, xã thu hồi đất.", published="2010-05-05")
    assert document.key is None


def test_same_text_gives_the_same_documents():
    text = " ".join(case["text"] for case in _CASES)
    assert read(text, "2019") == read(text, "2019")
