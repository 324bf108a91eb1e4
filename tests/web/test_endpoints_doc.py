"""docs/endpoints.md: each request that it shows is answered as it says."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kg.web.app import create_app

PAGE = (Path(__file__).parents[2] / "docs" / "endpoints.md").read_text(encoding="utf-8")
LINES = re.findall(r"^GET (\S+)(?:  ([\w-]+): (.+?))?  # (\d{3})$", PAGE, re.MULTILINE)


def test_all_lines_are_understood():
    assert len(LINES) == len(re.findall(r"^GET ", PAGE, re.MULTILINE)) > 25


@pytest.mark.parametrize(("path", "header", "value", "status"), LINES)
def test_a_request_of_the_page(site, path, header, value, status):
    client = TestClient(create_app(site), base_url="http://127.0.0.1:8000", follow_redirects=False)
    response = client.get(path, headers={header: value} if header else {})
    assert response.status_code == int(status), response.text[:300]
    assert response.content or status == "303"
