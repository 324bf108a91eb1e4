"""Which candidates for verb, issuer and addressees were ranked for each directive sentence, with what scores."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.read.directives import load_rankers
from kg.read.directives.addressees import addressee_candidates
from kg.read.directives.candidates import Candidate, Decision
from kg.read.directives.issuers import issuer_candidates
from kg.read.directives.ranker import Ranker
from kg.read.directives.resolve import Resolved, decision_of, resolve
from kg.read.directives.survey import Survey
from kg.read.directives.verbs import verb_candidates
from kg.read.explain.records import Ranked


class Rankings(NamedTuple):
    """The candidates of one sentence, the best first."""

    verbs: tuple[Ranked, ...]
    issuers: tuple[Ranked, ...]
    addressees: tuple[Ranked, ...]


def rankings(found: Survey) -> dict[int, Rankings]:
    """Return the candidates of each directive sentence by its index, each ranked after the same decisions as in the reading."""
    return dict(_rank(found))


def _rank(found: Survey) -> Iterator[tuple[int, Rankings]]:
    rankers = load_rankers()
    context = found.context
    earlier: list[Decision] = []
    for resolved in resolve(context, found.chosen, rankers):
        view, name = resolved.view, _issuer(resolved)
        yield (
            view.index,
            Rankings(
                _ordered(rankers.verb, verb_candidates(context, view, earlier), (resolved.verb,)),
                _ordered(
                    rankers.issuer,
                    issuer_candidates(context, view, earlier, resolved.trigger),
                    resolved.issuer.value if resolved.issuer is not None else (),
                ),
                _ordered(
                    rankers.addressees,
                    addressee_candidates(context, view, earlier, resolved.trigger, name),
                    resolved.addressees.value,
                ),
            ),
        )
        earlier.append(decision_of(resolved))


def _issuer(resolved: Resolved) -> str:
    return resolved.issuer.value[0] if resolved.issuer is not None else ""


def _ordered(ranker: Ranker, candidates: Sequence[Candidate], chosen: tuple[str, ...]) -> tuple[Ranked, ...]:
    """The candidates, the chosen one first: a plain order or the run's verb settles some without ranking."""
    if not candidates:
        return ()
    scores, shares = ranker.weigh([candidate.features for candidate in candidates], candidates[0].around)
    ranked = [
        Ranked(candidate.value, candidate.how, round(score, 3), round(share, 3), candidate.value == chosen)
        for candidate, score, share in zip(candidates, scores, shares, strict=True)
    ]
    if not any(each.chosen for each in ranked):
        ranked.append(Ranked(chosen, "rule", 0.0, 1.0, True))
    return tuple(sorted(ranked, key=lambda each: (not each.chosen, -each.score)))
