"""A fact that can be reviewed, found in the graph and in the reading of its article."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.errors import UsageError
from kg.home import GraphHome
from kg.home.applied import MARK, meeting_key
from kg.home.review import Key, Kind
from kg.model.article import Article
from kg.model.reading import DirectiveRead, MeetingRead, PostRead, Reading, StatementRead
from kg.web.index.reader import Fact, Index


class Holding(NamedTuple):
    """A post with its holder, as read."""

    holder: str
    post: PostRead


Read = DirectiveRead | StatementRead | Holding | MeetingRead


@dataclass(frozen=True, slots=True)
class Found:
    """A fact of the graph with what the reading of its article has there, decisions of before applied; `key` is what a decision is kept by.

    `fact` is the directive, statement or meeting, or the mention that shows an official in a post.
    """

    kind: Kind
    fact: Fact
    article: Article
    read: Read
    key: Key

    @property
    def start(self) -> int:
        """Return where in the article it stands."""
        match self.read:
            case Holding(post=post):
                return post.evidence.start
            case MeetingRead(mentions=mentions):
                return mentions[0].start
        return self.read.start

    @property
    def reviewed(self) -> bool:
        """Say whether a person has accepted or corrected it."""
        match self.read:
            case Holding(post=post):
                return post.evidence.rule.endswith(MARK)
            case MeetingRead(mentions=mentions):
                return mentions[0].rule.endswith(MARK)
        return self.read.rule.endswith(MARK)


def find(index: Index, truth: GraphHome, fact: Fact) -> Found | None:
    """Return the fact with what is read there; None where its article is gone or is read otherwise by now, or a decision has taken it out.

    Raises UsageError for a node that can't be reviewed.
    """
    kind, source = _kind_and_article(index, fact)
    stored = next(iter(truth.stored([source])), None)
    if stored is None:
        return None
    article, reading = stored.pair()
    for read, key in _facts(kind, reading, article.text):
        if _is(index, fact, read):
            return Found(kind, fact, article, read, truth.reviews().key_of(source, key))
    return None


def _kind_and_article(index: Index, fact: Fact) -> tuple[Kind, str]:
    label, n = fact.node.label, fact.node.n
    if label in ("Directive", "Statement"):
        kind: Kind = "directive" if label == "Directive" else "statement"
        [article] = index.nodes(index.out(n, "STATED_IN")).values()
        return kind, article.id
    if label == "Meeting":
        mentions = index.into(n, "EVIDENCE_OF")
    elif label == "Mention" and any(
        one.label == "Membership" for one in index.nodes(index.out(n, "EVIDENCE_OF")).values()
    ):
        mentions = [n]
    else:
        raise UsageError(f"{fact.node.id}: không duyệt được · can't be reviewed")
    [article] = index.nodes(index.into(mentions[0], "MENTIONS")).values()
    return ("meeting" if label == "Meeting" else "post"), article.id


def _facts(kind: Kind, reading: Reading, text: str) -> Iterator[tuple[Read, Key]]:
    match kind:
        case "directive":
            yield from ((one, (kind, one.quote, "")) for one in reading.directives)
        case "statement":
            yield from ((one, (kind, one.quote, "")) for one in reading.statements)
        case "post":
            for official in reading.officials:
                for post in official.memberships:
                    yield Holding(official.name, post), (kind, post.post, official.name)
        case "meeting":
            yield from ((one, key) for one in reading.meetings if (key := meeting_key(one, text)))


def _is(index: Index, fact: Fact, read: Read) -> bool:
    match read:
        case DirectiveRead(start=start):
            return bool(start == fact.data["start"])
        case StatementRead(start=start, end=end):
            return (start, end) == (fact.data["start"], fact.data["end"])
        case MeetingRead(mentions=mentions):
            places = {
                (one.data["start"], one.data["end"])
                for one in index.facts(index.into(fact.node.n, "EVIDENCE_OF")).values()
            }
            return any((one.start, one.end) in places for one in mentions)
    at = read.post.evidence
    return (at.start, at.end) == (fact.data["start"], fact.data["end"]) and read.holder in _names(index, fact.node.n)


def _names(index: Index, mention: int) -> set[str]:
    """What the holder of a post is called wherever articles show the same person."""
    holders = [n for membership in index.out(mention, "EVIDENCE_OF") for n in index.into(membership, "HAS_MEMBERSHIP")]
    return {name for one in index.facts(holders).values() for name in (one.data["name"], *one.data.get("aliases", ()))}
