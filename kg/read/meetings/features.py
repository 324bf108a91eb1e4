"""What the model weighs when it decides whether a group of places is a meeting that this article reports."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from kg.read.meetings.groups import Group
from kg.read.meetings.heads import Place, cues_before
from kg.read.mentions import ActorMention, DateMention
from kg.read.page import Page

_SUBJECT_NEAR = 120
_ACTING = frozenset({"person", "post", "agency"})


def group_features(
    page: Page,
    group: Group,
    groups: Sequence[Group],
    actors: Sequence[ActorMention],
    starts: Sequence[int],
    dates: Sequence[DateMention],
) -> list[str]:
    """Return the features of a group; `groups` are all of the page, `starts` the starts of `actors`."""
    first = group.places[0]
    earlier = groups[: groups.index(group)]
    family, form = first.head.family, first.head.form
    features = ["bias", f"family={family}", f"form={form}", f"family={family}/{form}"]
    features += [f"places={min(len(group.places), 4)}", f"form={form}/places={min(len(group.places), 3)}"]
    features += _place_features(page, first, actors, starts, "first")
    for place in group.places[1:3]:
        features += _place_features(page, place, actors, starts, "later")
    features += _position(page, first, earlier, group)
    features += _time(page, group, dates)
    most = max(len(g.places) for g in groups)
    features += ["most"] if len(group.places) == most else []
    features += ["only"] if len(groups) == 1 else []
    features += ["background"] if group.is_background else []
    title = (page.article.title or "").lower()
    if title and any(word in title for word in {p.head.kind.lower() for p in group.places}):
        features += ["headline", f"headline/{form}"]
    return sorted(set(features))


def _place_features(
    page: Page, place: Place, actors: Sequence[ActorMention], starts: Sequence[int], which: str
) -> list[str]:
    family, form = place.head.family, place.head.form
    capital = "C" if page.text[place.start].isupper() else "l"
    subject = _subject(page, place, actors, starts)
    host = _object(place, actors, starts)
    found = [
        f"{which}/before={place.before}",
        f"{which}/after={place.after}",
        f"{which}/{form}/before={place.before}",
        f"{which}/{form}/after={place.after}",
        f"{which}/before={place.before}/after={place.after}",
        f"{which}/subject={subject}",
        f"{which}/{form}/subject={subject}",
        f"{which}/object={host}",
    ]
    if which == "first":
        found += [f"cue={cue}" for cue in cues_before(page, place)]
        found += [
            f"family={family}/before={place.before}",
            f"family={family}/after={place.after}",
            f"family={family}/subject={subject}",
            f"family={family}/object={host}",
            f"capital={capital}/{form}",
            f"opens={place.opens}",
        ]
    return found


def _subject(page: Page, place: Place, actors: Sequence[ActorMention], starts: Sequence[int]) -> str:
    """The kind of the actor before the place in its sentence, and whether it stands close by."""
    at = bisect_left(starts, place.start) - 1
    sentence = page.sentences[place.sentence]
    while at >= 0 and actors[at].start >= max(sentence.start, place.start - _SUBJECT_NEAR):
        if actors[at].kind in _ACTING and actors[at].end <= place.start:
            return f"{actors[at].kind}/{'near' if place.start - actors[at].end < 16 else 'far'}"
        at -= 1
    return "none"


def _object(place: Place, actors: Sequence[ActorMention], starts: Sequence[int]) -> str:
    at = bisect_left(starts, place.end)
    if at < len(actors) and actors[at].start - place.end < 30:
        return actors[at].kind
    return "none"


def _position(page: Page, first: Place, earlier: Sequence[Group], group: Group) -> list[str]:
    bucket = next(b for b, top in enumerate((0, 1, 3, 7, 15, 10**9)) if first.sentence <= top)
    same = sum(g.family == group.family for g in earlier)
    short = "short" if len(page.sentences) <= 3 else "long"
    return [
        f"sentence={bucket}",
        f"{short}/sentence={bucket}",
        f"family={first.head.family}/sentence={min(bucket, 3)}",
        f"rank={min(len(earlier), 4)}",
        f"same={min(same, 2)}",
        f"same={min(same, 2)}/date={group.date is not None}",
        f"form={first.head.form}/rank={min(len(earlier), 3)}",
    ]


def _time(page: Page, group: Group, dates: Sequence[DateMention]) -> list[str]:
    if group.date is None:
        return ["date=none", f"date=none/{group.places[0].head.form}"]
    near = "before" if group.dated_at < group.places[0].start else "after"
    found = ["date=some", f"date={near}", f"date=some/{group.places[0].head.form}"]
    found.append(f"distance={_distance(page.article.published, group.date)}")
    lead = next((d.iso for d in dates if d.iso and len(d.iso) == 10 and d.kind != "anniversary"), None)
    found.append(f"lead={lead == group.date}")
    return found


def _distance(published: str | None, day: str) -> str:
    if published is None or len(published) < 10:
        return "unknown"
    days = (date.fromisoformat(published[:10]) - date.fromisoformat(day)).days
    return "future" if days < 0 else "day" if days < 2 else "week" if days < 8 else "month" if days < 40 else "old"
