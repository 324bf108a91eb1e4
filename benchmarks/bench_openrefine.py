"""OpenRefine's own reconciliation classes (org.openrefine:main, Maven Central) against `kg serve` on the samples: `make openrefine`. Needs Java and Maven.

Prints what OpenRefine made of the answers; exits 3 where it saw an error, or got no values for what it found.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.bench_web import samples_home
from tests.web.browser import served

HERE = Path(__file__).parent / "openrefine"


def main() -> int:
    """Fetch OpenRefine, compile, run."""
    if missing := [tool for tool in ("mvn", "javac", "java") if not shutil.which(tool)]:
        raise SystemExit(f"{', '.join(missing)}: không có · not on this machine")
    with tempfile.TemporaryDirectory() as folder:
        jars = f"{folder}/lib"
        fetch = [
            "mvn",
            "-q",
            "-B",
            "-f",
            str(HERE / "pom.xml"),
            "dependency:copy-dependencies",
            f"-DoutputDirectory={jars}",
        ]
        subprocess.run(fetch, check=True)
        subprocess.run(["javac", "-cp", f"{jars}/*", "-d", folder, str(HERE / "Reconcile.java")], check=True)
        with served(samples_home(Path(folder) / "graph")) as address:
            run = ["java", "-cp", f"{jars}/*:{folder}", "Reconcile", f"{address}/reconcile"]
            return subprocess.run(run, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
