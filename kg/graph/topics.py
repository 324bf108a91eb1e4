"""The topics of `kg/lexicon/topics.csv` as entities of the graph; the ontology has the same concepts under the same IRIs."""

from functools import cache

from kg.lexicon.tables import read_table
from kg.model.entities import Topic
from kg.text.fold import strip_marks


def topic_entity_id(topic: str) -> str:
    """Return the id of the entity of a topic of the table.

    >>> topic_entity_id("y-te")
    'topic-y-te'
    """
    return f"topic-{topic}"


@cache
def topics() -> tuple[Topic, ...]:
    """Return every topic, in the order of the table.

    >>> topics()[0].id, topics()[0].name, topics()[0].name_en
    ('topic-xay-dung-dang', 'Xây dựng Đảng', 'Party building')
    """
    return tuple(
        Topic(
            id=topic_entity_id(row["topic_id"]),
            name=row["name_vi"],
            folded=strip_marks(row["name_vi"]),
            name_en=row["name_en"],
        )
        for row in read_table("topics")
    )
