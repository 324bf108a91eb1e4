"""Where the learned parts lie: `kg/read/models`, or the folder that KG_MODELS names (for cross-validation)."""

import os
from importlib.resources import files
from pathlib import Path


def model_file(name: str) -> Path:
    """Return the path of a model file, `directive-verb.json` say.

    >>> model_file("vocabulary.txt").name
    'vocabulary.txt'
    """
    folder = os.environ.get("KG_MODELS")
    return (Path(folder) if folder else Path(str(files("kg.read") / "models"))) / name
