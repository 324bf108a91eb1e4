"""Splits lists of bodies that share a head: "các sở: A, B và C", "UBND các tỉnh: A, B"."""

from kg.read.actors.agencies import AgencyGrammar, AgencySpan
from kg.read.actors.lexicon import Head, district_types, folded, inside
from kg.read.actors.places import department_place, level_at, name_at, with_level
from kg.read.actors.tokens import Tokens

_SEPARATORS = frozenset({",", "và", ";"})


def listed(grammar: AgencyGrammar, span: AgencySpan) -> list[AgencySpan]:
    """Return the further bodies of a list that shares `span`'s head: "các sở: A, B và C"."""
    out: list[AgencySpan] = []
    if span.head.canonical == "Ban" and not span.short and grammar.tokens.word(span.first - 1) == "các":
        return _committees(grammar, span)
    if span.head.body != "field" or span.short:
        return out
    j = span.after
    while grammar.tokens.word(j) in _SEPARATORS:
        end, field = grammar.wording.field_at(j + 1, item=True)
        if not field or not grammar.tokens.cap(j + 1) or _own_head(grammar, j + 1, end):
            break
        place = ""
        if span.head.kind == "department":
            end, place = department_place(grammar.tokens, end)
        out.append(AgencySpan(j + 1, end, f"{span.head.canonical} {field}", place, span.head))
        j = end
    return out


def _committees(grammar: AgencyGrammar, span: AgencySpan) -> list[AgencySpan]:
    """The further committees of "các ban Tổ chức, Tuyên giáo, Dân vận Tỉnh ủy"."""
    out: list[AgencySpan] = []
    tokens, j = grammar.tokens, span.after
    while tokens.word(j) in _SEPARATORS and tokens.cap(j + 1) and ("ban", tokens.word(j + 1)) in inside():
        item = grammar.open_body(j + 1, j + 1, span.head)
        if item is None or item.short or item.after == j + 1:
            break
        out.append(item)
        j = item.after
    return out


def _own_head(grammar: AgencyGrammar, i: int, end: int) -> bool:
    own = grammar.at(i)
    return own is not None and not own.short and own.after > end


_HEADS = {
    ("ubnd",): "Ủy ban nhân dân",
    ("ủy", "ban", "nhân", "dân"): "Ủy ban nhân dân",
    ("hđnd",): "Hội đồng nhân dân",
    ("hội", "đồng", "nhân", "dân"): "Hội đồng nhân dân",
}


def places_listed(tokens: Tokens, i: int) -> list[AgencySpan]:
    """Return the bodies of "UBND các tỉnh: A, B" at token `i`; behind a colon names count that no table has."""
    words = next((w for w in _HEADS if tuple(tokens.words[i : i + len(w)]) == w), ())
    j = i + len(words)
    if not words or tokens.word(j) != "các":
        return []
    j, levels = _levels(tokens, j + 1)
    colon = tokens.word(j) == ":"
    j += colon
    entry = Head(_HEADS[words], "peoples_committee", "level", False)
    level = next((w for w in ("quận", "huyện", "xã", "phường") if w in levels), "tỉnh")
    out: list[AgencySpan] = []
    while levels and tokens.cap(j):
        known = name_at(tokens, j)
        if known == j and (colon or level in {"xã", "phường"}):
            known = _name_end(tokens, j)
        if known == j:
            break
        name = tokens.slice(j, known)
        place = with_level(name) if level == "tỉnh" else f"{district_types().get(folded(name), level)} {name}"
        held = colon and tokens.word(i - 1) == "tịch"
        out.append(AgencySpan(j, known, entry.canonical, place, entry, held=held))
        j = known + (tokens.word(known) in _SEPARATORS)
    return out


def _levels(tokens: Tokens, j: int) -> tuple[int, list[str]]:
    """Return the token after the levels at `j` ("huyện, thị xã") and the levels."""
    if tokens.word(j) == "địa" and tokens.word(j + 1) == "phương":
        return j + 2, ["tỉnh"]
    levels: list[str] = []
    after, level = level_at(tokens, j)
    while level:
        levels.append(level)
        j = after
        after, level = level_at(tokens, j + (tokens.word(j) in _SEPARATORS))
    return j, levels


def _name_end(tokens: Tokens, j: int) -> int:
    """Return the token after one to three capitals that a mark or a word written small ends."""
    after = j
    while tokens.cap(after) and tokens.words[after].isalpha():
        after += 1
    return after if after - j <= _LONGEST_NAME else j


_LONGEST_NAME = 3
