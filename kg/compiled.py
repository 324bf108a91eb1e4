"""The compiled reader that `make compile` builds: the same modules as machine code, used only while they are what the sources say.

They lie in `kg/_compiled` (or the folder that KG_COMPILED names) with `manifest.json`, which holds the digest of each source that they were made
of. Where one source differs, or the Python is another, none of them is used and a warning says so; `KG_COMPILED=0` leaves them aside without a word.
"""

import json
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from importlib.abc import MetaPathFinder
from importlib.machinery import ExtensionFileLoader, ModuleSpec, SourceFileLoader
from importlib.readers import FileReader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[1]


def folder() -> Path:
    """Return where the compiled modules lie, each as `MODULE.so` (`.pyd`), and `manifest.json`."""
    named = os.environ.get("KG_COMPILED", "")
    return Path(named) if named not in {"", "0"} else Path(__file__).parent / "_compiled"


def digest(source: bytes) -> str:
    """Return the digest of a source file as the manifest holds it."""
    return blake2b(source, digest_size=16).hexdigest()


def is_in_use() -> bool:
    """Say whether the reader's modules are imported from `kg/_compiled`."""
    return any(isinstance(finder, _Finder) for finder in sys.meta_path)


def use() -> None:
    """Import the compiled modules from now on, if there are any and they fit. Called once, before any of them is imported."""
    file = folder() / "manifest.json"
    if os.environ.get("KG_COMPILED") == "0" or not file.exists():
        return
    manifest = json.loads(file.read_text(encoding="utf-8"))
    reason = misfit(manifest)
    if reason:
        logging.getLogger("kg").warning("compiled reader not used: %s (make compile)", reason)
        return
    sys.meta_path.insert(0, _Finder(file.parent, manifest))


def misfit(manifest: Mapping[str, Any]) -> str:
    """Return why the compiled modules must not be used; '' where they fit this Python and the sources."""
    if manifest["python"] != sys.implementation.cache_tag:
        return f"built for {manifest['python']}"
    changed = [path for path, known in manifest["sources"].values() if not _is(ROOT / path, known)]
    return f"{changed[0]} has changed" if changed else ""


def _is(path: Path, known: str) -> bool:
    try:
        return digest(path.read_bytes()) == known
    except OSError:
        return False


class _Loader(ExtensionFileLoader):
    """Loads a compiled module; what lies beside its source (word lists, models) is found there."""

    def __init__(self, name: str, path: str, source: Path) -> None:
        super().__init__(name, path)
        self._source = source

    def get_resource_reader(self, name: str | None = None) -> FileReader:
        """Return the reader of the files beside the source."""
        return SourceFileLoader(self.name, str(self._source)).get_resource_reader(name or self.name)


class _Finder(MetaPathFinder):
    """Finds the modules of the manifest, and the library that they share."""

    def __init__(self, folder: Path, manifest: Mapping[str, Any]) -> None:
        self._folder = folder
        self._sources: Mapping[str, Sequence[str]] = manifest["sources"]
        self._library: str = manifest["library"]
        self._suffix: str = manifest["suffix"]

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where the compiled module `fullname` lies; None for every other."""
        file = str(self._folder / f"{fullname}{self._suffix}")
        if fullname == self._library:
            return spec_from_file_location(fullname, file, loader=ExtensionFileLoader(fullname, file))
        if fullname not in self._sources:
            return None
        source = ROOT / self._sources[fullname][0]
        inside = [str(source.parent)] if source.name == "__init__.py" else None
        loader = _Loader(fullname, file, source)
        return spec_from_file_location(fullname, file, loader=loader, submodule_search_locations=inside)
