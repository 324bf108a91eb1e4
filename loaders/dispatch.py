"""Which loader reads which kind of stream: each module is imported when its first source comes."""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import BinaryIO, Final, cast

from kg.errors import InputError
from kg.model.article import Article
from loaders.context import Context
from loaders.kinds import Kind, sniff
from loaders.magic import refuse_misnamed
from loaders.recode import TEXT_KINDS, as_named, recoded

PEEK: Final = 1 << 16
"""Bytes at the head of a stream that may be looked at to tell its kind."""

Results = Iterator[Article | InputError]

_PLAIN: Final[Mapping[Kind, tuple[str, str]]] = MappingProxyType(
    {
        "text": ("loaders.textpage", "load_textpage"),
        "html": ("loaders.html", "load_html"),
        "xml": ("loaders.rss", "load_feed"),
        "jsonl": ("loaders.jsonl", "load_jsonl"),
        "json": ("loaders.jsonl", "load_json"),
        "docx": ("loaders.docx", "load_docx"),
        "pdf": ("loaders.pdf", "load_pdf"),
        "mhtml": ("loaders.mhtml", "load_mhtml"),
    }
)
_WITH_CONTEXT: Final[Mapping[Kind, tuple[str, str]]] = MappingProxyType(
    {
        "csv": ("loaders.tables", "load_csv"),
        "tsv": ("loaders.tables", "load_tsv"),
        "xlsx": ("loaders.xlsx", "load_xlsx"),
        "parquet": ("loaders.parquet", "load_parquet"),
        "warc": ("loaders.warc", "load_warc"),
        "zip": ("loaders.archives", "load_zip"),
        "wacz": ("loaders.archives", "load_zip"),
        "tar": ("loaders.archives", "load_tar"),
        "gz": ("loaders.compressed", "load_gz"),
        "zst": ("loaders.compressed", "load_zst"),
    }
)


def read_stream(stream: BinaryIO, source: str, kind: Kind | None, context: Context) -> Results:
    """Yield what the loader of `kind` makes of `stream`; without a kind its first bytes tell. Nothing is raised on purpose."""
    try:
        kind = kind or _sniffed(stream)
        if peek := getattr(stream, "peek", None):
            refuse_misnamed(source, kind, peek(PEEK))
        if context.encoding and kind in TEXT_KINDS:
            named = recoded(stream, source, context.encoding)
            yield from as_named(_results(named, source, kind, context), context.encoding)
        else:
            yield from _results(stream, source, kind, context)
    except InputError as error:
        yield error


def _results(stream: BinaryIO, source: str, kind: Kind, context: Context) -> Results:
    if kind in _WITH_CONTEXT:
        wide = cast(Callable[[BinaryIO, str, Context], Results], _loader(_WITH_CONTEXT[kind]))
        return wide(stream, source, context)
    return cast(Callable[[BinaryIO, str], Results], _loader(_PLAIN[kind]))(stream, source)


def _loader(where: tuple[str, str]) -> object:
    module, name = where
    return getattr(import_module(module), name)


def _sniffed(stream: BinaryIO) -> Kind:
    # a pipe can't be rewound: look at what is buffered and leave it there
    peek = getattr(stream, "peek", None)
    return sniff(peek(PEEK) if peek else b"")
