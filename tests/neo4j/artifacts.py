"""Neo4j's jars from Maven Central, and whether this machine can have and run them."""

import hashlib
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from filelock import FileLock

POM = Path(__file__).with_name("pom.xml")
CACHE = POM.parent / "target"
_JAVA = 17


class Unavailable(Exception):
    """Neo4j can't be run here; the message says what is missing or was refused."""


@cache
def classpath() -> str:
    """Return the class path of the server and its tools, resolved once for each pom.xml. Raises Unavailable."""
    _check_java()
    file = CACHE / f"classpath-{hashlib.sha256(POM.read_bytes()).hexdigest()[:16]}.txt"
    CACHE.mkdir(exist_ok=True)
    with FileLock(CACHE / "maven.lock"):
        if not _is_whole(file):
            _resolve(file)
    return file.read_text(encoding="utf-8").strip()


def _check_java() -> None:
    java = shutil.which("java")
    if not java:
        raise Unavailable(f"java is not installed (Neo4j 5 needs {_JAVA} or later)")
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=60).stderr
    version = re.search(r'version "(\d+)', said)
    if not version or int(version[1]) < _JAVA:
        raise Unavailable(f"java {_JAVA} or later is needed, and {java} is {version[1] if version else 'unknown'}")


def _is_whole(file: Path) -> bool:
    return file.is_file() and all(map(os.path.exists, file.read_text(encoding="utf-8").strip().split(os.pathsep)))


def _resolve(file: Path) -> None:
    maven = shutil.which("mvn")
    if not maven:
        raise Unavailable("mvn is not installed (it resolves Neo4j from Maven Central)")
    command = [maven, "-B", "-q", "-f", str(POM), "dependency:build-classpath", f"-Dmdep.outputFile={file}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1200)
    if done.returncode or not _is_whole(file):
        errors = [line for line in (done.stdout + done.stderr).splitlines() if "ERROR" in line]
        raise Unavailable("Maven could not resolve Neo4j: " + (errors[0] if errors else f"exit {done.returncode}"))
