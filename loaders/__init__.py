"""Sources in, articles out: files, folders and standard input, one module for each kind of source."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from kg.errors import InputError
from kg.model.article import Article
from loaders.context import Context
from loaders.dispatch import PEEK, read_stream
from loaders.folder import shown_name, walk_folder
from loaders.kinds import kind_of_name
from loaders.recode import encoding_named
from loaders.sitemap import Listed, is_sitemap, listed, read_sitemap

_NO_TELLING = Context()


def load(
    sources: Iterable[str],
    *,
    place: str | None = None,
    outlet: str | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    tell: Callable[[str], None] | None = None,
) -> Iterator[Article | InputError]:
    """Return an iterator over the articles of `sources` in the order given: files, folders (walked in sorted order), archives, "-" for standard input.

    What can't be read comes out as an InputError in its place, and the rest goes on; nothing is raised. `place` and `outlet` are
    given to articles whose source names none. `columns` maps fields of a record (`title`, `text` ...) to the columns of tables; where it
    does not, headers are guessed, and `tell` hears how. `encoding` is that of all text files (HTML, feeds, records, tables), where it should not be
    found by their bytes. Raises UsageError where there is no encoding of that name.

    >>> [str(error) for error in load(["no such file.txt"])]
    ['no such file.txt: no such file or folder; check the path']
    """
    known = encoding_named(encoding) if encoding else None
    context = Context(columns=columns or _NO_TELLING.columns, tell=tell or _NO_TELLING.tell, encoding=known)
    return (
        with_defaults(result, place, outlet) if isinstance(result, Article) else result
        for source in sources
        for result in _load_one(source, context)
    )


def _load_one(source: str, context: Context) -> Iterator[Article | InputError]:
    if source == "-":
        yield from read_stream(sys.stdin.buffer, source, None, context)
    elif Path(source).is_dir():
        yield from _load_folder(Path(source), context)
    elif is_sitemap(Path(source)):
        yield from _load_sitemap(Path(source), context)
    else:
        yield from _load_file(source, context)


def _load_folder(folder: Path, context: Context) -> Iterator[Article | InputError]:
    """Sitemaps give address and day to the pages that were saved with them."""
    found = list(walk_folder(folder))
    maps = [path for path in found if isinstance(path, Path) and is_sitemap(path)]
    pages = listed(maps)
    for path in found:
        if isinstance(path, InputError):
            yield path
        elif path in maps:
            yield from _load_sitemap(path, context, only_missing=True)
        else:
            yield from _load_listed(path, pages.get(path), context)


def _load_sitemap(path: Path, context: Context, *, only_missing: bool = False) -> Iterator[Article | InputError]:
    try:
        sitemap = read_sitemap(path)
    except InputError as error:
        yield error
        return
    for page, entry in () if only_missing else sitemap.pages:
        yield from _load_listed(page, entry, context)
    if sitemap.missing:
        first = f"{len(sitemap.missing)} of its pages are not saved beside it (the first: {sitemap.missing[0]})"
        yield InputError(shown_name(str(path)), None, f"{first}; `kg fetch` gets them")


def _load_listed(path: Path, entry: Listed | None, context: Context) -> Iterator[Article | InputError]:
    for result in _load_file(str(path), context):
        if entry and isinstance(result, Article):
            known = {"url": result.url or entry.url, "published": result.published or entry.published}
            yield result.model_copy(update=known)
        else:
            yield result


def _load_file(source: str, context: Context) -> Iterator[Article | InputError]:
    try:
        with open(source, "rb", buffering=PEEK) as stream:
            yield from read_stream(stream, shown_name(source), kind_of_name(source), context)
    except FileNotFoundError:
        yield InputError(shown_name(source), None, "no such file or folder; check the path")
    except (OSError, ValueError) as error:
        yield InputError(shown_name(source), None, f"can't be opened: {getattr(error, 'strerror', None) or error}")


def with_defaults(article: Article, place: str | None, outlet: str | None) -> Article:
    """Return the article with a place and an outlet where its source names none."""
    given = {"place": article.place or place, "outlet": article.outlet or outlet}
    changed = {name: value for name, value in given.items() if value != getattr(article, name)}
    return article.model_copy(update=changed) if changed else article
