"""Says who holds which post: posts before and behind a name, tied by a verb of office, shared by the names of a list. Rules: DOMAIN.md 3."""

from itertools import pairwise

from kg.read.actors.lexicon import Entry, Word, families, word_set
from kg.read.actors.names import PersonSpan
from kg.read.actors.posts import PostSpan
from kg.read.actors.tokens import Tokens

_MANY = ("ủy viên", "phó ", "thành viên", "đại biểu", "thứ trưởng")


class Holders:
    """Ties the chains of posts of one page to its persons."""

    def __init__(self, tokens: Tokens, hits: dict[int, tuple[int, Entry]], chained: list[list[PostSpan]]) -> None:
        self.tokens = tokens
        self.hits = hits
        self.by_first = {chain[0].first: chain for chain in chained}
        self.by_after = {chain[-1].after: chain for chain in chained}

    def link(self, spans: list[PersonSpan]) -> None:
        claimed: set[int] = set()
        previous: PersonSpan | None = None
        for span in spans:
            self._link_left(span, previous, claimed)
            previous = span
        for span in spans:
            self._link_right(span, claimed)
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

    def _link_right(self, span: PersonSpan, claimed: set[int]) -> None:
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
        words, link, office = self.tokens.words, word_set("link"), word_set("office")
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
        self._share_back(spans)
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

    def _share_back(self, spans: list[PersonSpan]) -> None:
        """Give a post behind a list to every name of it where many hold it: "các đồng chí A, B - Ủy viên Ban Thường vụ"."""
        listed: list[PersonSpan] = []
        for span in spans:
            between = self.tokens.words[listed[-1].right : span.left] if listed else []
            if not listed or len(between) != 1 or between[0] not in {",", "và"} or listed[-1].posts:
                listed = []
            listed.append(span)
            shared = [post for post in span.posts if post.first >= span.after]
            if len(listed) > 1 and shared and shared[0].role.key.startswith(_MANY) and self._addressed(listed[0]):
                for other in listed[:-1]:
                    other.posts.extend(shared[:1])

    def _addressed(self, span: PersonSpan) -> bool:
        words = self.tokens.words[max(0, span.left - 1) : span.first]
        return bool({"các", "hai", "ba"} & set(words))

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
