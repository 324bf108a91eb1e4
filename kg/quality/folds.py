"""Cross-validation of what is learned: each fifth of `gold/train` is read with models trained on the rest."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kg.errors import ChidaoError
from kg.quality.gold import GoldSet, Readings, Record
from kg.quality.places import GOLD, ROOT
from kg.train.data import Labelled, load_gold, load_own
from kg.train.logistic import Example
from kg.train.meetings import examples, write_weights
from kg.train.models import write_models

FOLDS = 5


def folded_readings(train: GoldSet, folds: int = FOLDS) -> Readings:
    """Return a reading of each article of `train` by models that have not seen it; article i is in fold i modulo `folds`,
    and so is our own article that follows it.

    Trains the directive models and the meeting weights `folds` times (10 to 15 s each) into a temporary folder, and reads in a process
    of its own with KG_MODELS set, since the reader keeps its models once they are loaded. Needs the extra `train`.
    """
    labelled = load_gold(GOLD, "train")
    more = load_gold(GOLD, "ledes") + load_own(ROOT / "training" / "own")
    groups = list(examples(GOLD, "train"))
    more_groups = [example for _, found in examples(GOLD, "ledes") for example in found]
    readings: dict[str, Record] = {}
    for fold in range(folds):
        with TemporaryDirectory() as folder:
            kept = [article for i, article in enumerate(labelled) if i % folds != fold]
            kept += [article for article in more if article.source is None or article.source % folds != fold]
            cases = [case for i, (_, found) in enumerate(groups) if i % folds != fold for case in found]
            _train(Path(folder), kept, cases + more_groups)
            held_out = [record for i, record in enumerate(train.records) if i % folds == fold]
            readings |= _read(Path(folder), held_out)
    return readings


def _train(folder: Path, articles: Sequence[Labelled], cases: Sequence[Example]) -> None:
    write_models(articles, folder)
    write_weights(cases, folder / "meetings.json")
    # the models' own shares, uncalibrated: kg.quality.calibrate measures them
    (folder / "confidence.json").write_text("[[0, 0], [1, 1]]\n", encoding="utf-8")


def _read(models: Path, records: Sequence[Record]) -> dict[str, Record]:
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    command = [sys.executable, "-c", "from kg.cli import main; main()", "read", "-"]
    done = subprocess.run(
        command, input=lines.encode(), capture_output=True, check=False, env={**os.environ, "KG_MODELS": str(models)}
    )
    if done.returncode:
        raise ChidaoError(f"kg read with the models of a fold: {done.stderr.decode(errors='replace').strip()}")
    return {reading["id"]: reading for reading in map(json.loads, done.stdout.splitlines())}
