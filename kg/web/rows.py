"""Rows of the table of directives as HTML text: fifty a page, which a template would fill in several times slower."""

from collections.abc import Iterable, Mapping
from html import escape

from markupsafe import Markup

from kg.web.index.directives import Row
from kg.web.markup import doc_url, link, links, quote


def directive_rows(rows: Iterable[Row], words: Mapping[str, Markup], terms: Mapping[str, str]) -> Markup:
    """Return the rows, in the words of the page and its terms for acts. Every text is escaped, every name stands in `bdi`."""
    labels = {name: f'data-label="{words[f"col.{name}"]}"' for name in ("date", "who", "whom", "about", "sentence")}
    # escaped piece by piece in what is called; the rest are words of ours
    return Markup("".join(_row(row, labels, words, terms) for row in rows))


def _row(row: Row, labels: Mapping[str, str], words: Mapping[str, Markup], terms: Mapping[str, str]) -> str:
    data, nobody = row.data, words["unknown"]
    deadline = data.get("deadline")
    due = f'<span class="deadline"><b>{words["deadline"]}</b> <bdi>{escape(deadline)}</bdi></span>' if deadline else ""
    posts = "".join(f'<span class="post">{link(post, False)}</span>' for post in row.post)
    strength, act = data["strength"], data["act"]
    verb = (
        f'<span class="verb s{strength}"><bdi>{escape(data["verb"])}</bdi> '
        f'<span class="n" title="{words["strength"]}: {escape(terms.get(act, act))}">{strength}/5</span></span>'
    )
    beside = f'<span class="post">{words["coordinate"]}: {links(row.coordinate, "")}</span>' if row.coordinate else ""
    about = link(row.topic) if row.topic else f"<bdi>{escape(row.about)}</bdi>"
    cites = "".join(f'<span class="cite">{link(cited)}</span>' for cited in row.cites)
    told = f', <time datetime="{escape(row.published)}">{escape(row.published)}</time>' if row.published else ""
    meeting = f" · {link(row.meeting)}" if row.meeting else ""
    source = f'<a href="{escape(doc_url(row.article.id))}#f-{data["start"]}"><bdi>{escape(row.article.name)}</bdi></a>'
    return (
        f'<tr id="{escape(row.node.id)}">\n'
        f'<td {labels["date"]} class="date">{escape(row.date) or "—"}{due}</td>\n'
        f'<th scope="row" {labels["who"]}>{links(row.who, nobody)}{posts}</th>\n'
        f"<td {labels['whom']}>{verb}\n{links(row.whom, nobody)}{beside}</td>\n"
        f"<td {labels['about']}>{about}{cites}</td>\n"
        f"<td {labels['sentence']}><details open><summary>{words['sentence']}</summary>{quote(row.quote)}</details>\n"
        f'<p class="source">{source}{told}{meeting}</p></td>\n</tr>\n'
    )
