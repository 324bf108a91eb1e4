"""A site over the fictional graphs, asked without a network."""

import shutil

import pytest
from starlette.testclient import TestClient

from kg.web.app import create_app
from kg.web.site import open_site

BASE = "http://127.0.0.1:8000"
TOKEN = "a-token-for-the-tests"
"""What `reviewer` has logged in with."""


@pytest.fixture(scope="session")
def site(samples_home):
    with open_site(samples_home) as opened:
        yield opened


@pytest.fixture
def client(site):
    return TestClient(create_app(site), base_url=BASE, headers={"accept": "text/html"})


@pytest.fixture
def home(samples_home, tmp_path):
    """The samples' graph, to be written to."""
    return shutil.copytree(samples_home, tmp_path / "home")


@pytest.fixture
def anyone(home):
    """Asks a writable server without its token."""
    with open_site(home, token=TOKEN) as site:
        yield TestClient(create_app(site), base_url=BASE, headers={"accept": "text/html", "accept-language": "vi"})


@pytest.fixture
def reviewer(anyone):
    """Asks a writable server, logged in."""
    assert anyone.post("/review/login", data={"token": TOKEN, "who": "Người Duyệt"}).status_code == 200
    return anyone
