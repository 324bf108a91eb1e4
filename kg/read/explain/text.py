"""An explanation as text for people; what comes from the article can't drive the terminal."""

from collections.abc import Iterator, Sequence

from kg.export.safe import terminal_text
from kg.read.explain.records import Explained, Ranked, SentenceExplained, TriggerSeen, Weight

_REASONS = {
    "probability": "CHỈ ĐẠO · DIRECTIVE",
    "run": "CHỈ ĐẠO (nối tiếp câu trước) · DIRECTIVE (runs on from the one before)",
    "plain": "CHỈ ĐẠO (câu lệnh rõ: ai yêu cầu ai) · DIRECTIVE (a plain order, whatever the models hold)",
    "below": "không phải chỉ đạo: dưới ngưỡng · no directive: below the threshold",
    "veto": "không phải chỉ đạo: kiến nghị lên trên, ý cử tri, kể việc đã chỉ đạo · no directive: asks upward, citizens ask, one's own account",
    "layout": "CHỈ ĐẠO (bố cục văn bản) · DIRECTIVE (by the letter's layout)",
    "no_layout": "không phải chỉ đạo: bố cục văn bản · no directive: by the letter's layout",
    "zone": "không phải chỉ đạo: ngoài thân bài · no directive: outside of the body",
}
_SHOWN = 4


def as_text(explained: Explained) -> str:
    """Return the explanation as lines, each ending in a line break."""
    lines = [f"== {explained.id} (reader {explained.reader})"]
    for sentence in explained.sentences:
        lines += ["", *_sentence(sentence)]
    return "".join(terminal_text(line) + "\n" for line in lines)


def _sentence(s: SentenceExplained) -> Iterator[str]:
    yield f"[{s.number}] {s.start}-{s.end} {s.zone}: {_REASONS[s.reason]}"
    yield f"    {' '.join(s.text.split())}"
    trees = "không hỏi · not asked" if s.trees is None else f"{s.trees:.3f}"
    yield f"  xác suất · probability   {s.probability:.3f} (CRF {s.crf:.3f}, cây · trees {trees}); ngưỡng · threshold {s.threshold}"
    for actor in s.actors:
        stands = "" if actor.text == actor.name else f" = {actor.name}"
        yield f"  nhân vật · actor         {actor.text}{stands} [{actor.kind}, {actor.how}]"
    for trigger in s.triggers:
        yield f"  từ kích hoạt · trigger   {_trigger(trigger)}"
    speaker = s.speaker
    verb = f", {speaker.verb}" if speaker.verb else ""
    yield f"  người nói · speaker      {speaker.name or '-'} [{speaker.how}{verb}{_back(speaker.distance)}]"
    yield from _weights("thuận · for            ", s.weighs_for)
    yield from _weights("nghịch · against       ", s.weighs_against)
    yield from _ranked("động từ · verb          ", s.verbs)
    yield from _ranked("ai · issuer             ", s.issuers)
    yield from _ranked("cho ai · addressees     ", s.addressees)
    if s.outcome is not None:
        o = s.outcome
        yield (
            f"  => {o.kind}: {', '.join(o.who) or '-'} | {o.verb} | {', '.join(o.whom) or '-'}"
            f"  [{o.rule}, {o.confidence}]"
        )


def _trigger(trigger: TriggerSeen) -> str:
    objects = f" -> {', '.join(trigger.objects)}" if trigger.objects else ""
    tense = f", {trigger.tense}" if trigger.tense else ""
    return f"{trigger.subject or '?'} | {trigger.verb}{objects} [{trigger.kind}, {trigger.gap}{tense}]"


def _back(distance: int) -> str:
    return f", {distance} câu trước · sentences before" if 0 < distance < 99 else ""


def _weights(head: str, weights: Sequence[Weight]) -> Iterator[str]:
    for weight in weights:
        note = f"  ({weight.family})" if weight.family else ""
        yield f"  {head}  {weight.weight:+.2f}  {weight.feature}{note}"


def _ranked(head: str, candidates: Sequence[Ranked]) -> Iterator[str]:
    for candidate in candidates[:_SHOWN]:
        mark = "*" if candidate.chosen else " "
        value = ", ".join(candidate.value) or "(không nêu · nobody)"
        yield f"  {head}{mark} {candidate.score:+.2f}  {candidate.share:4.0%}  {value} [{candidate.source}]"
    if len(candidates) > _SHOWN:
        yield f"  {head}  ... {len(candidates) - _SHOWN} nữa · more"
