"""`kg fetch` against a real server on loopback that the test starts, and what it must never ask."""

import json
import socket
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from kg.errors import InputError, StoreError
from kg.fetch.addresses import checked_address, is_public, split_url
from kg.fetch.archive import Archive
from kg.fetch.client import Client, Limits
from kg.fetch.crawl import Crawl
from loaders import load
from tests.fetch.site import ORDER, running


@pytest.fixture
def site():
    with running() as found:
        yield found


def crawl(tmp_path, *urls, name="a.warc.gz", limits=None, private=True, **options):
    archive = Archive.open(tmp_path / name)
    client = Client("chidao-test/1", limits or Limits(), private, sleep=lambda seconds: None)
    try:
        return list(Crawl(client, archive, **{"delay": 0.0, **options}).run(urls))
    finally:
        archive.close()


def states(results):
    return [result.reason if isinstance(result, InputError) else result.state for result in results]


def test_pages_become_a_warc_that_the_loaders_read(tmp_path, site):
    assert states(crawl(tmp_path, f"{site.base}/tin-1.html", f"{site.base}/tin-2.html")) == ["fetched", "fetched"]
    articles = list(load([str(tmp_path / "a.warc.gz")]))
    assert [a.url for a in articles] == [f"{site.base}/tin-1.html", f"{site.base}/tin-2.html"]
    assert all(ORDER in a.text for a in articles)
    assert site.paths() == ["/robots.txt", "/tin-1.html", "/tin-2.html"]
    assert site.asked[1][1]["User-Agent"] == "chidao-test/1"
    assert site.asked[1][1]["Host"] == site.base.removeprefix("http://")


def test_feed_and_sitemap_lead_to_their_pages_once(tmp_path, site):
    found = crawl(tmp_path, f"{site.base}/feed.rss", f"{site.base}/sitemap.xml")
    assert states(found) == ["listed", "listed", "fetched", "fetched", "fetched"]
    assert site.paths().count("/tin-2.html") == 1


def test_robots_txt_is_heeded(tmp_path, site):
    (found,) = crawl(tmp_path, f"{site.base}/cam/tin.html")
    assert "robots.txt" in found.reason
    assert site.paths() == ["/robots.txt"]


def test_a_robots_txt_that_fails_forbids_all(tmp_path, site):
    site.answer = lambda path, headers: (500, {}, b"")
    (found,) = crawl(tmp_path, f"{site.base}/tin-1.html", limits=Limits(tries=1))
    assert "robots.txt" in found.reason
    assert set(site.paths()) == {"/robots.txt"}


def test_pace(tmp_path, site):
    """The client starts no request earlier than the delay after the one before; moments at the server would tell of its threads, too."""
    now, starts = [100.0], []

    class Clocked(Client):
        def get(self, url, headers=None):
            starts.append(now[0])
            return super().get(url, headers)

    def sleep(seconds):
        now[0] += seconds

    archive = Archive.open(tmp_path / "a.warc.gz")
    client = Clocked("x", allow_private=True, sleep=sleep, clock=lambda: now[0])
    list(Crawl(client, archive, delay=1.0).run(f"{site.base}/tin-{n}.html" for n in range(3)))
    archive.close()
    assert len(starts) == len(site.asked) == 4
    assert all(later - earlier >= 1.0 for earlier, later in pairwise(starts))


def test_the_delay_of_robots_txt_counts_where_it_is_longer(tmp_path, site):
    site.robots = "User-agent: *\nCrawl-delay: 7\n"
    waits = []
    archive = Archive.open(tmp_path / "a.warc.gz")
    client = Client("x", allow_private=True, sleep=waits.append, clock=lambda: 100.0)
    list(Crawl(client, archive, delay=1.0).run([f"{site.base}/tin-1.html"]))
    archive.close()
    assert waits == [7.0]


def test_it_goes_on_where_it_stopped(tmp_path, site):
    urls = [f"{site.base}/tin-{n}.html" for n in (1, 2, 3)]
    crawl(tmp_path, *urls[:2])
    path = tmp_path / "a.warc.gz"
    whole = path.read_bytes()
    path.write_bytes(whole[:-200])  # as an interruption leaves it
    site.asked.clear()
    assert states(crawl(tmp_path, *urls)) == ["kept", "fetched", "fetched"]
    assert site.paths() == ["/robots.txt", "/tin-2.html", "/tin-3.html"]
    assert [a.url for a in load([str(path)])] == urls


def test_refresh_asks_with_conditions(tmp_path, site):
    url = f"{site.base}/tin-1.html"
    crawl(tmp_path, url)
    assert states(crawl(tmp_path, url, refresh=True)) == ["unchanged"]
    assert site.asked[-1][1]["If-None-Match"] == '"/tin-1.html-1"'
    site.version = 2
    assert states(crawl(tmp_path, url, refresh=True)) == ["fetched"]
    assert len([a for a in load([str(tmp_path / "a.warc.gz")]) if not isinstance(a, InputError)]) >= 1


def test_redirects(tmp_path, site):
    assert states(crawl(tmp_path, f"{site.base}/chuyen.html")) == ["fetched"]
    assert site.paths()[-2:] == ["/chuyen.html", "/tin-9.html"]
    (loop,) = crawl(tmp_path, f"{site.base}/vong.html")
    assert "more than 5 redirects" in loop.reason


def test_faults_are_named_and_the_rest_goes_on(tmp_path, site):
    urls = [f"{site.base}/{name}.html" for name in ("khong-co", "gay", "busy", "tin-1")]
    missing, broken, *rest = crawl(tmp_path, *urls, "ftp://bao.example/x", "https://u:p@bao.example/")
    assert "404" in missing.reason
    assert "no answer after 3 tries" in broken.reason
    assert site.paths().count("/gay.html") == 3
    assert states(rest[:2]) == ["fetched", "fetched"]
    assert "http://" in rest[2].reason
    assert "password" in rest[3].reason


def test_limits(tmp_path, site):
    (large,) = crawl(tmp_path, f"{site.base}/lon.html", limits=Limits(max_bytes=100_000))
    assert "--max-bytes" in large.reason
    (slow,) = crawl(tmp_path, f"{site.base}/slow.html", limits=Limits(seconds=0.8))
    assert "--timeout" in slow.reason or "no answer" in slow.reason
    found = crawl(tmp_path, *(f"{site.base}/tin-{n}.html" for n in range(5)), limit=2)
    assert states(found)[:2] == ["fetched", "fetched"]
    assert "--limit" in found[2].reason


def test_loopback_is_refused_unless_told(tmp_path, site):
    (found,) = crawl(tmp_path, f"{site.base}/tin-1.html", private=False)
    assert "--allow-private" in found.reason
    assert not site.asked


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.20.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
     "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "192.0.2.7"],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_public_addresses(address):
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "localhost", "[::1]"])
def test_other_spellings_of_loopback(host):
    with pytest.raises(InputError, match=r"public|address"):
        checked_address(split_url(f"http://{host}/"), allow_private=False)


def _answers(monkeypatch, *rounds):
    """Let DNS give these addresses, a list for each time that it is asked."""
    left = list(rounds)

    def getaddrinfo(host, port, *args, **kwargs):
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_a_name_with_one_private_address_is_refused(monkeypatch):
    _answers(monkeypatch, ["1.1.1.1", "10.0.0.5"])
    with pytest.raises(InputError, match=r"10\.0\.0\.5"):
        checked_address(split_url("http://bao.example/"), allow_private=False)


def test_a_redirect_into_a_private_network_is_refused(tmp_path, site, monkeypatch):
    monkeypatch.setattr("kg.fetch.addresses.is_public", lambda address: not address.startswith("10."))
    (found,) = crawl(tmp_path, f"{site.base}/noi-bo.html", private=False)
    assert "10.0.0.7" in found.reason
    assert site.paths()[-1] == "/noi-bo.html"


def test_the_connection_goes_to_the_checked_address(tmp_path, site, monkeypatch):
    """A second answer of DNS (rebinding) is never asked for: what is connected to is what was checked."""
    port = int(site.base.rpartition(":")[2])
    original = socket.getaddrinfo
    asked = []

    def getaddrinfo(host, *args, **kwargs):
        asked.append(host)
        if host == "bao.example":
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        return original(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    response = Client("x", allow_private=True).get(f"http://bao.example:{port}/tin-1.html")
    assert (response.status, response.address) == (200, "127.0.0.1")
    assert asked.count("bao.example") == 1
    assert site.asked[-1][1]["Host"] == f"bao.example:{port}"


def test_a_file_that_is_no_warc_is_left_alone(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"something else")
    with pytest.raises(StoreError, match="not a WARC"):
        Archive.open(path)
    assert path.read_bytes() == b"something else"


def kg(*arguments, stdin=""):
    return subprocess.run(
        [str(Path(sys.executable).with_name("kg")), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_verb(tmp_path, site):
    out = tmp_path / "trang.warc.gz"
    options = ["-o", str(out), "--allow-private", "--delay", "0"]
    listed = f"# danh sách\n{site.base}/tin-1.html\n{site.base}/khong-co.html\n"
    done = kg("fetch", "-", *options, "--json", stdin=listed)
    assert done.returncode == 4, done.stderr
    assert [json.loads(line)["state"] for line in done.stdout.splitlines()] == ["fetched", "failed"]
    assert "404" in done.stderr
    again = kg("fetch", f"{site.base}/tin-1.html", *options)
    assert (again.returncode, "kept 1" in again.stdout) == (0, True)
    assert kg("fetch", f"{site.base}/tin-1.html", "-o", str(tmp_path / "x.txt")).returncode == 2
    refused = kg("fetch", f"{site.base}/tin-1.html", "-o", str(tmp_path / "y.warc.gz"))
    assert (refused.returncode, "--allow-private" in refused.stderr) == (4, True)
    read = kg("read", str(out))
    assert json.loads(read.stdout)["directives"][0]["addressees"] == ["Sở Y tế"]
