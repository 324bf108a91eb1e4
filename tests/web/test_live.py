"""The index of the pages is one of its own for each state of the graph: what answers from an older one never sees a later one's numbers."""

import json
import threading
import time

from kg.home import GraphHome
from kg.stores import refresh
from kg.web.live import LivePages, file_name


def counted(index, where):
    where.append(index.rows("SELECT count(*) FROM directive")[0][0])


def test_an_index_that_still_answers_keeps_its_file_when_the_graph_changes(home):
    with LivePages(home) as pages:
        older = pages.index()
        before = older.rows("SELECT count(*) FROM directive")[0][0]
        with GraphHome(home) as truth:
            article = next(a.id for a, r in truth.pairs() if r.directives)
            truth.retract(article)
            refresh(home, truth.graph, truth.stamp())
        state = json.loads((home / "stores" / "current.json").read_bytes())
        for _ in range(600):  # half a minute
            if (newer := pages.index()) is not older:
                break
            time.sleep(0.05)
        assert newer is not older
        seen = []
        fresh = threading.Thread(target=counted, args=(older, seen))  # a thread that has no connection yet
        fresh.start()
        fresh.join()
        assert seen == [before]
        assert newer.rows("SELECT count(*) FROM directive")[0][0] < before
        assert newer.file.name == file_name(str(state["stamp"]))
    with LivePages(home):
        left = sorted(path.name for path in (home / "stores").glob("pages-*.sqlite"))
    assert left == [newer.file.name]
