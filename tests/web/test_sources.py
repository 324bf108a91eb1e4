"""The page of an article that came in several forms names where else it was published; addresses that are no web pages stay text."""

import lxml.html
from starlette.testclient import TestClient

from kg.home import GraphHome
from kg.stores import refresh
from kg.web.app import create_app
from kg.web.site import open_site
from tests.home.test_home_forms import REPRINT, WHOLE, article

HOSTILE = article(outlet="<b>Báo</b>", url="javascript:alert(1)", title="Sửa trạm y tế")


def test_an_article_names_its_other_sources(tmp_path):
    with GraphHome(tmp_path / "home", create=True) as truth:
        truth.ingest([WHOLE, REPRINT, HOSTILE], workers=1)
        refresh(tmp_path / "home", truth.graph, truth.stamp())
    with open_site(tmp_path / "home") as site:
        client = TestClient(create_app(site), base_url="http://127.0.0.1:8000", headers={"accept": "text/html"})
        shown = lxml.html.fromstring(client.get(f"/doc/{WHOLE.id}").content)
    [listed] = shown.xpath("//dt[. = 'Còn đăng ở' or . = 'Also published at']/following-sibling::dd[1]")
    assert "Cổng Vĩnh Hà (mẫu)" in listed.text_content()
    assert "<b>Báo</b>" in listed.text_content()
    assert listed.xpath(".//a/@href") == ["https://cong.vinhha.example/7"]
