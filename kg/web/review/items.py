"""The cards of the review page: one a fact, with its sentence, who is concerned, and the fields that can be corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.export.html_rows import Piece
from kg.export.safe import xml_text
from kg.home import GraphHome
from kg.home.review import Kind
from kg.model.reading import DirectiveRead, Evidence, MeetingRead, StatementRead
from kg.web.index.directives import directive_rows, marked_quote
from kg.web.index.doubtful import Waiting
from kg.web.index.reader import Fact, Index, Node
from kg.web.review.found import Found, Holding, find
from kg.web.review.slots import SLOTS

_AHEAD: Final = 240
_AROUND: Final = 220
_LOOKED_AT: Final = 3_000


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: its name, its label (a key of the texts), its value; `form` is text, names, choice,
    date, span, or written (words of the sentence)."""

    name: str
    label: str
    form: str
    value: str
    choices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A card. `concerned` are nodes by label (a key of the texts), `told` is what stands beside the title, `ahead` what follows the sentence."""

    kind: Kind
    id: str
    title: str
    told: tuple[str, ...]
    confidence: float
    quote: Sequence[Piece]
    concerned: Sequence[tuple[str, Sequence[Node]]]
    date: str
    article: Node
    anchor: str
    fields: Sequence[Field]
    ahead: str = ""


def items(index: Index, truth: GraphHome, waiting: Sequence[Waiting], acts: Sequence[str], most: int) -> list[Item]:
    """Return the first `most` facts that wait, in order; what was decided since the graph was made, or is gone, is passed over."""
    shown: list[Item] = []
    for start in range(0, min(len(waiting), _LOOKED_AT), most):
        some = waiting[start : start + most]
        facts = index.facts(one.n for one in some)
        for one in some:
            found = find(index, truth, facts[one.n])
            if found and not found.reviewed:
                shown.append(_item(index, found, acts))
            if len(shown) == most:
                return shown
    return shown


def _item(index: Index, found: Found, acts: Sequence[str]) -> Item:
    read, fact, text = found.read, found.fact, found.article.text
    told: tuple[str, ...] = ()
    mark: Sequence[Piece]
    [article] = index.nodes(_article_of(index, fact)).values()
    match read:
        case DirectiveRead():
            return _directive(index, found, article, acts)
        case StatementRead(start=start, verb=title, kind=said, confidence=confidence):
            told, mark = (said,), marked_quote(fact.data, [])
            concerned = {
                "col.who": index.into(fact.node.n, "STATED"),
                "review.targets": index.out(fact.node.n, "CONCERNS"),
            }
        case Holding(post=post):
            title, confidence = post.post, post.evidence.confidence
            start, mark = post.evidence.start, _around(text, post.evidence)
            held = index.out(fact.node.n, "EVIDENCE_OF")
            concerned = {
                "held.person": [n for one in held for n in index.into(one, "HAS_MEMBERSHIP")],
                "held.body": [n for one in held for n in index.out(one, "IN_AGENCY")],
            }
        case MeetingRead(kind=title, mentions=mentions):
            confidence = min(one.confidence for one in mentions)
            start, mark = mentions[0].start, _around(text, mentions[0])
            concerned = {
                f"review.{of}": index.into(fact.node.n, edge)
                for of, edge in (("host", "HOSTED"), ("chairs", "CHAIRED"))
            }
    return Item(
        kind=found.kind,
        id=fact.node.id,
        title=xml_text(title),
        told=told,
        confidence=confidence,
        quote=mark,
        concerned=[(label, list(index.nodes(of).values())) for label, of in concerned.items()],
        date=str(fact.data.get("date") or article.hint),
        article=article,
        anchor=f"{'f' if found.kind == 'statement' else 'm'}-{start}",
        fields=[Field(one.name, one.label, one.form, one.shown(read), one.choices) for one in SLOTS[found.kind]],
    )


def _article_of(index: Index, fact: Fact) -> list[int]:
    if fact.node.label in ("Directive", "Statement"):
        return index.out(fact.node.n, "STATED_IN")
    mentions = index.into(fact.node.n, "EVIDENCE_OF") if fact.node.label == "Meeting" else [fact.node.n]
    return index.into(mentions[0], "MENTIONS")


def _directive(index: Index, found: Found, article: Node, acts: Sequence[str]) -> Item:
    [row] = directive_rows(index, [found.fact.node.n])
    data = row.data
    names = ("; ".join(node.name for node in nodes) for nodes in (row.who, row.whom))
    return Item(
        kind="directive",
        id=row.node.id,
        title=xml_text(data["verb"]),
        told=(data["act"], f"{data['strength']}/5"),
        confidence=data["confidence"],
        quote=row.quote,
        concerned=[("col.who", row.who), ("col.whom", row.whom)],
        date=row.date,
        article=article,
        anchor=f"f-{data['start']}",
        fields=[
            Field("span", "review.span", "span", xml_text(data["quote"])),
            Field("issuers", "col.who", "names", next(names)),
            Field("addressees", "col.whom", "names", next(names)),
            Field("verb", "why.verbs", "text", data["verb"]),
            Field("act", "filter.act", "choice", data["act"], acts),
            Field("strength", "strength", "choice", str(data["strength"]), tuple("12345")),
            Field("deadline", "deadline", "written", data.get("deadline") or ""),
        ],
        ahead=xml_text(found.article.text[data["end"] :][:_AHEAD]),
    )


def _around(text: str, at: Evidence) -> list[Piece]:
    """The words that prove a fact, marked, in the paragraph where they stand."""
    before = text[text.rfind("\n", 0, at.start) + 1 : at.start]
    after = text[at.end :].partition("\n")[0]
    pieces = (_cut(before, -_AROUND), at.quote, _cut(after, _AROUND))
    return [Piece(xml_text(piece), "verb" * (place == 1)) for place, piece in enumerate(pieces)]


def _cut(text: str, most: int) -> str:
    """At most so many characters, of the end where `most` is negative, cut between words."""
    if len(text) <= abs(most):
        return text
    return "…" + text[most:].partition(" ")[2] if most < 0 else text[:most].rpartition(" ")[0] + "…"
