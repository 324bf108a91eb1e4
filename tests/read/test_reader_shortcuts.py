"""The quick ways of the reader give what the plain ways give: folding, words, tokens, matching, CRF and trees."""

import json
import math
import re
import unicodedata

import pycrfsuite
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.lexicon.matcher import Matcher
from kg.model.article import Article, Origin
from kg.quality.items import items
from kg.read.actors import read_actors
from kg.read.actors.tokens import _TOKEN, tokenize
from kg.read.directives.analysis import WORD, SentenceView, analyse
from kg.read.directives.authority import ranks_of_officials
from kg.read.directives.bundles import whole
from kg.read.directives.features import lower_words, sentence_features, sentence_parts
from kg.read.directives.sequence import sentence_crf
from kg.read.directives.spans import vocabulary
from kg.read.directives.speakers import track_speakers
from kg.read.directives.trees import load_trees
from kg.read.model_files import model_file
from kg.read.page import Page
from kg.text.alternatives import alternatives
from kg.text.fold import fold

TEXTS = [item["text"] for _, item in items()][::7]
LETTERS = "aAăÂđĐðÐêƠưỳÝỷỤoòÒóuUqQİΣſ"
texts = st.text(st.sampled_from(LETTERS + "09²٣ .,;:%\"“”«–—-/&'’\n\t\u00a0\u200b_"), max_size=60)


def page_of(text):
    return Page.of(Article(id="a0", text=text, origin=Origin(loader="test", source="-")))


@pytest.fixture(scope="module")
def weighed():
    """One long article of all test sentences, with its features in both forms."""
    page = page_of("\n".join(TEXTS))
    actors = read_actors(page)
    views = analyse(page, actors.mentions)
    ranks = ranks_of_officials(actors.officials)
    context = (views, track_speakers(page, views, ranks), ranks)
    return sentence_parts(*context, page.text), sentence_features(*context, vocabulary(), page.text)


def test_parts_and_strings_are_the_same_features(weighed):
    parts, features = weighed
    assert [whole(parts, i, vocabulary()) for i in range(len(parts))] == features
    assert any(f.startswith("pp:T=") for f in features[2])


def test_marginals_are_crfsuite_s(weighed):
    parts, features = weighed
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model_file("directive-sentences.crfsuite")))
    tagger.set(features)
    wanted = [tagger.marginal("D", i) for i in range(len(features))]
    assert max(wanted) > 0.9
    # crfsuite's own listing of the weights has six decimals
    assert sentence_crf().marginals(parts) == pytest.approx(wanted, abs=1e-4)


def test_trees_are_walked_to_the_same_leaves(weighed):
    parts, features = weighed
    data = json.loads(model_file("directive-trees.json").read_text(encoding="utf-8"))
    trees = load_trees("directive-trees")
    for i, own in list(enumerate(features))[::5]:
        present = {number for number, name in enumerate(data["features"]) if name in set(own)}
        total = 0.0
        for node in data["trees"]:
            while isinstance(node, list):
                node = node[2] if node[0] in present else node[1]
            total += node
        assert trees.probabilities(parts, [i])[0] == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-12)


@given(texts)
def test_folding_keeps_the_length_and_is_done_once(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(texts)
def test_folding_is_lower_case_and_plain_signs(text):
    plain = {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        "ð": "đ",
    }
    for char, folded in zip(text, fold(text), strict=True):
        base = unicodedata.normalize("NFD", folded)[0]
        lower = char.lower() if len(char.lower()) == 1 else char
        if lower in plain:
            assert folded == plain[lower]
        elif not char.isspace():
            assert base == unicodedata.normalize("NFD", lower)[0] or lower in "σς"


def test_old_tones_move_in_open_syllables_only():
    assert (
        fold("khoá uỷ thuý hoà quý toán hoàn uỷ-ban quỳ QUỸ OÀ") == "khóa ủy thúy hòa quý toán hoàn ủy-ban quỳ quỹ òa"
    )


@given(texts)
def test_tokens_are_the_pattern_s(text):
    page = page_of(text or ".")
    tokens = tokenize(page)
    spans = [match.span() for match in _TOKEN.finditer(page.text)]
    assert list(zip(tokens.starts, tokens.ends, strict=True)) == spans
    assert tokens.words == [page.folded[a:b] for a, b in spans]


@given(texts)
@example("00 İ")
@example("00 aİ İa")
def test_lower_words_are_the_pattern_s(text):
    view = SentenceView(0, 0, len(text), fold(text), (), (), (), False, False, False, "")
    wanted = []
    for match in WORD.finditer(view.folded):
        first = text[match.start()]
        capital = first.isupper() and match.start() > 2
        wanted.append("#" if capital else "0" if first.isdigit() else match.group())
    assert lower_words(view, text) == wanted


@given(st.text(st.sampled_from("ab c"), max_size=30))
def test_matches_are_whole_words_the_longest_first(text):
    keys = ["a", "a b", "b c a", "ab", "c"]
    pattern = re.compile(r"\b(?:b c a|a b|ab|a|c)\b")
    hits = Matcher({key: key for key in keys}).find(text)
    assert [(hit.start, hit.payload) for hit in hits] == [(m.start(), m.group()) for m in pattern.finditer(text)]


@given(st.lists(st.text(st.sampled_from("ab .-"), min_size=1, max_size=5), min_size=1), st.text("ab .-", max_size=12))
def test_alternatives_are_those_of_a_plain_list(phrases, text):
    plain = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    for behind in ("", r"\b", "(?=a)"):
        wanted = [m.span() for m in re.finditer(f"(?:{plain}){behind}", text)]
        assert [m.span() for m in re.finditer(alternatives(phrases) + behind, text)] == wanted
