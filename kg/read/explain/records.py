"""What an explanation holds, sentence by sentence: plain records that become text or JSON."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Weight:
    """A feature that the sentence has, what its family looks at, and how much it weighs for (above 0) or against a directive in the CRF."""

    feature: str
    family: str
    weight: float


@dataclass(frozen=True, slots=True)
class ActorSeen:
    """An actor in the sentence as the text writes it, the name it stands for, its kind and the rule that resolved it."""

    text: str
    name: str
    kind: str
    how: str


@dataclass(frozen=True, slots=True)
class TriggerSeen:
    """A speech verb or modal: its kind, whom it joins, and how its subject was found (`gap`: tight, loose, shared, none)."""

    verb: str
    kind: str
    subject: str | None
    gap: str
    objects: tuple[str, ...]
    tense: str


@dataclass(frozen=True, slots=True)
class SpeakerSeen:
    """Whose words the sentence reports: `how` is here, source, quote, carried or none; named `distance` sentences before by `verb`."""

    name: str | None
    how: str
    distance: int
    verb: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate that was ranked: its value, where it comes from, its score, its share of the softmax, and whether it was taken."""

    value: tuple[str, ...]
    source: str
    score: float
    share: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands in the reading for this sentence: a directive's or a statement's parts, its rule and its confidence."""

    kind: str
    who: tuple[str, ...]
    verb: str
    whom: tuple[str, ...]
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class SentenceExplained:
    """One sentence, `number` counted from 1, code points `start` to `end`.

    `crf` and `trees` are the probabilities of the two models (`trees` None where the CRF left no doubt), `probability` is both together,
    `threshold` what it takes here; `reason` says in a word why it is a directive or not: probability, run, plain, below, veto, zone.
    """

    number: int
    start: int
    end: int
    text: str
    zone: str
    directive: bool
    reason: str
    crf: float
    trees: float | None
    probability: float
    threshold: float
    actors: tuple[ActorSeen, ...]
    triggers: tuple[TriggerSeen, ...]
    speaker: SpeakerSeen
    weighs_for: tuple[Weight, ...]
    weighs_against: tuple[Weight, ...]
    verbs: tuple[Ranked, ...]
    issuers: tuple[Ranked, ...]
    addressees: tuple[Ranked, ...]
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Explained:
    """An article's sentences; `id` as in its reading."""

    id: str
    reader: str
    sentences: tuple[SentenceExplained, ...]
