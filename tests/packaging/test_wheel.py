"""The wheel holds everything: unpacked elsewhere, with the checkout out of sight, `kg` reads, lists its questions and prints its schema."""

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel's content in a folder of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    subprocess.run([*pip, str(ROOT)], check=True, capture_output=True)
    (built,) = folder.glob("chidao-*.whl")
    zipfile.ZipFile(built).extractall(folder / "site")
    return folder / "site"


def _run(wheel: Path, *args: str) -> str:
    code = "import kg, kg.cli, sys; assert kg.__file__.startswith(sys.argv[1]), kg.__file__; sys.argv = ['kg', *sys.argv[2:]]; kg.cli.main()"
    # first on the path, so that an editable install of the checkout can't lend its data
    done = subprocess.run(
        [sys.executable, "-c", code, str(wheel), *args],
        cwd=wheel,
        env={**os.environ, "PYTHONPATH": str(wheel)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_wheel_reads(wheel, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("Ngày 3/4/2019, Chủ tịch UBND tỉnh Trần Văn Mẫu yêu cầu Sở Y tế báo cáo trước ngày 10/4.", "utf-8")
    assert '"Trần Văn Mẫu"' in _run(wheel, "read", str(page))


def test_the_wheel_has_questions_and_schema(wheel):
    assert "who-instructs-whom" in _run(wheel, "query", "--list")
    assert "cd:Directive" in _run(wheel, "schema", "ontology.ttl")


def test_the_wheel_has_no_foreign_package(wheel):
    packages = {path.name for path in wheel.iterdir() if not path.name.endswith(".dist-info")}
    assert packages == {"kg", "loaders"}


def test_what_the_main_text_library_imports_is_required():
    # an older pip passes over an extra that is written in another way, and trafilatura then fails on the first page
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements = {re.split(r"[<>=\[]", line)[0] for line in project["dependencies"]}
    assert {"trafilatura", "lxml_html_clean"} <= requirements
