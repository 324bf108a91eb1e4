"""docs/cli.md: its commands run on the samples as it says, and it leaves no verb out."""

import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from click.testing import CliRunner

from kg.cli import VERBS, cli

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
MARK = "@@ exit"
SAME_IN_BOTH = ("CSV.", ".rq, .sparql or .cypher")


class Step(NamedTuple):
    command: str
    code: int
    shown: tuple[str, ...]


def steps():
    found: list[Step] = []
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                command, _, code = line[2:].partition("  # exit ")
                found.append(Step(command, int(code or 0), ()))
            else:
                found[-1] = found[-1]._replace(shown=(*found[-1].shown, line))
    return found


def run_all(folder):
    """What each command prints on both streams, and its exit code; all run in one shell."""
    start = f"""kg() {{ "{sys.executable}" -c 'from kg.cli import main; main()' "$@"; }}\n"""
    script = start + "".join(f'{step.command}\necho "{MARK} $?"\n' for step in steps())
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
        check=False,
    )
    return re.findall(rf"(.*?){MARK} (\d+)\n", done.stdout.decode(), re.DOTALL)


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_the_commands_do_what_the_page_says(tmp_path):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    outputs = run_all(tmp_path)
    assert len(outputs) == len(steps())
    wrong = [
        f"$ {step.command}\n{text} exit {code}"
        for step, (text, code) in zip(steps(), outputs, strict=True)
        if int(code) != step.code or "Traceback" in text or not all(line in text for line in step.shown)
    ]
    assert not wrong, "\n\n".join(wrong)


def test_every_verb_and_exit_code_is_on_the_page():
    used = {word for step in steps() for word in re.findall(r"\bkg ([a-z]+)", step.command)}
    assert used >= set(VERBS)
    assert re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE) == ["0", "1", "2", "3", "4", "130"]


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_has_a_help_in_both_languages(verb):
    command = import_module(f"kg.cli.{verb}").command
    assert " · " in command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert " · " in option.help or option.help in SAME_IN_BOTH, option.name


def test_help_itself_is_in_both_languages():
    for arguments in (["--help"], ["ask", "--help"]):
        assert "Hiện trợ giúp này · show this" in CliRunner().invoke(cli, arguments).stdout
