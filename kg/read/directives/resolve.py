"""Who ordered, whom, with which verb: for each directive sentence in turn the best candidates, given what was settled before."""

from collections.abc import Sequence

from kg.read.directives.addressees import addressee_candidates, only_parties, told_first
from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.candidates import Candidate, Context, Decision
from kg.read.directives.cues import told_verbs
from kg.read.directives.issuers import issuer_candidates
from kg.read.directives.phrases import is_bare_thing
from kg.read.directives.ranker import Ranker
from kg.read.directives.settled import Settled, host_told, settle
from kg.read.directives.sure import Sure, sure_order
from kg.read.directives.verbs import verb_candidates
from kg.read.mentions import ActorMention
from kg.read.records import record

_SURE = 0.95
"""How often a plain order's subject and object are its issuer and addressees (measured on gold/train: .93 to .98)."""


@record
class Rankers:
    """The three rankers of the resolution."""

    verb: Ranker
    issuer: Ranker
    addressees: Ranker


@record
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
        is_explicit(resolved.addressees),
    )


def is_explicit(addressees: Candidate) -> bool:
    """Say whether the sentence itself names the addressees."""
    return addressees.how.startswith("here")


def _resolve(ctx: Context, view: SentenceView, earlier: Sequence[Decision], rankers: Rankers) -> Resolved:
    settled = settle(ctx, view, earlier)
    if settled is not None:
        return _by_grammar(ctx, view, earlier, rankers, settled)
    sure = sure_order(ctx, view, earlier[-1].addressees if earlier else ())
    verb, trigger = (sure.trigger.lemma, sure.trigger) if sure is not None else _verb(ctx, view, earlier, rankers.verb)
    issuers = issuer_candidates(ctx, view, earlier, trigger)
    issuer, sure_issuer = _issuer(rankers.issuer, issuers, sure)
    name = issuer.value[0] if issuer is not None else ""
    verb = _verb_of_run(ctx, view, earlier, verb, name)
    addressees, sure_addressees = _addressees(ctx, view, earlier, trigger, name, rankers.addressees, sure)
    return Resolved(view, trigger, verb, issuer, addressees, sure_issuer * sure_addressees)


def _by_grammar(
    ctx: Context, view: SentenceView, earlier: Sequence[Decision], rankers: Rankers, settled: Settled
) -> Resolved:
    """What the grammar settled, and what it left open as the rankers choose."""
    trigger = next((t for t in view.triggers if t.lemma == settled.verb), None)
    candidates = issuer_candidates(ctx, view, earlier, trigger)
    issuer: Candidate | None
    if settled.issuer is not None:
        given = settled.issuer
        known = next((c for c in candidates if c.value[0] == given.name), None)
        issuer, sure_issuer = known or Candidate((given.name,), given.how, (), (), (given,)), _SURE
    else:
        told_names = settled.told.value if settled.told is not None else ()
        others = [c for c in candidates if c.value[0] not in told_names]
        issuer, sure_issuer = _issuer(rankers.issuer, others, None)
    name = issuer.value[0] if issuer is not None else ""
    told = (settled.told, _SURE) if settled.told is not None else None
    addressees, sure_told = told or _addressees(ctx, view, earlier, trigger, name, rankers.addressees, None)
    return Resolved(view, trigger, settled.verb, issuer, addressees, sure_issuer * sure_told)


_DUTY = frozenset({"cần", "phải", "nên"})
_RUNS = frozenset({"yêu cầu", "đề nghị", "chỉ đạo", "kết luận"})
_NEAR = 300
"""Code points between two sentences of one run."""


def _verb_of_run(ctx: Context, view: SentenceView, earlier: Sequence[Decision], verb: str, issuer: str) -> str:
    """The run's verb for a later sentence of it that has only its own cần/phải (GUIDELINES.md, rulings on hard cases)."""
    if not earlier or earlier[-1].verb not in _RUNS or earlier[-1].issuer != issuer:
        return verb
    if verb not in _DUTY and not _is_their_task(view, verb, issuer):
        return verb
    return earlier[-1].verb if view.start - ctx.views[earlier[-1].index].end < _NEAR else verb


def _is_their_task(view: SentenceView, verb: str, issuer: str) -> bool:
    """Whether a verb of speech is what those have to do who are told ("Quán triệt ...", "Sở Y tế hướng dẫn ...")."""
    own = (t.subject is not None and t.subject.name == issuer for t in view.triggers if t.lemma == verb)
    return verb in told_verbs() and not any(own)


def _verb(ctx: Context, view: SentenceView, earlier: Sequence[Decision], ranker: Ranker) -> tuple[str, Trigger | None]:
    candidates = verb_candidates(ctx, view, earlier)
    verb = _choose(ranker, candidates)[0].value
    return verb[0], next((c.trigger for c in candidates if c.value == verb and c.trigger is not None), None)


def _issuer(ranker: Ranker, candidates: Sequence[Candidate], sure: Sure | None) -> tuple[Candidate | None, float]:
    if not candidates:
        return None, 0.3
    if sure is not None and sure.by_subject:
        # the subject of the verb is the first candidate that is looked for
        return candidates[0], _SURE
    return _choose(ranker, candidates)


def _addressees(
    ctx: Context,
    view: SentenceView,
    earlier: Sequence[Decision],
    trigger: Trigger | None,
    issuer: str,
    ranker: Ranker,
    sure: Sure | None,
) -> tuple[Candidate, float]:
    own = only_parties(ctx, view, earlier, sure.parties, issuer) if sure is not None and sure.parties else None
    own = own or host_told(ctx, view, earlier, issuer)
    own = own or (told_first(ctx, view, earlier, issuer) if sure is None else None)
    if own is not None:
        return own, _SURE
    sets = addressee_candidates(ctx, view, earlier, trigger, issuer)
    # the ranker learnt with things among its candidates ("Đề án phải ..."); none of them can be told
    return _choose(ranker, [c for c in sets if not c.value or not all(map(is_bare_thing, c.value))])


def _choose(ranker: Ranker, candidates: Sequence[Candidate]) -> tuple[Candidate, float]:
    best, share = ranker.choose([candidate.features for candidate in candidates], candidates[0].around)
    return candidates[best], share
