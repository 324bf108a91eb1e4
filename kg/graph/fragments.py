"""One article's reading and resolved ids -> its own entities, and its notes on the entities that articles share."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.graph.actors import Actors
from kg.graph.search import search_form
from kg.graph.shared import Notes, Shared, instructions_of
from kg.identify.local import Local
from kg.identify.where import Where
from kg.model.article import Article
from kg.model.base import Entity
from kg.model.entities import ArticleNode, Directive, Meeting, Place, Statement
from kg.model.entities import Document as DocumentNode
from kg.model.ids import slug
from kg.model.reading import DirectiveRead, DocumentRead, Evidence, MeetingRead, StatementRead
from kg.text.fold import fold


@dataclass(frozen=True, slots=True)
class Fragment:
    """What one article adds to the graph; `same_as` of its directives and meetings is for the caller, who knows other articles."""

    article: str
    own: tuple[Entity, ...]
    notes: Notes

    def post_of(self, membership: str) -> str | None:
        """Return the post of a membership that this article shows."""
        return next((value for ident, what, value in self.notes if ident == membership and what == "post"), None)


def fragment_of(local: Local, persons: Sequence[str], forms: Sequence[Article] = ()) -> Fragment:
    """Return the facts of one article, whose officials are the persons with these ids; `forms` are the articles that say nothing else."""
    article, place, shared = local.article, local.place, Shared()
    facts = _Facts(local, Actors(local, persons, shared), shared)
    node = ArticleNode(
        id=article.id,
        title=article.title,
        published=article.published,
        outlet=article.outlet,
        author=article.author,
        url=article.url,
        record_id=article.record_id,
        place=shared.place(place.province) if place else None,
        place_rule=place.rule if place else None,
        embodies=facts.letter(),
        forms=tuple(sorted(form.id for form in forms)),
        outlets=_besides(article.outlet, (form.outlet for form in forms)),
        urls=_besides(article.url, (form.url for form in forms)),
    )
    directives = facts.directives()
    for directive in directives:
        shared.notes.update(instructions_of(directive))
    if place and place.start is not None and place.end is not None:
        facts.actors.mentions.add(f"place/{place.province.id}", Place, [_words(place, article.text)])
    statements = facts.statements()
    own = (node, *directives, *statements, *facts.meetings.values(), *facts.actors.mentions.all())
    return Fragment(article.id, own, shared.notes)


def _besides(own: str | None, others: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in others if value} - {own or ""}))


def _words(place: Where, text: str) -> Evidence:
    """The words of an article that say where it is."""
    start, end = place.start or 0, place.end or 0
    return Evidence(start=start, end=end, quote=text[start:end], rule=f"place:{place.rule}", confidence=0.9)


class _Facts:
    """The facts of one article."""

    def __init__(self, local: Local, actors: Actors, shared: Shared) -> None:
        self.local = local
        self.actors = actors
        self.shared = shared
        self._documents = self._cited()
        self.meetings = self._meetings()

    def _cited(self) -> dict[str, tuple[str, DocumentRead]]:
        """Documents by every form that cites them; the shared ones hear of those that have evidence."""
        forms: dict[str, tuple[str, DocumentRead]] = {}
        for read, ident in zip(self.local.reading.documents, self.local.documents, strict=True):
            if self.actors.mentions.add(ident, DocumentNode, read.mentions):
                self.shared.document(ident, read, self.actors.body_named(read.issuer))
            for form in (read.number, read.name, *read.accept):
                if form:
                    forms.setdefault(fold(form), (ident, read))
        return forms

    def letter(self) -> str | None:
        """The document whose text the article is: an official letter says its subject, and what it rests on, itself."""
        letter, documents = self.local.article.letter, self.local.reading.documents
        if letter is None or letter.number is None or not documents or documents[0].number != letter.number:
            return None
        spans = [(span.start, span.end) for span in letter.spans if span.field == "basis"]
        bases = [
            ident
            for read, ident in zip(documents[1:], self.local.documents[1:], strict=True)
            if any(start <= m.start and m.end <= end for m in read.mentions for start, end in spans)
        ]
        return self.shared.letter(self.local.documents[0], letter.subject, bases)

    def _meetings(self) -> dict[int, Meeting]:
        """Meetings by their place in the reading; one that nothing in the text proves is none."""
        out: dict[int, Meeting] = {}
        taken: Counter[str] = Counter()
        for number, read in enumerate(self.local.reading.meetings):
            if read.mentions:
                base = f"meeting/{self.local.article.id}/{slug(read.kind)}-{read.date or 'undated'}"
                taken[base] += 1
                ident = base if taken[base] == 1 else f"{base}-{taken[base]}"
                self.actors.mentions.add(ident, Meeting, read.mentions)
                out[number] = self._meeting(ident, read, read.mentions[0])
        return out

    def _meeting(self, ident: str, read: MeetingRead, at: Evidence) -> Meeting:
        return Meeting(
            id=ident,
            name=read.kind,
            folded=search_form(read.kind),
            kind=read.event,
            date=read.date,
            chairs=self.actors.ids(read.chairs, at, "Person", "Post", "Agency"),
            participants=self.actors.ids(read.participants, at),
            host=self._one(read.host, at, "Agency", "Group"),
        )

    def _one(self, name: str | None, at: Evidence, *allowed: str) -> str | None:
        return next(iter(self.actors.ids([name] if name else [], at, *allowed)), None)

    def directives(self) -> list[Directive]:
        taken: set[str] = set()
        out: list[Directive] = []
        for read in self.local.reading.directives:
            ident = f"directive/{self.local.article.id}/{read.start}"
            ident = f"{ident}-{read.end}" if ident in taken else ident
            if ident not in taken:
                taken.add(ident)
                out.append(self._directive(ident, read))
        return out

    def _directive(self, ident: str, read: DirectiveRead) -> Directive:
        at = Evidence(start=read.start, end=read.end, quote=read.quote, rule=read.rule, confidence=read.confidence)
        meeting = self.meetings.get(-1 if read.meeting is None else read.meeting)
        issuers = self.actors.ids(read.issuers, at)
        return Directive(
            id=ident,
            issuers=issuers,
            capacity=self.actors.capacities(issuers),
            addressees=self.actors.ids(read.addressees, at),
            lead=self.actors.ids(read.lead, at),
            coordinate=self.actors.ids(read.coordinate, at),
            on_behalf_of=self._one(read.on_behalf_of, at, "Agency"),
            relayed_by=self._one(read.relayed_by, at, "Person", "Agency"),
            verb=read.verb,
            act=read.act,
            strength=read.strength,
            content=read.content or read.quote,
            topic=self.shared.topic(read.topic),
            cites=self._cites(read.cites, at),
            deadline=read.deadline,
            deadline_iso=read.deadline_iso,
            meeting=meeting.id if meeting else None,
            date=(meeting.date if meeting and meeting.date else self._published()),
            issuer_resolution=read.issuer_resolution,
            addressee_resolution=read.addressee_resolution,
            article=self.local.article.id,
            start=read.start,
            end=read.end,
            quote=read.quote,
            rule=read.rule,
            confidence=read.confidence,
        )

    def _published(self) -> str | None:
        published = self.local.article.published or self.local.reading.published
        return published[:10] if published else None

    def _cites(self, cites: tuple[tuple[str, ...], ...], at: Evidence) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for forms in cites:
            known = next((self._documents[key] for form in forms if (key := fold(form)) in self._documents), None)
            if known:
                found[known[0]] = None
                self._prove(*known, at)
        return tuple(found)

    def _prove(self, ident: str, read: DocumentRead, at: Evidence) -> None:
        if not self.actors.mentions.has(ident):
            self.shared.document(ident, read, self.actors.body_named(read.issuer))
            self.actors.mentions.locate(ident, DocumentNode, read.name or read.number or "", at)

    def statements(self) -> list[Statement]:
        found = {(read.start, read.end, read.kind): read for read in self.local.reading.statements}
        return [self._statement(read) for read in found.values()]

    def _statement(self, read: StatementRead) -> Statement:
        at = Evidence(start=read.start, end=read.end, quote=read.quote, rule=read.rule, confidence=read.confidence)
        return Statement(
            id=f"statement/{self.local.article.id}/{read.start}-{read.end}/{read.kind}",
            kind=read.kind,
            speakers=self.actors.ids(read.speakers, at),
            targets=self.actors.ids(read.targets, at),
            verb=read.verb,
            date=self._published(),
            article=self.local.article.id,
            start=read.start,
            end=read.end,
            quote=read.quote,
            rule=read.rule,
            confidence=read.confidence,
        )
