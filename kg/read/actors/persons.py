"""The local grammar of persons: a name beside an honorific, a rank or a post; who holds which post. Rules: DOMAIN.md 3."""

from dataclasses import dataclass, field
from itertools import pairwise

from kg.read.actors.agencies import AgencyGrammar
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
    person_words,
)
from kg.read.actors.places import find_phrase, name_at
from kg.read.actors.posts import PostSpan
from kg.read.actors.tokens import Tokens

_TITLES = frozenset({"honorific", "degree", "rank", "clergy"})
_SYLLABLES = frozenset({"trường", "viện", "hội", "đài", "vụ"})
_ALSO_GIVEN = frozenset({"từ", "hai", "mới", "nhận", "một"})
_PARTICLES = frozenset({"da", "de", "der", "van", "von", "bin", "al", "el", "di", "dos", "ibn", "del"})
_NAMED_PLACES = frozenset(
    {"phường", "đường", "phố", "cầu", "trường", "quận", "huyện", "xã", "khu", "công", "bay", "viện", "ảnh", "học", "tế"}
)


@dataclass(slots=True)
class PersonSpan:
    """A name at tokens `first` to `after`, the noun phrase `left` to `right` around it, its posts, and the titles before it."""

    first: int
    after: int
    name: str
    left: int
    right: int
    titles: set[str] = field(default_factory=set)
    posts: list[PostSpan] = field(default_factory=list)
    vietnamese: bool = True


class PersonGrammar:
    """Finds the persons of one page and links them to the chains of posts beside them."""

    def __init__(
        self, tokens: Tokens, hits: dict[int, tuple[int, Entry]], agencies: AgencyGrammar, chained: list[list[PostSpan]]
    ) -> None:
        self.tokens = tokens
        self.hits = hits
        self.agencies = agencies
        self.by_first = {chain[0].first: chain for chain in chained}
        self.by_after = {chain[-1].after: chain for chain in chained}

    def find(self, taken: set[int]) -> list[PersonSpan]:
        """Return the persons in order; tokens of bodies (`taken`) start no name."""
        spans: list[PersonSpan] = []
        i, end = 0, len(self.tokens)
        starts = self._starts()
        for i in starts:
            if spans and i < spans[-1].after:
                continue
            span = self._at(i, taken)
            if span:
                spans.append(span)
        del end
        self._link(spans)
        return spans

    def _starts(self) -> list[int]:
        tokens, known = self.tokens, families()
        out = {i for i, cap in enumerate(tokens.caps) if cap and tokens.words[i] in known}
        out |= {after for after, entry in self.hits.values() if isinstance(entry, Word) and entry.kind in _TITLES}
        out |= set(self.by_after)
        return sorted(i for i in out if tokens.cap(i))

    def _at(self, i: int, taken: set[int]) -> PersonSpan | None:
        left, titles = self._titles(i)
        chain = self.by_after.get(left)
        beside = chain is not None or bool(titles)
        if i in taken and not beside:
            return None
        after = self._name_end(i, beside)
        if after == i or not self._plausible(i, after, titles, chain):
            return None
        return PersonSpan(
            i, after, self._spelled(i, after), left, after, titles, [], self.tokens.words[i] in families()
        )

    def _plausible(self, i: int, after: int, titles: set[str], chain: list[PostSpan] | None) -> bool:
        """Say whether tokens `i` to `after` can be a person's name, given what stands before it."""
        tokens, length = self.tokens, after - i
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
            if (tokens.words[i], tokens.word(after)) in inside() or tokens.word(i) in person_words("stop"):
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
        family, common = tokens.words[i] in families(), tokens.words[i] in common_families()
        if titles:
            return True
        if chain is not None:
            foreign = chain[-1].country or chain[-1].role.body == "country"
            return family or foreign or not all(is_syllable(word) for word in tokens.words[i:after])
        if tokens.word(i - 1) in _NAMED_PLACES or length > 4:
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
            j = i - 1 if self.tokens.word(i - 1) in {".", ","} and titles_end(self, i - 1) else i
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
                tokens.word(j) in _PARTICLES
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
                return False
        elif word in person_words("stop") and (word not in families() or word in {"ông", "bà"}):
            return False
        hit = self.hits.get(j)
        if j == first and hit and isinstance(hit[1], Head | Role) and (word not in families() or hit[0] - j > 1):
            return False
        return not (j == first and hit and isinstance(hit[1], Word) and hit[1].kind in _TITLES)

    def _starts_sentence(self, first: int, j: int) -> bool:
        """A word that opens sentences ends a name, unless it is a given name too ("Nguyễn Khắc Từ") and the name needs one."""
        word = self.tokens.words[j]
        return word in person_words("stop") and not (
            word in _ALSO_GIVEN and (j - first <= 2 or self.tokens.word(j - 1) == "bé")
        )

    def _spelled(self, i: int, after: int) -> str:
        name = self.tokens.slice(i, after)
        return name.title() if name.isupper() and after - i > 1 else name

    def _link(self, spans: list[PersonSpan]) -> None:
        by_first = {span.left: span for span in spans}
        claimed: set[int] = set()
        previous: PersonSpan | None = None
        for span in spans:
            self._link_left(span, previous, claimed)
            previous = span
        for span in spans:
            self._link_right(span, by_first, claimed)
        self._by_pronoun(spans, claimed)
        self._share_address(spans)
        self._share(spans)

    def _link_left(self, span: PersonSpan, previous: PersonSpan | None, claimed: set[int]) -> None:
        chain = self.by_after.get(span.left)
        if chain is None and "honorific" in span.titles and self.tokens.word(span.left - 1) in {",", "-", ":", "là"}:
            chain = self.by_after.get(span.left - 1)
            if chain and previous and self._apposition(previous.after, chain[0].first):
                chain = None
        if chain is None or chain[0].first in claimed:
            return
        mine = chain
        if previous and len(chain) > 1 and not previous.posts and self._apposition(previous.after, chain[0].first):
            mine = chain[-1:]
            previous.posts.extend(chain[:-1])
            previous.right = chain[-2].after
        claimed.add(chain[0].first)
        span.posts.extend(mine)
        span.left = min(span.left, mine[0].first)

    def _apposition(self, after: int, first: int) -> bool:
        return first - after == 1 and self.tokens.word(after) in {",", "-", "("}

    def _link_right(self, span: PersonSpan, by_first: dict[int, PersonSpan], claimed: set[int]) -> None:
        j = self._skip_age(span.after)
        start = self._chain_after(j)
        chain = self.by_first.get(start) if start is not None else None
        if chain is None or chain[0].first in claimed:
            return
        claimed.add(chain[0].first)
        span.posts.extend(chain)
        span.right = chain[-1].after
        self._more_right(span, claimed)

    def _more_right(self, span: PersonSpan, claimed: set[int]) -> None:
        if self.tokens.word(span.right) == ")":
            span.right += 1
        start = self._after_verb(span.right)
        chain = self.by_first.get(start) if start is not None else None
        if chain and chain[0].first not in claimed and not self._names_another(chain):
            claimed.add(chain[0].first)
            span.posts.extend(chain)

    def _names_another(self, chain: list[PostSpan]) -> bool:
        return self.tokens.cap(chain[-1].after) and self.tokens.words[chain[-1].after] in families()

    def _by_pronoun(self, spans: list[PersonSpan], claimed: set[int]) -> None:
        """ "Ông giữ chức ...": the posts are those of the person last named."""
        for i, (after, entry) in sorted(self.hits.items()):
            if not (isinstance(entry, Word) and entry.kind == "honorific") or self.tokens.cap(after):
                continue
            start = self._after_verb(after)
            chain = self.by_first.get(start) if start is not None else None
            before = [span for span in spans if span.first < i]
            if chain and before and chain[0].first not in claimed and not self._names_another(chain):
                claimed.add(chain[0].first)
                before[-1].posts.extend(chain)

    def _skip_age(self, j: int) -> int:
        if (self.tokens.word(j) == "(" and self.tokens.word(j + 1).isdigit()) or self.tokens.word(j + 1) == "sinh":
            for k in range(j, min(j + 8, len(self.tokens))):
                if self.tokens.words[k] == ")":
                    return k + 1
        return j

    def _chain_after(self, j: int) -> int | None:
        if self.tokens.word(j) in {",", "-", "(", ":"} and j + 1 in self.by_first:
            return j + 1
        if (
            self.tokens.word(j) in {",", "-", "("}
            and self.tokens.word(j + 1) in {"-", "là", "hiện"}
            and j + 2 in self.by_first
        ):
            return j + 2
        return self._after_verb(j)

    def _after_verb(self, j: int) -> int | None:
        """Return the first token of a chain that a verb of office ties to what stands before `j`: "được bổ nhiệm giữ chức"."""
        words, link, office = self.tokens.words, person_words("link"), person_words("office")
        k = j + (self.tokens.word(j) == ",")
        start = k
        while k < len(words) and k - start < 9 and words[k] in link:
            k += 1
            if k in self.by_first:
                return k if words[k - 1] in office or words[k - 1] == "các" else None
        return None

    def _share_address(self, spans: list[PersonSpan]) -> None:
        """ "Các đồng chí A, B và C": the address holds for every name of the list."""
        for one, other in pairwise(spans):
            between = self.tokens.words[one.right : other.left]
            if "comrade" in one.titles and len(between) == 1 and between[0] in {",", "và", ";"}:
                plural = self.tokens.words[max(0, one.left - 1) : one.first]
                if "các" in plural or "hai" in plural or "listed" in one.titles:
                    other.titles |= {"comrade", "listed"}

    def _share(self, spans: list[PersonSpan]) -> None:
        """Give a post in front of a list to every name of it: "các Phó Chủ tịch UBND tỉnh: A, B và C"."""
        for after, chain in self.by_after.items():
            if self.tokens.word(after) == ":" and self._plural(chain[0].first):
                self._share_line(chain, [span for span in spans if span.first > after])
        for k, span in enumerate(spans):
            if not span.posts or span.posts[0].after > span.first:
                continue
            shared = [post for post in span.posts if post.after <= span.first]
            if self.tokens.word(shared[0].first - 1) not in {"các", "hai", "ba", "bốn", "2", "3", "4"}:
                continue
            last = span
            for other in spans[k + 1 :]:
                between = self.tokens.words[last.right : other.left]
                if len(between) > 1 or any(word not in {",", "và", ";"} for word in between):
                    break
                other.posts[:0] = shared
                last = other

    def _plural(self, first: int) -> bool:
        return bool({"các", "hai", "ba", "bốn"} & set(self.tokens.words[max(0, first - 3) : first]))

    def _share_line(self, chain: list[PostSpan], spans: list[PersonSpan]) -> None:
        """Give the posts before a colon to every name up to the end of the sentence or the next such list."""
        last = chain[-1].after
        for span in spans:
            between = self.tokens.words[last : span.left]
            if "." in between or "\n" in between or (":" in between and last > chain[-1].after):
                return
            if chain[0] not in span.posts:
                span.posts[:0] = chain
            last = max(span.right, last)


def titles_end(grammar: PersonGrammar, i: int) -> bool:
    """Say whether the mark at `i` follows a degree ("TS.", "PGS,")."""
    for width in (1, 2):
        hit = grammar.hits.get(i - width)
        if hit and hit[0] == i and isinstance(hit[1], Word) and hit[1].kind in {"degree", "rank"}:
            return True
    return False
