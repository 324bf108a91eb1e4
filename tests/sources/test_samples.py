"""Every format and encoding: four samples of our own each, one of them damaged, and the articles that must come out."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from kg.errors import InputError
from loaders import load
from tests.sources.make_samples import DATA, write

GROUPS = sorted(path.parent.name for path in DATA.glob("*/expected.json"))
CASES = [
    pytest.param(group, name, id=f"{group}/{name}")
    for group in GROUPS
    for name in json.loads((DATA / group / "expected.json").read_text(encoding="utf-8"))
]


def expected_of(group, name):
    return json.loads((DATA / group / "expected.json").read_text(encoding="utf-8"))[name]


@pytest.mark.parametrize(("group", "name"), CASES)
def test_sample(group, name):
    expected = expected_of(group, name)
    results = list(load([str(DATA / group / name)]))
    assert [_shown(result, wanted) for result, wanted in zip(results, expected, strict=False)] == expected, results
    assert len(results) == len(expected), [str(result)[:200] for result in results]


def _shown(result, wanted):
    """Of a result what is expected of it."""
    if isinstance(result, InputError):
        known = {"error": result.reason, "place": result.place, "source": result.source}
    else:
        origin = result.origin
        decoding = origin.decoding.model_dump(mode="json") if origin.decoding else {}
        known = {**decoding, **result.model_dump(mode="json"), "source": origin.source, "locator": origin.locator}
    shown = {name: known.get(name) for name in wanted}
    if isinstance(shown.get("error"), str) and wanted["error"] in shown["error"]:
        shown["error"] = wanted["error"]
    if "source" in wanted and shown["source"]:
        shown["source"] = (
            Path(shown["source"]).name if "!" not in shown["source"] else _from_name(shown["source"], wanted["source"])
        )
    return shown


def _from_name(source, wanted):
    archive = wanted.split("!")[0]
    return source[source.index(archive) :] if archive in source else source


def test_each_group_has_four_and_a_damaged_one():
    for group in GROUPS:
        names = list(json.loads((DATA / group / "expected.json").read_text(encoding="utf-8")))
        assert len(names) >= 4
        assert any(name.startswith("damaged") for name in names)


def test_the_samples_are_what_the_script_writes(tmp_path):
    """Bytes for bytes; what a library packs is compared unpacked, since its next version may pack better."""
    write(tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {
        path.relative_to(DATA): path.read_bytes() for path in DATA.rglob("*") if path.is_file() and path.parent != DATA
    }
    assert sorted(made) == sorted(kept)
    for path, data in made.items():
        if "damaged" in path.name and path.suffix in (".gz", ".zst", ".parquet", ".wacz"):
            continue  # cut at a byte of the packed form
        assert _unpacked(path, data) == _unpacked(path, kept[path]), path


def _unpacked(path, data):
    if path.suffix == ".parquet":
        import pyarrow.parquet

        return pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
    if path.suffix == ".zst":
        import zstandard

        return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True).read()
    if path.suffix in (".gz", ".tgz"):
        return gzip.decompress(data)
    if path.suffix in (".wacz", ".zip") and "damaged" not in path.name:
        archive = zipfile.ZipFile(io.BytesIO(data))
        return {name: _unpacked(Path(name), archive.read(name)) for name in archive.namelist()}
    if path.name == "two.warc":
        return len(data) > 0  # one of its answers is packed
    return data
