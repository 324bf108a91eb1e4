"""How identity grows with the number of articles: synthetic articles, the steps timed (processor time), the growth beside n log n.

`python benchmarks/bench_identity.py [5000 15000 50000]`. Each article names an official in office, a department that is told to do
something, and a meeting; names, provinces and posts come from small pools, so that namesakes, promotions and second reports are common.
"""

import math
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from kg.graph.assemble import assemble
from kg.identify.places import provinces
from kg.identify.resolve import identify
from kg.model.article import Article
from kg.model.reading import Reading
from tests.reading_factory import agencies, article, directive, meeting, official, reading

FAMILIES = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Mai".split()  # noqa: SIM905 (a line of words reads better than a list)
GIVEN = [
    f"{a} {b}"
    for a in ["Văn", "Thị", "Đức", "Minh", "Quốc", "Hữu", "Xuân", "Thế", "Bá"]
    for b in ["Mẫu", "Thử", "Ví", "Dụ", "Hùng", "Hưng", "Sơn", "Hải", "Lan"]
]
FIELDS = ("Y tế", "Tài chính", "Xây dựng", "Nội vụ", "Tư pháp", "Công Thương")
POSTS = (
    ("Bí thư Tỉnh ủy", "Tỉnh ủy"),
    ("Chủ tịch UBND tỉnh", "Ủy ban nhân dân tỉnh"),
    ("Phó Chủ tịch UBND tỉnh", "Ủy ban nhân dân tỉnh"),
)
TASKS = "rà soát kiểm tra báo cáo hoàn thành bố trí chuẩn bị tổ chức khẩn trương đôn đốc phối hợp".split()  # noqa: SIM905 (a line of words reads better than a list)


def synthetic(number: int) -> Iterator[tuple[Article, Reading]]:
    """Yield `number` articles with their readings, the same each time."""
    choose = random.Random(5)
    places = [p.name for p in provinces().values() if not p.is_city and p.days.last.startswith("2025")]
    for n in range(number):
        name = f"{choose.choice(FAMILIES)} {choose.choice(GIVEN)}"
        place = choose.choice(places)
        post, body = choose.choice(POSTS)
        told = f"Sở {choose.choice(FIELDS)}"
        day = f"20{choose.randint(10, 24)}-{choose.randint(1, 12):02}-{choose.randint(1, 28):02}"
        content = " ".join(choose.choices(TASKS, k=14))
        sentence = f"{post} {place} {name} yêu cầu {told} {content} số {n % 997}."
        text = f"Bài {n}. Tại buổi làm việc, {sentence}"
        made = article(text, published=day, place=place)
        yield (
            made,
            reading(
                made,
                officials=(official(text, name, (f"{post} {place}", f"{body} {place}")),),
                agencies=agencies(text, told),
                meetings=(meeting(text, "buổi làm việc", date=day, chairs=(name,), host=told),),
                directives=(directive(text, sentence, [name], [told], content=content, meeting=0),),
            ),
        )


def timed(number: int) -> tuple[float, float, int]:
    """Return the seconds of identifying and of making the graph, and the persons found."""
    pairs = list(synthetic(number))
    start = time.process_time()
    resolved = identify(pairs)
    middle = time.process_time()
    assemble(resolved)
    return middle - start, time.process_time() - middle, len(set(resolved.linking.persons.values()))


def main() -> None:
    """Print one row a size; `growth` is the time over that of n log n from the first row (1.00: exactly n log n)."""
    sizes = [int(size) for size in sys.argv[1:]] or [5_000, 15_000, 50_000]
    print("| articles | identify s | graph s | persons | growth of identify | growth of both |")
    print("|---" * 6 + "|")
    first: tuple[int, float, float] | None = None
    for size in sizes:
        identified, graph, persons = timed(size)
        first = first or (size, identified, identified + graph)
        expected = size * math.log(size) / (first[0] * math.log(first[0]))
        growth = [
            seconds / (base * expected) for seconds, base in ((identified, first[1]), (identified + graph, first[2]))
        ]
        print(
            f"| {size} | {identified:.1f} | {graph:.1f} | {persons} | {growth[0]:.2f} | {growth[1]:.2f} |", flush=True
        )


if __name__ == "__main__":
    main()
