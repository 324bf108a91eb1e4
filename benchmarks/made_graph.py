"""Makes graphs of our shape and of any size: fictional people and bodies, few of which get most of the directives.

Shape: directives and mentions an article, topics, documents, meetings and posts in about the proportions of the graph of real articles; how
often a body is addressed falls with its rank (Zipf), so that a few hundred bodies are hubs. The same number gives the same entities.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, count
from typing import Any

from kg.graph.search import search_form
from kg.model.base import Entity
from kg.model.entities import (
    Agency,
    ArticleNode,
    Directive,
    Document,
    Instruction,
    Meeting,
    Membership,
    Mention,
    Person,
    Place,
    Post,
    Topic,
)

_EDGES_A_DIRECTIVE = 11.1
_AN_ARTICLE = 6
_MENTIONS = 12
_FAMILY = ("Tạ", "Đoàn", "Lương", "Mạc", "Quách", "Thân", "Ninh", "Khổng", "Lục", "Viên", "Đàm", "Giang")
_MIDDLE = ("Hữu Mẫu", "Thị Thử", "Văn Ví", "Ngọc Giả", "Đình Vẽ", "Xuân Tạo", "Bích Đặt", "Quang Dựng")
_GIVEN = (
    "An",
    "Bằng",
    "Cẩn",
    "Diệp",
    "Điền",
    "Gấm",
    "Hảo",
    "Khuê",
    "Lựu",
    "Mận",
    "Nếp",
    "Ổn",
    "Phác",
    "Quế",
    "Sim",
    "Thóc",
    "Ươm",
    "Vải",
    "Xoan",
    "Yến",
)
_LAND = ("Lâm", "Thanh", "Vĩnh", "Bình", "Tân", "Phú", "Kim", "An")
_WATER = ("Giang Mẫu", "Hà Mẫu", "Sơn Mẫu", "Khê Mẫu", "Xuyên Mẫu", "Đàm Mẫu", "Hải Mẫu", "Nguyên Mẫu")
_FIELDS = (
    "Y tế",
    "Tài chính",
    "Nội vụ",
    "Xây dựng",
    "Công Thương",
    "Giáo dục và Đào tạo",
    "Tư pháp",
    "Giao thông vận tải",
    "Nông nghiệp",
    "Khoa học và Công nghệ",
    "Văn hóa",
    "Lao động",
)
_TOPICS = (
    *_FIELDS,
    "Xây dựng Đảng",
    "Phòng chống thiên tai",
    "Cải cách hành chính",
    "Chuyển đổi số",
    "Đầu tư công",
    "An sinh xã hội",
)
_VERBS = (("yêu cầu", "instruct", 4), ("giao", "assign", 5), ("đề nghị", "request", 3), ("nhấn mạnh", "stress", 2))
_TASKS = (
    "rà soát",
    "báo cáo tiến độ",
    "hoàn thành hồ sơ",
    "bố trí đủ vốn",
    "kiểm tra hiện trường",
    "tháo gỡ vướng mắc",
)


def made_graph(edges: int, *, provinces: int = 64, seed: int = 0) -> Iterator[Entity]:
    """Yield the entities of a graph of about `edges` relationships (more where that is few), with up to 64 provinces."""
    yield from _Maker(
        max(1, round(edges / _EDGES_A_DIRECTIVE / _AN_ARTICLE)), provinces, random.Random(seed)
    ).entities()


class _Zipf:
    """Draws members of a population, the one at rank r with a weight of 1/r."""

    def __init__(self, population: Sequence[str], chance: random.Random) -> None:
        self._population = population
        self._chance = chance
        self._weights = list(accumulate(1 / rank for rank in range(1, len(population) + 1)))

    def draw(self) -> str:
        return self._chance.choices(self._population, cum_weights=self._weights)[0]


class _Maker:
    def __init__(self, articles: int, provinces: int, chance: random.Random) -> None:
        self._articles = articles
        self._provinces = provinces
        self._chance = chance
        self._names: dict[str, str] = {}
        self._membership: dict[str, str] = {}
        self._instructions: dict[tuple[str, str], list[str]] = defaultdict(list)

    def entities(self) -> Iterator[Entity]:
        places = [f"place-{number}" for number in range(self._provinces)]
        names = [f"tỉnh {land} {water}" for land in _LAND for water in _WATER][: self._provinces]
        yield from self._named(Place, places, names, kind="tỉnh")
        bodies = yield from self._bodies(places)
        people = yield from self._people(bodies)
        topics = [f"topic-{number}" for number in range(len(_TOPICS))]
        yield from self._named(Topic, topics, _TOPICS)
        documents = yield from self._documents(bodies)
        yield from self._said(_Zipf(bodies, self._chance), _Zipf(people, self._chance), topics, documents)
        yield from self._derived()

    def _named(self, cls: type[Entity], ids: Sequence[str], names: Sequence[str], **fields: object) -> Iterator[Entity]:
        self._names |= zip(ids, names, strict=True)
        return (self._one(cls, ident, name, **fields) for ident, name in zip(ids, names, strict=True))

    def _one(self, cls: type[Entity], ident: str, name: str, **fields: object) -> Entity:
        self._names[ident] = name
        made: Any = {"id": ident, "name": name, "folded": search_form(name), **fields}
        return cls(**made)

    def _bodies(self, places: Sequence[str]) -> Iterator[Entity]:
        """Central bodies first, then those of the provinces, their departments, then as many communes as the size asks for."""
        found = ["agency-bch"]
        yield self._one(Agency, "agency-bch", "Ban Chấp hành Mẫu", kind="party")
        for number, field in enumerate(_FIELDS):
            found.append(f"agency-bo-{number}")
            yield self._one(Agency, found[-1], f"Bộ {field} Mẫu", kind="state")
        communes = self._articles // 300
        for place in places:
            where = self._names[place]
            kinds = ["Tỉnh ủy", "Ủy ban nhân dân tỉnh", *(f"Sở {field}" for field in _FIELDS)]
            kinds += [f"Ủy ban nhân dân xã số {number}" for number in range(communes)]
            parent = f"agency-{place}-1"
            for number, kind in enumerate(kinds):
                found.append(f"agency-{place}-{number}")
                name = f"{kind} {where.removeprefix('tỉnh ')}"
                yield self._one(Agency, found[-1], name, place=place, parent=parent if number > 1 else None)
        return found

    def _people(self, bodies: Sequence[str]) -> Iterator[Entity]:
        """Two posts for each body, and a holder of each; one in five people holds a second post later."""
        number = count()
        people: list[str] = []
        for body in bodies:
            for title in ("Chủ tịch", "Phó Chủ tịch"):
                at = next(number)
                person, post = f"person-{at}", f"post-{at}"
                people.append(person)
                yield self._one(Person, person, self._person(at))
                yield self._one(Post, post, f"{title} {self._names[body]}", agency=body, rank=3)
                self._membership[person] = f"membership-{at}"
                yield Membership(
                    id=f"membership-{at}", person=person, post=post, agency=body, observed_from="2015-03-01"
                )
                if at % 5 == 4:
                    yield Membership(
                        id=f"membership-{at}-b",
                        person=f"person-{at - 4}",
                        post=post,
                        agency=body,
                        observed_to="2015-02",
                    )
        self._chance.shuffle(people)
        return people

    def _person(self, number: int) -> str:
        family, middle, given = len(_FAMILY), len(_MIDDLE), len(_GIVEN)
        names = _FAMILY[number % family], _MIDDLE[number // family % middle], _GIVEN[number // family // middle % given]
        again = number // (family * middle * given)
        return " ".join(names) + (f" {_GIVEN[again % given]}" if again else "")

    def _documents(self, bodies: Sequence[str]) -> Iterator[Entity]:
        found = [f"doc-{number}" for number in range(50 + self._articles // 20)]
        for number, ident in enumerate(found):
            mark = f"{number + 1:02d}-CT/TM"
            yield self._one(
                Document,
                ident,
                f"Chỉ thị {mark}",
                number=mark,
                key=mark,
                kind="Chỉ thị",
                date=f"{2010 + number % 15}-02-03",
                issuer=bodies[number % 13],
            )
        return _Zipf(found, self._chance)

    def _said(self, bodies: _Zipf, people: _Zipf, topics: Sequence[str], documents: _Zipf) -> Iterator[Entity]:
        for number in range(self._articles):
            article = f"a{number}"
            date = f"{2010 + number % 15}-{1 + number % 12:02d}-{1 + number % 28:02d}"
            speaker, place = people.draw(), f"place-{number % self._provinces}"
            yield ArticleNode(id=article, title=f"Tin mẫu số {number}", published=date, outlet="Báo Mẫu", place=place)
            meeting = f"meeting-{number}" if number % 2 else None
            host = bodies.draw()
            if meeting:
                yield self._one(
                    Meeting, meeting, "buổi làm việc", kind="working", date=date, chairs=(speaker,), host=host
                )
            for at in range(_AN_ARTICLE):
                yield self._directive(article, at, date, speaker, (host, bodies.draw()), topics, documents, meeting)
            named = [speaker, host, self._membership[speaker], *([meeting] * bool(meeting))]
            named += [self._chance.choice((bodies, people, documents)).draw() for _ in range(_MENTIONS - len(named))]
            yield from self._mentions(article, named)

    def _directive(
        self,
        article: str,
        at: int,
        date: str,
        speaker: str,
        bodies: tuple[str, str],
        topics: Sequence[str],
        documents: _Zipf,
        meeting: str | None,
    ) -> Directive:
        verb, act, strength = self._chance.choice(_VERBS)
        addressees = bodies if at % 3 == 0 else bodies[at % 2 :][:1]
        task = self._chance.choice(_TASKS)
        cites = (documents.draw(),) if at % 2 else ()
        quote = (
            f"{self._names[speaker]} {verb} {', '.join(self._names[body] for body in addressees)} {task} (mục {at})."
        )
        for body in addressees:
            self._instructions[speaker, body].append(date)
        return Directive(
            id=f"d-{article}-{at}",
            issuers=(speaker,),
            capacity=(self._membership[speaker],),
            addressees=addressees,
            lead=addressees[:1] if at % 3 == 0 else (),
            verb=verb,
            act=act,
            strength=strength,
            content=task,
            topic=self._chance.choice(topics),
            cites=cites,
            deadline="trước ngày 30/9" if at % 3 == 1 else None,
            deadline_iso=f"before:{date[:4]}-09-30" if at % 3 == 1 else None,
            meeting=meeting,
            date=date,
            issuer_resolution="named",
            addressee_resolution="explicit",
            article=article,
            start=200 * at,
            end=200 * at + len(quote),
            quote=quote,
            rule="made",
            confidence=0.9,
        )

    def _mentions(self, article: str, named: Sequence[str]) -> Iterator[Entity]:
        for at, ident in enumerate(named):
            quote = self._names.get(ident, "Chủ tịch")
            start = 3_000 + 100 * at
            yield Mention(
                id=f"m-{article}-{at}",
                body=ident,
                article=article,
                start=start,
                end=start + len(quote),
                quote=quote,
                rule="made",
                confidence=1.0,
            )

    def _derived(self) -> Iterator[Entity]:
        for number, ((issuer, body), days) in enumerate(self._instructions.items()):
            yield Instruction(
                id=f"i-{number}", issuer=issuer, addressee=body, count=len(days), first=min(days), last=max(days)
            )
