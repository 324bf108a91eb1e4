"""Ids that lead to an entity of the graph, and are none of it themselves."""

from collections.abc import Callable, Iterable, Iterator

from kg.model.entities import Redirect


def redirects(found: Iterable[tuple[str, str]], known: Callable[[str], bool]) -> Iterator[Redirect]:
    """Yield a redirect for each old id, to the last id that is given for it, where the graph has that one and lacks the old."""
    leads = {old: new for old, new in found if known(new) and not known(old)}
    yield from (Redirect(id=old, target=new) for old, new in leads.items())
