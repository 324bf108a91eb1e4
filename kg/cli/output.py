"""What the verbs share in writing: files that appear whole, and failures told in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import click

from kg.errors import InputError, StoreError


@contextmanager
def whole_file(target: Path) -> Iterator[IO[bytes]]:
    """Give a file to write; it takes the place of `target` when the block ends, and is gone where the block fails or is interrupted.

    Special files (/dev/stdout, a named pipe) are written as they are. Raises StoreError where it can't be written.
    """
    is_special = target.exists() and not target.is_file() and not target.is_dir()
    temporary = target if is_special else target.with_name(target.name + ".part")
    try:
        with temporary.open("wb") as out:
            yield out
        if not is_special:
            temporary.replace(target)
    except BaseException as error:
        if not is_special:
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise StoreError(f"{target}: không ghi được · can't be written: {error.strerror or error}") from error
        raise


def tell(error: InputError) -> None:
    """Name an input that failed, on standard error and on one line, whatever its name holds."""
    say(str(error))


def say(message: str) -> None:
    """Say something on standard error and on one line, whatever names it holds."""
    from kg.export.safe import terminal_text

    click.echo("kg: " + " ".join(terminal_text(message).split("\n")), err=True)
