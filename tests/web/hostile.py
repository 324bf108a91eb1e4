"""Articles whose every text tries something: tags, links, SVG, templates, formulas, marks that turn the direction, endless names."""

import json

TRICKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "{{ 7*7 }}{% raw %}${7*7}",
    "=cmd|'/c calc'!A1",
    "\u202eđảo chiều\u202c\u200f",
    "\"'></textarea></title><b>",
    "]]> -->",
    "&lt;i&gt;",
)
LONG = "Dài" + "ơ" * 10_000


def articles():
    """Yield one article a trick, written so that directives, officials and bodies are read from it."""
    for number, trick in enumerate((*TRICKS, LONG)):
        text = (
            f"{trick}\n\nNgày 12/3/2024, Chủ tịch UBND tỉnh Trần Văn Mẫu làm việc với Sở Y tế {trick}. "
            f"Chủ tịch UBND tỉnh Trần Văn Mẫu yêu cầu Sở Y tế khẩn trương {trick} rà soát {trick}, báo cáo trước ngày 30/9/2024. "
            f'Đồng chí giao Sở Tài chính "{trick}" chủ trì, phối hợp với Sở Nội vụ thực hiện Chỉ thị số 99/CT-UBND {trick}.'
        )
        yield {
            "id": f"{trick}-{number}"[:300],
            "title": f"{trick} Chủ tịch UBND tỉnh Trần Văn Mẫu làm việc với Sở Y tế",
            "text": text,
            "url": trick if number % 2 else f"https://bao.example/{number}?{trick}",
            "outlet": trick,
            "author": trick,
            "published": "2024-03-13",
        }


def write(file):
    """Write them as JSON lines."""
    file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in articles()), encoding="utf-8")
