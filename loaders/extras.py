"""What a loader says where the library that it needs is not installed."""

from kg.errors import InputError


def missing(source: str, kind: str, library: str, error: ModuleNotFoundError) -> InputError:
    """Return the error that names the pip command; another module's absence inside the library is told as it is.

    >>> str(missing("a.docx", "DOCX", "python-docx", ModuleNotFoundError(name="docx")))
    'a.docx: DOCX needs python-docx: pip install "chidao[sources]"'
    """
    why = "" if error.name in (None, library.replace("python-", "").replace("-", "_")) else f" ({error})"
    return InputError(source, None, f'{kind} needs {library}{why}: pip install "chidao[sources]"')
