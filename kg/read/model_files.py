"""Where the learned parts lie: `kg/read/models`, or the folder that KG_MODELS names (for cross-validation)."""

import os
from importlib.resources import files
from pathlib import Path


def model_file(name: str) -> Path:
    """Return the path of a model file, `directive-verb.json` say: in the folder of KG_MODELS where it has one, else the committed one.

    >>> model_file("vocabulary.txt").name
    'vocabulary.txt'
    """
    folder = os.environ.get("KG_MODELS")
    if folder and (Path(folder) / name).exists():
        return Path(folder) / name
    return Path(str(files("kg.read") / "models")) / name
