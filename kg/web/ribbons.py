"""The picture's bands and bars as SVG text: hundreds of elements a page, which a template would fill in several times slower."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Final
from urllib.parse import quote_plus

from markupsafe import Markup

from kg.export.sankey import Bar, Drawing, Ribbon
from kg.web.index.filters import Filters

_SIDES: Final = ("who", "whom", "topic")
_LINE: Final = 14


def ribbons(drawing: Drawing, strength: str) -> Markup:
    """Return the groups of bands and of the words on them; `strength` is what the strength is called. Every text is escaped."""
    called = escape(strength)
    names = {bar.name: escape(bar.name) for bar in drawing.bars}
    bands = "\n".join(_band(ribbon, called, names) for ribbon in drawing.ribbons)
    words = "\n".join(
        f'<text x="{ribbon.label_x}" y="{ribbon.label_y}">\u2068{escape(ribbon.label)}\u2069</text>'
        for ribbon in drawing.ribbons
        if ribbon.label
    )
    # escaped piece by piece above; numbers and class names are ours
    return Markup(
        f'<g class="ribbons" aria-hidden="true">\n{bands}\n</g>\n<g class="verbs" aria-hidden="true">\n{words}\n</g>'
    )


def bars(drawing: Drawing, ids: Sequence[Mapping[str, str]], filters: Filters, words: Mapping[str, Markup]) -> Markup:
    """Return the bars with their names; those that have an id lead to the list narrowed to it. Every text is escaped."""
    without = [filters.url("/", **{side: None}) for side in _SIDES]
    pieces = []
    for bar in drawing.bars:
        side, ident = _SIDES[bar.column], ids[bar.column].get(bar.name)
        if ident:
            address = f"{without[bar.column]}{'&' if '?' in without[bar.column] else '?'}{side}={quote_plus(ident)}"
            told = f"{words[f'filter.{side}']}: {escape(bar.name)}, {bar.value}"
            pieces.append(f'<a href="{escape(address)}" aria-label="{told}">{_bar(bar)}</a>')
        else:
            pieces.append(_bar(bar))
    return Markup("\n".join(pieces))


def _bar(bar: Bar) -> str:
    x, end = (bar.x - 7, ' class="end"') if bar.column == 0 else (bar.x + 19, "")
    middle = bar.y + bar.height / 2 + 4.5
    last = len(bar.lines) - 1
    count = f' <tspan class="n">{bar.value}</tspan>'
    lines = "".join(
        f'<text x="{x}" y="{middle + _LINE * (at - last / 2):.1f}"{end}>\u2068{escape(line)}\u2069'
        f"{count if at == last else ''}</text>"
        for at, line in enumerate(bar.lines)
    )
    more = " more" if bar.is_more else ""
    return (
        f'<g class="bar b{bar.column}{more}"><rect x="{bar.x}" y="{bar.y:.1f}" width="12" height="{bar.height:.1f}" rx="2"/>'
        f"{lines}</g>"
    )


def _band(ribbon: Ribbon, strength: str, names: Mapping[str, str]) -> str:
    single = " single" if ribbon.value == 1 else ""
    return (
        f'<path class="c{ribbon.column} s{ribbon.strength}{single}" d="{ribbon.path}">'
        f"<title>{names[ribbon.source]} → {names[ribbon.target]}: {ribbon.value}\n{escape(ribbon.verbs)}; "
        f"{strength} {ribbon.strength}/5</title></path>"
    )
