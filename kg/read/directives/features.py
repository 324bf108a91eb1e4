"""Features of sentences for the models that say which of them are directives.

Words enter only where they are written in lower case and belong to the model's vocabulary of common words, so that no name can be learnt.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

from kg.read.directives.analysis import WORD, SentenceView, Trigger
from kg.read.directives.authority import UNKNOWN, direction, rank_of
from kg.read.directives.bundles import Bundle, Parts, whole
from kg.read.directives.cues import task_verbs
from kg.read.directives.phrases import free_told
from kg.read.directives.speakers import Speaker
from kg.read.directives.vetoes import is_statement
from kg.read.mentions import ActorMention
from kg.read.remembered import Remembered
from kg.text.fold import fold

_SUBJECT_KINDS = {"person": "who", "post": "who", "agency": "body", "group": "group", "pronoun": "who"}
_REMEMBERED = 8192


def sentence_features(
    views: Sequence[SentenceView],
    speakers: Sequence[Speaker],
    ranks: Mapping[str, int],
    vocabulary: frozenset[str],
    text: str,
) -> list[list[str]]:
    """Return the feature strings of each sentence; neighbours' main features are repeated with a mark."""
    parts = sentence_parts(views, speakers, ranks, text)
    return [whole(parts, i, vocabulary) for i in range(len(parts))]


def sentence_parts(
    views: Sequence[SentenceView], speakers: Sequence[Speaker], ranks: Mapping[str, int], text: str
) -> list[Parts]:
    """Return what each sentence itself gives, without what it sees of its neighbours."""
    top = min((rank_of(s.mention, ranks) for s in speakers if s.mention is not None), default=UNKNOWN)
    parts = []
    for view, speaker, place in zip(views, speakers, _discourse(views, speakers), strict=True):
        words = lower_words(view, text)
        kinds = tuple(sorted({trigger.kind for trigger in view.triggers}))
        bundles = _own(view, words)
        bundles += _authority(view, speaker, ranks, top, kinds)
        bundles.append(place)
        parts.append(Parts(bundles, words))
    return parts


def _discourse(views: Sequence[SentenceView], speakers: Sequence[Speaker]) -> list[Bundle]:
    """Where in the article a sentence stands, and how far behind it, and with whom, the last plain order was."""
    orders = [_plain_order(view) for view in views]
    many = sum(order is not None for order in orders)
    many = many if many < 3 else 3 if many < 6 else 6
    out: list[Bundle] = []
    last, issuer, broken = -99, "", False
    for view, speaker, order in zip(views, speakers, orders, strict=True):
        since = view.index - last
        far = since if since < 4 else 4 if since < 8 else 8
        name = speaker.mention.name if speaker.mention else ""
        same = "same" if name and name == issuer else "else" if name else "none"
        kind = "task" if view.task_opening else "modal" if any(t.kind == "modal" for t in view.triggers) else "plain"
        out.append(_place(far, same, kind, broken, many))
        if order is not None:
            last, issuer, broken = view.index, order, False
        elif speaker.how == "here" and same == "else":
            broken = True
    return out


@lru_cache(_REMEMBERED)
def _place(far: int, same: str, kind: str, broken: bool, many: int) -> Bundle:
    return Bundle(f"Z=far{far}|{same}|{kind}", f"Z=far{far}|broken{int(broken)}|{kind}", f"orders{many}|{kind}")


_PLAIN_ORDERS = frozenset(
    {"yêu cầu", "đề nghị", "giao", "chỉ đạo", "lưu ý", "nhắc nhở", "phân công", "kêu gọi", "ra lệnh"}
)


def _plain_order(view: SentenceView) -> str | None:
    """The subject of the sentence's first order verb that has one."""
    for trigger in view.triggers:
        if trigger.kind == "order" and trigger.subject and trigger.gap != "loose" and trigger.lemma in _PLAIN_ORDERS:
            return trigger.subject.name
    return None


def _authority(
    view: SentenceView, speaker: Speaker, ranks: Mapping[str, int], top: int, kinds: tuple[str, ...]
) -> list[Bundle]:
    """Who speaks, how sure that is, how senior he is, and whether he speaks down to those whom his verbs reach."""
    if speaker.mention is None:
        return [_UNSAID]
    rank = _rank(speaker.mention, ranks)
    opens = bool(view.task_opening)
    bundles = [_said(speaker.how, min(speaker.distance, 4), speaker.mention.kind, rank, rank == top, kinds, opens)]
    for trigger in view.triggers:
        subject = _rank(trigger.subject, ranks) if trigger.subject else rank
        way = direction(subject, _rank(trigger.objects[0], ranks)) if trigger.objects else ""
        bundles.append(_reach(trigger.kind, trigger.lemma, subject // 100, subject == top, way))
    return bundles


_UNSAID = Bundle("K=none")


@lru_cache(_REMEMBERED)
def _said(how: str, distance: int, actor: str, rank: int, is_top: bool, kinds: tuple[str, ...], opens: bool) -> Bundle:
    level = "open" if rank == UNKNOWN else str(rank // 100)
    features = [f"K={how}|{distance}", f"k={how}|{level}", f"k={actor}|{level}", f"ktop={is_top}|{how}|{distance}"]
    features += [f"K={kind}|{how}|{level}|{is_top}" for kind in kinds]
    if opens:
        features.append(f"K=to|{how}|{distance}|{is_top}")
    return Bundle(*features)


@lru_cache(_REMEMBERED)
def _reach(kind: str, lemma: str, level: int, is_top: bool, way: str) -> Bundle:
    features = [f"sr={lemma}|{level}|{is_top}"] if kind in {"order", "petition", "modal"} else []
    return Bundle(*features, *((f"D={kind}|{way}", f"D={lemma}|{way}") if way else ()))


def _rank(mention: ActorMention, ranks: Mapping[str, int]) -> int:
    """The rank of an actor; a bare place that acts ("Đà Nẵng đề nghị ...") ranks as a province."""
    rank = rank_of(mention, ranks)
    return _PROVINCE if rank == UNKNOWN and mention.kind == "group" and mention.name[:1].isupper() else rank


_PROVINCE = 320


def _own(view: SentenceView, words: Sequence[str]) -> list[Bundle]:
    quotes = (view.quoted, view.quote_opens, view.quote_closes)
    bundles = [_frame(quotes, min(len(words) // 8, 6), view.task_opening, _opening(view))]
    said = ""
    for trigger in view.triggers:
        bundles += _trigger(trigger)
        if trigger.kind == "order":
            bundles.append(_told(trigger.lemma, _follows(view, trigger), trigger.gap, said))
        elif trigger.kind == "say" and trigger.subject is not None:
            said = trigger.lemma
    if is_statement(view):
        bundles.append(_STATES)
    bundles.append(_cue_kinds(tuple(sorted({hit.payload.kind for hit in view.cues}))))
    bundles += [_cue(hit.payload.lemma) for hit in view.cues if hit.payload.kind != "purpose"]
    past = sum(hit.payload.lemma == "đã" for hit in view.cues)
    bundles.append(_counts(min(words.count("0"), 4), min(past, 2), min(words.count(";"), 3)))
    bundles += _shape(view)
    return bundles


@lru_cache(_REMEMBERED)
def _frame(quotes: tuple[bool, bool, bool], length: int, task_opening: str, opening: str) -> Bundle:
    features = ["bias", f"q={''.join(str(int(quote)) for quote in quotes)}", f"len={length}"]
    if task_opening:
        features += ["to", f"to={task_opening}"]
    return Bundle(*features, opening)


@lru_cache(_REMEMBERED)
def _cue_kinds(kinds: tuple[str, ...]) -> Bundle:
    return Bundle(*(f"c={kind}" for kind in kinds))


@lru_cache(_REMEMBERED)
def _cue(lemma: str) -> Bundle:
    return Bundle(f"l={lemma}")


@lru_cache(_REMEMBERED)
def _counts(digits: int, past: int, semicolons: int) -> Bundle:
    return Bundle(f"digits={digits}", f"past={past}", f"semi={semicolons}")


_ACTOR_SIGNS = {"person": "P", "post": "P", "pronoun": "P", "agency": "B", "group": "G"}
_CUE_SIGNS = {
    "order": "O", "say": "S", "modal": "M", "praise": "R", "criticise": "C", "petition": "U", "citizen": "Z", "past": "d", "now": "n",
    "future": "f", "nominal": "N", "passive": "V", "source": "t", "written": "w", "narrate": "r", "condition": "i", "lead": "l",
}  # fmt: skip


def _shape(view: SentenceView) -> list[Bundle]:
    """The sentence as a row of signs for its actors and cues, in pieces: "who, order, body" reads POB."""
    signs = [(mention.start, _ACTOR_SIGNS[mention.kind]) for mention in view.mentions]
    signs += [(hit.start, _CUE_SIGNS[hit.payload.kind]) for hit in view.cues if hit.payload.kind in _CUE_SIGNS]
    if '"' in view.folded:
        signs += [(view.start + at, '"') for at, char in enumerate(view.folded) if char == '"']
    signs.sort()
    bundles = [_pieces("".join([sign for _, sign in signs]))]
    if free_told(view.folded):
        bundles.append(_TOLD_FREE)
    for trigger in view.triggers:
        third = min(2, 3 * (trigger.start - view.start) // max(1, view.end - view.start))
        inside = view.folded.count('"', 0, trigger.start - view.start) + view.quoted
        bundles.append(_third(trigger.kind, third, inside % 2))
    return bundles


_TOLD_FREE = Bundle("told-free")


@lru_cache(_REMEMBERED)
def _pieces(signs: str) -> Bundle:
    row = f"^{signs}$"
    pieces = {f"g={row[i : i + 3]}" for i in range(len(row) - 2)} | {f"g={row[i : i + 4]}" for i in range(len(row) - 3)}
    return Bundle(*sorted(pieces), f"row={row[:4]}", f"row={row[:5]}", f"rows={len(row) // 3}")


@lru_cache(_REMEMBERED)
def _third(kind: str, third: int, inside: int) -> Bundle:
    return Bundle(f"third={kind}|{third}|{inside}")


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


def _trigger(trigger: Trigger) -> tuple[Bundle, Bundle, Bundle]:
    subject = _SUBJECT_KINDS[trigger.subject.kind] if trigger.subject else "none"
    objects = _SUBJECT_KINDS[trigger.objects[0].kind] if trigger.objects else "none"
    return (
        _joined(trigger.kind, trigger.lemma, subject, trigger.gap, objects),
        _beside(trigger.kind, trigger.lemma, trigger.before, trigger.after),
        _tense(trigger.kind, trigger.tense, subject),
    )


@lru_cache(_REMEMBERED)
def _joined(kind: str, lemma: str, subject: str, gap: str, objects: str) -> Bundle:
    name = f"{kind}:{lemma}"
    return Bundle(
        f"T={name}",
        f"T={kind}",
        f"S={kind}|{subject}|{gap}",
        f"O={kind}|{objects}",
        f"s={name}|{subject}|{gap}",
        f"o={name}|{objects}",
        f"so={kind}|{subject}|{gap}|{objects}",
    )


@lru_cache(_REMEMBERED)
def _beside(kind: str, lemma: str, before: str, after: str) -> Bundle:
    return Bundle(f"b={kind}:{lemma}|{before}", f"a={kind}:{lemma}|{after}")


_STATES = Bundle("states")


@lru_cache(_REMEMBERED)
def _told(lemma: str, follows: str, gap: str, said: str) -> Bundle:
    return Bundle(f"w={lemma}|{follows}", f"w={follows}|{gap}", f"w={follows}|{gap}|{said}", f"w={lemma}|{said}")


_DUTIES = frozenset({"cần", "phải", "không", "tuyệt"})


def _follows(view: SentenceView, trigger: Trigger) -> str:
    """Who is told and what follows: a duty, something to do, or anything else."""
    end = trigger.objects[-1].end if trigger.objects else trigger.end
    words = [word.strip(",.:;") for word in view.folded[end - view.start : end - view.start + 48].split()[:3]]
    told = _SUBJECT_KINDS[trigger.objects[0].kind] if trigger.objects else "none"
    if words and words[0] in _DUTIES:
        return f"{told}+duty"
    tasks = task_verbs()
    if any(" ".join(words[:length]) in tasks for length in (1, 2, 3)):
        return f"{told}+task"
    return f"{told}+{'end' if not words else 'other'}"


@lru_cache(_REMEMBERED)
def _tense(kind: str, tense: str, subject: str) -> Bundle:
    return Bundle(f"t={kind}|{tense}|{subject}")


def lower_words(view: SentenceView, text: str) -> list[str]:
    """Return the words of the sentence that the text writes in lower case; a capitalised word (a name, or the first) is '#'."""
    # folding makes no blank and takes none away, so both texts fall into the same pieces
    words = list(chain.from_iterable(map(_SIGNS, text[view.start : view.end].split())))
    for number, match in enumerate(WORD.finditer(view.folded)):
        if match.start() > 2:
            break
        words[number] = "0" if match.group()[0].isdigit() else match.group()
    return words


def _signs(written: str) -> tuple[str, ...]:
    """Return the words of a piece between two blanks as `lower_words` gives them."""
    return tuple(_sign(written[match.start()], match.group()) for match in WORD.finditer(fold(written)))


def _sign(first: str, word: str) -> str:
    return "#" if first.isupper() else "0" if first.isdigit() else word


_SIGNS = Remembered(_signs, 65_536).__getitem__
