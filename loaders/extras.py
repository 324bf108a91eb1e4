"""Libraries that are extras: what a loader says where one is not installed, and how those in Rust fail."""

from kg.errors import InputError


def missing(source: str, kind: str, library: str, error: ModuleNotFoundError) -> InputError:
    """Return the error that names the pip command; another module's absence inside the library is told as it is.

    >>> str(missing("a.docx", "DOCX", "python-docx", ModuleNotFoundError(name="docx")))
    'a.docx: DOCX needs python-docx: pip install "chidao[sources]"'
    """
    why = "" if error.name in (None, library.replace("python-", "").replace("-", "_")) else f" ({error})"
    return InputError(source, None, f'{kind} needs {library}{why}: pip install "chidao[sources]"')


def is_damage(error: BaseException) -> bool:
    """Say whether a library in Rust fell over its data: an exception, or a panic, which is none in Python's sense.

    >>> is_damage(ValueError()), is_damage(KeyboardInterrupt())
    (True, False)
    """
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"
