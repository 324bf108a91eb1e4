"""What the directive reader knows of an article before it settles who told whom: sentences, speakers, probabilities, the chosen ones."""

from collections.abc import Mapping

from kg.read.actors import Actors
from kg.read.directives.analysis import SentenceView, analyse
from kg.read.directives.authority import ranks_of_officials
from kg.read.directives.candidates import Context
from kg.read.directives.host import find_hosts
from kg.read.directives.plain import PLAIN, plain_order, told_by_speaker
from kg.read.directives.spans import choose, directive_probabilities
from kg.read.directives.speakers import Speaker, track_speakers
from kg.read.directives.vetoes import VETOED, is_no_directive
from kg.read.page import Page
from kg.read.records import record

READABLE = frozenset({"body", "lead"})
"""Zones whose sentences can be directives (GUIDELINES.md: titles, captions, navigation give none)."""


@record
class Survey:
    """The context of an article's sentences, how probable each is a directive, and the indices of those that are."""

    context: Context
    probabilities: tuple[float, ...]
    chosen: tuple[int, ...]


def survey(page: Page, actors: Actors) -> Survey:
    """Weigh the sentences of `page`."""
    views = analyse(page, actors.mentions)
    ranks = ranks_of_officials(actors.officials)
    speakers = track_speakers(page, views, ranks)
    probabilities = [
        _weighed(page, view, speaker, ranks, probability)
        for view, speaker, probability in zip(
            views, speakers, directive_probabilities(views, speakers, ranks, page.text), strict=True
        )
    ]
    chosen = [i for i in choose(page.folded, views, probabilities) if page.zone(views[i].start) in READABLE]
    context = Context.of(page, views, speakers, ranks, find_hosts(page, views), chosen)
    return Survey(context, tuple(probabilities), tuple(chosen))


def _weighed(page: Page, view: SentenceView, speaker: Speaker, ranks: Mapping[str, int], probability: float) -> float:
    """What the models hold, within the bounds that rules set."""
    if is_no_directive(view, ranks):
        return min(probability, VETOED)
    plain = plain_order(page.folded, view, ranks) is not None or told_by_speaker(page.folded, view, speaker, ranks)
    return max(probability, PLAIN) if plain else probability
