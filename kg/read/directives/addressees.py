"""Who could have been told to act: whom the sentence names, whom the run, the meeting or the next order names, or nobody."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.read.directives.analysis import SentenceView, Trigger
from kg.read.directives.authority import direction, rank_of
from kg.read.directives.candidates import Candidate, Context, Decision, rank_of_named, situation
from kg.read.directives.parties import Party, expand
from kg.read.directives.phrases import has_determiner, head_of, is_head
from kg.read.mentions import ActorMention
from kg.read.page import Page

_HONORIFIC = re.compile(r"^(?:các đồng chí|đồng chí|đ/c|ông|bà|đại diện|lãnh đạo)\s+", re.IGNORECASE)
_SHORT = frozenset(
    ["đơn vị", "nhà trường", "trường", "trung tâm", "công ty", "tổ công tác", "viện", "bệnh viện", "ban", "học viện", "tập đoàn",
     "tổng công ty", "nhà máy", "hội", "hiệp hội", "chi cục", "cơ quan", "ngân hàng", "công viên", "ban chỉ đạo", "ban quản lý",
     "đoàn", "bộ", "sở", "cục", "vụ", "tổng cục", "đảng ủy", "hội đồng", "văn phòng", "khu công nghiệp"]
)  # fmt: skip
_WORDS = ("đối với", "không để", "được", "cùng", "trách nhiệm", "người dân", "đảng", "cán bộ", "chúng tôi", "tất cả")
_THIS = re.compile(r"\s+(?:này|trên|nói trên|đó|ấy)$")


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
        names = _names(ctx, view, party, issuer, earlier)
        relation = _relation(ctx, names, issuer, earlier)
        sets.add(names, party.mentions, "here", *_party_features(view, party, position, trigger), *relation)
    strong = [p for p in parties if p.strong]
    if len(strong) > 1:
        mentions = [m for p in strong for m in p.mentions]
        names = tuple(dict.fromkeys(n for p in strong for n in _names(ctx, view, p, issuer, earlier)))
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
    names = tuple(dict.fromkeys(n for party in parties for n in _names(ctx, view, party, issuer, earlier)))
    return Candidate(names, "here", (), (), tuple(m for party in parties for m in party.mentions)) if names else None


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


def addressee_name(page: Page, mention: ActorMention) -> str:
    """Return the name of an addressee: a post that stands without its holder's name stays a post (GUIDELINES.md)."""
    if mention.kind == "person" and mention.how == "post":
        return expand(_HONORIFIC.sub("", page.text[mention.start : mention.end]))
    if mention.kind in {"post", "group"}:
        return _trim(expand(mention.name))
    return _trim(mention.name)


_INSIDE = ("các", "những")


def _trim(name: str) -> str:
    """A name without the verb and its object that ran into it: "Ban Quản lý chợ" + "tháo dỡ các lều"."""
    words = name.split()
    for position in range(3, len(words) - 1):
        word, before = words[position], words[position - 1]
        if word in _OBJECTS and before.islower() and before not in _NOUNS and words[position - 2] not in _INSIDE:
            return " ".join(words[: position - (1 if words[position - 2][0].isupper() or position < 5 else 2)])
    return name


_OBJECTS = frozenset({"toàn", "một", "những", "hết", "mọi", "các"})
_NOUNS = frozenset(
    ["ubnd", "dân", "lý", "đạo", "trưởng", "ủy", "diện", "chức", "đốc", "tịch", "an", "thư", "của", "ở", "tại", "và", "cùng", "từ", "cả", "bộ", "huy", "sát",
     "tế", "tạo", "vệ", "đoàn", "viên", "thanh", "tra", "quyền", "chức", "đảng"]
)  # fmt: skip


_BODIES = re.compile(r"(?:, | và )(?=cơ quan (?:ngang|thuộc|trung ương|Trung ương|đảng|Đảng|nhà nước|chuyên môn))")
"""Between the bodies of "các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ", which are named one by one."""

_THESE = re.compile(
    r"(?:các|những|hai|ba|bốn)\s+(?:cơ quan|đơn vị|địa phương|nơi|bộ|sở|ban|cục|ngành|bộ, ngành|sở, ngành)\s+(?:này|trên|nói trên|nêu trên)$"
)


_PEOPLE = frozenset(
    ["cán bộ", "công chức", "viên chức", "chiến sĩ", "đảng viên", "hội viên", "đoàn viên", "người lao động", "học sinh", "sinh viên",
     "giáo viên", "nhân viên", "sĩ quan", "cử tri", "nhân dân", "người dân", "bà con"]
)  # fmt: skip
"""Heads that stay one group in a list without determiners: "cán bộ, công chức"."""


def _joined_people(page: Page, mentions: Sequence[ActorMention]) -> list[ActorMention]:
    """Lists of people's heads as one mention each: "các cán bộ" + "chiến sĩ" -> "các cán bộ, chiến sĩ"."""
    out: list[ActorMention] = []
    for mention in mentions:
        last = out[-1] if out else None
        people = last is not None and head_of(last.name) in _PEOPLE and head_of(mention.name) in _PEOPLE
        gap = page.text[last.end : mention.start] if last is not None else ""
        if last is not None and people and gap in {", ", " và "} and not has_determiner(mention.name):
            out[-1] = replace(last, end=mention.end, name=f"{last.name}{gap}{mention.name}")
        else:
            out.append(mention)
    return out


def _names(ctx: Context, view: SentenceView, party: Party, issuer: str, earlier: Sequence[Decision]) -> tuple[str, ...]:
    names: list[str] = []
    for mention in _joined_people(ctx.page, party.mentions):
        if mention.name == issuer:
            continue
        if earlier and mention.kind == "group" and _THESE.match(mention.name.lower()):
            names += earlier[-1].addressees
            continue
        name = addressee_name(ctx.page, mention)
        name = ctx.acronyms.get(name, name)
        if mention.kind == "group" and _BODIES.search(name):
            names += _BODIES.split(name)
            continue
        names.append(_full(ctx, mention, name, earlier) if mention.kind in {"group", "agency"} else name)
    return tuple(dict.fromkeys(names))


def _full(ctx: Context, mention: ActorMention, name: str, earlier: Sequence[Decision]) -> str:
    """The full name that "trung tâm", "đơn vị này", "tổ công tác" stands for, as the article gave it last."""
    head = _THIS.sub("", name.lower())
    this = head != name.lower()
    if head not in _SHORT:
        longer = [n for n in ctx.longer.get(head, ()) if n != name]
        return longer[-1] if len(head.split()) > 1 and longer and not has_determiner(name) else name
    told = [n for d in earlier for n in d.addressees]
    bodies = [
        m.name
        for v in ctx.views
        if v.start <= mention.start
        for m in v.mentions
        if m.kind == "agency" and m.end <= mention.start
    ]
    known = [*bodies[-12:], *told]
    same = [n for n in known if n.lower().startswith(head) and len(n) > len(head)]
    if same:
        return same[-1]
    if this or head in {"đơn vị", "cơ quan", "trường", "nhà trường"}:
        school = [n for n in known if n.lower().startswith(("trường", "học viện"))] if "trường" in head else known
        return school[-1] if school else name
    return name
