"""Turns a form of the review page into a decision that can be kept: everything in it is checked against the article and the graph."""

from collections.abc import Mapping
from typing import Any, Literal, cast, get_args

from kg.ask.params import checked_date
from kg.errors import UsageError
from kg.home import GraphHome
from kg.home.review import Kind, Review
from kg.model.article import Article
from kg.read.deadlines import read_deadline
from kg.read.page import Page
from kg.web.index.directives import directive_rows
from kg.web.index.reader import Fact, Index
from kg.web.pages.forms import LONGEST, now
from kg.web.review.found import Found, find
from kg.web.review.slots import SLOTS
from kg.web.terms import speech_acts

Verdict = Literal["accept", "reject", "correct", "undo"]


def review_of(index: Index, truth: GraphHome, form: Mapping[str, str], who: str) -> Review:
    """Return the decision that a form says. Raises UsageError for what is wrong in it."""
    verdict = form.get("verdict", "")
    if verdict not in get_args(Verdict):
        raise UsageError(f"verdict: {', '.join(get_args(Verdict))}")
    if verdict == "undo":
        return _undo(form, who)
    fact = index.node(form.get("id", ""))
    if fact is None:
        raise UsageError("id: không có mã này · no such id in the graph")
    found = find(index, truth, fact)
    if found is None:
        raise UsageError(f"{fact.node.id}: đã rút, đã bỏ hoặc đọc khác · taken out, rejected, or read otherwise by now")
    changes: dict[str, Any] = {}
    if verdict == "correct":
        changes = (
            _of_directive(index, fact, found.article, form) if found.kind == "directive" else _of_other(found, form)
        )
    kind, quote, of = found.key
    return Review(
        article=found.article.id,
        quote=quote,
        verdict=cast(Verdict, verdict),
        kind=cast(Kind, kind),
        of=of,
        who=who,
        when=now(),
        note=form.get("note", "")[:LONGEST],
        **changes,
    )


def _undo(form: Mapping[str, str], who: str) -> Review:
    kind = form.get("kind", "directive")
    if kind not in get_args(Kind):
        raise UsageError(f"kind: {', '.join(get_args(Kind))}")
    return Review(
        article=form.get("article", ""),
        quote=_lines(form.get("quote", "")),
        verdict="undo",
        kind=cast(Kind, kind),
        of=_lines(form.get("of", "")),
        who=who,
        when=now(),
    )


def _of_other(found: Found, form: Mapping[str, str]) -> dict[str, Any]:
    """What the form changes of praise, criticism, a petition, a post or a meeting; a field that it lacks stays as it was read."""
    changes: dict[str, Any] = {}
    for slot in SLOTS[found.kind]:
        given = " ".join(form.get(slot.name, "").split())[:LONGEST]
        if slot.name not in form or given == slot.shown(found.read):
            continue
        if slot.needed and not given:
            raise UsageError(f"{slot.name}: không để trống · may not be empty")
        if slot.form == "choice" and given not in slot.choices:
            raise UsageError(f"{slot.name}: {', '.join(slot.choices)}")
        if slot.form == "date":
            checked_date(slot.name, given)
        changes[slot.name] = _names(given) if slot.form == "names" else given
    if "holder" in changes and changes["holder"] not in found.article.text:
        raise UsageError("holder: không có trong bài · must stand in the article as it is written there")
    return changes


def _of_directive(index: Index, fact: Fact, article: Article, form: Mapping[str, str]) -> dict[str, Any]:
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
