"""Letters that were held back while the grammar was written; docs/letters.md has what they gave at their first run.

`missed_deadline` is one that the reader of deadlines does not find yet: nothing or that may be read.
"""

from pathlib import Path

import pytest

from kg.read import read
from kg.text.fold import fold
from loaders import load
from tests.letters.build import FORMS, MAKERS, load_texts
from tests.letters.test_letters import LABEL, expected_directives, expected_header, header_of, told

HELD_BACK = load_texts(Path(__file__).parent / "held_back")


@pytest.fixture(params=HELD_BACK)
def letter(request, tmp_path):
    text = HELD_BACK[request.param]
    path = tmp_path / f"a{FORMS[text['format']]}"
    path.write_bytes(MAKERS[text["format"]](text))
    (article,) = load([str(path)])
    return text, article


def test_header_and_directives(letter):
    text, article = letter
    expected = expected_header(text)
    for one in expected["signatories"]:
        one.setdefault("post", None)
    assert header_of(article.letter) == expected
    directives = read(article).directives
    wanted = list(expected_directives(text))
    assert len(directives) == len(wanted), [d.quote for d in directives]
    for directive, (opens, parts, _) in zip(directives, wanted, strict=True):
        assert fold(directive.quote).startswith(fold(LABEL.sub("", opens)))
        missed = parts.pop("missed_deadline", None)
        found = told(directive)
        if missed and found.get("deadline") == missed:
            del found["deadline"]
        assert found == parts
