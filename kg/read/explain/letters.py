"""The explanation of an official letter: its layout decides, not the models."""

from dataclasses import replace

from kg.model.reading import Reading
from kg.read.explain.records import Outcome, SentenceExplained


def by_layout(sentence: SentenceExplained, reading: Reading) -> SentenceExplained:
    """Return the explanation of a letter's sentence: the rule of the directive in it, and nothing of what the models hold."""
    inside = [d for d in reading.directives if sentence.start <= d.start and d.end <= sentence.end]
    asked = [s for s in reading.statements if sentence.start <= s.start and s.end <= sentence.end]
    outcome = None
    if inside:
        d = inside[0]
        outcome = Outcome("directive", d.issuers, d.verb, d.addressees, d.rule, d.confidence)
    elif asked:
        s = asked[0]
        outcome = Outcome(s.kind, s.speakers, s.verb, s.targets, s.rule, s.confidence)
    return replace(
        sentence,
        directive=bool(inside),
        reason="layout" if inside else "no_layout",
        weighs_for=(),
        weighs_against=(),
        verbs=(),
        issuers=(),
        addressees=(),
        outcome=outcome,
    )
