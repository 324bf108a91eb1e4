"""What a person has decided since the graph was resolved: only what that touches is resolved again.

Decisions about bodies and documents rename what articles show, and are rules: another file (`kg.resolved.sync.rules_of`).
"""

from collections.abc import Iterable

import orjson

from kg.home.database import transaction
from kg.identify.decisions import RENAMED, Decision, latest, shown
from kg.model.ids import slug
from kg.resolved.store import ResolvedStore

_JOINED = ("directive/", "meeting/")


def renames(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions about bodies and documents."""
    return tuple(d for d in decisions if d.a.startswith(RENAMED) and d.b.startswith(RENAMED))


def mark_decided(store: ResolvedStore, decisions: tuple[Decision, ...]) -> None:
    """Make work of what differs from the decisions that the store was made of, and note these."""
    before = tuple(Decision.model_validate(one) for one in orjson.loads(store.meta("decisions") or "[]"))
    if before == decisions:
        return
    then, now = latest(before), latest(decisions)
    differ = [pair for pair in then.keys() | now.keys() if _verdict(then.get(pair)) != _verdict(now.get(pair))]
    ids = {shown(ref)[0] for pair in differ for ref in pair}
    with transaction(store.db):
        if any(ident.startswith("person/") for ident in ids):
            store.todo("name", [*_names(store, ids), *orjson.loads(store.meta("names linked together") or "[]")])
            store.note("names linked together", "[]")
        for prefix in _JOINED:
            store.todo(f"join {prefix[:-1]}s", sorted(ident for ident in ids if ident.startswith(prefix)))
        store.note("decisions", orjson.dumps([one.model_dump() for one in decisions]).decode())


def _verdict(decision: Decision | None) -> str | None:
    return decision.verdict if decision else None


def _names(store: ResolvedStore, ids: Iterable[str]) -> list[str]:
    """The names whose persons may have one of the ids: a person's id begins with the name in ASCII."""
    wanted = {ident.split("/")[1] for ident in ids if ident.startswith("person/") and ident.count("/") == 2}
    names = store.db.execute("SELECT DISTINCT name FROM official")
    return [name for (name,) in names if (slug(name)[:60] or "x") in wanted]
