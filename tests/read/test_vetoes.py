"""What a speech verb does not make a directive, whatever the models hold."""

import pytest

from kg.model.article import Article, Origin
from kg.read.actors import read_actors
from kg.read.directives.analysis import analyse
from kg.read.directives.authority import ranks_of_officials
from kg.read.directives.vetoes import is_no_directive
from kg.read.page import Page


@pytest.mark.parametrize(
    ("text", "vetoed"),
    [
        ("Chủ tịch UBND tỉnh Trần Văn Mẫu đề nghị Thủ tướng Chính phủ sớm bố trí vốn.", True),
        ("UBND huyện Khe Ngọc kiến nghị UBND tỉnh Phú Lâm bổ sung biên chế.", True),
        ("Cử tri xã Vĩnh Rào yêu cầu sớm sửa đường liên xã.", True),
        ("Ông nói: Tôi đã chỉ đạo các đội kiểm tra từng hộ.", True),
        ("Thủ tướng Trần Văn Mẫu đề nghị UBND tỉnh Phú Lâm sớm bố trí vốn.", False),
        ("Sau khi nghe cử tri kiến nghị, ông Mẫu yêu cầu Sở Xây dựng sửa đường.", False),
        ("Chủ tịch UBND tỉnh Trần Văn Mẫu yêu cầu Sở Y tế báo cáo.", False),
    ],
)
def test_vetoes(text, vetoed):
    page = Page.of(Article(id="a0", text=text, origin=Origin(loader="text", source="-")))
    actors = read_actors(page)
    (view,) = analyse(page, actors.mentions)
    assert is_no_directive(view, ranks_of_officials(actors.officials)) is vetoed
