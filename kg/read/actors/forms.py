"""Names of persons that their form alone shows, whatever the family: "K'Brêm", "H'Lim Niê", "Y Thông", "Ung Văn Dậu". Rules: DOMAIN.md 3."""

from kg.read.actors.lexicon import inside, is_syllable, word_set
from kg.read.actors.tokens import Tokens

_MIDDLE = frozenset({"văn", "thị"})
_APOSTROPHES = frozenset("'’")


def is_one_word(tokens: Tokens, i: int) -> bool:
    """Say whether a name with an apostrophe stands at `i`, which is whole even when alone: "K'Brêm"."""
    word = tokens.word(i)
    return tokens.cap(i) and len(word) > 2 and word[0] in "kh" and word[1] in _APOSTROPHES


def is_person(tokens: Tokens, i: int) -> bool:
    """Say whether a person's name starts at `i` by its form."""
    if is_one_word(tokens, i):
        return True
    word, after = tokens.word(i), tokens.word(i + 1)
    if not (tokens.cap(i) and tokens.cap(i + 1)) or (word, after) in inside():
        return False
    if word == "y":
        return after.isalpha() and not after.isnumeric()
    named = after in _MIDDLE and tokens.cap(i + 2) and is_syllable(tokens.word(i + 2))
    return (
        named and is_syllable(word) and word not in word_set("stop") and tokens.word(i - 1) not in word_set("particle")
    )
