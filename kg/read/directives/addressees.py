"""Who could have been told to act: whom the sentence names, whom the run, the meeting or the next order names, or nobody."""

from collections.abc import Sequence

from kg.read.directives.addressee_names import addressee_name, addressee_names
from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.authority import direction, rank_of
from kg.read.directives.candidates import Candidate, Context, Decision, rank_of_named, situation
from kg.read.directives.parties import Party
from kg.read.directives.phrases import has_determiner, head_of, is_head, is_thing
from kg.read.mentions import ActorMention
from kg.read.page import Page

_WORDS = ("đối với", "không để", "được", "cùng", "trách nhiệm", "người dân", "đảng", "cán bộ", "chúng tôi", "tất cả")


class _Sets:
    """Candidate sets in order, features of equal sets joined."""

    def __init__(self, ctx: Context, issuer: str) -> None:
        self.ctx = ctx
        self.issuer = issuer
        self.own_rank = rank_of_named(ctx, issuer)
        self.found: list[Candidate] = []
        self._seen: dict[tuple[str, ...], int] = {}

    def add(self, value: tuple[str, ...], mentions: Sequence[ActorMention], how: str, *what: str) -> None:
        if not value and how != "none":
            return
        features = (how, *what)
        if value in self._seen:
            old = self.found[self._seen[value]]
            self.found[self._seen[value]] = Candidate(value, old.how, old.features + features, mentions=old.mentions)
            return
        self._seen[value] = len(self.found)
        if value:
            rank = rank_of(mentions[0], self.ctx.ranks) if mentions else rank_of_named(self.ctx, value[0])
            features += (f"dir:{direction(self.own_rank, rank)}", f"arank:{rank // 100}", f"size{min(len(value), 3)}")
        self.found.append(Candidate(value, how, features, mentions=tuple(mentions)))


def addressee_candidates(
    ctx: Context, view: SentenceView, earlier: Sequence[Decision], trigger: Trigger | None, issuer: str
) -> list[Candidate]:
    """Return the sets of addressees that the grammar offers, the empty set last."""
    sets = _Sets(ctx, issuer)
    parties = [p for p in ctx.parties[view.index] if any(m.name != issuer for m in p.mentions)]
    for position, party in enumerate(parties[:8]):
        names = addressee_names(ctx, view, party, issuer, earlier)
        relation = _relation(ctx, names, issuer, earlier)
        sets.add(names, party.mentions, "here", *_party_features(view, party, position, trigger), *relation)
    strong = [p for p in parties if p.strong]
    if len(strong) > 1:
        mentions = [m for p in strong for m in p.mentions]
        names = tuple(dict.fromkeys(n for p in strong for n in addressee_names(ctx, view, p, issuer, earlier)))
        sets.add(names, mentions, "here-all", f"all{min(len(strong), 3)}")
    _carried(ctx, sets, view, earlier, issuer)
    for number, host in enumerate(ctx.hosts[:2]):
        names = tuple(dict.fromkeys(m.name for m in host if m.name != issuer))
        sets.add(names, host, f"host{number}", f"host-before{int(host[0].start < view.start)}")
    _ahead(ctx, sets, view)
    sets.add((), (), "none")
    around = (*situation(ctx, view, earlier), *_around(ctx, view, parties, trigger, earlier))
    return [Candidate(c.value, c.how, c.features, around, c.mentions) for c in sets.found]


def only_parties(
    ctx: Context, view: SentenceView, earlier: Sequence[Decision], parties: Sequence[Party], issuer: str
) -> Candidate | None:
    """Return the addressees that `parties` alone name, without features; None where they name only the issuer."""
    names = tuple(dict.fromkeys(n for party in parties for n in addressee_names(ctx, view, party, issuer, earlier)))
    return Candidate(names, "here", (), (), tuple(m for party in parties for m in party.mentions)) if names else None


def told_first(ctx: Context, view: SentenceView, earlier: Sequence[Decision], issuer: str) -> Candidate | None:
    """Return the first of whom the sentence says "<somebody> cần/phải ..." at the start of a clause, if it holds no other order."""
    parties = ctx.parties[view.index]
    if any(p.verb is not None for p in parties):
        return None
    told = next((p for p in parties if p.right == "modal"), None)
    if told is None:
        return None
    who = told.mentions[0]
    if told.left in _CLAUSE_STARTS and (told.left == "^" or not told.free):
        plain = who.kind == "agency" or (who.kind == "group" and is_head(who.name))
    else:
        ordered = any(t.kind == "order" and t.end <= told.start for t in view.triggers)
        plain = not told.free and not ordered and not is_thing(who.name)
        plain = plain and (who.kind == "agency" or has_determiner(who.name))
    return only_parties(ctx, view, earlier, [told], issuer) if plain else None


_CLAUSE_STARTS = frozenset({"^", ",", ";", "rằng", "thì"})


def _around(
    ctx: Context, view: SentenceView, parties: Sequence[Party], trigger: Trigger | None, earlier: Sequence[Decision]
) -> list[str]:
    """What is the same for each candidate: how good the best explicit addressee is, and the verb."""
    out = [f"t:{trigger.kind}|{trigger.gap}" if trigger else "t:none", f"tv:{trigger.lemma}" if trigger else "tv:none"]
    obj = any(p.verb is not None and p.verb is trigger for p in parties)
    order = any(p.verb is not None and p.verb.kind == "order" for p in parties)
    told = any(p.told and p.strong for p in parties)
    weak = any(p.told for p in parties)
    task = any(p.strong for p in parties)
    best = "own" if obj else "order" if order else "told" if told else "weak" if weak else "task" if task else "none"
    out += [
        f"E:{best}",
        f"np{min(len(parties), 3)}",
        f"we{int('chúng ta' in view.folded)}",
        f"long{min((view.end - view.start) // 80, 4)}",
    ]
    out += [f"w:{word}" for word in _WORDS if word in view.folded]
    if earlier:
        out.append(f"lastexp{int(earlier[-1].explicit)}|E:{best}")
    return out


def _party_features(view: SentenceView, party: Party, position: int, trigger: Trigger | None) -> list[str]:
    kind = party.mentions[0].kind
    relation = "none"
    if trigger is not None:
        relation = "after" if party.start >= trigger.end else "before"
    role = "none"
    if party.verb is not None:
        side = "own" if party.verb is trigger else "early" if trigger is None or party.start < trigger.start else "late"
        role = f"{side}|{party.verb.kind}"
    subject = trigger is not None and trigger.subject is not None and trigger.subject in party.mentions
    left = party.left.strip(",.") or party.left
    out = [
        f"L:{left}", f"R:{party.right}", f"L:{left}|R:{party.right}", f"K:{kind}", f"K:{kind}|R:{party.right}",
        f"K:{kind}|{party.mentions[0].how}", f"O:{role}", f"rel:{relation}", f"rel:{relation}|R:{party.right}", f"p{min(position, 3)}",
        f"strong{int(party.strong)}", f"free{int(party.free)}", f"subject{int(subject)}", f"len{min(len(party.mentions), 3)}",
        f"lead{int(party.mentions[0].leadership)}", f"head:{head_of(party.mentions[0].name)}", f"R2:{party.follows}",
        f"known{int(is_head(party.mentions[0].name))}", f"det{int(has_determiner(party.mentions[0].name))}",
        f"early{int(party.start - view.start < 30)}", f"clause:{party.clause}",
    ]  # fmt: skip
    if party.verb is not None:
        out.append(f"OV:{party.verb.lemma}")
    other = any(t.subject in party.mentions for t in view.triggers if t.kind in {"order", "say"} and t.gap == "tight")
    out.append(f"speaks{int(other)}")
    return out


def _relation(ctx: Context, names: Sequence[str], issuer: str, earlier: Sequence[Decision]) -> list[str]:
    """How named actors stand to those told before, to the meeting's and to the issuer."""
    said = set(names)
    hosts = {m.name for host in ctx.hosts for m in host}
    out = [
        f"in-host{int(bool(said & hosts))}",
        f"pop{min(max((ctx.popularity.get(n, 0) for n in names), default=0), 3)}",
    ]
    told = [bool(said & set(d.addressees)) for d in earlier]
    out.append(f"was-told{int(any(told))}{int(bool(told) and told[-1])}")
    body = ctx.bodies.get(issuer)
    out.append(f"own-body{int(body is not None and body in said)}")
    out.append(f"an-issuer{int(any(d.issuer in said for d in earlier))}")
    return out


def _carried(ctx: Context, sets: _Sets, view: SentenceView, earlier: Sequence[Decision], issuer: str) -> None:
    previous: set[tuple[str, ...]] = set()
    for back, decision in enumerate(reversed(earlier[-5:])):
        if decision.addressees in previous or not decision.addressees:
            continue
        previous.add(decision.addressees)
        same = "same" if decision.issuer == issuer else "else"
        features = [f"prev{back}|{same}", f"prev|{same}", f"pgap{min(view.index - decision.index, 5)}", f"pexp{int(decision.explicit)}",
                    f"pn{min(len(previous), 3)}", f"pcount{min(sum(d.addressees == decision.addressees for d in earlier), 3)}",
                    f"pverb:{decision.verb}", f"pop{min(max(ctx.popularity.get(n, 0) for n in decision.addressees), 3)}",
                    f"overlap{int(_mentioned(ctx.page, view, decision.addressees))}",
                    f"phead:{head_of(decision.addressees[0])}", f"pbody{int(decision.addressees[0][:1].isupper())}|{decision.explicit}"]  # fmt: skip
        sets.add(decision.addressees, (), f"prev{min(back, 3)}", *features)


def _mentioned(page: Page, view: SentenceView, names: Sequence[str]) -> bool:
    """Whether the sentence takes up the last words of one of the names."""
    return any(" ".join(name.lower().split()[-2:]) in view.folded for name in names)


def _ahead(ctx: Context, sets: _Sets, view: SentenceView) -> None:
    """Those whom the next directives name in a strong place."""
    number = 0
    for index in ctx.chosen:
        if index <= view.index:
            continue
        strong = [p for p in ctx.parties[index] if p.strong]
        if not strong:
            continue
        names = tuple(
            dict.fromkeys(addressee_name(ctx.page, m) for p in strong[:1] for m in p.mentions if m.name != sets.issuer)
        )
        distance = min(index - view.index, 4)
        own = strong[0].verb is not None
        sets.add(
            names,
            strong[0].mentions,
            f"ahead{number}",
            f"ahead-gap{distance}",
            f"ahead-obj{int(own)}",
            f"pop{min(max((ctx.popularity.get(n, 0) for n in names), default=0), 3)}",
        )
        number += 1
        if number == 2:
            break
