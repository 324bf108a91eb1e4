"""Why the reader took a sentence for a directive, or didn't, and why these are its verb, issuer and addressees: `kg read --explain`."""

from dataclasses import replace

from kg.errors import UsageError
from kg.model.article import Article
from kg.model.reading import Reading
from kg.read import read
from kg.read.actors import read_actors
from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.bundles import whole
from kg.read.directives.features import sentence_parts
from kg.read.directives.spans import Opinion, opinions, threshold, vocabulary
from kg.read.directives.survey import READABLE, Survey, survey
from kg.read.explain.letters import by_layout
from kg.read.explain.rankings import Rankings, rankings
from kg.read.explain.records import ActorSeen, Explained, Outcome, SentenceExplained, SpeakerSeen, TriggerSeen
from kg.read.explain.weights import strongest
from kg.read.page import Page

__all__ = ["explain", "only"]

_MOST = 6
_NOTHING = Rankings((), (), ())


def explain(article: Article, most: int = _MOST) -> Explained:
    """Return an explanation of each sentence of `article`, with at most `most` features for and against.

    It runs the reader's own steps again and looks at what lies between them, so it takes several times as long as a reading.

    >>> from kg.model.article import Origin
    >>> text = "Chủ tịch UBND tỉnh Trần Văn Mẫu yêu cầu Sở Y tế báo cáo. Trời mưa to."
    >>> found = explain(Article(id="a0", text=text, origin=Origin(loader="text", source="-")))
    >>> [(s.number, s.directive, s.reason) for s in found.sentences]
    [(1, True, 'probability'), (2, False, 'below')]
    """
    reading = read(article)
    page = Page.of(article)
    found = survey(page, read_actors(page))
    ranked = rankings(found)
    context = found.context
    parts = sentence_parts(context.views, context.speakers, context.ranks, page.text)
    sentences = tuple(
        _sentence(
            page,
            found,
            view,
            whole(parts, view.index, vocabulary()),
            opinion,
            ranked.get(view.index, _NOTHING),
            reading,
            most,
        )
        for view, opinion in zip(context.views, opinions(parts), strict=True)
    )
    if article.letter is not None:
        sentences = tuple(by_layout(sentence, reading) for sentence in sentences)
    return Explained(reading.id, reading.reader, sentences)


def only(explained: Explained, number: int) -> Explained:
    """Return the explanation of sentence `number` alone. Raises UsageError where the article has no such sentence."""
    sentences = explained.sentences
    if not 1 <= number <= len(sentences):
        raise UsageError(f"{explained.id}: no sentence {number}; the article has {len(sentences)}")
    return replace(explained, sentences=(sentences[number - 1],))


def _sentence(
    page: Page,
    found: Survey,
    view: SentenceView,
    features: list[str],
    opinion: Opinion,
    ranked: Rankings,
    reading: Reading,
    most: int,
) -> SentenceExplained:
    least = threshold(page.folded, view, [index for index in found.chosen if index < view.index])
    probability = found.probabilities[view.index]
    pro, contra = strongest(features, most)
    return SentenceExplained(
        number=view.index + 1,
        start=view.start,
        end=view.end,
        text=page.text[view.start : view.end],
        zone=page.zone(view.start),
        directive=view.index in found.chosen,
        reason=_reason(page, found, view, opinion.probability, least),
        crf=round(opinion.crf, 4),
        trees=None if opinion.trees is None else round(opinion.trees, 4),
        probability=round(probability, 4),
        threshold=least,
        actors=tuple(ActorSeen(page.text[m.start : m.end], m.name, m.kind, m.how) for m in view.mentions),
        triggers=tuple(_trigger(trigger) for trigger in view.triggers),
        speaker=_speaker(found, view),
        weighs_for=pro,
        weighs_against=contra,
        verbs=ranked.verbs,
        issuers=ranked.issuers,
        addressees=ranked.addressees,
        outcome=_outcome(reading, view),
    )


def _reason(page: Page, found: Survey, view: SentenceView, probability: float, least: float) -> str:
    # `probability` is what the models hold; a plain order needs less, a veto outweighs it
    if view.index in found.chosen:
        if probability >= threshold(page.folded, view, ()):
            return "probability"
        return "run" if probability >= least else "plain"
    if probability >= least > found.probabilities[view.index]:
        return "veto"
    return "zone" if found.probabilities[view.index] >= least and page.zone(view.start) not in READABLE else "below"


def _trigger(trigger: Trigger) -> TriggerSeen:
    subject = trigger.subject.name if trigger.subject is not None else None
    objects = tuple(mention.name for mention in trigger.objects)
    return TriggerSeen(trigger.lemma, trigger.kind, subject, trigger.gap, objects, trigger.tense)


def _speaker(found: Survey, view: SentenceView) -> SpeakerSeen:
    speaker = found.context.speakers[view.index]
    name = speaker.mention.name if speaker.mention is not None else None
    return SpeakerSeen(name, speaker.how, speaker.distance, speaker.verb)


def _outcome(reading: Reading, view: SentenceView) -> Outcome | None:
    for d in reading.directives:
        if (d.start, d.end) == (view.start, view.end):
            return Outcome("directive", d.issuers, d.verb, d.addressees, d.rule, d.confidence)
    for s in reading.statements:
        if (s.start, s.end) == (view.start, view.end):
            return Outcome(s.kind, s.speakers, s.verb, s.targets, s.rule, s.confidence)
    return None
