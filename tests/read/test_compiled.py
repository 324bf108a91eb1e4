"""The compiled reader (`make compile`): the same bytes as the interpreted one, and never used once a source has changed."""

import json
import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from kg.compiled import digest, folder, misfit

ROOT = Path(__file__).resolve().parents[2]
_READ = """
import sys
from kg.compiled import is_in_use
from kg.read import read
from loaders import load
print(is_in_use())
for article in load([sys.argv[1]]):
    print(read(article).model_dump_json())
"""


def _readings(compiled: str) -> tuple[list[str], str]:
    """The lines of `_READ` over the sample articles, and what was written to stderr."""
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(ROOT / "examples" / "articles")],
        env={**os.environ, "KG_COMPILED": compiled},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines(), done.stderr


def _manifest(path: Path, **changes: object) -> Path:
    source = "kg/read/page.py"
    known = {"kg.read.page": [source, digest((ROOT / source).read_bytes())]}
    whole = {"python": sys.implementation.cache_tag, "library": "none", "suffix": ".so", "sources": known, **changes}
    (path / "manifest.json").write_text(json.dumps(whole), encoding="utf-8")
    return path


def test_compiled_and_interpreted_read_the_same_bytes():
    manifest = folder() / "manifest.json"
    if not manifest.exists() or misfit(json.loads(manifest.read_text(encoding="utf-8"))):
        pytest.skip("not compiled, or sources have changed since: make compile")
    compiled, _ = _readings(str(folder()))
    interpreted, _ = _readings("0")
    assert (compiled[0], interpreted[0]) == ("True", "False")
    assert compiled[1:] == interpreted[1:]
    assert len(compiled) > 10


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sources": {"kg.read.page": ["kg/read/page.py", digest(b"another page")]}}, "kg/read/page.py has changed"),
        ({"sources": {"kg.read.gone": ["kg/read/gone.py", digest(b"")]}}, "kg/read/gone.py has changed"),
        ({"python": "cpython-30"}, "built for cpython-30"),
    ],
)
def test_what_is_stale_is_left_aside_with_a_warning(tmp_path, changes, reason):
    lines, stderr = _readings(str(_manifest(tmp_path, **changes)))
    assert lines[0] == "False"
    assert f"compiled reader not used: {reason}" in stderr


def test_what_fits_is_used(tmp_path):
    assert not misfit(json.loads((_manifest(tmp_path) / "manifest.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def build():
    """`hatch_build.py` as a module."""
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_mypyc_sees_dataclasses_and_constants(build):
    source = '"""What."""\n\nfrom kg.read.records import record\n\nA = 1\nB: int = 2\nC = 3\nC |= 1\n\n\n@record\nclass D:\n    E = 1\n'
    seen = build.for_mypyc(source)
    assert "@dataclass(unsafe_hash=True)\nclass D:\n    E = 1\n" in seen
    assert "\nA: Final = 1\nB: Final[int] = 2\nC = 3\nC |= 1\n" in seen
    compile(seen, "seen", "exec")


def test_the_inner_modules_are_compiled_and_the_entry_is_not(build):
    hot = build.hot()
    assert {"kg/read/page.py", "kg/read/actors/__init__.py", "kg/text/fold.py"} <= set(hot)
    assert "kg/read/__init__.py" not in hot
    assert all((ROOT / path).exists() for path in hot)
