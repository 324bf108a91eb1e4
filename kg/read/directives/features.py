"""Features of sentences for the sequence model that says which of them are directives.

Words enter only where they are written in lower case and belong to the model's vocabulary of common words, so that no name can be learnt.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from kg.read.directives.analysis import WORD, SentenceView, Trigger
from kg.read.directives.authority import UNKNOWN, direction, rank_of
from kg.read.directives.cues import task_verbs
from kg.read.directives.phrases import free_told
from kg.read.directives.speakers import Speaker
from kg.read.mentions import ActorMention

_SUBJECT_KINDS = {"person": "who", "post": "who", "agency": "body", "group": "group", "pronoun": "who"}


Value = TypeVar("Value", int, float)

NEIGHBOURS: Mapping[str, int] = MappingProxyType({"p": -1, "n": 1, "pp": -2, "nn": 2})
"""The marks of a neighbour's feature and how far the neighbour stands off."""

_BEYOND: tuple[str, ...] = ()
"""Nothing beyond the first and the last sentence: that a text ends must not count against its last sentence."""


class Parts(NamedTuple):
    """The features of a sentence itself, and those of them that its neighbours see too."""

    own: list[str]
    shared: list[str]


class ByPlace(Generic[Value]):
    """Values of features (none of them 0), apart for a sentence's own and for each neighbour's, so that no lookup needs a marked string.

    >>> weights = ByPlace({"a": 0.5, "p:a": 2.0, "n:a": -1.0})
    >>> weights.of([Parts(["a"], ["a"]), Parts([], []), Parts(["a"], ["a"])], 1)
    [2.0, -1.0]
    """

    def __init__(self, values: Mapping[str, Value]) -> None:
        self._own: dict[str, Value] = {
            name: value for name, value in values.items() if name.partition(":")[0] not in NEIGHBOURS
        }
        self._near: list[tuple[int, dict[str, Value]]] = [
            (step, {name[len(mark) + 1 :]: value for name, value in values.items() if name.startswith(f"{mark}:")})
            for mark, step in NEIGHBOURS.items()
        ]

    def of(self, parts: Sequence[Parts], i: int) -> list[Value]:
        """Return the values of all features that sentence `i` has, one for each time that it has the feature."""
        found = list(filter(None, map(self._own.get, parts[i].own)))
        for step, values in self._near:
            j = i + step
            found += filter(None, map(values.get, parts[j].shared if 0 <= j < len(parts) else _BEYOND))
        return found


def sentence_features(
    views: Sequence[SentenceView],
    speakers: Sequence[Speaker],
    ranks: Mapping[str, int],
    vocabulary: frozenset[str],
    text: str,
) -> list[list[str]]:
    """Return the feature strings of each sentence; neighbours' main features are repeated with a mark."""
    parts = sentence_parts(views, speakers, ranks, vocabulary, text)
    return [whole(parts, i) for i in range(len(parts))]


def whole(parts: Sequence[Parts], i: int) -> list[str]:
    """Return all feature strings of sentence `i`, its neighbours' with their marks."""
    features = list(parts[i].own)
    for mark, step in NEIGHBOURS.items():
        j = i + step
        features += [f"{mark}:{f}" for f in (parts[j].shared if 0 <= j < len(parts) else _BEYOND)]
    return features


def sentence_parts(
    views: Sequence[SentenceView],
    speakers: Sequence[Speaker],
    ranks: Mapping[str, int],
    vocabulary: frozenset[str],
    text: str,
) -> list[Parts]:
    """Return the features of each sentence, without those that it sees of its neighbours."""
    words = [lower_words(view, text) for view in views]
    own = [_own(view, each) for view, each in zip(views, words, strict=True)]
    top = min((rank_of(s.mention, ranks) for s in speakers if s.mention is not None), default=UNKNOWN)
    for features, view, speaker in zip(own, views, speakers, strict=True):
        features += _authority(view, speaker, ranks, top)
    for features, more in zip(own, _discourse(views, speakers), strict=True):
        features += more
    shared = [[f for f in features if f[:2] in _SHARED] for features in own]
    named = _named(vocabulary)
    for features, each in zip(own, words, strict=True):
        features += _words(each, named)
    return [Parts(*each) for each in zip(own, shared, strict=True)]


_SHARED = frozenset({"T=", "to", "op", "q=", "S=", "O=", "K=", "D=", "Z="})


def _discourse(views: Sequence[SentenceView], speakers: Sequence[Speaker]) -> list[list[str]]:
    """Where in the article a sentence stands, and how far behind it, and with whom, the last plain order was."""
    orders = [_plain_order(view) for view in views]
    many = sum(order is not None for order in orders)
    many = many if many < 3 else 3 if many < 6 else 6
    out: list[list[str]] = []
    last, issuer, broken = -99, "", False
    for view, speaker, order in zip(views, speakers, orders, strict=True):
        since = view.index - last
        far = since if since < 4 else 4 if since < 8 else 8
        name = speaker.mention.name if speaker.mention else ""
        same = "same" if name and name == issuer else "else" if name else "none"
        kind = "task" if view.task_opening else "modal" if any(t.kind == "modal" for t in view.triggers) else "plain"
        out.append(
            [
                f"Z=far{far}|{same}|{kind}",
                f"Z=far{far}|broken{int(broken)}|{kind}",
                f"orders{many}|{kind}",
            ]
        )
        if order is not None:
            last, issuer, broken = view.index, order, False
        elif speaker.how == "here" and same == "else":
            broken = True
    return out


_PLAIN_ORDERS = frozenset(
    {"yêu cầu", "đề nghị", "giao", "chỉ đạo", "lưu ý", "nhắc nhở", "phân công", "kêu gọi", "ra lệnh"}
)


def _plain_order(view: SentenceView) -> str | None:
    """The subject of the sentence's first order verb that has one."""
    for trigger in view.triggers:
        if trigger.kind == "order" and trigger.subject and trigger.gap != "loose" and trigger.lemma in _PLAIN_ORDERS:
            return trigger.subject.name
    return None


def _authority(view: SentenceView, speaker: Speaker, ranks: Mapping[str, int], top: int) -> list[str]:
    """Who speaks, how sure that is, how senior he is, and whether he speaks down to those whom his verbs reach."""
    if speaker.mention is None:
        return ["K=none"]
    rank = _rank(speaker.mention, ranks)
    distance = min(speaker.distance, 4)
    level = "open" if rank == UNKNOWN else str(rank // 100)
    features = [
        f"K={speaker.how}|{distance}",
        f"k={speaker.how}|{level}",
        f"k={speaker.mention.kind}|{level}",
        f"ktop={rank == top}|{speaker.how}|{distance}",
    ]
    kinds = {t.kind for t in view.triggers}
    features += [f"K={kind}|{speaker.how}|{level}|{rank == top}" for kind in sorted(kinds)]
    if view.task_opening:
        features.append(f"K=to|{speaker.how}|{distance}|{rank == top}")
    for trigger in view.triggers:
        subject = _rank(trigger.subject, ranks) if trigger.subject else rank
        if trigger.kind in {"order", "petition", "modal"}:
            features.append(f"sr={trigger.lemma}|{subject // 100}|{subject == top}")
        if trigger.objects:
            way = direction(subject, _rank(trigger.objects[0], ranks))
            features += [f"D={trigger.kind}|{way}", f"D={trigger.lemma}|{way}"]
    return features


def _rank(mention: ActorMention, ranks: Mapping[str, int]) -> int:
    """The rank of an actor; a bare place that acts ("Đà Nẵng đề nghị ...") ranks as a province."""
    rank = rank_of(mention, ranks)
    return _PROVINCE if rank == UNKNOWN and mention.kind == "group" and mention.name[:1].isupper() else rank


_PROVINCE = 320


def _own(view: SentenceView, words: Sequence[str]) -> list[str]:
    features = ["bias", f"q={int(view.quoted)}{int(view.quote_opens)}{int(view.quote_closes)}"]
    features.append(f"len={min(len(words) // 8, 6)}")
    if view.task_opening:
        features += ["to", f"to={view.task_opening}"]
    features.append(_opening(view))
    for trigger in view.triggers:
        features += _trigger(trigger)
    kinds = {hit.payload.kind for hit in view.cues}
    features += [f"c={kind}" for kind in sorted(kinds)]
    features += [f"l={hit.payload.lemma}" for hit in view.cues if hit.payload.kind not in {"purpose"}]
    features += _counts(view, words)
    features += _shape(view)
    return features


_ACTOR_SIGNS = {"person": "P", "post": "P", "pronoun": "P", "agency": "B", "group": "G"}
_CUE_SIGNS = {
    "order": "O", "say": "S", "modal": "M", "praise": "R", "criticise": "C", "petition": "U", "citizen": "Z", "past": "d", "now": "n",
    "future": "f", "nominal": "N", "passive": "V", "source": "t", "written": "w", "narrate": "r", "condition": "i", "lead": "l",
}  # fmt: skip


def _shape(view: SentenceView) -> list[str]:
    """The sentence as a row of signs for its actors and cues, in pieces: "who, order, body" reads POB."""
    signs = [(mention.start, _ACTOR_SIGNS[mention.kind]) for mention in view.mentions]
    signs += [(hit.start, _CUE_SIGNS[hit.payload.kind]) for hit in view.cues if hit.payload.kind in _CUE_SIGNS]
    if '"' in view.folded:
        signs += [(view.start + at, '"') for at, char in enumerate(view.folded) if char == '"']
    row = "^" + "".join(sign for _, sign in sorted(signs)) + "$"
    features = list(_pieces(row))
    if free_told(view.folded):
        features.append("told-free")
    for trigger in view.triggers:
        third = min(2, 3 * (trigger.start - view.start) // max(1, view.end - view.start))
        inside = view.folded.count('"', 0, trigger.start - view.start) + view.quoted
        features.append(f"third={trigger.kind}|{third}|{inside % 2}")
    return features


@lru_cache(maxsize=4096)
def _pieces(row: str) -> tuple[str, ...]:
    pieces = {f"g={row[i : i + 3]}" for i in range(len(row) - 2)} | {f"g={row[i : i + 4]}" for i in range(len(row) - 3)}
    return (*sorted(pieces), f"row={row[:4]}", f"row={row[:5]}", f"rows={len(row) // 3}")


def _opening(view: SentenceView) -> str:
    if view.mentions and view.mentions[0].start - view.start < 3:
        mention = view.mentions[0]
        return f"op=M:{mention.kind}:{_follow(view, mention.end)}"
    if view.cues and view.cues[0].start - view.start < 3:
        return f"op={view.cues[0].payload.kind}"
    return "op=word"


def _follow(view: SentenceView, end: int) -> str:
    after = next((hit for hit in view.cues if hit.start >= end), None)
    if after is not None and after.start - end < 16:
        return after.payload.kind
    rest = view.folded[end - view.start :].split(None, 2)
    return "task" if rest and (rest[0] in task_verbs() or " ".join(rest[:2]) in task_verbs()) else "other"


def _trigger(trigger: Trigger) -> list[str]:
    subject = _SUBJECT_KINDS[trigger.subject.kind] if trigger.subject else "none"
    objects = _SUBJECT_KINDS[trigger.objects[0].kind] if trigger.objects else "none"
    name = f"{trigger.kind}:{trigger.lemma}"
    return [
        *_joined(trigger.kind, name, subject, trigger.gap, objects),
        f"b={name}|{trigger.before}",
        f"a={name}|{trigger.after}",
        f"t={trigger.kind}|{trigger.tense}|{subject}",
    ]


@lru_cache(maxsize=8192)
def _joined(kind: str, name: str, subject: str, gap: str, objects: str) -> tuple[str, ...]:
    # the same few hundred over and over: strings that stay know their hash, which every lookup of a weight needs
    return (
        f"T={name}",
        f"T={kind}",
        f"S={kind}|{subject}|{gap}",
        f"O={kind}|{objects}",
        f"s={name}|{subject}|{gap}",
        f"o={name}|{objects}",
        f"so={kind}|{subject}|{gap}|{objects}",
    )


def _counts(view: SentenceView, words: Sequence[str]) -> list[str]:
    past = sum(hit.payload.lemma == "đã" for hit in view.cues)
    return [f"digits={min(words.count('0'), 4)}", f"past={min(past, 2)}", f"semi={min(words.count(';'), 3)}"]


class _Named(NamedTuple):
    """The features of a vocabulary's words, and of its pairs of words."""

    words: Mapping[str, str]
    pairs: Mapping[tuple[str, str], str]


@lru_cache(maxsize=4)
def _named(vocabulary: frozenset[str]) -> _Named:
    pairs = {
        (entry[:at], entry[at + 1 :]): f"w={entry}"
        for entry in vocabulary
        for at, char in enumerate(entry)
        if char == "_"
    }
    return _Named({entry: f"w={entry}" for entry in vocabulary}, pairs)


def _words(words: Sequence[str], named: _Named) -> list[str]:
    features = list(filter(None, map(named.words.get, dict.fromkeys(words))))
    features += filter(None, map(named.pairs.get, pairwise(words)))
    features += [f"f{n}={word}" for n, word in enumerate(words[:3]) if word in named.words]
    return features


def lower_words(view: SentenceView, text: str) -> list[str]:
    """Return the words of the sentence that the text writes in lower case; a capitalised word (a name, or the first) is '#'."""
    sentence = text[view.start : view.end]
    words: list[str] = []
    # folding makes no blank and takes none away, so both texts fall into the same pieces
    for written, piece in zip(sentence.split(), view.folded.split(), strict=True):
        if written == piece and piece.isalpha() and piece.islower():  # İ folds to itself, and is upper case
            words.append(piece)
        elif piece.isalnum():
            words.append(_sign(written[0], piece))
        else:
            words += [_sign(written[match.start()], match.group()) for match in WORD.finditer(piece)]
    for number, match in enumerate(WORD.finditer(view.folded)):
        if match.start() > 2:
            break
        words[number] = "0" if match.group()[0].isdigit() else match.group()
    return words


def _sign(first: str, word: str) -> str:
    return "#" if first.isupper() else "0" if first.isdigit() else word
