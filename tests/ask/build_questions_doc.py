"""Write docs/questions.md from the headers of the questions and the grammar: `python tests/ask/build_questions_doc.py`."""

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from kg.ask.registry import Question, questions, themes
from kg.ask.words import known_sentences

TARGET = Path(__file__).resolve().parents[2] / "docs" / "questions.md"
_HEAD = """\
# The named questions

Generated from `queries/` and `kg/ask/forms.toml` by `python tests/ask/build_questions_doc.py`; a test keeps it so.

{count} questions, each as SPARQL (`queries/sparql/NAME.rq`) and as Cypher (`queries/cypher/NAME.cypher`), with equal rows from Oxigraph, kglite and
Neo4j. `kg query NAME --list` tells the parameters and columns of one; every example answers on the samples. A parameter of type NAME matches
without accents and in part, an alias exactly; DATE is a year, month or day. Names of columns: `*_id` and `id` go into `kg query evidence -p id ID`.

What they share: two articles that report one order give two directives; `whom` are those addressed or put in charge, `who` those who speak;
a place is that of the article or of a body that gave or got the directive; a month or year compares by as much as both dates say.
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([_HEAD.format(count=len(questions())), *_tables(), *_words()])


def _tables() -> Iterator[str]:
    for theme in themes():
        yield f"## {theme.title['vi']} · {theme.title['en']}\n"
        yield "| question | asks | parameters | example |\n|---|---|---|---|"
        yield from map(_row, theme.questions)
        yield ""


def _row(asked: Question) -> str:
    said = asked.header
    params = ", ".join(f"**{param.name}**" if param.is_required else param.name for param in asked.params)
    refused = "".join(f" (not in {language}: {why})" for language, why in said.refusals.items())
    cells = (
        f"`{asked.name}`",
        f"{said.title['vi']} · {said.title['en']}. {said.help['en']}{refused}",
        params,
        f"`{said.example}`",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _words() -> Iterator[str]:
    yield "## In plain words\n"
    yield (
        '`kg ask "..."` understands these, with or without accents and with a time phrase where the question has dates'
        ' ("năm 2021", "từ 2016 đến 2018", "trước ngày 30/9/2017", "in July 2017", "before 30 September 2017").'
        " Capitals stand for a name, a matter, a document.\n"
    )
    for name, rows in groupby(known_sentences(), key=lambda pair: pair[0]):
        yield f"- `{name}`: " + "; ".join(sentence for _, sentence in rows)


if __name__ == "__main__":
    TARGET.write_text(page() + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(questions())} questions", file=sys.stderr)
