"""Builds the reader's inner modules as machine code with mypyc: `make compile` beside the sources, `CHIDAO_COMPILE=1 pip wheel .` into a wheel.

The sources stay what they are. mypyc sees copies, in which the records are plain dataclasses (it knows them by that name only) and the constants
of a module are marked as final, so that it looks none of them up.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
WORK = ROOT / "build" / "compiled"
HOT = (
    "kg/read",
    "kg/read/actors",
    "kg/read/directives",
    "kg/read/documents",
    "kg/read/meetings",
    "kg/text",
    "kg/lexicon",
)
"""Folders whose modules are compiled."""

PLAIN = frozenset({"kg/read/__init__.py", "kg/read/records.py"})
"""What stays Python: the entry, and what the compiled copies don't use."""

LIBRARY = "chidao__mypyc"


class CustomBuildHook(BuildHookInterface[Any]):
    """Compiles into a wheel where CHIDAO_COMPILE=1 asks for it."""

    def dependencies(self) -> list[str]:
        """Return what the build needs besides hatchling."""
        return ["mypy>=1.20", "pydantic>=2.9", "setuptools>=70"] if _is_asked_for() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and add what came out to the wheel, which is then one for this Python and machine."""
        if self.target_name != "wheel" or version == "editable" or not _is_asked_for():
            return
        folder = WORK / "wheel"
        subprocess.run([sys.executable, __file__], check=True, env={**os.environ, "KG_COMPILED": str(folder)})
        build_data["force_include"] |= {str(file): f"kg/_compiled/{file.name}" for file in folder.iterdir()}
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def _is_asked_for() -> bool:
    return os.environ.get("CHIDAO_COMPILE") == "1"


def compiled() -> Any:  # noqa: ANN401 (a module)
    """Return `kg.compiled`, loaded without its package, which need not be installed."""
    spec = spec_from_file_location("compiled", ROOT / "kg" / "compiled.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def hot() -> list[str]:
    """Return the modules that are compiled, as paths below the root."""
    found = (str(path.relative_to(ROOT)) for folder in HOT for path in sorted((ROOT / folder).glob("*.py")))
    return [path for path in found if path not in PLAIN]


def for_mypyc(source: str) -> str:
    """Return a source as mypyc is to see it.

    >>> print(for_mypyc('\"\"\"Doc.\"\"\"\\nA = 1\\nB = 2\\nB |= 1').replace(chr(10), " "))
    \"\"\"Doc.\"\"\" from typing import Final A: Final = 1 B = 2 B |= 1
    """
    source = re.sub(r"^@record$", "@dataclass(unsafe_hash=True)", source, flags=re.MULTILINE)
    source = source.replace("from kg.read.records import record\n", "from dataclasses import dataclass\n")
    for name, kind in re.findall(r"^(_?[A-Z][A-Z0-9_]*)(?:: ([^\n=]+?))? = ", source, re.MULTILINE):
        again = re.findall(rf"^{name}(?:: [^\n=]+?)? [|+]?= ", source, re.MULTILINE)
        if len(again) == 1 and kind not in {"Final", "TypeAlias"}:
            final = f"Final[{kind}]" if kind else "Final"
            source = re.sub(rf"^{name}(?:: [^\n=]+?)? = ", f"{name}: {final} = ", source, flags=re.MULTILINE)
    docstring = re.match(r'"""(?:.|\n)*?"""\n', source)
    at = docstring.end() if docstring else 0
    return source[:at] + "from typing import Final\n" + source[at:]


def main() -> None:
    """Compile the hot modules into `kg/_compiled`, or the folder that KG_COMPILED names."""
    from mypyc.build import mypycify
    from setuptools import setup

    module = compiled()
    folder = module.folder().resolve()
    shutil.rmtree(folder, ignore_errors=True)
    paths = hot()
    # the digests are those of the bytes that are compiled, whatever is written to the sources meanwhile
    sources: dict[str, tuple[str, str]] = {}
    for source in sorted(ROOT.glob("kg/**/*.py")):
        path, content = str(source.relative_to(ROOT)), source.read_bytes()
        text = content.decode("utf-8")
        if path in paths:
            sources[_module(path)] = path, module.digest(content)
            text = for_mypyc(text)
        _write(WORK / path, text)
    (WORK / "mypy.ini").write_text(
        "[mypy]\nplugins = pydantic.mypy\nignore_missing_imports = True\nfollow_imports = silent\n", encoding="utf-8"
    )
    os.chdir(WORK)  # mypyc names modules by where their files lie
    extensions = mypycify(
        ["--config-file=mypy.ini", *paths], opt_level="3", debug_level="0", multi_file=True, group_name="chidao"
    )
    arguments = [
        "--quiet",
        "build_ext",
        "--build-lib",
        "lib",
        "--build-temp",
        "temp",
        "--parallel",
        str(os.cpu_count() or 1),
    ]
    setup(name="chidao-compiled", packages=[], py_modules=[], ext_modules=extensions, script_args=arguments)
    folder.mkdir(parents=True)
    suffix = ""
    for built in sorted((WORK / "lib").glob("**/*")):
        if built.suffix in {".so", ".pyd"}:
            name, _, suffix = built.name.partition(".")
            parents = built.relative_to(WORK / "lib").parts[:-1]
            whole = ".".join((*parents, *([] if name == "__init__" else [name])))
            shutil.copy2(built, folder / f"{whole}.{built.suffix[1:]}")
            suffix = built.suffix
    manifest = {"python": sys.implementation.cache_tag, "library": LIBRARY, "suffix": suffix, "sources": sources}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _write(path: Path, text: str) -> None:
    """Write a file unless it holds just that: what did not change is not compiled again."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
