"""A site over the fictional graphs, asked without a network."""

import pytest
from starlette.testclient import TestClient

from kg.web.app import create_app
from kg.web.site import open_site


@pytest.fixture(scope="session")
def site(samples_home):
    with open_site(samples_home) as opened:
        yield opened


@pytest.fixture
def client(site):
    return TestClient(create_app(site), base_url="http://127.0.0.1:8000", headers={"accept": "text/html"})
