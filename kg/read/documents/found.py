"""One place that cites a document, before the places that cite the same one are joined."""

from kg.read.records import record


@record
class Found:
    """A citation at code points `start` to `end`.

    `ident` is equal for two citations of one document (an empty one joins nothing); `short` are the (type, number) pairs by
    which a later "Nghị quyết 18" may mean it. `accept` are the forms that name it, best first.
    """

    start: int
    end: int
    type: str
    ident: str
    rule: str
    name: str
    number: str | None = None
    accept: tuple[str, ...] = ()
    issuer: str | None = None
    date: str | None = None
    key: str | None = None
    term: str | None = None
    title: str | None = None
    short: tuple[str, str] | None = None
    confidence: float = 0.95
