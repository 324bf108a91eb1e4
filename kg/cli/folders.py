"""What `kg schema` and `kg queries` share: the files of a data folder, named, printed and copied out."""

import shutil
from difflib import get_close_matches
from pathlib import Path

import click

from kg.errors import StoreError, UsageError
from kg.resources import data_folder

target_option = click.option(
    "--to",
    "target",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Chép cả thư mục vào DIR · copy the folder into DIR.",
)


def copy_or_list(folder: str, target: Path | None) -> None:
    """Print the paths of a data folder's files: of the copies, where `target` asks for them."""
    click.echo("\n".join(map(str, copy_folder(folder, target) if target else file_names(folder))))


def file_names(folder: str) -> tuple[str, ...]:
    """Return the files of a data folder by their path in it, sorted.

    >>> file_names("schema")[-2:]
    ('ontology.ttl', 'rules.ttl')
    """
    root = data_folder(folder)
    found = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return tuple(sorted(path.as_posix() for path in found if not path.name.startswith(".")))


def read_file(folder: str, name: str) -> bytes:
    """Return one file by its path in the folder or by its name alone. Raises UsageError where there is none.

    >>> read_file("schema", "ontology.ttl") == (data_folder("schema") / "ontology.ttl").read_bytes()
    True
    """
    names = file_names(folder)
    found = [known for known in names if name in (known, known.rpartition("/")[2])]
    if not found:
        near = get_close_matches(name, names, n=3, cutoff=0.3) or names
        raise UsageError(f"{name}: không có · no such file; {', '.join(near)}")
    return (data_folder(folder) / found[0]).read_bytes()


def copy_folder(folder: str, target: Path) -> tuple[Path, ...]:
    """Copy the files of a data folder into `target` and return them; what else is there stays. Raises StoreError."""
    written = []
    try:
        for name in file_names(folder):
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(data_folder(folder) / name, path)
            written.append(path)
    except OSError as error:
        raise StoreError(f"{target}: không ghi được · can't be written: {error.strerror}") from error
    return tuple(written)
