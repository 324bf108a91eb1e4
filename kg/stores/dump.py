"""All statements of an Oxigraph folder as one file."""

import subprocess
import sys
from pathlib import Path
from typing import Final

from kg.model.namespaces import BASE

_WORKER: Final = Path(__file__).with_name("dump_worker.py")


def write_dump(folder: Path, file: Path, base: str = BASE) -> bool:
    """Write N-Quads, gzipped, equal bytes for equal graphs, in a process of its own; return whether that went well.

    Entities and graphs are named under `base`. The file appears whole or not at all.
    """
    command = [sys.executable, "-P", str(_WORKER), str(folder), str(file), BASE, base]
    return subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
