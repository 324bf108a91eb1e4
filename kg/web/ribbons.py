"""The bands of the picture as SVG text: hundreds of paths a page, which a template would fill in several times slower."""

from markupsafe import Markup, escape

from kg.export.sankey import Drawing, Ribbon


def ribbons(drawing: Drawing, strength: str) -> Markup:
    """Return the groups of bands and of the words on them; `strength` is what the strength is called. Every text is escaped."""
    bands = "\n".join(_band(ribbon, strength) for ribbon in drawing.ribbons)
    words = "\n".join(
        f'<text x="{ribbon.label_x}" y="{ribbon.label_y}">\u2068{escape(ribbon.label)}\u2069</text>'
        for ribbon in drawing.ribbons
        if ribbon.label
    )
    # escaped piece by piece above; numbers and class names are ours
    return Markup(
        f'<g class="ribbons" aria-hidden="true">\n{bands}\n</g>\n<g class="verbs" aria-hidden="true">\n{words}\n</g>'
    )


def _band(ribbon: Ribbon, strength: str) -> str:
    told = escape(f"{ribbon.source} → {ribbon.target}: {ribbon.value}\n{ribbon.verbs}; ")
    single = " single" if ribbon.value == 1 else ""
    return (
        f'<path class="c{ribbon.column} s{ribbon.strength}{single}" d="{ribbon.path}">'
        f"<title>{told}{escape(strength)} {ribbon.strength}/5</title></path>"
    )
