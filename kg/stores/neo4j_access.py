"""How to reach a Neo4j: address, user and password, one driver, and its errors as ours. A password is never part of a message."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kg.errors import StoreError, UsageError

if TYPE_CHECKING:
    import neo4j

URI: Final = "NEO4J_URI"
USERNAME: Final = "NEO4J_USERNAME"
PASSWORD: Final = "NEO4J_PASSWORD"
"""Environment variables, named as Neo4j's own tools name them."""

MARK: Final = "chidao"
"""The property, true, on every node and relationship that a push wrote; what lacks it is never changed or removed."""

_SCHEMES: Final = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
_CONNECT_SECONDS: Final = 10.0
_OLDEST: Final = 5


@dataclass(frozen=True, slots=True)
class Neo4jAccess:
    """Where a Neo4j is and who asks. `database` None is the user's home database. Without a password the server must not ask for one."""

    uri: str
    user: str = "neo4j"
    password: str | None = field(default=None, repr=False)
    database: str | None = None


def access_to(uri: str | None, *, database: str | None = None, environ: Mapping[str, str] = os.environ) -> Neo4jAccess:
    """Return the access to `uri`, else to NEO4J_URI; user and password are NEO4J_USERNAME (neo4j) and NEO4J_PASSWORD of `environ`.

    Raises UsageError where the address is missing or is none of Neo4j, or holds a password, which a process list would show.

    >>> access_to("bolt://127.0.0.1:7687", environ={"NEO4J_PASSWORD": "secret"})
    Neo4jAccess(uri='bolt://127.0.0.1:7687', user='neo4j', database=None)
    """
    uri = uri or environ.get(URI)
    if not uri:
        raise UsageError(f"thiếu địa chỉ Neo4j · no address: give --uri or set {URI}, e.g. neo4j://127.0.0.1:7687")
    try:
        parts = urlsplit(uri)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if "@" in uri:
        raise UsageError(
            f"mật khẩu không đặt trong địa chỉ · no user or password in the address: set {USERNAME}, {PASSWORD}"
        )
    if not host or parts.scheme not in _SCHEMES:
        raise UsageError(
            f"{uri}: không phải địa chỉ Neo4j · no address of a Neo4j; it is {', '.join(_SCHEMES)}://HOST[:PORT]"
        )
    if parts.query or parts.fragment or parts.path.strip("/"):
        raise UsageError(f"{parts.scheme}://{host}: an address ends with its port; name the database with --database")
    return Neo4jAccess(uri, environ.get(USERNAME) or "neo4j", environ.get(PASSWORD) or None, database)


@contextmanager
def connected(access: Neo4jAccess) -> "Iterator[neo4j.Driver]":
    """Give a driver whose server answers, is Neo4j 5 or later and takes the password; raises StoreError where not."""
    driver = connect(access)
    try:
        yield driver
    finally:
        driver.close()


def connect(access: Neo4jAccess) -> "neo4j.Driver":
    """Return such a driver; the caller closes it."""
    import neo4j

    driver = neo4j.GraphDatabase.driver(
        access.uri,
        auth=(access.user, access.password) if access.password else None,
        connection_timeout=_CONNECT_SECONDS,
        connection_acquisition_timeout=2 * _CONNECT_SECONDS,
        # hints about labels that have no nodes yet: an empty answer says it too
        notifications_min_severity="OFF",
        user_agent="chidao",
        telemetry_disabled=True,
    )
    try:
        with store_errors(access):
            _check_version(driver.get_server_info().agent)
            with driver.session(database=access.database) as session:
                session.run("RETURN 1").consume()
    except BaseException:
        driver.close()
        raise
    return driver


@contextmanager
def store_errors(access: Neo4jAccess) -> Iterator[None]:
    """Turn what the driver raises about the server (not about a query) into StoreError that says what to do."""
    from neo4j import exceptions

    try:
        yield
    except exceptions.AuthError as error:
        raise StoreError(
            f"{access.uri}: sai tên hoặc mật khẩu · the user or the password is refused: set {USERNAME} and {PASSWORD}"
        ) from error
    except exceptions.UnsupportedServerProduct as error:
        raise StoreError(f"{access.uri}: không phải Neo4j {_OLDEST} · no Neo4j {_OLDEST} or later") from error
    except (exceptions.ServiceUnavailable, exceptions.SessionExpired, OSError) as error:
        raise StoreError(
            f"{access.uri}: không kết nối được · no Neo4j answers there ({_reason(error)}); is it running?"
        ) from error
    except (exceptions.DriverError, exceptions.Neo4jError) as error:
        raise StoreError(f"{access.uri}: {message_of(error)}") from error


def message_of(error: Exception) -> str:
    """Return what the server or the driver says, on one line."""
    return _first_line(getattr(error, "message", None) or error)


def _reason(error: BaseException) -> str:
    """What the system said, which the driver wraps in its own words."""
    told: BaseException | None = error
    while told:
        if isinstance(told, OSError) and told.strerror:
            return told.strerror
        told = told.__cause__ or told.__context__
    return _first_line(error)


def _first_line(error: object) -> str:
    return (str(error).strip().splitlines() or ["?"])[0]


def _check_version(agent: str) -> None:
    name, _, version = agent.partition("/")
    major = version.partition(".")[0]
    if name == "Neo4j" and major.isdecimal() and int(major) < _OLDEST:
        raise StoreError(f"Neo4j {version} quá cũ · is too old; {_OLDEST} or later is needed (5.26 is tested)")
