"""Damage that leaves every file its size: noticed when the engine opens or meets it, and made good with one line."""

import json
import random

import pytest

from kg.ask.home import answer_from
from kg.ask.registry import question
from kg.ask.run import run
from kg.errors import QueryError, StoreError
from kg.home import GraphHome
from kg.stores import damage, open_view, projection, refresh
from tests.graph_factory import fictional_graph
from tests.reading_factory import READER, article, read_by_hand
from tests.stores.dumps import ENGINES, dump

WHERE = {"oxigraph": "oxigraph/*", "kglite": "graph.kgl", "networkx": "property.jsonl"}
OFFICIALS = {
    "oxigraph": lambda view: run(view, "oxigraph", question("officials"), {}),
    "kglite": lambda view: run(view, "kglite", question("officials"), {}),
    "networkx": lambda view: view.query("degree"),
}


def files(home, engine):
    return sorted(path for path in (home / "stores").glob(f"*/{WHERE[engine]}") if path.stat().st_size)


def flip(file, chance):
    data = bytearray(file.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


@pytest.fixture
def truth(tmp_path):
    home = tmp_path / "graph"
    texts = ["Lê Thị Thử là Bí thư của Tỉnh ủy.\nBài một.", "Mạc Văn Ví là Giám đốc của Sở Y tế.\nBài hai."]
    with GraphHome(home, create=True) as graph_home:
        graph_home.ingest([article(text) for text in texts], read_by_hand, reader=READER, workers=1)
    return home


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("seed", range(3))
def test_a_flipped_bit_is_made_good_with_one_line(truth, capfd, engine, seed):
    wanted = answer_from(truth, engine, OFFICIALS[engine])
    assert wanted.rows
    chance = random.Random(seed)
    file = chance.choice(files(truth, engine))
    flip(file, chance)
    assert file.name in damage(truth)
    assert answer_from(truth, engine, OFFICIALS[engine]) == wanted
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert f"{file.name} is not as it was written" in err
    assert "rebuilding" in err
    assert damage(truth) is None
    assert answer_from(truth, engine, OFFICIALS[engine]) == wanted
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("seed", range(12))
def test_large_tables_of_oxigraph_are_caught_by_its_own_sums(tmp_path, monkeypatch, seed):
    refresh(tmp_path, fictional_graph(), "1")
    wanted = dump(tmp_path, "oxigraph")
    monkeypatch.setattr(projection, "_SMALL", 0)
    chance = random.Random(seed)
    flip(chance.choice([file for file in files(tmp_path, "oxigraph") if file.suffix == ".sst"]), chance)
    text = "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }"
    with open_view(tmp_path, "oxigraph") as view:
        try:
            assert len(view.query(text, timeout=0.5).rows) == len(wanted)
        except StoreError:
            assert "sst" in damage(tmp_path)


def test_a_query_that_is_wrong_is_no_damage(truth, capfd):
    answer_from(truth, "kglite", OFFICIALS["kglite"])
    before = (truth / "stores" / "current.json").read_bytes()
    for engine in ("oxigraph", "kglite"):
        with pytest.raises(QueryError):
            answer_from(truth, engine, lambda view: view.query("no such thing"))
    assert (truth / "stores" / "current.json").read_bytes() == before
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"[1]",
        b"\xff\xfe",
        b'{"stamp": "s"}',
        b'{"stamp": 1, "format": 3, "generation": "000001", "sizes": {}, "sums": {}}',
        b'{"stamp": "1", "format": 3, "generation": "000001", "sizes": [], "sums": 1}',
        b'{"stamp": "1", "format": 3, "generation": "", "sizes": {}, "sums": {}}',
        b'{"stamp": "1", "format": 3, "generation": "000009", "sizes": {}, "sums": {}}',
        b'{"stamp": "1", "format": 3, "generation": "000001", "sizes": {"000001/graph.kgl": 7}, "sums": {}}',
        b'{"stamp": "1", "format": 2, "generation": "000001", "files": {"graph.kgl": 7}}',
    ],
)
def test_a_damaged_record_of_the_projection_is_rebuilt(tmp_path, capfd, state):
    refresh(tmp_path, fictional_graph(), "1")
    wanted = dump(tmp_path, "kglite")
    (tmp_path / "stores" / "current.json").write_bytes(state)
    with pytest.raises(StoreError):
        open_view(tmp_path, "kglite")
    assert refresh(tmp_path, fictional_graph(), "1")
    assert capfd.readouterr().err.count("\n") == 1
    assert dump(tmp_path, "kglite") == wanted


def test_an_older_projection_is_told_as_such(tmp_path, capfd):
    refresh(tmp_path, fictional_graph(), "1")
    (tmp_path / "stores" / "current.json").write_text(
        '{"stamp": "1", "format": 2, "generation": "000001", "files": {}}'
    )
    assert refresh(tmp_path, fictional_graph(), "1")
    assert "projection of another version (2, not 3); rebuilding" in capfd.readouterr().err


def test_the_sums_are_those_of_the_files(tmp_path):
    refresh(tmp_path, fictional_graph(), "1")
    state = json.loads((tmp_path / "stores" / "current.json").read_bytes())
    assert {name.split("/")[1] for name in state["sums"]} == {"graph.kgl", "property.jsonl", "oxigraph"}
    assert damage(tmp_path) is None
    assert damage(tmp_path / "elsewhere") is None
