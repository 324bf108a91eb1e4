"""Sources in, articles out: files, folders and standard input, one module for each kind of source."""

import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, cast

from kg.errors import InputError
from kg.model.article import Article
from loaders.folder import shown_name, walk_folder
from loaders.kinds import EXTENSIONS, Kind, sniff

_LOADERS: dict[Kind, tuple[str, str]] = {
    "text": ("loaders.textpage", "load_textpage"),
    "html": ("loaders.html", "load_html"),
    "xml": ("loaders.rss", "load_feed"),
    "jsonl": ("loaders.jsonl", "load_jsonl"),
    "json": ("loaders.jsonl", "load_json"),
    "docx": ("loaders.docx", "load_docx"),
    "pdf": ("loaders.pdf", "load_pdf"),
}
_PEEK = 1 << 16

_Loader = Callable[[BinaryIO, str], Iterator[Article | InputError]]


def load(
    sources: Iterable[str], *, place: str | None = None, outlet: str | None = None
) -> Iterator[Article | InputError]:
    """Yield the articles of `sources` in the order given: files, folders (walked in sorted order), "-" for standard input.

    What can't be read comes out as an InputError in its place, and the rest goes on; nothing is raised. `place` and `outlet` are
    given to articles whose source names none.

    >>> [str(error) for error in load(["no such file.txt"])]
    ['no such file.txt: no such file or folder; check the path']
    """
    for source in sources:
        for result in _load_one(source):
            yield _with_defaults(result, place, outlet) if isinstance(result, Article) else result


def _load_one(source: str) -> Iterator[Article | InputError]:
    if source == "-":
        yield from _read(sys.stdin.buffer, source, None)
    elif Path(source).is_dir():
        for found in walk_folder(Path(source)):
            if isinstance(found, InputError):
                yield found
            else:
                yield from _load_file(str(found))
    else:
        yield from _load_file(source)


def _load_file(source: str) -> Iterator[Article | InputError]:
    try:
        with open(source, "rb", buffering=_PEEK) as stream:
            yield from _read(stream, shown_name(source), EXTENSIONS.get(Path(source).suffix.lower()))
    except FileNotFoundError:
        yield InputError(shown_name(source), None, "no such file or folder; check the path")
    except (OSError, ValueError) as error:
        yield InputError(shown_name(source), None, f"can't be opened: {getattr(error, 'strerror', None) or error}")


def _read(stream: BinaryIO, source: str, kind: Kind | None) -> Iterator[Article | InputError]:
    try:
        module, name = _LOADERS[kind or _sniffed(stream)]
        yield from cast(_Loader, getattr(import_module(module), name))(stream, source)
    except InputError as error:
        yield error


def _sniffed(stream: BinaryIO) -> Kind:
    # a pipe can't be rewound: look at what is buffered and leave it there
    peek = getattr(stream, "peek", None)
    return sniff(peek(_PEEK) if peek else b"")


def _with_defaults(article: Article, place: str | None, outlet: str | None) -> Article:
    given = {"place": article.place or place, "outlet": article.outlet or outlet}
    changed = {name: value for name, value in given.items() if value != getattr(article, name)}
    return article.model_copy(update=changed) if changed else article
