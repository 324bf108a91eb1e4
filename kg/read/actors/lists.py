"""Splits lists of bodies that share a head: "các sở: A, B và C", "UBND các tỉnh: A, B"."""

from kg.read.actors.agencies import AgencyGrammar, AgencySpan
from kg.read.actors.lexicon import Head, district_types, folded
from kg.read.actors.places import name_at, place_at, with_level
from kg.read.actors.tokens import Tokens

_SEPARATORS = frozenset({",", "và", ";"})


def listed(grammar: AgencyGrammar, span: AgencySpan) -> list[AgencySpan]:
    """Return the further bodies of a list that shares `span`'s head: "các sở: A, B và C"."""
    out: list[AgencySpan] = []
    if span.head.body != "field" or span.short:
        return out
    j = span.after
    while grammar.tokens.word(j) in _SEPARATORS:
        end, field = grammar.wording.field_at(j + 1, item=True)
        if not field or not grammar.tokens.cap(j + 1) or _own_head(grammar, j + 1, end):
            break
        place = ""
        if span.head.kind == "department":
            end, place = place_at(grammar.tokens, end)
        out.append(AgencySpan(j + 1, end, f"{span.head.canonical} {field}", place, span.head))
        j = end
    return out


def _own_head(grammar: AgencyGrammar, i: int, end: int) -> bool:
    own = grammar.at(i)
    return own is not None and not own.short and own.after > end


def places_listed(tokens: Tokens, i: int, after: int, form: str) -> list[AgencySpan]:
    """Return the bodies of "UBND các tỉnh: A, B": `form` is the folded group phrase at tokens `i` to `after`."""
    head = next(
        (h for f, h in (("ubnd", "Ủy ban nhân dân"), ("hđnd", "Hội đồng nhân dân")) if form.startswith(f)), None
    )
    entry = Head(head or "", "peoples_committee", "level", False)
    j = after + (tokens.word(after) == ":")
    level = next((w for w in ("quận", "huyện", "xã", "phường") if w in form.split()), "tỉnh")
    out: list[AgencySpan] = []
    while head and tokens.cap(j):
        known = name_at(tokens, j)
        if known == j:
            break
        name = tokens.slice(j, known)
        place = with_level(name) if level == "tỉnh" else f"{district_types().get(folded(name), level)} {name}"
        out.append(AgencySpan(j, known, head, place, entry))
        j = known + (tokens.word(known) in _SEPARATORS)
    return out
