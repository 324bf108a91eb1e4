"""The samples and the test sentences are what their READMEs say: well-formed, quoted exactly, fictional."""

import csv
import json
import re
import runpy
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kg.text.fold import fold

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = sorted((ROOT / "tests" / "data" / "sentences").glob("*.jsonl"))
GOLD = ROOT.parent / "shared" / "gold"
BUILDER = runpy.run_path(str(Path(__file__).with_name("build_readings.py")))
CLASSES = {"officials", "agencies", "documents", "meetings", "directives"}
KEYS = {
    "officials": {"name", "posts"},
    "agencies": {"name"},
    "documents": {"accept", "issuer", "date"},
    "meetings": {"kind", "date", "chairs", "participants"},
    "directives": {"quote", "issuers", "addressees", "verb", "cites", "deadline"},
    "optional": {"quote"},
}
RUN_IN = ("caption-run-in", "mau-03")  # where captions run into sentences
SHORT = "articles/chuoi-phu-lam-y-te.jsonl"  # short records that follow one matter
BEFORE = re.compile(r"(?:[.!?…;:][\"”]?\s+|\n|^)$")
BEHIND = re.compile(r"[.!?…;:][\"”]?$")
DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")

Record = dict[str, Any]


def rows(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def items() -> list[tuple[str, str, Record]]:
    """Every reading that we wrote, with its id and its text."""
    found = [(item["id"], item["text"], item["reading"]) for path in SENTENCES for item in rows(path)]
    articles = BUILDER["articles"]()
    return found + [
        (record["id"], articles[record["file"], record.get("entry", 1)].text, record) for record in BUILDER["records"]()
    ]


ITEMS = items()


@pytest.mark.parametrize("path", SENTENCES, ids=lambda path: path.stem)
def test_sentence_file_is_well_formed(path):
    for number, item in enumerate(rows(path), 1):
        assert item["id"] == f"{path.stem}-{number:02d}"
        assert set(item) - {"published"} == {"id", "text", "reading", "note"}
        assert item["note"]
        assert item["reading"]
        assert set(item["reading"]) <= CLASSES
    assert 8 <= len(rows(path)) <= 16


def test_there_are_enough_of_them():
    assert sum(len(rows(path)) for path in SENTENCES) >= 300
    assert len(BUILDER["records"]()) >= 18


def test_ids_are_unique():
    assert [name for name, count in Counter(name for name, _, _ in ITEMS).items() if count > 1] == []


@pytest.mark.parametrize(("name", "text", "reading"), ITEMS, ids=[name for name, _, _ in ITEMS])
def test_reading_has_the_form_of_the_gold(name, text, reading):
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    for field, keys in KEYS.items():
        for fact in reading.get(field, ()):
            assert set(fact) == keys
    for fact in (*reading.get("documents", ()), *reading.get("meetings", ())):
        assert fact["date"] is None or DATE.fullmatch(fact["date"])


@pytest.mark.parametrize(("name", "text", "reading"), ITEMS, ids=[name for name, _, _ in ITEMS])
def test_quotes_are_sentences_and_stand_exactly_once(name, text, reading):
    for fact in (*reading.get("directives", ()), *reading.get("optional", ())):
        assert text.count(fact["quote"]) == 1
        assert fact["quote"] == fact["quote"].strip()
        assert BEHIND.search(fact["quote"])
        assert name.startswith(RUN_IN) or BEFORE.search(text[: text.index(fact["quote"])])


@pytest.mark.parametrize(("name", "text", "reading"), ITEMS, ids=[name for name, _, _ in ITEMS])
def test_what_is_read_stands_in_the_text(name, text, reading):
    folded = fold(text)
    for official in reading.get("officials", ()):
        assert official["name"] in text
    for document in reading.get("documents", ()):
        assert any(fold(form).replace(" ", "") in _dashed(folded) for form in document["accept"])
    for directive in reading.get("directives", ()):
        assert directive["deadline"] is None or directive["deadline"] in directive["quote"]
        assert fold(directive["verb"]) in folded


def _dashed(folded: str) -> str:
    """Blanks out, so that "18 – NQ/TW" holds 18-nq/tw."""
    return re.sub(r"[–—]", "-", folded).replace(" ", "")


@pytest.mark.parametrize(("name", "text", "reading"), ITEMS, ids=[name for name, _, _ in ITEMS])
def test_issuers_are_written_in_the_text(name, text, reading):
    written = fold(text.replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân"))
    for directive in reading.get("directives", ()):
        for issuer in directive["issuers"]:
            assert fold(issuer.replace("UBND", "Ủy ban nhân dân")) in written


def test_readings_file_is_up_to_date():
    hint = "run `python tests/examples/build_readings.py`"
    assert BUILDER["TARGET"].read_text(encoding="utf-8") == BUILDER["lines"](), hint


def test_each_sample_has_a_reading_and_says_that_it_is_fictional():
    read = {(record["file"], record.get("entry", 1)) for record in BUILDER["records"]()}
    assert read == set(BUILDER["articles"]())
    for file, _ in read:
        assert "hư cấu" in (ROOT / "examples" / file).read_text(encoding="utf-8")


def test_samples_have_the_length_of_articles():
    for record in BUILDER["records"]():
        least = 150 if record["file"] == SHORT else 1_200
        assert least <= len(BUILDER["articles"]()[record["file"], record.get("entry", 1)].text) <= 3_500


def test_invented_provinces_exist_nowhere():
    with open(ROOT / "kg" / "lexicon" / "places.csv", encoding="utf-8", newline="") as lines:
        real = {fold(row["canonical_vi"]) for row in csv.DictReader(lines)}
    invented = {"Phú Lâm", "Sơn Trà Bắc", "Hải Khê", "Đông Vân", "Thanh Lĩnh", "Nam Cát"}
    named = set(re.findall(r"tỉnh ((?:[A-ZĐ]\w+ ?){2,3})", "\n".join(text for _, text, _ in ITEMS)))
    assert not {fold(place) for place in invented} & real
    assert not {fold(place.strip()) for place in named} & real


@pytest.mark.skipif(not GOLD.exists(), reason="../shared/gold is not here")
@pytest.mark.corpus
def test_nobody_bears_the_name_of_a_real_official():
    real = {
        official["name"]
        for path in GOLD.glob("*.gold.jsonl")
        for reading in rows(path)
        for official in reading.get("officials", ())
        if len(official["name"].split()) > 2
    }
    everything = "\n".join(text for _, text, _ in ITEMS)
    # the man whose example the Party's directive 05 is about
    assert {name for name in real if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", everything)} <= {"Hồ Chí Minh"}
