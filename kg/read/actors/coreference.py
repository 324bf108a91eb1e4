"""Names every mention of somebody who can act: persons, posts, given names, pronouns, agencies, groups, places."""

from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from kg.read.actors.agencies import AgencySpan
from kg.read.actors.bodies import Bodies
from kg.read.actors.groups import body_pronoun_end, group_end, group_start, openers, opens_many, sector_end
from kg.read.actors.lexicon import Entry, Word, abbreviations, folded, provinces
from kg.read.actors.names import PersonSpan
from kg.read.actors.officials import Official, enlarge
from kg.read.actors.places import LEVEL_WORDS, level_at, place_at, province_at
from kg.read.actors.posts import PostSpan
from kg.read.actors.tokens import Tokens
from kg.read.actors.wording import Wording
from kg.read.mentions import ActorMention

_LEADERS = (
    ("lãnh", "đạo"),
    ("ban", "lãnh", "đạo"),
    ("tập", "thể", "lãnh", "đạo"),
    ("đại", "diện", "lãnh", "đạo"),
    ("đại", "diện"),
)
_SEVERAL = frozenset({"hai", "ba", "bốn", "các", "những"})
"""Before "bộ này": several bodies are taken up, and the directive reader knows which."""
_PRONOUNS = frozenset({"ông", "bà", "đồng chí"})
_BODY_PRONOUNS = (("cơ", "quan", "này"), ("đơn", "vị", "này"), ("bộ", "này"), ("sở", "này"))


def _full_names(spans: Iterable[PersonSpan]) -> dict[str, str]:
    """The one full name in the article that ends in a given name, by that given name: "Mẫn" -> "Trần Đức Mẫn"."""
    full: dict[str, set[str]] = {}
    for name in {span.name for span in spans if " " in span.name}:
        full.setdefault(name.rpartition(" ")[2], set()).add(name)
    return {given: names.pop() for given, names in full.items() if len(names) == 1}


@cache
def _triggers() -> frozenset[str]:
    """The folded words that may open a group, a pronoun for a body or a place."""
    return LEVEL_WORDS.union(openers(), provinces())


class Mentions:
    """Builds the mentions of one page; `taken` marks the tokens that a mention already covers."""

    def __init__(
        self, tokens: Tokens, hits: dict[int, tuple[int, Entry]], officials: list[Official], bodies: Bodies
    ) -> None:
        self.tokens = tokens
        self.hits = hits
        self.bodies = bodies
        self.wording = Wording(tokens, hits)
        self.officials = officials
        self.taken: set[int] = set()
        self.out: list[ActorMention] = []
        named = sorted((span.first, official.name) for official in officials for span in official.spans)
        words, caps, known, opening, triggers = tokens.words, tokens.caps, provinces(), openers(), _triggers()
        at = [i for i, word in enumerate(words) if word in triggers]
        self._openers = [i for i in at if words[i] in opening]
        self._places = [i for i in at if words[i] in LEVEL_WORDS or (caps[i] and words[i] in known)]
        self._starts = [start for start, _ in named]
        self._names = [name for _, name in named]

    def _add(self, first: int, after: int, mention_kind: str, name: str, **more: object) -> None:
        if not self.taken.isdisjoint(range(first, after)):
            return
        self.taken.update(range(first, after))
        start, end = self.tokens.starts[first], self.tokens.ends[after - 1]
        self.out.append(ActorMention(start, end, mention_kind, name, **more))  # type: ignore[arg-type]  # passed on as the caller gave them

    def persons(self, spans: list[PersonSpan]) -> None:
        """Add the noun phrases with a name."""
        full = _full_names(spans)
        owner = {id(span): official for official in self.officials for span in official.spans}
        for span in spans:
            official = owner.get(id(span))
            agency = span.posts[0].agency if span.posts else None
            if official is None:
                name = full.get(span.name, span.name)
                self._add(span.left, span.after, "person", name, confidence=0.5)
            else:
                how = "named" if span.after - span.first > 1 or span.whole else "given_name"
                self._add(span.left, span.right, "person", official.name, how=how, agency=agency)

    def posts(self, chained: list[list[PostSpan]]) -> None:
        """Add the posts that stand without a name, resolved to their holder where the article names one."""
        for chain in chained:
            for post in chain:
                if self._of_many(post):
                    continue
                holder = self._holder(post)
                first = self._with_honorific(post.first)
                if holder:
                    enlarge(holder, post)
                name = holder.name if holder else post.text
                kind, how = ("person", "post") if holder else ("post", "written")
                agency = self._agency(post)
                self._add(first, post.after, kind, name, how=how, agency=agency)

    def _of_many(self, post: PostSpan) -> bool:
        """ "Chủ tịch UBND các tỉnh" is a group, no post."""
        following = self.hits.get(post.after)
        grouped = following is not None and isinstance(following[1], Word) and following[1].kind == "group"
        many = self.tokens.word(post.after) == "các" or opens_many(self.tokens, post.after)
        return many or (grouped and self.tokens.word(post.after) not in LEVEL_WORDS)

    def _agency(self, post: PostSpan) -> str | None:
        if post.body and not post.body.short and not post.derived:
            return self.bodies.of(post.body.name, post.body.place, post.body.first)
        return self.bodies.of(post.derived, "", post.first) if post.derived else None

    def _with_honorific(self, first: int) -> int:
        for width in (1, 2):
            hit = self.hits.get(first - width)
            if hit and hit[0] == first and isinstance(hit[1], Word) and hit[1].kind == "honorific":
                return first - width
        return first

    def _holder(self, post: PostSpan) -> Official | None:
        if self.tokens.word(post.first - 1) in {"các", "những", "nguyên"} or post.status == "former" or post.country:
            return None
        fitting = [o for o in self.officials if any(self._fits(post, own) for own in o.posts)]
        if not fitting:
            return None
        before = [o for o in fitting if o.spans and o.spans[0].first < post.first]
        return (
            max(before, key=lambda o: max(s.first for s in o.spans if s.first < post.first)) if before else fitting[0]
        )

    def _fits(self, post: PostSpan, own: PostSpan) -> bool:
        if (
            own.status == "former"
            or own.country
            or own.role.key.split(" thường trực")[0] != post.role.key.split(" thường trực")[0]
        ):
            return False
        asked, held = self._agency(post), self._agency(own)
        if asked and held and folded(asked) != folded(held):
            return folded(held).startswith(folded(asked)) or folded(asked).startswith(folded(held))
        if post.place and held and post.place not in {"tỉnh", "thành phố", "huyện"}:
            return folded(post.place).split()[-1] in folded(held)
        if own.place and asked and not held and not asked.endswith((" tỉnh", " thành phố", " huyện")):
            # "Chủ tịch UBND huyện X" is not the "Chủ tịch Y" just named
            return folded(own.place).split()[-1] in folded(asked)
        return not (post.agency and not held and own.agency is None and post.role.body != "country" and not own.place)

    def agencies(self, spans: list[AgencySpan]) -> None:
        """Add the bodies, with "lãnh đạo" in front of them; a short form means the last body of its head."""
        last: dict[str, str] = {}
        for span in spans:
            if span.foreign or span.held:
                continue
            first, leads = self._leaders(span.first)
            if span.short:
                self._short(span, first, leads, last)
                continue
            name = self.bodies.of(span.name, span.place, span.first)
            last[span.head.canonical] = name
            last[span.name] = name
            self._add(first, span.after, "agency", name, leadership=leads)

    def _short(self, span: AgencySpan, first: int, leads: bool, last: dict[str, str]) -> None:
        if span.group or self.tokens.word(span.after) in {"trưởng"}:
            return
        known = last.get(span.head.canonical)
        if known:
            self._add(first, span.after, "agency", known, how="short", leadership=leads, confidence=0.8)

    def _leaders(self, first: int) -> tuple[int, bool]:
        for words in _LEADERS:
            start = first - len(words)
            if start >= 0 and tuple(self.tokens.words[start:first]) == words:
                return start, True
        return first, False

    def groups(self) -> None:
        """Add groups as written, and the pronouns of persons and bodies."""
        tokens = self.tokens
        for i in self._openers:
            pronoun = body_pronoun_end(tokens, i)
            if pronoun > i and tokens.word(i - 1) in _SEVERAL:
                self._add(i - 1, pronoun, "group", tokens.slice(i - 1, pronoun), how="written", confidence=0.7)
            elif pronoun > i:
                self._body_pronoun(i, pronoun)
            elif tokens.words[i] == "các":
                self._group(i)
            elif sector_end(self.wording, i) > i:
                end = sector_end(self.wording, i)
                self._add(i, end, "group", tokens.slice(i, end), how="written", confidence=0.8)
        for i in sorted(self.hits):
            after, entry = self.hits[i]
            if not isinstance(entry, Word):
                continue
            if entry.kind == "group" and tokens.words[i] not in LEVEL_WORDS:
                self._add(i, after, "group", tokens.slice(i, after), how="written", confidence=0.9)
            elif entry.kind == "honorific" and " ".join(tokens.words[i:after]) in _PRONOUNS:
                self._pronoun(i, after)

    def _group(self, i: int) -> None:
        hit = self.hits.get(i)
        listed = hit[0] if hit and isinstance(hit[1], Word) and hit[1].kind == "group" else i
        end = max(group_end(self.tokens, i), listed)
        if end > i:
            first = group_start(self.tokens, i)
            before = f"{self._expand(first, i)} " if first < i else ""
            self._add(first, end, "group", before + self.tokens.slice(i, end), how="written", confidence=0.9)

    def _expand(self, first: int, after: int) -> str:
        table = abbreviations()
        return " ".join(
            table.get(self.tokens.words[j], self.tokens.slice(j, j + 1))
            if self.tokens.caps[j]
            else self.tokens.words[j]
            for j in range(first, after)
        )

    def _body_pronoun(self, i: int, after: int) -> None:
        start = self.tokens.starts[i]
        before = [m for m in self.out if m.kind == "agency" and m.start < start]
        if before:
            last = self._topic(i, before) or max(before, key=lambda m: m.start)
            self._add(i, after, "agency", last.name, how="pronoun", confidence=0.7)

    def _topic(self, i: int, before: list[ActorMention]) -> ActorMention | None:
        """The body with which the last sentence began, where "cơ quan này" opens this one: who wrote, not whom it wrote to."""
        words, text = self.tokens.words, self.tokens.text
        if self.tokens.word(i - 1) != ".":
            return None
        first = i - 1
        while first > 0 and words[first - 1] not in {".", "\n"}:
            first -= 1
        start, end = self.tokens.starts[first], self.tokens.starts[i]
        opening = next((m for m in before if m.start == start), None)
        sent = opening is not None and any(word in text[opening.end : end] for word in (" gửi ", " tới ", " đề nghị "))
        return opening if sent else None

    def _pronoun(self, i: int, after: int) -> None:
        at = bisect_right(self._starts, i) - 1
        if self.tokens.words[i] == "ông":
            # a woman is no "ông"
            while at >= 0 and " Thị " in self._names[at]:
                at -= 1
        if at >= 0 and not self.tokens.cap(after):
            self._add(i, after, "pronoun", self._names[at], how="pronoun", confidence=0.7)

    def places(self) -> None:
        """Add the places outside every other mention: whether they act is for the directive reader to say."""
        tokens = self.tokens
        for i in self._places:
            if i in self.taken:
                continue
            level = level_at(tokens, i)[1]
            after = place_at(tokens, i, bare=False)[0] if level else province_at(tokens, i)
            if after > i:
                self._add(i, after, "group", tokens.slice(i, after), how="written", confidence=0.5)

    def levels(self) -> None:
        """Add levels that stand alone for the place itself ("tỉnh", "thành phố")."""
        for i, (after, entry) in sorted(self.hits.items()):
            if isinstance(entry, Word) and entry.kind == "group" and self.tokens.words[i] in LEVEL_WORDS:
                self._add(i, after, "group", self.tokens.slice(i, after), how="written", confidence=0.5)
