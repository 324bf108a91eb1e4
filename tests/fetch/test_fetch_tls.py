"""`kg fetch` over HTTPS: a real TLS server on loopback, with certificates of an authority that the test makes."""

import datetime
import os
import socket
import ssl
import subprocess
import sys

import pytest
import trustme

from kg.errors import InputError
from kg.fetch.archive import Archive
from kg.fetch.client import Client, Limits
from kg.fetch.crawl import Crawl
from loaders import load
from tests.fetch.site import ORDER, running

HOST = "bao.lacha.example"
LONG_AGO = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture
def known(authority, tmp_path, monkeypatch):
    """The authority is one that this machine trusts, and the name leads to loopback."""
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(file)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    resolved(monkeypatch)
    return file


def resolved(monkeypatch):
    plain = socket.getaddrinfo

    def here(host, *args, **kwargs):
        return plain("127.0.0.1" if host.endswith(".example") else host, *args, **kwargs)

    monkeypatch.setattr("kg.fetch.addresses.socket.getaddrinfo", here)


def served(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def fetched(site, slept=None):
    client = Client("chidao-test/1", Limits(), True, sleep=(slept if slept is not None else []).append)
    return client.get(f"{site.base}/tin-1.html")


def test_a_page_over_tls_goes_into_the_warc(authority, known, tmp_path):
    context = served(authority.issue_cert(HOST))
    names = []
    context.sni_callback = lambda connection, name, _: names.append(name)
    with running(context, HOST) as site:
        archive = Archive.open(tmp_path / "a.warc.gz")
        try:
            urls = [f"{site.base}/tin-1.html", f"{site.base}/tin-2.html"]
            client = Client("chidao-test/1", Limits(), True)
            found = list(Crawl(client, archive, delay=0.0).run(urls))
        finally:
            archive.close()
    assert [one.state for one in found] == ["fetched", "fetched"]
    assert set(names) == {HOST}  # the connection goes to the address, the name is still said
    articles = list(load([str(tmp_path / "a.warc.gz")]))
    assert [article.url for article in articles] == urls
    assert all(ORDER in article.text for article in articles)


def test_an_authority_that_nobody_knows(authority, monkeypatch):
    resolved(monkeypatch)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    slept = []
    with running(served(authority.issue_cert(HOST)), HOST) as site, pytest.raises(InputError) as error:
        fetched(site, slept)
    assert error.value.reason.startswith(
        f"the certificate of {HOST} is not trusted: unable to get local issuer certificate"
    )
    assert "SSL_CERT_FILE" in error.value.reason
    assert slept == []  # asking again changes no certificate
    assert site.asked == []


@pytest.mark.parametrize(
    ("names", "options", "why"),
    [
        (["khac.lacha.example"], {}, "doesn't match 'khac.lacha.example'"),
        ([HOST], {"not_after": LONG_AGO, "not_before": LONG_AGO - datetime.timedelta(9)}, "certificate has expired"),
        (["*.example"], {}, "doesn't match '*.example'"),
    ],
)
def test_a_certificate_that_is_not_for_this_name_or_this_day(authority, known, names, options, why):
    with running(served(authority.issue_cert(*names, **options)), HOST) as site, pytest.raises(InputError) as error:
        fetched(site)
    assert why in error.value.reason
    assert site.asked == []


def test_a_server_without_tls_and_one_that_is_too_old(authority, known):
    with running() as site:
        client = Client("chidao-test/1", Limits(), True, sleep=lambda seconds: None)
        with pytest.raises(InputError, match=r"no TLS with 127\.0\.0\.1: .*is it http, or TLS older"):
            client.get(site.base.replace("http:", "https:") + "/tin-1.html")
    context = served(authority.issue_cert(HOST))
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with pytest.deprecated_call():
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    with running(context, HOST) as site, pytest.raises(InputError, match=f"no TLS with {HOST}"):
        fetched(site)


def test_a_redirect_from_https_is_checked_again(authority, known):
    with running(served(authority.issue_cert(HOST)), HOST) as site:
        answer = Client("chidao-test/1", Limits(), True).get(f"{site.base}/robots.txt")
        assert (answer.status, answer.address) == (200, "127.0.0.1")
        with pytest.raises(InputError, match="not public"):
            Client("chidao-test/1").get(f"{site.base}/robots.txt")


def test_the_verb_says_it_in_one_line(authority, tmp_path):
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(file)
    with running(served(authority.issue_cert("127.0.0.1")), "127.0.0.1") as site:
        command = [sys.executable, "-c", "from kg.cli import main; main()", "fetch", f"{site.base}/tin-1.html"]
        command += ["-o", str(tmp_path / "a.warc.gz"), "--allow-private", "--delay", "0"]
        plain = {name: value for name, value in os.environ.items() if name != "SSL_CERT_FILE"}
        refused = subprocess.run(command, capture_output=True, text=True, check=False, env=plain)
        assert refused.returncode == 4
        (line,) = refused.stderr.strip().split("\n")
        assert "the certificate of 127.0.0.1 is not trusted" in line
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**plain, "SSL_CERT_FILE": str(file)}
        )
        assert done.returncode == 0, done.stderr
