"""No class and no construction falls under its pinned floor; the machinery of floors and of the report does what it says."""

import json

import pytest

from kg.errors import CheckFailed, UsageError
from kg.quality.floors import Floors, load_floors, raised, save_floors, under
from kg.quality.gold import SETS, class_scores, digest, load_set, read_set
from kg.quality.items import items, pass_shares
from kg.quality.misses import Miss
from kg.quality.places import FLOORS, GOLD, ROOT
from kg.quality.report import write_report

gold = pytest.mark.skipif(not GOLD.is_dir(), reason=f"no gold readings at {GOLD}")


def test_no_construction_under_its_floor():
    assert under(load_floors(FLOORS), Floors(pass_shares(), {})) == []


def test_every_construction_has_a_floor():
    constructions = {f"sentences/{construction}" for construction, _ in items()}
    assert constructions <= load_floors(FLOORS).figures.keys()
    assert len(constructions) >= 39


@gold
@pytest.mark.corpus
@pytest.mark.parametrize("name", SETS)
def test_no_class_under_its_floor(name):
    gold_set = load_set(name)
    scores = class_scores(gold_set, read_set(gold_set), name)
    floors = load_floors(FLOORS)
    assert scores.keys() <= floors.figures.keys()
    assert under(floors, Floors(scores, {name: digest(name)})) == []


def test_a_floor_rises_and_falls_only_when_allowed():
    floors = Floors({"dev/a": 0.5, "dev/b": 0.5, "dev/c": 0.5}, {"dev": "old"})
    measured = Floors({"dev/a": 0.6, "dev/b": 0.4}, {"dev": "new"})
    with pytest.raises(CheckFailed, match=r"dev/b: floor 0\.5000 would fall to 0\.4000"):
        raised(floors, measured, ["dev/a"])
    assert raised(floors, measured, ["*/b"]) == Floors({"dev/a": 0.6, "dev/b": 0.4, "dev/c": 0.5}, {"dev": "new"})


def test_what_is_under_is_named():
    floors = Floors({"dev/a": 0.5, "dev/b": 0.5}, {"dev": "old"})
    assert under(floors, Floors({"dev/a": 0.5, "dev/b": 0.4999}, {"dev": "old"})) == [
        "dev/b: 0.4999 is under its floor of 0.5000"
    ]
    (line,) = under(floors, Floors({}, {"dev": "new"}))
    assert line.startswith("gold set dev: its text has changed")


def test_floors_survive_the_file(tmp_path):
    floors = Floors({"b": 0.5, "a": 1.0}, {"dev": "00"})
    save_floors(floors, tmp_path / "floors.json")
    assert load_floors(tmp_path / "floors.json") == floors
    assert list(json.loads((tmp_path / "floors.json").read_text())["floors"]) == ["a", "b"]


MISS = Miss("issuer wrong", "own", "a1", 'Ông A yêu cầu <script>alert("x")</script>', "Nguyễn Thị Mẫu", "<b>Sở</b>")


def test_the_report_escapes_what_it_quotes(tmp_path):
    write_report([MISS, MISS], "class  <i>", tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<b>Sở" not in page
    assert "&lt;b&gt;Sở&lt;/b&gt;" in page
    assert "own 2" in page
    assert "src=" not in page


def test_the_report_stays_out_of_the_project():
    with pytest.raises(UsageError, match="lies in the project"):
        write_report([MISS], "", ROOT / "docs" / "r.html")
