"""`kg build --engine spark`: the session, and Spark's errors in one line."""

import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.output import say
from kg.errors import ChidaoError, UsageError

if TYPE_CHECKING:
    from kg.cli.build import Options
    from kg.cli.progress import Teller
    from kg.home import Summary


def built(sources: tuple[str, ...], out: str, given: "Options", told: "Teller", *, dry_run: bool = False) -> "Summary":
    """Build on Spark into the folder or URI `out`, or only count. Raises UsageError where that can't be, ChidaoError where Spark fails."""
    from kg.home.database import FILE
    from kg.spark.session import open_session

    if (Path(out) / FILE).exists():
        raise UsageError(
            f"-g {out}: là đồ thị của một máy · a graph home; --engine spark writes files into another folder"
        )
    if (Path(out) / "readings").exists() and not given.force:
        raise UsageError(_taken(out))
    warnings.filterwarnings("ignore", category=FutureWarning, module="pyspark")  # what it says of pandas
    session = open_session(given.master, _settings(given.settings))
    from pyspark.errors import AnalysisException, PySparkException

    from kg.cli.build import write_report
    from kg.spark.build import Work, build, count
    from kg.spark.pieces import Given
    from kg.spark.stage import Run, said

    start, decisions, reviews = time.monotonic(), *said(out)
    run = Run(session, out, decisions, reviews, told.phase, overwrite=given.force)
    words = Given(given.place, given.outlet, given.columns)
    work = Work(sources, words, given.limit, tell=say, on_error=told.failed, report=given.report is not None)
    try:
        if dry_run:
            return count(run, work)
        summary, page = build(run, work)
        if given.report and page:
            write_report(given.report, page.items, summary, page.stats, time.monotonic() - start)
        return summary
    except AnalysisException as error:
        if error.getCondition() != "PATH_ALREADY_EXISTS":
            raise ChidaoError(_first(error)) from error
        raise UsageError(_taken(out)) from error
    except PySparkException as error:
        raise ChidaoError(_first(error)) from error
    finally:
        session.stop()


def _taken(out: str) -> str:
    return f"-g {out}: đã có kết quả · holds results already; --force writes over them"


def _settings(given: tuple[str, ...]) -> dict[str, str]:
    pairs = [setting.partition("=") for setting in given]
    for name, sign, _ in pairs:
        if not (name.strip() and sign):
            raise UsageError(f"--conf {name}: cần · needs KEY=VALUE")
    return {name.strip(): value for name, _, value in pairs}


def _first(error: Exception) -> str:
    """The lines of an error that say what happened, without Java's and Python's stacks."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    shown = [line for line in lines if not line.startswith(("at ", "File ", "Traceback", "\tat"))]
    return "Spark: " + " ".join(shown[:3])[:600]
