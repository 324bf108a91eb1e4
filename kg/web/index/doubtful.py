"""The queue of the reviewers: the most doubtful directives first, and of those the ones that concern the most connected."""

from kg.web.index.reader import Index

_RANK = (
    "(1.0 - json_extract(node.data, '$.confidence') + (json_extract(node.data, '$.issuer_resolution') = 'unresolved') * 0.3"
    " + (json_extract(node.data, '$.addressee_resolution') = 'unresolved') * 0.2)"
    # digits of the number of relations: a logarithm that every SQLite has
    " * (1 + (SELECT max(length(p.degree)) FROM flow JOIN node p ON p.n IN (flow.who, flow.whom) WHERE flow.directive = d.n))"
)


def queue(index: Index) -> tuple[int, ...]:
    """Return the directives that nobody has reviewed, the most doubtful and most consequential first."""
    rows = index.rows(
        f"SELECT d.n, coalesce({_RANK}, 0) AS rank FROM directive d JOIN node ON node.n = d.n "
        "WHERE json_extract(node.data, '$.rule') NOT LIKE '%+reviewed' ORDER BY rank DESC, node.id"
    )
    return tuple(row[0] for row in rows)
