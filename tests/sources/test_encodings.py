"""Encodings: what was written comes back, and what was sound is left alone."""

import io
import json
import random
import shutil
import subprocess
import tomllib
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.text.offsets import Edit, Edited, apply, chained, source_offset
from loaders import load
from loaders.encodings import detect
from loaders.legacy import LEGACY, decode_legacy, read_charset
from loaders.mend import damage_of
from loaders.normalise import decode, nfc_marked, plain
from loaders.textpage import load_textpage
from tests.sources.encode import LETTERS, NOT_HELD, TONES, as_read_wrongly, encode

SHARED = Path(__file__).parents[3] / "shared"
WHO = (
    "Đồng chí Điểu Văn Mẫu",
    "Bà Triệu Thị Ví",
    "Thường trực Huyện ủy Suối Thử",
    "Ông Lò A Dụ",
    "Chủ tịch UBND xã Ea Mẫu",
)
VERB = ("yêu cầu", "giao", "chỉ đạo", "đề nghị", "đôn đốc", "nhắc nhở")
WHOM = (
    "Sở Nông nghiệp và Phát triển nông thôn",
    "Phòng Giáo dục và Đào tạo",
    "UBND các xã",
    "Sở Y tế",
    "Công an huyện",
)
WHAT = ("báo cáo kết quả", "rà soát hồ sơ", "khắc phục hậu quả mưa lũ", "tổ chức tuyên truyền", "bố trí kinh phí")


def sentences(number, seed=7):
    """Sentences of the press, each with some syllables of chance, so that every letter occurs."""
    choose = random.Random(seed)
    rhymes = tomllib.loads((files("loaders") / "charsets" / "syllables.toml").read_text(encoding="utf-8"))[
        "rhymes"
    ].split()
    open_rhymes = [rhyme for rhyme in rhymes if rhyme[-1] not in "cphtk"]
    for n in range(number):
        names = [_syllable(choose, open_rhymes) for _ in range(4)]
        day = f"{choose.randint(1, 28)}/{choose.randint(1, 12)}/{choose.randint(1998, 2025)}"
        line = f"{choose.choice(WHO)} {choose.choice(VERB)} {choose.choice(WHOM)} {choose.choice(WHAT)} tại {' '.join(names)} trước ngày {day}."
        line = line if n % 5 else f"“{line[:-1]}” – {choose.choice(WHO)} nói."
        yield line if n % 7 != 3 else line.upper()


def _syllable(choose, rhymes):
    onset, rhyme = choose.choice(("B", "Đ", "Th", "l", "v", "đ")), choose.choice(rhymes)
    vowel = choose.choice([i for i, c in enumerate(rhyme) if c in "aăâeêioôơuưy"])
    return unicodedata.normalize("NFC", onset + rhyme[: vowel + 1] + choose.choice(TONES) + rhyme[vowel + 1 :])


def held(text, encoding):
    """What of `text` the encoding can hold: signs made plain, letters that it has not in lower case."""
    if encoding == "viscii":
        return text.translate(str.maketrans("“”–", '""-'))
    return "".join(c.lower() if c in NOT_HELD[encoding] else c for c in text)


def restored(text, sentence):
    """A line of capitals comes back as one: TCVN3 has the small letters only, but the line says what its font showed."""
    return text.upper() if sentence.isupper() else text


def loaded(data):
    (article,) = load_textpage(io.BytesIO(data), "a.txt")
    return article


@pytest.mark.parametrize("encoding", LEGACY)
def test_a_thousand_sentences_come_back(encoding):
    seen = set()
    for sentence in sentences(1_000):
        text = held(sentence, encoding)
        article = loaded(encode(text, encoding))
        text = restored(text, sentence)
        assert (article.text, article.origin.decoding.encoding) == (text, encoding)
        assert article.origin.decoding.confidence > 0.6
        seen |= set(text)
    assert seen >= set(LETTERS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_thousand_sentences_of_unicode_come_back(encoding):
    for sentence in sentences(1_000):
        article = loaded(sentence.encode(encoding))
        assert (article.text, article.origin.decoding.repairs) == (sentence, ())
        assert article.origin.decoding.encoding == encoding.removesuffix("-sig")
    decomposed = [loaded(unicodedata.normalize("NFD", sentence).encode(encoding)).text for sentence in sentences(100)]
    assert decomposed == list(sentences(100))


@pytest.mark.parametrize("encoding", ["utf-8", *LEGACY])
def test_a_thousand_sentences_that_were_read_wrongly_come_back(encoding):
    """The bytes of another encoding stand in Unicode as letters of windows-1252."""
    for sentence in sentences(1_000):
        text = sentence if encoding == "utf-8" else held(sentence, encoding)
        wrong = as_read_wrongly(text.encode() if encoding == "utf-8" else encode(text, encoding))
        article = loaded(wrong.encode())
        assert article.text == restored(text, sentence)
        assert article.origin.decoding.repairs[0] == f"letters: {encoding}"


@pytest.mark.parametrize("encoding", LEGACY)
def test_every_letter_is_held_or_named(encoding):
    for letter in LETTERS:
        if letter in NOT_HELD[encoding]:
            with pytest.raises(KeyError):
                encode(letter, encoding)
        else:
            assert decode_legacy(encode(letter, encoding), encoding) == letter


@pytest.mark.parametrize(("name", "iconv"), [("tcvn3", "TCVN"), ("viscii", "VISCII")])
def test_tables_agree_with_glibc(name, iconv):
    if not shutil.which("iconv"):
        pytest.skip("iconv is not installed")
    for code, character in read_charset(name):
        # a mark needs a letter to stand on
        data = b"a" + code + b"z"
        run = subprocess.run(["iconv", "-f", iconv, "-t", "UTF-8"], input=data, capture_output=True, check=False)
        if run.returncode:
            pytest.skip("this iconv does not know the encoding")
        assert unicodedata.normalize("NFC", run.stdout.decode()) == unicodedata.normalize("NFC", f"a{character}z")


def test_capitals_of_a_tcvn3_font():
    line = "céng hßa x· héi chñ nghÜa viÖt nam".encode("latin-1")
    upper = bytes(c - 32 if 97 <= c <= 122 else c for c in line)
    assert decode_legacy(upper, "tcvn3") == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


ENGLISH = (
    "The committee met on Tuesday and asked the department to report by the end of the month; the chairman said that the work \x96 three "
    "bridges and a road \x96 was \x93on time\x94. A caf\xe9 near the site stayed open."
)


def test_english_in_windows_1252():
    guess = detect(ENGLISH.encode("latin-1"))
    assert (guess.encoding, guess.text) == ("windows-1252", ENGLISH.encode("latin-1").decode("cp1252"))


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH.encode("latin-1").decode("cp1252"),
        "Señor Núñez reçoit à l’hôtel, où la fenêtre était ouverte; größer, Straße, Ångström, Ærø, naïve.",
        "Ông François Ménard (Pháp), bà Müller và ông Nuñez thăm xã Ea Mẫu; nhiệt độ 25°C, ±2 · diện tích 30 m².",
        "Москва, 東京, Ελλάδα, ©2024 «Phú Lâm» – 50×30 cm",
        "T¶i vÒ",
    ],
)
def test_sound_text_is_left_alone(text):
    assert loaded(text.encode()).text == text


def test_declared_and_real_encoding_disagree(tmp_path):
    text = next(iter(sentences(1)))[1:-1].split("”")[0]
    for declared, real in (
        ("utf-8", "windows-1258"),
        ("windows-1252", "tcvn3"),
        ("windows-1258", "utf-8"),
        ("iso-8859-1", "vni"),
    ):
        body = held(text, real) if real in LEGACY else text
        page = f'<html><head><meta charset="{declared}"></head><body><p>%s</p></body></html>'
        data = encode(body, real) if real in LEGACY else body.encode()
        (tmp_path / "a.html").write_bytes(page.encode().replace(b"%s", data))
        (article,) = load([str(tmp_path / "a.html")])
        assert article.text == body
        assert article.origin.decoding.encoding == real
        assert article.origin.decoding.declared


def test_legacy_letters_behind_entities(tmp_path):
    text = "tỉnh Phú Lâm giao sở Y tế chủ trì, phối hợp với sở Tài chính"
    wrong = as_read_wrongly(encode(text, "tcvn3"))
    entities = "".join(f"&#{ord(c)};" if not c.isascii() else c for c in wrong)
    (tmp_path / "a.html").write_text(f"<html><body><p>{entities}</p></body></html>", encoding="utf-8")
    (article,) = load([str(tmp_path / "a.html")])
    assert article.text == text


def test_signs_made_plain_and_their_way_back():
    source = "Ðồng chí\xa0Mẫu\u200b yêu\u00ad cầu\r\n\uf0b7 Sở Y tế ho\u0323p"
    text, decoding = plain(decode(source.encode(), "a"))
    assert text == "Đồng chí Mẫu yêu cầu\n• Sở Y tế họp"
    assert decoding.repairs == ("blank", "look-alike", "private use", "unseen")
    for word in ("chí", "yêu", "cầu", "Sở", "tế"):
        at = source_offset(tuple(decoding.marks), text.index(word))
        assert source[at : at + len(word)] == word


def test_a_records_text_keeps_its_signs():
    record = {"text": "Ðồng chí\xa0Mẫu\u200b họp"}
    (article,) = load_textpage_record(record)
    assert article.text == record["text"]


def load_textpage_record(record):
    from loaders.jsonl import load_jsonl

    return load_jsonl(io.BytesIO(json.dumps(record).encode()), "a")


@pytest.mark.parametrize("encoding", LEGACY)
def test_records_in_a_legacy_encoding(encoding):
    from loaders.jsonl import load_jsonl

    text = held(next(iter(sentences(1, seed=3))), encoding)
    data = b"\n".join(encode(f'{{"text": "{part}"}}', encoding) for part in (text.replace('"', "'"),) * 2)
    first, second = load_jsonl(io.BytesIO(data), "a")
    assert first.text == second.text == text.replace('"', "'")
    assert first.origin.decoding.encoding == encoding


edits = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3), st.text("xy", max_size=3)), max_size=5)


def _edited(text, changes):
    made, last = [], 0
    for start, length, new in sorted(changes):
        if start >= last and start + length <= len(text):
            made.append(Edit(start, start + length, new))
            last = start + length + 1
    return apply(text, made)


@settings(max_examples=300)
@given(edits, edits)
def test_marks_lead_back_through_two_steps(one, two):
    """Each character of the source is a letter of its own: what survived both steps must be found where it stood."""
    source = "abcdefghijklmnopqrstu"
    first = _edited(source, one)
    second = _edited(first.text, two)
    whole = chained(first, second)
    assert isinstance(whole, Edited)
    for offset, char in enumerate(whole.text):
        if char not in "xy":
            assert source[source_offset(whole.marks, offset)] == char


def test_marks_of_nfc():
    source = unicodedata.normalize("NFD", "Tỉnh ủy Phú Lâm họp về Chỉ thị")
    edited = nfc_marked(source)
    for offset, char in enumerate(edited.text):
        at = source_offset(edited.marks, offset)
        assert source[at] == unicodedata.normalize("NFD", char)[0]


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["articles.jsonl", "ledes.jsonl"])
def test_real_text_is_left_alone_and_found_again(name):
    path = SHARED / "corpus" / name
    if not path.is_file():
        pytest.skip("../shared/corpus is absent")
    texts = [
        unicodedata.normalize("NFC", json.loads(line)["text"]) for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert [text[:60] for text in texts if damage_of(text)] == []
    for text in random.Random(5).sample(texts, 20):
        wrong = as_read_wrongly(text.encode())
        damage = damage_of(wrong)
        assert damage.encoding == "utf-8"
        for encoding in LEGACY:
            data = encode_what_can_be(text, encoding)
            guess = detect(data)
            assert guess.encoding == encoding


def encode_what_can_be(text, encoding):
    pieces = []
    for char in text:
        try:
            pieces.append(encode(char, encoding))
        except (KeyError, UnicodeEncodeError):
            pieces.append(b"?")
    return b"".join(pieces)
