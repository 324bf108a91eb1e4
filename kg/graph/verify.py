"""Checks that a graph says only what its articles say: every quote at its offsets, every reference there, every entity with evidence."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.graph.records import Graph
from kg.graph.rules import broken, rules
from kg.graph.terms import fields_of
from kg.home import GraphHome
from kg.identify import resolve
from kg.model.article import Article
from kg.model.base import Entity
from kg.model.entities import ArticleNode, Directive, Instruction, Mention, Place, Redirect, Statement, Topic
from kg.model.reading import Reading

Quoted = Directive | Statement | Mention
"""What carries a quote and its offsets."""

_WITHOUT_EVIDENCE = (ArticleNode, Directive, Statement, Mention, Instruction, Place, Topic, Redirect)
"""Articles and quotations are evidence, places and topics are reference, instructions are derived."""


class Fault(NamedTuple):
    """One thing that is wrong: which check, the id of the entity, and what about it."""

    check: str
    entity: str
    reason: str

    def __str__(self) -> str:
        return f"{self.check}: {self.entity}: {self.reason}"


@dataclass(slots=True)
class Report:
    """What was checked, by check, and the faults found."""

    checked: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


def verify(home: GraphHome) -> Report:
    """Check the stored bytes and the graph that they give. Raises StoreError where the file itself can't be read."""
    report = Report()
    report.faults += [Fault("file", str(home.path), fault) for fault in home.faults()]
    if report.faults:
        return report
    texts: dict[str, str] = {}
    graph = resolve(_noted(home.pairs(), texts), home.decisions())
    check(graph, texts, report)
    report.checked["rule"] = len(rules())
    report.faults += [Fault(f"rule {b.rule}", b.subject, b.value or "broken") for b in broken(graph)]
    return report


def _noted(pairs: Iterable[tuple[Article, Reading]], texts: dict[str, str]) -> Iterator[tuple[Article, Reading]]:
    for article, reading in pairs:
        texts[article.id] = article.text
        yield article, reading


def check(graph: Graph, texts: dict[str, str], report: Report) -> None:
    """Add to `report` what is wrong with `graph`, whose articles have these texts by id."""
    by_id = {entity.id: entity for entity in graph.entities}
    evidenced = {entity.body for entity in graph.entities if isinstance(entity, Mention)}
    for entity in graph.entities:
        if isinstance(entity, Quoted):
            report.checked["quote"] += 1
            report.faults += _quote_faults(entity, texts)
        report.faults += _reference_faults(entity, by_id, report)
        if not isinstance(entity, _WITHOUT_EVIDENCE):
            report.checked["evidence"] += 1
            if entity.id not in evidenced:
                report.faults.append(Fault("evidence", entity.id, "no mention stands behind it"))


def _quote_faults(entity: Quoted, texts: dict[str, str]) -> Iterator[Fault]:
    text = texts.get(entity.article)
    if text is None:
        yield Fault("quote", entity.id, f"its article {entity.article} is not there")
    elif not entity.quote or text[entity.start : entity.end] != entity.quote:
        yield Fault(
            "quote", entity.id, f"{entity.start}-{entity.end} of {entity.article} does not read {entity.quote!r}"
        )


def _reference_faults(entity: Entity, by_id: dict[str, Entity], report: Report) -> Iterator[Fault]:
    for term in fields_of(type(entity)):
        if not term.term.ref:
            continue
        value = getattr(entity, term.name)
        for target in value if term.is_many else [value] if value is not None else []:
            report.checked["reference"] += 1
            found = by_id.get(target)
            if found is None:
                yield Fault("reference", entity.id, f"{term.name} points at {target}, which is not there")
            elif type(found).__name__ not in term.term.ref:
                yield Fault("reference", entity.id, f"{term.name} points at a {type(found).__name__}, {target}")
