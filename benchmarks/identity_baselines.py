"""The rules that peers ship, beside ours, on the stress set of identity: one table of wrong merges and of true pairs merged.

`python benchmarks/identity_baselines.py` (needs rapidfuzz, in the dev extra). Each rule sees the text by which the side of a pair is named:
the person's name, the body's name, the citation, the meeting's kind with host and day, the directive's content.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from rapidfuzz.fuzz import WRatio

from kg.model.ids import slug
from tests.identity_pairs import found_same, pairs

Rule = Callable[[str, str], bool]
KINDS = ("person", "body", "document", "meeting", "directive")


def trigram_jaccard(one: str, other: str) -> float:
    """Return the share of common character trigrams."""
    mine, yours = ({text[i : i + 3] for i in range(len(text) - 2)} for text in (one.lower(), other.lower()))
    return len(mine & yours) / (len(mine | yours) or 1)


RULES: dict[str, Rule] = {
    "exact string": lambda a, b: a == b,
    "fuzzy WRatio >= .8": lambda a, b: WRatio(a, b) >= 80,
    "trigram Jaccard >= .9": lambda a, b: trigram_jaccard(a, b) >= 0.9,
    "ASCII-folded key": lambda a, b: slug(a) == slug(b),
}


def named(kind: str, side: dict[str, Any]) -> str:
    """Return the text by which a side is named."""
    match kind:
        case "document":
            return str(side["cites"])
        case "meeting":
            return f"{side['kind']} {side.get('host', '')} {side['date']}"
        case "directive":
            return str(side["content"])
    return str(side["name"])


def counts(called: Callable[[dict[str, Any]], bool]) -> dict[str, tuple[int, int]]:
    """Return wrong merges and true pairs merged, by kind."""
    found = {kind: [0, 0] for kind in KINDS}
    for pair in pairs():
        if called(pair):
            found[pair["kind"]][pair["same"]] += 1
    return {kind: (wrong, right) for kind, (wrong, right) in found.items()}


def main() -> None:
    """Print the table, in Markdown."""
    rows = {
        name: counts(lambda p, r=rule: r(named(p["kind"], p["a"]), named(p["kind"], p["b"])))
        for name, rule in RULES.items()
    }
    rows["kg.identify"] = counts(found_same)
    every = pairs()
    totals = {k: [sum(p["kind"] == k and p["same"] is same for p in every) for same in (False, True)] for k in KINDS}
    print("| rule | " + " | ".join(f"{k} wrong / merged" for k in (*KINDS, "all")) + " |")
    print("|---" * (len(KINDS) + 2) + "|")
    for name, found in {**rows, "(pairs: different / same)": {k: tuple(v) for k, v in totals.items()}}.items():
        total = tuple(sum(cell[i] for cell in found.values()) for i in (0, 1))
        cells = [f"{wrong} / {right}" for wrong, right in (*(found[k] for k in KINDS), total)]
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
