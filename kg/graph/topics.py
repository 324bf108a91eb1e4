"""The scheme of topics."""

from functools import cache

from kg.graph.search import search_form
from kg.lexicon.tables import read_table
from kg.model.entities import Topic


@cache
def topics() -> dict[str, Topic]:
    """Return the topics by their names in the scheme (`y-te`)."""
    return {
        row["topic_id"]: Topic(
            id=f"topic/{row['topic_id']}",
            name=row["name_vi"],
            folded=search_form(row["name_vi"]),
            name_en=row["name_en"] or None,
        )
        for row in read_table("topics")
    }
