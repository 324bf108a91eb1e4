"""Every answer is guarded: headers, host names, sizes."""

import pytest


def test_headers_of_every_answer(client):
    for path in ("/", "/no-such-page"):
        headers = client.get(path).headers
        assert "unsafe" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example:80", ""])
def test_a_foreign_host_is_refused(client, host):
    assert client.get("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:9000", "LOCALHOST:1"])
def test_this_machine_is_answered(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_large_body_is_refused(client, site):
    assert client.post("/", content=b"x" * (site.limits.body + 1)).status_code == 413


def test_errors_are_pages_for_people_and_json_for_machines(client):
    page = client.get("/doc/<script>alert(1)</script>")
    assert page.status_code == 404
    assert "<script>" not in page.text
    problem = client.get("/doc/x", headers={"accept": "application/json"})
    assert problem.json()["status"] == 404
    assert problem.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("header", "lang"), [("en-GB,en;q=0.9", "en"), ("fr,vi;q=0.4,en;q=0.3", "vi"), ("", "vi"), ("en;q=x", "vi")]
)
def test_language_follows_the_browser(client, header, lang):
    assert f'<html lang="{lang}">' in client.get("/", headers={"accept-language": header}).text


def test_chosen_language_is_kept(client):
    assert '<html lang="en">' in client.get("/?lang=en").text
    assert '<html lang="en">' in client.get("/").text
