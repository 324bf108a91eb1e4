"""Addresses and credentials of a Neo4j: what is refused, and that no message holds a password. Needs no server."""

import json
import socket
import threading

import pytest
from click.testing import CliRunner

from kg.cli.ask import command as ask
from kg.cli.push import command as push
from kg.cli.query import command as query
from kg.errors import StoreError, UsageError
from kg.stores.neo4j import Neo4jView
from kg.stores.neo4j_access import Neo4jAccess, access_to

SECRET = "mật-khẩu-bí-mật-42"
ENVIRON = {"NEO4J_PASSWORD": SECRET, "NEO4J_USERNAME": "ai"}


@pytest.mark.parametrize(
    "uri", ["bolt://127.0.0.1", "neo4j+s://db.example:7687", "bolt+ssc://[::1]:7687", "neo4j://h/"]
)
def test_addresses_of_neo4j_pass(uri):
    access = access_to(uri, environ=ENVIRON)
    assert (access.uri, access.user, access.password, access.database) == (uri, "ai", SECRET, None)
    assert SECRET not in repr(access)
    assert SECRET not in str(access)


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("", "no address"),
        ("http://127.0.0.1:7474", "no address of a Neo4j"),
        ("postgres://127.0.0.1", "no address of a Neo4j"),
        ("127.0.0.1:7687", "no address of a Neo4j"),
        ("bolt://", "no address of a Neo4j"),
        ("bolt://h:port", "no address of a Neo4j"),
        ("bolt://h:99999", "no address of a Neo4j"),
        ("graph", "no address of a Neo4j"),
        ("neo4j://h:7687/mydb", "--database"),
        ("neo4j://h:7687?policy=x", "ends with its port"),
        (f"bolt://neo4j:{SECRET}@h:7687", "NEO4J_PASSWORD"),
        (f"http://neo4j:{SECRET}@h:7687", "NEO4J_PASSWORD"),
        (f"neo4j:{SECRET}@h", "NEO4J_PASSWORD"),
    ],
)
def test_others_are_refused_without_the_password(uri, said):
    with pytest.raises(UsageError, match=said) as error:
        access_to(uri, environ=ENVIRON)
    assert SECRET not in str(error.value)


def test_the_environment_names_the_address():
    assert access_to(None, environ={"NEO4J_URI": "bolt://h"}) == Neo4jAccess("bolt://h")


@pytest.mark.parametrize(
    "arguments",
    [["--engine", "kglite", "--uri", "bolt://h"], ["--engine", "oxigraph", "--database", "x"], ["--uri", "nonsense"]],
)
@pytest.mark.parametrize("command", [ask, query])
def test_options_that_contradict_are_refused(command, arguments, tmp_path):
    words = ["topics"] if command is query else []
    result = CliRunner().invoke(command, [*words, "-g", str(tmp_path), *arguments])
    assert isinstance(result.exception, UsageError)


def test_push_refuses_before_it_reads_the_graph(tmp_path):
    result = CliRunner().invoke(push, ["http://127.0.0.1", "-g", str(tmp_path / "none")])
    assert isinstance(result.exception, UsageError)
    result = CliRunner().invoke(push, ["bolt://127.0.0.1:1", "-g", str(tmp_path / "none"), "--json"])
    assert isinstance(result.exception, StoreError)
    assert "kg build" in str(result.exception)


@pytest.fixture
def other_server():
    """Something that listens and speaks as it is told, once."""
    said = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            connection, _ = listening.accept()
            with connection:
                connection.recv(1024)
                connection.sendall(said[0])

        def start(answer):
            said.append(answer)
            threading.Thread(target=serve, daemon=True).start()
            return listening.getsockname()[1]

        yield start


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "no Neo4j"),  # a web server
        (b"\x00\x00\x00\x00", "no Neo4j"),  # a Neo4j that shares no version of Bolt with the driver
        (b"", "no Neo4j"),
    ],
)
def test_what_is_no_neo4j_5_is_told(other_server, answer, said):
    with pytest.raises(StoreError, match=said) as error:
        Neo4jView(Neo4jAccess(f"bolt://127.0.0.1:{other_server(answer)}", "neo4j", SECRET))
    assert SECRET not in str(error.value)
    assert json.dumps(str(error.value)).count("\\n") == 0


def test_the_doctor_tells_of_the_server_without_the_password(monkeypatch):
    from kg.home.health import installation

    def told():
        return next(finding for finding in installation() if finding.check == "neo4j server")

    monkeypatch.delenv("NEO4J_URI", raising=False)
    assert told().state == "note"
    monkeypatch.setenv("NEO4J_PASSWORD", SECRET)
    for uri in ("bolt://127.0.0.1:1", f"bolt://neo4j:{SECRET}@127.0.0.1:1"):
        monkeypatch.setenv("NEO4J_URI", uri)
        assert told().state == "fault"
        assert SECRET not in repr(told())
