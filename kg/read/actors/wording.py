"""Says how far the words of a body's name go: known fields, capitals, and words that stand side by side inside names."""

from kg.read.actors.forms import is_person
from kg.read.actors.lexicon import (
    Entry,
    Head,
    abbreviations,
    common_families,
    families,
    field_prefixes,
    fields,
    inside,
    is_syllable,
    word_set,
)
from kg.read.actors.places import level_at, name_at, place_at
from kg.read.actors.tokens import Tokens
from kg.text.fold import fold

_JOIN = frozenset({"và", "-", ",", "&", "–", "/"})


class Wording:
    """The words of bodies' names on one page."""

    def __init__(self, tokens: Tokens, hits: dict[int, tuple[int, Entry]]) -> None:
        self.tokens = tokens
        self.hits = hits

    def person_starts(self, j: int) -> bool:
        """Say whether a person's name, not a word of a body's name, starts at token `j`."""
        tokens = self.tokens
        if is_person(tokens, j):
            return True
        if not tokens.cap(j + 1) or tokens.word(j) not in families():
            return False
        if tokens.words[j] not in common_families() and tokens.word(j + 1) not in {"thị", "văn"}:
            return False
        return (tokens.words[j], tokens.words[j + 1]) not in inside() and name_at(tokens, j) == j

    def field_at(self, i: int, item: bool = False) -> tuple[int, str]:
        """Return the token after the longest known field at `i` and its canonical name; `(i, "")` if none.

        An `item` of a list runs past a comma only where the field itself has that comma: "Các sở: Giáo dục và Đào tạo, Khoa học và Công nghệ"
        are two, "Văn hóa, Thể thao và Du lịch" is one.
        """
        tokens = self.tokens
        key: tuple[str, ...] = ()
        best, name, j = i, "", i
        while j < len(tokens) and j - i < 14:
            word = tokens.words[j]
            if word not in _JOIN:
                key += tuple(part for part in word.replace("&", "-").split("-") if part)
                if key not in field_prefixes():
                    break
                if key in fields() and not (item and best > i and not self._spelled(i, j + 1, fields()[key])):
                    best, name = j + 1, fields()[key]
            elif j == i:
                break
            j += 1
        return best, name

    def _spelled(self, first: int, after: int, field: str) -> bool:
        return fold(self.tokens.slice(first, after)) == fold(field)

    def expand(self, first: int, after: int) -> str:
        """Return the text of tokens `first` to `after` with abbreviations written out."""
        tokens, table, out = self.tokens, abbreviations(), []
        for j in range(first, after):
            word = tokens.words[j]
            out.append(table.get(word, tokens.text[tokens.starts[j] : tokens.ends[j]]) if tokens.caps[j] else word)
            if j + 1 < after:
                out.append(" " if tokens.starts[j + 1] > tokens.ends[j] else "")
        return "".join(out)

    def open_end(self, i: int, head: Head | None = None) -> int:
        """Return the token after the words that say what a body is for."""
        tokens, j = self.tokens, i
        named_after = head is not None and head.kind in {"school", "hospital"}
        lead = fold(head.canonical).split()[-1] if head else tokens.word(i - 1)
        while j < len(tokens):
            step = self._accept(i, j, named_after, lead)
            if not step:
                break
            j += step
        return j

    def _accept(self, first: int, j: int, named_after: bool, lead: str) -> int:
        tokens = self.tokens
        word, previous = tokens.words[j], tokens.word(j - 1) if j > first else lead
        if word in _JOIN:
            after = tokens.word(j + 1)
            known = (word, after) in inside() and (
                (previous, word) in inside() or (after, tokens.word(j + 2)) in inside()
            )
            broad = word == "và" and j - first >= 2 and tokens.cap(j + 1) and (after, tokens.word(j + 2)) in inside()
            return (
                1 if (known or broad) and j > first and not isinstance(self.hits.get(j + 1, (0, None))[1], Head) else 0
            )
        if not word[0].isalnum() or (word in word_set("stop") and tokens.caps[j] and (previous, word) not in inside()):
            return 0
        if tokens.caps[j]:
            if j in self.hits and (j > first or isinstance(self.hits[j][1], Head)) and (previous, word) not in inside():
                return 0
            if place_at(tokens, j, bare=False)[1] or (
                not named_after
                and not is_syllable(word)
                and not word.isupper()
                and word not in abbreviations()
                and tokens.text[tokens.starts[j] : tokens.ends[j]].istitle()
            ):
                return 0
            named = named_after and not (tokens.cap(j - 1) and (tokens.word(j - 2), previous) not in inside())
            return 0 if j > first and not named and self.person_starts(j) else 1
        if word.isdigit():
            border = previous == "phòng" and tokens.word(j - 2) == "biên"
            return 1 if j == first or border or previous in {"khu", "vùng", "số", "đoàn", "cục", "đội"} else 0
        if level_at(tokens, j)[1] and place_at(tokens, j)[1] and (previous, word) not in inside():
            return 0
        return 1 if (previous, word) in inside() else 0

    def long_end(self, i: int, head: Head) -> int:
        """Return the token after a committee's long name, which runs on to a verb, a mark or a place ("... về chuyển đổi số")."""
        j = self.open_end(i, head)
        while j < len(self.tokens) and self._goes_on(i, j):
            j += 1
        return j if j - i < 30 else self.open_end(i, head)

    def _goes_on(self, first: int, j: int) -> bool:
        """Say whether token `j` still belongs to a committee's long name."""
        tokens, stop = self.tokens, word_set("body_stop")
        word, previous, after = tokens.words[j], tokens.word(j - 1), tokens.word(j + 1)
        if word in {",", "và", "-"}:
            if word == "," and after == "thủ" and previous == "phủ":
                return True
            if tokens.cap(j + 1) or after in stop:
                return False
            return (word, after) in inside() or (word == "và" and j > first and after.isalpha())
        if tokens.caps[j]:
            if self._government(j) or (previous == "tướng" and word == "chính"):
                return True
            return not (self.person_starts(j) or j in self.hits or place_at(tokens, j)[1])
        if not word[0].isalnum() or word in {"của", "thuộc"} or (word in stop and (previous, word) not in inside()):
            return False
        if word in word_set("work_verb") and previous != "án":
            return False
        return not (level_at(tokens, j)[1] and place_at(tokens, j)[1])

    def _government(self, j: int) -> bool:
        """ "... giúp Chính phủ, Thủ tướng Chính phủ ..." stands inside a committee's name."""
        pair = (self.tokens.word(j), self.tokens.word(j + 1))
        return pair in {("chính", "phủ"), ("thủ", "tướng")} and self.tokens.word(j - 1) in {"giúp", ",", "tướng"}

    def firm_end(self, i: int) -> int:
        """Return the token after a firm's name: capitals, and words in lower case that stand inside names."""
        tokens, j, stop = self.tokens, i, word_set("body_stop")
        while j - i < 20 and j < len(tokens) and tokens.words[j][0].isalnum() and tokens.words[j] not in stop:
            if self.person_starts(j):
                break
            j += 1
        return j
