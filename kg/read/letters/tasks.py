"""The orders of a letter: what its openings, headings, items and articles tell whom to do (GUIDELINES.md, Directives)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model.letter import Letter
from kg.read.directives.authority import direction, rank_of_name
from kg.read.letters.told import Hearers, Told
from kg.read.letters.units import PLAIN, Unit, units_of
from kg.read.letters.words import words
from kg.read.mentions import ActorMention
from kg.read.page import Page
from kg.text.fold import fold

_THIS = r"(?:quyết định|nghị quyết|chỉ thị|kế hoạch|quy định|quy chế)\s+này"
_EXECUTION = re.compile(
    rf"\b(?:chịu trách nhiệm|có trách nhiệm|căn cứ quyết định)\s+(?:tổ chức\s+)?(?:thi hành|thực hiện|triển khai thực hiện)\s+{_THIS}"
    rf"|\bcăn cứ\s+(?:{_THIS}|quyết định|nghị quyết)\s+(?:để\s+)?(?:thi hành|thực hiện)|\bchiểu quyết định thi hành"
)
_AS_FOLLOWS = re.compile(r"(?:như sau|sau đây|sau|dưới đây)?\s*:$|(?:như sau|sau đây)\s*\.?$")
_REPORTED = re.compile(r"\b(?:đã|được|vừa)\s+(?:\w+\s+){0,2}$")
_LEAST_WORDS = 5
_NEAR = 90
_SUBJECT_GAP = re.compile(
    r"[\s,]*(?:đã\s+)?(?:thống nhất\s+|có\s+(?:ý kiến\s+)?|(?:phát biểu|kết luận)\s+(?:và\s+)?|,\s+)?"
)
_STRONG = frozenset({"yêu cầu", "đề nghị", "giao", "thống nhất giao", "đồng ý giao"})
_DUTY_INSIDE = re.compile(r"\b(?:phải|cần|có trách nhiệm|không được|nghiêm cấm)\b")
_LEAD = re.compile(
    r"(?:nhận được|căn cứ|trên cơ sở|theo|thời gian tới|trong thời gian tới|trước mắt|từ nay|trong quá trình|để|ngay sau khi|sau khi)\b[^,;:.]{0,90},\s*"
)
_SENT = re.compile(r"(?:báo cáo|kết quả|văn bản|hồ sơ|danh sách|ý kiến|thông tin)\b[^.;]{0,80}\bgửi\b")
_CARRY_OUT = re.compile(r"\b(?:thực hiện|triển khai|tập trung|làm tốt|khẩn trương)\b")
_OPINIONS = frozenset({"ý kiến chỉ đạo", "có ý kiến", "điện"})
_DUTIES = ("có trách nhiệm", "có nhiệm vụ")
_DECISION = re.compile(r"(?:quyết định|quyết nghị|nghị quyết|chỉ thị|kết luận)\s*:?$")


class Order(NamedTuple):
    """An order found: its sentence, verb, who is told, the rule that found it, and where its content begins."""

    unit: Unit
    verb: str
    told: Told | None
    rule: str
    content: int
    by: ActorMention | None
    upward: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """What holds for the items behind it: verb, who is told, the subject of the verb where it is not the letter's own body, and whether
    all of them are tasks ("yêu cầu ... thực hiện các nội dung sau:")."""

    verb: str
    told: Told | None
    by: ActorMention | None
    is_tasks: bool = False


@dataclass(slots=True)
class Orders:
    """Walks over the body of a letter."""

    page: Page
    letter: Letter
    hearers: Hearers
    opening: Opening | None = None
    assigning: int | None = None
    headings: list[tuple[int, Told, str | None]] = field(default_factory=list)
    under_heading: bool = False
    item: Order | None = None
    deciding: bool = False

    def all(self) -> Iterator[Order]:
        """Yield the orders, and the requests to higher bodies marked so, in order."""
        start, end = self.letter.body
        for unit in units_of(self.page, start, end):
            found = self._step(unit)
            if unit.opens:
                self.item = found
            if found and not (fold(self.letter.kind) in words().upward and not found.upward):
                yield found

    def _step(self, unit: Unit) -> Order | None:
        folded = self.page.folded[unit.start : unit.end]
        if unit.opens and unit.level < PLAIN:
            self.headings = [one for one in self.headings if one[0] < unit.level]
            if self.assigning is not None and unit.level <= self.assigning:
                self.assigning = None
        if unit.opens and words().assigning.fullmatch(folded):
            self.assigning = unit.level if unit.level < PLAIN else 0
            self.headings, self.opening = [], None
            return None
        if found := self._execution(unit, folded):
            return found
        asked = self._ordered(unit)
        if asked and asked.upward:
            return asked
        if _DECISION.fullmatch(folded) or (
            self.page.text[unit.start : unit.end].isupper() and _DECISION.search(folded)
        ):
            self.deciding = True
            return None
        if words().idle.search(folded):
            return None
        if self._heading(unit, folded) or self._opens(unit, folded):
            return None
        return asked or self._subject(unit) or self._item(unit, folded)

    def _execution(self, unit: Unit, folded: str) -> Order | None:
        match = _EXECUTION.search(folded)
        if match is None:
            return None
        told = self.hearers.at(unit.start, unit.start + match.start())
        return Order(unit, "chịu trách nhiệm", told, "letters.execution", unit.start, None) if told else None

    def _heading(self, unit: Unit, folded: str) -> bool:
        """An item that only names somebody: what is below it is theirs."""
        if not unit.opens or unit.level == PLAIN or len(folded) > 300:
            return False
        told = self.hearers.whole(unit.start, unit.end)
        if told is None:
            return False
        self.headings.append((unit.level, told, None))
        self.under_heading = True
        return True

    def _opens(self, unit: Unit, folded: str) -> bool:
        """ "... yêu cầu các sở, ngành thực hiện các nhiệm vụ sau:" """
        if not _AS_FOLLOWS.search(folded) or not folded.endswith(":"):
            return False
        verbs = [m for m in words().opening.finditer(folded) if not _REPORTED.search(folded, 0, m.start())]
        if not verbs:
            return False
        last = verbs[-1]
        # "yêu cầu ... tổ chức thực hiện": the order's own verb, not one of what is to be done
        first = next((v for v in verbs if self._who(unit.start + v.end(), unit.end)), last)
        told = self._who(unit.start + first.end(), unit.end)
        verb = "chỉ đạo" if first.group() in _OPINIONS else first.group()
        if verb == "đề nghị" and self._is_up(told):
            return True
        if unit.level < PLAIN and unit.opens and told:
            self.headings.append((unit.level, told, verb))
            self.under_heading = True
        else:
            is_tasks = verb in _STRONG and told is not None and bool(_CARRY_OUT.search(folded, first.end()))
            self.opening = Opening(verb, told, self._by(unit, first.start()), is_tasks)
            self.headings = []
        return True

    def _who(self, start: int, end: int) -> Told | None:
        return self.hearers.at(start, end)

    def _by(self, unit: Unit, verb: int) -> ActorMention | None:
        """The subject before a verb, where it is not the body whose letter this is."""
        at = unit.start + verb
        before = [m for m in self.hearers.mentions if unit.start <= m.start and m.end <= at]
        if not before or not _SUBJECT_GAP.fullmatch(self.page.folded, before[-1].end, at):
            return None
        return None if self._is_own(before[-1]) else before[-1]

    def _is_own(self, mention: ActorMention) -> bool:
        if mention.kind == "person" and fold(mention.name) in self.page.folded[slice(*self.letter.body)]:
            return False  # whom the text names orders himself; who acts by his post alone, whoever signs, acts for the body
        issuer = fold(self.letter.issuer or "")
        name = fold(mention.name)
        body = fold(mention.agency or mention.name)
        own = issuer.startswith((name, body)) or name.startswith(issuer)
        return own and issuer.startswith("văn phòng") <= name.startswith("văn phòng")

    def _is_up(self, told: Told | None) -> bool:
        """Whether a request goes to a higher body than the one whose letter this is; who is only relayed is not asked."""
        if told is None or not told.names or (self.opening and self.opening.by):
            return False
        return direction(rank_of_name(self.letter.issuer or ""), rank_of_name(told.names[0])) == "up"

    def _ordered(self, unit: Unit) -> Order | None:
        """A verb that orders, with who is told behind it: "Giao Sở Y tế ...", "..., yêu cầu thủ trưởng các đơn vị ..."."""
        folded = self.page.folded
        for match in words().order.finditer(folded, unit.start, min(unit.end, unit.start + 2 * _NEAR)):
            if _REPORTED.search(folded, unit.start, match.start()) or not self._may_order(unit, match):
                continue
            if match.group() not in _STRONG and (
                self.headings or self._told_before() or self._names_first(unit, match)
            ):
                # "Chỉ đạo các trường ..." below "Sở Giáo dục và Đào tạo:" is what that body is to do
                continue
            told = self.hearers.at(match.end(), unit.end)
            is_first = match.start() == unit.start
            if told is None and (not is_first or (match.group() not in _STRONG and not self._orders())):
                continue
            verb = "giao" if match.group() in ("thống nhất giao", "đồng ý giao") else match.group()
            by = self._by(unit, match.start() - unit.start) or (self.opening.by if self.opening else None)
            if verb == "đề nghị" and self._is_up(told):
                return Order(unit, verb, told, "letters.petition", match.end(), None, upward=True)
            content = told.end if told else match.end()
            return Order(unit, verb, told or self._standing(), "letters.verb", content, by)
        return None

    def _names_first(self, unit: Unit, match: re.Match[str]) -> bool:
        """Whether the sentence opens with who is told: "Bộ Y tế hướng dẫn, đôn đốc địa phương"."""
        return match.start() > unit.start and self._orders() and self.hearers.at(unit.start, unit.end) is not None

    def _told_before(self) -> bool:
        return self.opening is not None and self.opening.told is not None

    def _may_order(self, unit: Unit, match: re.Match[str]) -> bool:
        folded = self.page.folded
        if any(m.start <= match.start() and match.end() < m.end for m in self.hearers.mentions):
            return False
        if self.page.text[match.end() :].startswith(" ban "):  # "giao ban", a kind of meeting
            return False
        if match.start() == unit.start:
            return True
        before = folded[unit.start : match.start()].rstrip()
        if before.endswith((",", ";", ":")):
            return True
        subject = [m for m in self.hearers.mentions if unit.start <= m.start and m.end <= match.start()]
        if not subject or not _SUBJECT_GAP.fullmatch(folded, subject[-1].end, match.start()):
            return False
        name = fold(subject[-1].name)
        return self._is_own(subject[-1]) or (
            self.opening is not None and self.opening.by is not None and fold(self.opening.by.name) == name
        )

    def _standing(self) -> Told | None:
        if self.headings:
            return self.headings[-1][1]
        return self.opening.told if self.opening else None

    def _verb(self) -> str:
        if self.headings and self.headings[-1][2]:
            return self.headings[-1][2]
        return self.opening.verb if self.opening else "giao"

    def _orders(self) -> bool:
        return self.opening is not None or self.assigning is not None

    def _subject(self, unit: Unit) -> Order | None:
        """Who is told stands first: "Sở Y tế chủ trì ...", "3. Công an tỉnh: mở đợt cao điểm ..."."""
        if not (self._orders() or self.deciding) or not (unit.opens or self.item is not None):
            return None
        lead = _LEAD.match(self.page.folded, unit.start, unit.end)
        told = self.hearers.at(unit.start, unit.end) or (self.hearers.at(lead.end(), unit.end) if lead else None)
        rest = self.page.folded[told.end : unit.end].lstrip(" :,") if told else ""
        if told is None or not (words().duties.match(rest) or rest != self.page.folded[told.end : unit.end].lstrip()):
            return None
        by = self.opening.by if self.opening else None
        duty = next((one for one in _DUTIES if rest.startswith(one)), self._in_duty(unit))
        verb = self._verb() if self._orders() else duty or "giao"
        return Order(unit, verb, told, "letters.subject", told.end, by)

    def _in_duty(self, unit: Unit) -> str | None:
        """The duty that an item began with, for its later sentences."""
        return self.item.verb if not unit.opens and self.item is not None and self.item.verb in _DUTIES else None

    def _item(self, unit: Unit, folded: str) -> Order | None:
        """An item that names nobody: its heading's, its opening's, or the letter's own addressee."""
        if not self._orders() and not (self.headings and self.headings[-1][2]):
            return None
        is_below = bool(self.headings) and (unit.level < PLAIN or self.under_heading)
        goes_on = not unit.opens and self.item is not None
        if unit.level == PLAIN and self.opening and self.opening.told and _SENT.match(folded):
            return Order(unit, self._verb(), self.opening.told, "letters.item", unit.start, self.opening.by)
        if unit.level == PLAIN and not goes_on and not is_below:
            return None
        if unit.opens and len(folded.split()) < _LEAST_WORDS and folded[-1].isalnum():
            return None
        opens = words().duties.match(folded) or folded.startswith(("không ", "nghiêm "))
        if words().topics.match(folded) and not opens:
            return None
        is_task = self.opening is not None and self.opening.is_tasks and unit.opens and unit.level < PLAIN
        if not (opens or is_task or _DUTY_INSIDE.search(folded) or (is_below and unit.opens and unit.level > 2)):
            return None
        if words().performative.match(folded) and not self.headings:
            return None
        by = self.opening.by if self.opening else None
        told = self.item.told if goes_on and self.item and self.item.told else self._standing()
        return Order(unit, self._verb(), told, "letters.item", unit.start, by)
