"""docs/tutorial.md: its blocks run, one after the other, beside the samples."""

import re
import shutil
from pathlib import Path

from click.testing import CliRunner

from kg.cli import cli

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")


def test_the_blocks_run(tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    built = CliRunner().invoke(cli, ["build", "examples/articles", "-g", "graph"], catch_exceptions=False)
    assert built.exit_code == 0
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 8
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/tutorial.md", "exec"), names)
    assert "<svg" in (tmp_path / "who-whom.svg").read_text(encoding="utf-8")
    assert "refused:" in capsys.readouterr().out
