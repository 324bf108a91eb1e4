"""The local grammar of persons: a name beside an honorific, a rank or a post. Rules: DOMAIN.md 3."""

from dataclasses import dataclass, field

from kg.read.actors.forms import is_one_word, is_person
from kg.read.actors.lexicon import (
    Entry,
    Head,
    Role,
    Word,
    common_families,
    countries,
    families,
    inside,
    is_syllable,
    word_set,
)
from kg.read.actors.places import find_phrase, name_at
from kg.read.actors.posts import PostSpan
from kg.read.actors.tokens import Tokens

_TITLES = frozenset({"honorific", "degree", "rank", "clergy"})
_SYLLABLES = frozenset({"trường", "viện", "hội", "đài", "vụ"})
_MIDDLE = frozenset({"văn", "thị"})
_ALSO_GIVEN = frozenset({"từ", "hai", "mới", "nhận", "một", "như"})


@dataclass(slots=True)
class PersonSpan:
    """A name at tokens `first` to `after`, the noun phrase `left` to `right` around it, its posts, and the titles before it;
    `whole` where one word is all of it ("K'Brêm"), `listed` where a list of names can go on."""

    first: int
    after: int
    name: str
    left: int
    right: int
    titles: set[str] = field(default_factory=set)
    posts: list[PostSpan] = field(default_factory=list)
    vietnamese: bool = True
    whole: bool = False
    listed: bool = False


class NameGrammar:
    """Finds the names of persons on one page."""

    def __init__(self, tokens: Tokens, hits: dict[int, tuple[int, Entry]], chained: list[list[PostSpan]]) -> None:
        self.tokens = tokens
        self.hits = hits
        self.by_first = {chain[0].first: chain for chain in chained}
        self.by_after = {chain[-1].after: chain for chain in chained}

    def find(self, taken: set[int]) -> list[PersonSpan]:
        """Return the persons in order; tokens of bodies (`taken`) start no name."""
        spans: list[PersonSpan] = []
        for i in self._starts():
            if spans and i < spans[-1].after:
                continue
            span = self._at(i, taken, bool(spans) and self._listed(spans[-1], i))
            if span:
                spans.append(span)
        return spans

    def _starts(self) -> list[int]:
        tokens, known = self.tokens, families()
        out = {i for i, cap in enumerate(tokens.caps) if cap and (tokens.words[i] in known or is_person(tokens, i))}
        out |= {after for after, entry in self.hits.values() if isinstance(entry, Word) and entry.kind in _TITLES}
        out |= set(self.by_after)
        return sorted(i for i in out if tokens.cap(i))

    def _listed(self, last: PersonSpan, i: int) -> bool:
        """Say whether only a comma or "và" stands between a name with a post or a title in front and `i`, where a list of names goes on."""
        plural = last.left != last.first or last.listed
        return plural and i == last.after + 1 and self.tokens.word(last.after) in {",", "và"}

    def _at(self, i: int, taken: set[int], listed: bool = False) -> PersonSpan | None:
        left, titles = self._titles(i)
        chain = self.by_after.get(left)
        beside = chain is not None or bool(titles)
        if i in taken and not beside:
            return None
        after = self._name_end(i, beside)
        if after == i:
            return None
        in_list = listed and after - i > 1 and self.tokens.words[i] in families() and i not in taken
        if not in_list and not self._plausible(i, after, titles, chain):
            return None
        known = self.tokens.words[i] in families() or is_person(self.tokens, i)
        whole = is_one_word(self.tokens, i)
        in_list = listed or chain is not None
        return PersonSpan(i, after, self._spelled(i, after), left, after, titles, [], known, whole, in_list)

    def _plausible(self, i: int, after: int, titles: set[str], chain: list[PostSpan] | None) -> bool:
        """Say whether tokens `i` to `after` can be a person's name, given what stands before it."""
        tokens, length = self.tokens, after - i
        if is_one_word(tokens, i):
            return True
        if length == 1:
            if (
                tokens.slice(i, after).isupper()
                or find_phrase(tokens, i, countries()) > after
                or name_at(tokens, i) > i
            ):
                return False
            if titles & {"honorific", "rank"}:
                return True
            if find_phrase(tokens, i, countries()) > i:
                return False
            if (tokens.words[i], tokens.word(after)) in inside() or tokens.word(i) in word_set("stop"):
                return False
            return (
                chain is not None
                and (chain[-1].country or chain[-1].after - chain[-1].first <= 4)
                and i not in self.hits
            )
        if (
            (tokens.words[i], tokens.word(i + 1)) in {("việt", "nam"), ("trung", "ương")}
            or name_at(tokens, i) == after
            or find_phrase(tokens, i, countries()) > i
            or self._acronym(i)
        ):
            return False
        place = name_at(tokens, i)
        if place > i and tokens.word(place) in common_families() and tokens.cap(place):
            return False
        family = tokens.words[i] in families()
        common = tokens.words[i] in common_families() or is_person(tokens, i)
        if titles:
            return True
        if chain is not None:
            foreign = chain[-1].country or chain[-1].role.body == "country"
            return family or foreign or not all(is_syllable(word) for word in tokens.words[i:after])
        if tokens.word(i - 1) in word_set("before_place") or length > 4:
            return False
        return common or (
            self._apposed(after) and tokens.word(i - 1) in {"", ",", ".", ";", ":", "\n", "-", "và"} and family
        )

    def _acronym(self, i: int) -> bool:
        word = self.tokens.slice(i, i + 1)
        return len(word) > 1 and word.isupper() and word.lower() not in families()

    def _apposed(self, after: int) -> bool:
        return self.tokens.word(after) in {",", "-", "("} and (after + 1 in self.by_first)

    def _titles(self, i: int) -> tuple[int, set[str]]:
        """Return the first token of the titles before a name at `i`, and their kinds ("đồng chí", "Đại tá", "TS.")."""
        titles: set[str] = set()
        moved = True
        while moved and i > 0:
            moved = False
            j = i - 1 if self.tokens.word(i - 1) in {".", ","} and self._after_degree(i - 1) else i
            for width in (1, 2, 3):
                hit = self.hits.get(j - width)
                if hit and hit[0] == j and isinstance(hit[1], Word) and hit[1].kind in _TITLES:
                    titles.add(
                        "comrade"
                        if "đồng" in self.tokens.words[j - width : j] or self.tokens.words[j - 1] in {"đ/c", "đc"}
                        else hit[1].kind
                    )
                    titles.add(hit[1].kind)
                    i, moved = j - width, True
                    break
        return i, titles

    def _name_end(self, i: int, beside: bool) -> int:
        tokens, after = self.tokens, i
        limit = 5 if tokens.words[i] in families() else 6
        while after - i < limit and self._in_name(i, after):
            after += 1
        if after - i > 4 and tokens.words[i] in common_families() and not beside:
            after = i + 4
        return after

    def _in_name(self, first: int, j: int) -> bool:
        tokens = self.tokens
        if not tokens.cap(j):
            return (
                tokens.word(j) in word_set("particle")
                and j > first
                and tokens.words[first] not in families()
                and tokens.cap(j + 1)
            )
        word = tokens.words[j]
        if not word.replace("-", "").replace("'", "").replace("’", "").isalpha():
            return False
        if j > first:
            if tokens.starts[j] - tokens.ends[j - 1] != 1 or self._starts_sentence(first, j):
                return False
            hit = self.hits.get(j)
            if hit and isinstance(hit[1], Head | Role) and (hit[0] - j > 1 or word not in _SYLLABLES):
                return self._middle(first, j)
        elif word in word_set("stop") and (word not in families() or word in {"ông", "bà"}):
            return False
        hit = self.hits.get(j)
        if j == first and hit and isinstance(hit[1], Head | Role) and (word not in families() or hit[0] - j > 1):
            return False
        return not (j == first and hit and isinstance(hit[1], Word) and hit[1].kind in _TITLES)

    def _middle(self, first: int, j: int) -> bool:
        """Say whether the "Văn" at `j` that opens "Văn phòng" stands between a family name and a given one ("Lò Văn Phòng")."""
        return (
            j == first + 1
            and self.tokens.words[j] == "văn"
            and self.tokens.cap(j + 1)
            and self.tokens.words[first] in families()
        )

    def _starts_sentence(self, first: int, j: int) -> bool:
        """A word that opens sentences ends a name, unless it is a given name too ("Nguyễn Khắc Từ") and the name needs one."""
        word = self.tokens.words[j]
        given = word in _ALSO_GIVEN or self.tokens.words[j - 1] in _MIDDLE
        return word in word_set("stop") and not (given and j - first <= 2)

    def _spelled(self, i: int, after: int) -> str:
        name = self.tokens.slice(i, after)
        return name.title() if name.isupper() and after - i > 1 else name

    def _after_degree(self, i: int) -> bool:
        """Say whether the mark at `i` follows a degree ("TS.", "PGS,")."""
        for width in (1, 2):
            hit = self.hits.get(i - width)
            if hit and hit[0] == i and isinstance(hit[1], Word) and hit[1].kind in {"degree", "rank"}:
                return True
        return False
