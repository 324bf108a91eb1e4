"""Who ordered, whom, with which verb: for each directive sentence in turn the best candidates, given what was settled before."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.candidates import (
    Candidate,
    Context,
    Decision,
    addressee_candidates,
    issuer_candidates,
    verb_candidates,
)
from kg.read.directives.ranker import Ranker
from kg.read.mentions import ActorMention

_EXPLICIT = ("object", "told", "topic", "sent", "here")


@dataclass(frozen=True, slots=True)
class Rankers:
    """The three rankers of the resolution."""

    verb: Ranker
    issuer: Ranker
    addressees: Ranker


@dataclass(frozen=True, slots=True)
class Resolved:
    """What was settled for one directive sentence; `certainty` is the product of the shares of the chosen candidates."""

    view: SentenceView
    trigger: Trigger | None
    verb: str
    issuer: Candidate | None
    addressees: Candidate
    certainty: float

    @property
    def issuer_mention(self) -> ActorMention | None:
        """The mention of the issuer, if it has one."""
        return self.issuer.mentions[0] if self.issuer is not None and self.issuer.mentions else None


def resolve(ctx: Context, chosen: Sequence[int], rankers: Rankers) -> tuple[Resolved, ...]:
    """Settle the sentences `chosen` (indices in order)."""
    out: list[Resolved] = []
    earlier: list[Decision] = []
    for index in chosen:
        resolved = _resolve(ctx, ctx.views[index], earlier, rankers)
        out.append(resolved)
        earlier.append(decision_of(resolved))
    return tuple(out)


def decision_of(resolved: Resolved) -> Decision:
    """Return what later sentences need to know of `resolved`."""
    return Decision(
        resolved.view.index,
        resolved.verb,
        resolved.issuer.value[0] if resolved.issuer is not None else "",
        resolved.addressees.value,
        resolved.addressees.how.startswith(_EXPLICIT),
    )


def _resolve(ctx: Context, view: SentenceView, earlier: Sequence[Decision], rankers: Rankers) -> Resolved:
    verb, _ = _choose(rankers.verb, verb_candidates(ctx, view, earlier))
    issuers = issuer_candidates(ctx, view, earlier, verb.trigger)
    issuer, sure_issuer = _choose(rankers.issuer, issuers) if issuers else (None, 0.3)
    name = issuer.value[0] if issuer is not None else ""
    addressees, sure_addressees = _choose(
        rankers.addressees, addressee_candidates(ctx, view, earlier, verb.trigger, name)
    )
    return Resolved(view, verb.trigger, verb.value[0], issuer, addressees, sure_issuer * sure_addressees)


def _choose(ranker: Ranker, candidates: Sequence[Candidate]) -> tuple[Candidate, float]:
    features = [candidate.features for candidate in candidates]
    best = ranker.best(features)
    return candidates[best], ranker.probability(features, best)
