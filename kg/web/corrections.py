"""Turns a form of the review page into a decision that can be kept: everything in it is checked against the article and the graph."""

from collections.abc import Mapping
from typing import Any, Final

from kg.errors import UsageError
from kg.home import GraphHome
from kg.home.reviews import Review
from kg.model.article import Article
from kg.read.deadlines import read_deadline
from kg.read.page import Page
from kg.web.index.directives import directive_rows
from kg.web.index.reader import Fact, Index
from kg.web.pages.forms import LONGEST, now
from kg.web.terms import speech_acts

_VERDICTS: Final = ("accept", "reject", "correct", "undo")


def review_of(index: Index, truth: GraphHome, form: Mapping[str, str], who: str) -> Review:
    """Return the decision that a form says. Raises UsageError for what is wrong in it."""
    verdict = form.get("verdict", "")
    if verdict not in _VERDICTS:
        raise UsageError(f"verdict: {', '.join(_VERDICTS)}")
    if verdict == "undo":
        return Review(
            article=form.get("article", ""), quote=_lines(form.get("quote", "")), verdict="undo", who=who, when=now()
        )
    fact = index.node(form.get("id", ""))
    if fact is None or fact.node.label != "Directive":
        raise UsageError("id: không có chỉ đạo này · no such directive")
    [source] = index.nodes(index.out(fact.node.n, "STATED_IN")).values()
    article = next(iter(truth.articles(source.id)), None)
    if article is None:
        raise UsageError(f"{source.id}: đã rút · taken out of the graph")
    return Review(
        article=source.id,
        quote=truth.reviews().quote_of(source.id, fact.data["quote"]),
        verdict="correct" if verdict == "correct" else "accept" if verdict == "accept" else "reject",
        who=who,
        when=now(),
        note=form.get("note", "")[:LONGEST],
        **(_corrected(index, fact, article, form) if verdict == "correct" else {}),
    )


def _corrected(index: Index, fact: Fact, article: Article, form: Mapping[str, str]) -> dict[str, Any]:
    """What the form changes; a field that it lacks stays as it was read."""
    [row] = directive_rows(index, [fact.node.n])
    shown = {"issuers": row.who, "addressees": row.whom}
    changes: dict[str, Any] = {
        name: names
        for name, nodes in shown.items()
        if name in form and (names := _names(form[name])) != _names("; ".join(node.name for node in nodes))
    }
    if verb := form.get("verb", "").strip()[:100]:
        changes["verb"] = verb
    if act := form.get("act", ""):
        if act not in speech_acts():
            raise UsageError(f"act: {', '.join(speech_acts())}")
        changes["act"] = act
    if strength := form.get("strength", ""):
        if strength not in tuple("12345"):
            raise UsageError("strength: 1–5")
        changes["strength"] = int(strength)
    changes = {name: value for name, value in changes.items() if value != fact.data.get(name)}
    quote = str(fact.data["quote"])
    if "span" in form and (span := _lines(form["span"])[:LONGEST]) != quote:
        changes["span"] = quote = _span(index, fact, article, span)
    if "deadline" in form and form["deadline"].strip() != str(fact.data.get("deadline") or ""):
        changes |= _deadline(article, fact.data["start"], quote, form["deadline"].strip())
    return changes


def _span(index: Index, fact: Fact, article: Article, span: str) -> str:
    start = fact.data["start"]
    span = span.rstrip()
    if not span or not article.text.startswith(span, start):
        raise UsageError(
            "span: phải bắt đầu đúng chỗ và đúng nguyên văn · must be the words of the article from where the sentence starts"
        )
    [(after,)] = index.rows(
        "SELECT coalesce(min(start), ?1) FROM directive WHERE article = (SELECT article FROM directive WHERE n = ?2) AND start > ?3",
        (len(article.text), fact.node.n, start),
    )
    if start + len(span) > after:
        raise UsageError("span: lấn sang chỉ đạo sau · runs into the next directive")
    return span


def _deadline(article: Article, start: int, quote: str, deadline: str) -> dict[str, str | None]:
    """The deadline as written, which must stand in the sentence, and what it means where that can be read."""
    if not deadline:
        return {"deadline": "", "deadline_iso": None}
    at = quote.find(deadline)
    if at < 0:
        raise UsageError("deadline: không có trong câu · must stand in the sentence as it is written there")
    read = read_deadline(Page.of(article), start + at, start + at + len(deadline))
    return {"deadline": deadline, "deadline_iso": read[1] if read else None}


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in text[:LONGEST].split(";") if (name := " ".join(part.split()))))
