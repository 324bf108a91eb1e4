"""Letters put right in a page's tree, before anybody looks for its main text: behind entities they are seen only there."""

import re
import unicodedata
from collections.abc import Sequence

from lxml.etree import _Element

from loaders.mend import Damage, damage_of
from loaders.signs import plain_signs

_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ATTRIBUTES = ("content", "title", "alt")


def mend_tree(tree: _Element, texts: Sequence[str]) -> tuple[str, ...]:
    """Put right what is wrong with the letters of a page, judged by its `texts` together; return what it was, nothing where all is well."""
    whole = unicodedata.normalize("NFC", "\n".join(texts))
    damage = damage_of(whole)
    kinds = plain_signs(damage.mend(whole) if damage else whole)[1]
    if not damage and not kinds:
        return ()
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        if (text := _mended(element.text, damage)) != element.text:
            element.text = text
        if (tail := _mended(element.tail, damage)) != element.tail:
            element.tail = tail
        for name in _ATTRIBUTES:
            if (value := element.get(name)) and (new := _mended(value, damage)) != value:
                element.set(name, new or "")
    return (*((f"letters: {damage.encoding}",) if damage else ()), *kinds)


def _mended(text: str | None, damage: Damage | None) -> str | None:
    if not text or text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    # a page may hold control characters, but lxml takes none in
    return _CONTROLS.sub(" ", plain_signs(damage.mend(text) if damage else text)[0].text)
