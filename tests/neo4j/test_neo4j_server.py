"""The throw-away server cleans up after itself, and after those that could not."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.neo4j.server import remove_left_behind


def test_folders_of_killed_processes_are_removed_and_no_others(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    names = [f"chidao-neo4j-{ended.pid}-abc", f"chidao-neo4j-{os.getpid()}-abc", "chidao-neo4j-mine", "other-1-abc"]
    for name in names:
        (tmp_path / name / "data").mkdir(parents=True)
    remove_left_behind()
    assert sorted(path.name for path in Path(tmp_path).iterdir()) == sorted(names[1:])
