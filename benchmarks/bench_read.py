"""`make bench-read`: how fast the reader is, stage by stage, its memory and start-up, beside underthesea's `ner` on the same core.

Everything runs on one core (the last that this process may use), each measurement in a process of its own: whole corpus and a sample by
the reader, the whole corpus by the reader compiled with mypyc (built first, into `build/compiled/bench`), the sample by underthesea. Times are
medians. underthesea is installed into a venv of its own under the temporary folder;
where that can't be, the table says so. Without `../shared/corpus` there is nothing to read, and the script says so and stops with 0.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
CORPUS = HERE.parents[1] / "shared" / "corpus" / "articles.jsonl"
UNDERTHESEA = "underthesea==9.5.0"
RUNS, SAMPLE_STEP, SAMPLE_RUNS, STARTS = 5, 30, 3, 5
TARGET = 200.0

Figures = dict[str, Any]


def main() -> int:
    """Measure and print the tables; returns 0 also where the corpus is absent."""
    if not CORPUS.exists():
        print(f"skipped: no corpus at {CORPUS}")
        return 0
    machine_code, why_not = compiled()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    whole = worker(sys.executable, "read_worker.py", RUNS, 1)
    fast = worker(sys.executable, "read_worker.py", RUNS, 1, machine_code) if machine_code else None
    sample = worker(sys.executable, "read_worker.py", RUNS, SAMPLE_STEP)
    print_speed(whole, fast, sample, *underthesea())
    if fast is None:
        print(f"the compiled reader was not measured: {why_not}")
    print_stages(whole)
    print_starts()
    return 0


def worker(python: str, script: str, runs: int, step: int, compiled: str = "0") -> Figures:
    """Run a worker of this folder, with the compiled reader in folder `compiled` if that is not "0", and return its figures."""
    command = [python, str(HERE / script), str(CORPUS), str(runs), str(step)]
    environment = {**os.environ, "KG_COMPILED": compiled}
    figures: Figures = json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)
    return figures


def compiled() -> tuple[str, str]:
    """Build the compiled reader where sources have changed; return its folder, or "" and why it could not be built."""
    folder = HERE.parent / "build" / "compiled" / "bench"
    environment = {**os.environ, "KG_COMPILED": str(folder)}
    fits = [sys.executable, "-c", "import sys; from kg.compiled import is_in_use; sys.exit(not is_in_use())"]
    try:
        if subprocess.run(fits, env=environment, capture_output=True).returncode:
            build = [sys.executable, str(HERE.parent / "hatch_build.py")]
            subprocess.run(build, check=True, capture_output=True, timeout=1800, env=environment)
        return str(folder), ""
    except (subprocess.SubprocessError, OSError) as error:
        detail = getattr(error, "stderr", None) or b""
        return "", (detail.decode(errors="replace").strip().splitlines() or [str(error)])[-1]


def underthesea() -> tuple[Figures | None, str]:
    """Return underthesea's figures on the sample, or None and why it could not be measured."""
    folder = Path(tempfile.gettempdir()) / f"chidao-{UNDERTHESEA}"
    python = str(folder / "bin" / "python")
    try:
        if not (folder / "installed").exists():
            venv.create(folder, with_pip=True, clear=True)
            subprocess.run(
                [python, "-m", "pip", "install", "--quiet", UNDERTHESEA], check=True, capture_output=True, timeout=600
            )
            (folder / "installed").touch()
        return worker(python, "underthesea_worker.py", SAMPLE_RUNS, SAMPLE_STEP), ""
    except (subprocess.SubprocessError, OSError) as error:
        detail = getattr(error, "stderr", None) or b""
        return None, (detail.decode(errors="replace").strip().splitlines() or [str(error)])[-1]


def print_speed(whole: Figures, fast: Figures | None, sample: Figures, other: Figures | None, reason: str) -> None:
    """Print the reader, interpreted and compiled, and underthesea, the ratio on the same sample."""
    rows = [("kg.read, whole corpus", whole, None), (f"kg.read, every {SAMPLE_STEP}th article", sample, 1.0)]
    if fast is not None:
        rows.insert(1, ("kg.read compiled (make compile), whole corpus", fast, None))
    if other is not None:
        ratio = (other["articles"] / other["cpu"]) / (sample["articles"] / sample["cpu"])
        rows.append((f"{UNDERTHESEA} ner, the same articles", other, ratio))
    print(
        f"{'one core, CPU time':46s}{'articles':>9s}{'chars':>7s}{'art/s':>8s}{'by wall':>8s}{'ms/art':>9s}{'peak MB':>9s}{'ratio':>9s}"
    )
    for name, figures, ratio in rows:
        count = figures["articles"]
        print(
            f"{name:46s}{count:9d}{figures['characters'] / count:7.0f}{count / figures['cpu']:8.1f}"
            f"{count / figures['wall']:8.1f}{1000 * figures['cpu'] / count:9.2f}{figures['peak_mb']:9.0f}"
            + ("" if ratio is None else f"{ratio:9.4f}")
        )
    if other is None:
        print(f"{UNDERTHESEA} was not measured: {reason}")
    print(f"wanted: {TARGET:.0f} articles a second on the whole corpus")


def print_stages(whole: Figures) -> None:
    """Print the CPU time of each stage, as a share of the whole reader."""
    count, total = whole["articles"], 1000 * whole["cpu"] / whole["articles"]
    stages = {name: 1000 * seconds / count for name, seconds in whole["stages"].items()}
    stages["the rest: Reading"] = max(0.0, total - sum(stages.values()))
    print(f"\n{'stage':46s}{'ms/art':>9s}{'share':>8s}")
    for name, spent in stages.items():
        print(f"{name:46s}{spent:9.2f}{spent / total:8.1%}")


def print_starts() -> None:
    """Print the start-up of whole processes."""
    first = CORPUS.read_text(encoding="utf-8").partition("\n")[0].encode()
    kg = [sys.executable, "-c", "from kg.cli import main; main()"]
    print(f"\n{f'whole process, median of {STARTS}':46s}{'wall s':>9s}{'wanted':>8s}")
    for name, arguments, wanted in (("kg --help", ["--help"], 0.5), ("kg read -, first reading", ["read", "-"], 1.5)):
        print(f"{name:46s}{median(_start([*kg, *arguments], first) for _ in range(STARTS)):9.2f}{wanted:8.1f}")


def _start(command: Sequence[str], stdin: bytes) -> float:
    begun = time.perf_counter()
    subprocess.run(command, input=stdin, check=True, capture_output=True)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
