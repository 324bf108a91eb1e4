"""The light records that pass between the parts of the reader."""

from typing import Literal

from kg.read.records import record

ActorKind = Literal["person", "agency", "post", "group", "pronoun"]


@record
class ActorMention:
    """One place in the text that names somebody who can act: offsets, kind, and `name` as a reading gives it.

    `name` is resolved: a person's fullest name wherever the text says "ông Hùng", "đồng chí Bí thư Tỉnh ủy" or "Thủ tướng" and the article
    names the holder; an agency's expanded, fullest name; a post or a group as written ("các sở, ban, ngành"). `how` says by which rule:
    `named`, `post`, `given_name`, `pronoun`, `short` (a shortened agency), `written`. `leadership` marks "lãnh đạo Sở X". For a post or
    person mention `agency` is the body of the post, if known.
    `start`..`end` covers the whole noun phrase with honorific and posts when these stand beside the name.
    """

    start: int
    end: int
    kind: ActorKind
    name: str
    how: str = "named"
    agency: str | None = None
    leadership: bool = False
    confidence: float = 1.0


@record
class DateMention:
    """A date in the text. `iso` is `YYYY-MM-DD`, `YYYY-MM`, `YYYY` or None where the year stays open; `end_iso` closes an interval.

    `kind` is point, interval, relative, period or anniversary (a national day, "kỷ niệm ...": no event's date).
    """

    start: int
    end: int
    iso: str | None
    end_iso: str | None = None
    kind: str = "point"
