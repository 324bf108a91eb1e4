"""Finds the data folders `schema` and `queries`, in a checkout and in an installed wheel."""

from functools import cache
from importlib.resources import files
from pathlib import Path


@cache
def data_folder(name: str) -> Path:
    """Return the folder `schema` or `queries`: inside the wheel `kg/_data/NAME`, in a checkout beside `kg`.

    >>> (data_folder("queries") / "sparql").is_dir()
    True
    """
    packaged = Path(str(files("kg") / "_data" / name))
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / name
