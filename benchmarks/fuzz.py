"""`make fuzz SECONDS=3600`: hostile input for every loader and for the reader; stops at the first crash and shows the input.

Inputs are made from the sample articles and from pieces that readers stumble over (brackets, quotes, digits, capitals, half codes, signs
that change direction), cut, repeated, spliced and with bytes flipped; the same seed gives the same inputs. A loader may answer with articles
and with InputError, nothing else; the reader must read every article that a loader gives, and each fact must stand at its offsets. An input
that takes longer than `LIMIT` seconds of the process's time is a fault, too.
"""

import argparse
import io
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

from kg.errors import InputError
from kg.model.article import Article, Origin
from kg.model.ids import article_id
from kg.read import read
from loaders.context import Context
from loaders.dispatch import read_stream
from loaders.kinds import EXTENSIONS

ROOT: Final = Path(__file__).resolve().parents[1]
LIMIT: Final = 20.0
PIECES: Final = (
    "(", ")", '"', "“", "”", "«", "1", "09", "/", "-", ".", "…", ",", ";", ":", "\n", "\r\n", "\t", "\x00", "\u200b", "\u202e", "\ufeff",
    "\u0301", "A", "Đ", "Ư", "ÔNG ", "Chủ tịch ", "UBND tỉnh ", "yêu cầu ", "giao ", "Sở Y tế ", "Nghị quyết số 05-NQ/TW ", "ngày 31/2 ",
    "trước 30/13/2021 ", "Trần Văn Mẫu ", "<p>", "</div>", "<![CDATA[", "<!ENTITY a 'b'>", "&amp;", "&#x0;", '{"text": "', '"}', "[[[[", "]",
    "\\u0000", "\\", "../../etc/passwd", "=1+1", "xa\u0303", "😀", "\ud7ff",
)  # fmt: skip

Fault = tuple[str, bytes, str]
"""What was asked, the input, and what went wrong."""


class Maker:
    """Makes inputs."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)
        files = sorted(p for p in (ROOT / "examples" / "articles").iterdir() if p.is_file())
        self._seeds = [p.read_bytes()[:6000] for p in files]
        self.kinds = sorted(set(EXTENSIONS.values()))

    def kind(self) -> str | None:
        """Return a kind of source, or None: to be found out."""
        return self._rng.choice([None, *self.kinds])

    def text(self) -> str:
        """Return a text for the reader."""
        rng = self._rng
        if rng.random() < 0.5:
            return "".join(rng.choice(PIECES) * rng.choice((1, 1, 1, 2, 40)) for _ in range(rng.randint(0, 25)))
        return self.data().decode(errors="replace").replace("\ufffd", "")[: rng.choice((50, 300, 1500))]

    def data(self) -> bytes:
        """Return bytes for a loader."""
        rng = self._rng
        data = bytearray(rng.choice(self._seeds))
        start = rng.randrange(len(data))
        data = data[start : start + rng.choice((20, 200, 1500, 6000))] if rng.random() < 0.6 else data
        for _ in range(rng.randint(0, 6)):
            at = rng.randint(0, len(data))
            match rng.randrange(4):
                case 0:
                    data[at:at] = (rng.choice(PIECES) * rng.choice((1, 3, 60))).encode()
                case 1:
                    del data[at : at + rng.randint(1, 40)]
                case 2 if data:
                    data[min(at, len(data) - 1)] ^= 1 << rng.randrange(8)
                case _:
                    data[at:at] = bytes(rng.choice(self._seeds)[: rng.randint(1, 120)])
        return bytes(data)


def try_loader(kind: str | None, data: bytes) -> list[Article]:
    """Load bytes as a kind of source; what is no article must be an InputError."""
    found = list(read_stream(io.BufferedReader(io.BytesIO(data)), "fuzz", kind, Context()))  # type: ignore[arg-type]  # one of the kinds
    assert all(isinstance(one, Article | InputError) for one in found)
    return [one for one in found if isinstance(one, Article)]


def try_reader(article: Article) -> None:
    """Read an article; every fact must stand at its offsets."""
    reading = read(article)
    for fact in (*reading.directives, *reading.statements):
        assert article.text[fact.start : fact.end] == fact.quote
    for actor in (*reading.officials, *reading.agencies, *reading.documents):
        for mention in actor.mentions:
            assert article.text[mention.start : mention.end] == mention.quote


def article_of_text(text: str) -> Article:
    """Return an article of a text as a loader would give it."""
    from loaders.normalise import nfc

    final = nfc(text)
    return Article(id=article_id(None, final), text=final, origin=Origin(loader="fuzz", source="-"))


def fuzz(seconds: float, seed: int, *, most: int | None = None, say: bool = False) -> tuple[Counter[str], Fault | None]:
    """Return how many inputs each part got, and the first fault."""
    maker, counts, start = Maker(seed), Counter[str](), time.monotonic()
    while time.monotonic() - start < seconds and (most is None or counts.total() < most):
        if fault := _one(maker, counts):
            return counts, fault
        if say and counts.total() % 5000 < 2:
            print(dict(counts), f"{time.monotonic() - start:.0f} s", flush=True)
    return counts, None


def _one(maker: Maker, counts: Counter[str]) -> Fault | None:
    text = maker.text()
    if fault := _tried(
        "reader", text.encode(errors="surrogatepass"), lambda: try_reader(article_of_text(text)), counts
    ):
        return fault
    kind, data = maker.kind(), maker.data()

    def load_and_read() -> None:
        for article in try_loader(kind, data)[:3]:
            try_reader(article)

    return _tried(f"loader {kind}", data, load_and_read, counts)


def _tried(name: str, data: bytes, run: Callable[[], None], counts: Counter[str]) -> Fault | None:
    before = time.process_time()
    try:
        run()
    except Exception as error:
        return name, data, f"{type(error).__name__}: {error}"
    spent = time.process_time() - before
    counts[name] += 1
    return (name, data, f"took {spent:.1f} s") if spent > LIMIT else None


def main() -> int:
    """Print the counts; return 3 where there is a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    counts, fault = fuzz(given.seconds, given.seed, say=True)
    print(counts.total(), dict(counts))
    if fault:
        print(f"FAULT {fault[0]}: {fault[2]}\n{fault[1]!r}")
    return 3 if fault else 0


if __name__ == "__main__":
    sys.exit(main())
