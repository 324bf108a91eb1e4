"""Trains the rankers of verb, issuer and addressees: each gold directive is a choice among the candidates that the grammar offers."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kg.read.directives.addressees import addressee_candidates
from kg.read.directives.candidates import Candidate, Context, Decision
from kg.read.directives.issuers import issuer_candidates
from kg.read.directives.resolve import is_explicit
from kg.read.directives.verbs import verb_candidates
from kg.train.data import Labelled
from kg.train.names import same_names, same_verb
from kg.train.rank import Choice, train_ranker


class Choices(NamedTuple):
    """The decisions to learn, by kind."""

    verb: list[Choice]
    issuer: list[Choice]
    addressees: list[Choice]


def train_rankers(articles: Iterable[Labelled]) -> dict[str, dict[str, Any]]:
    """Return the trees of the three rankers by their file's name."""
    every = list(articles)
    verbs = collect_choices(every).verb
    # who is told in an article that follows another teaches nothing new (decision 4)
    actors = collect_choices(article for article in every if article.source is None)
    return {
        "directive-verb": train_ranker(verbs),
        "directive-issuer": train_ranker(actors.issuer),
        "directive-addressees": train_ranker(actors.addressees),
    }


def context_of(article: Labelled, chosen: Sequence[int]) -> Context:
    """Return the context of an article's directive sentences."""
    return Context.of(article.page, article.views, article.speakers, article.ranks, article.hosts, chosen)


def collect_choices(articles: Iterable[Labelled]) -> Choices:
    """Return the choices of `articles`, each made with the right decisions before it."""
    choices = Choices([], [], [])
    for article in articles:
        gold = article.directives()
        context = context_of(article, sorted(gold))
        earlier: list[Decision] = []
        for index in sorted(gold):
            earlier.append(_learn(context, index, gold[index], earlier, choices))
    return choices


def _learn(
    context: Context, index: int, gold: Mapping[str, Any], earlier: Sequence[Decision], choices: Choices
) -> Decision:
    view = context.views[index]
    verbs = verb_candidates(context, view, earlier)
    right_verbs = frozenset(i for i, c in enumerate(verbs) if same_verb(c.value[0], gold["verb"]))
    choices.verb.append(_choice(verbs, right_verbs))
    trigger = next((verbs[i].trigger for i in sorted(right_verbs) if verbs[i].trigger), None)

    issuers = issuer_candidates(context, view, earlier, trigger)
    right_issuers = _best(issuers, gold["issuers"], 0.9)
    choices.issuer.append(_choice(issuers, right_issuers))
    issuer = issuers[min(right_issuers)].value[0] if right_issuers else next(iter(gold["issuers"]), "")

    sets = addressee_candidates(context, view, earlier, trigger, issuer)
    right_sets = _best(sets, gold["addressees"], 0.5)
    choices.addressees.append(_choice(sets, right_sets))
    chosen = sets[min(right_sets)] if right_sets else None
    return Decision(
        index,
        gold["verb"],
        issuer,
        chosen.value if chosen else tuple(gold["addressees"]),
        chosen is not None and is_explicit(chosen),
    )


def _choice(candidates: Sequence[Candidate], right: frozenset[int]) -> Choice:
    return Choice([candidate.features + candidate.around for candidate in candidates], right)


def _best(candidates: Sequence[Candidate], gold: Sequence[str], least: float) -> frozenset[int]:
    """The candidates that agree best with the gold names, if they agree at least by `least`."""
    agreement = [same_names(candidate.value, gold) for candidate in candidates]
    best = max(agreement, default=0.0)
    return frozenset(i for i, value in enumerate(agreement) if value == best) if best >= least else frozenset()
