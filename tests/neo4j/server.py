"""A throw-away Neo4j Community on loopback: a data folder of its own, a free port, a random password; gone when it is closed."""

import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue

from tests.neo4j.artifacts import Unavailable, classpath

USER = "neo4j"
DATABASE = "neo4j"
_PREFIX = "chidao-neo4j-"
_START_SECONDS = 180
_HEAP = "512m"
_PAGE_CACHE = "64m"
# the serial collector and the first compiler suit a small server that lives for minutes
_SHORT_LIVED = "-XX:+UseSerialGC\n-XX:TieredStopAtLevel=1\n"
# what Neo4j's own start script opens to it
_OPENED = ("java.base/java.nio", "java.base/java.io", "java.base/sun.nio.ch", "java.base/java.util.concurrent")
# the last one: plans do not depend on the lengths of parameters, else a test of many values mostly waits for the planner
_SETTINGS = """\
server.default_listen_address=127.0.0.1
server.default_advertised_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size={page_cache}
db.tx_log.preallocate=false
db.tx_log.rotation.retention_policy=keep_none
dbms.usage_report.enabled=false
client.allow_telemetry=false
internal.cypher.use_parameter_size=false
"""


class Neo4jServer:
    """One server process. `uri`, `user` and `password` reach it; use it in a `with`.

    `prepare` is called with the home folder before the start, with the settings already in it. `heap` and `page_cache` as Neo4j writes
    them ("2g"); `java` holds further options for `java`, one a line.
    """

    def __init__(
        self,
        prepare: Callable[[Path], None] = lambda folder: None,
        *,
        heap: str = _HEAP,
        page_cache: str = _PAGE_CACHE,
        java: str = _SHORT_LIVED,
    ) -> None:
        self.user = USER
        self.database = DATABASE
        self.password = secrets.token_urlsafe(18)
        remove_left_behind()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        self._port = _free_port()
        self._memory = (heap, page_cache)
        self._java = java
        self._tail: deque[str] = deque(maxlen=30)
        self._process: subprocess.Popen[str] | None = None
        self._reader: threading.Thread | None = None
        try:
            self._configure()
            prepare(self.folder)
            self.uri = self._started()
            self._set_password()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the process and remove its folder; a second call does nothing."""
        if self._process:
            # nothing of it is kept, so nothing needs to be written down first
            self._process.kill()
            self._process.wait()
            if self._reader:
                self._reader.join()
            if self._process.stdout:
                self._process.stdout.close()
            self._process = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "Neo4jServer":
        return self

    def __exit__(self, *args: object) -> None:
        self.close()

    def _configure(self) -> None:
        conf = self.folder / "conf"
        conf.mkdir()
        (conf / "neo4j.conf").write_text(
            _SETTINGS.format(port=self._port, page_cache=self._memory[1]), encoding="utf-8"
        )

    def _started(self) -> str:
        options = java_options(self.folder, self._memory[0], self._java)
        command = ["java", f"@{options}", "org.neo4j.server.CommunityEntryPoint", f"--home-dir={self.folder}"]
        self._process = subprocess.Popen(
            [*command, f"--config-dir={self.folder / 'conf'}", "--console-mode"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # Ctrl-C is for us; we then end the server
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        lines: Queue[str | None] = Queue()
        self._reader = threading.Thread(target=self._read, args=(lines,), daemon=True)
        self._reader.start()
        while True:
            try:
                line = lines.get(timeout=_START_SECONDS)
            except Empty:
                raise Unavailable(f"Neo4j did not start in {_START_SECONDS} s:\n{self._said()}") from None
            if line is None:
                raise Unavailable(f"Neo4j ended while it started:\n{self._said()}")
            if line.endswith("Started.\n"):
                return f"bolt://127.0.0.1:{self._port}"

    def _read(self, lines: "Queue[str | None]") -> None:
        assert self._process
        assert self._process.stdout
        for line in self._process.stdout:
            self._tail.append(line)
            lines.put(line)
        lines.put(None)

    def _said(self) -> str:
        return "".join(self._tail)

    def _set_password(self) -> None:
        """The first log-in of a new server must change its well-known password."""
        import neo4j

        with neo4j.GraphDatabase.driver(self.uri, auth=(USER, "neo4j")) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password",
                password=self.password,
                database_="system",
            )


def remove_left_behind() -> None:
    """Remove the folders of processes that were killed before they could: the name of each holds the number of its process."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}[0-9]*-*"):
        number = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if number.isdecimal() and not _is_running(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(number: int) -> bool:
    if sys.platform == "win32":  # where this signal would end the process
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's
    return True


def admin(home: Path, *arguments: str, cwd: Path) -> str:
    """Run `neo4j-admin` on the stopped server in `home`; return what it prints. Raises CalledProcessError where it fails."""
    environ = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    command = ["java", f"@{java_options(home)}", "org.neo4j.cli.AdminTool", *arguments]
    return subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=True, timeout=300).stdout


def java_options(folder: Path, heap: str = _HEAP, java: str = _SHORT_LIVED) -> Path:
    """Write a file of options for `java @FILE`: the class path alone is longer than some systems let a command line be."""
    file = folder / "java-options"
    opened = "".join(f"--add-opens={name}=ALL-UNNAMED\n" for name in _OPENED)
    tuning = f"-Xms{heap}\n-Xmx{heap}\n{java}-Djava.awt.headless=true\n"
    file.write_text(f'{opened}{tuning}-cp "{classpath()}"\n', encoding="utf-8")
    return file


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> None:
    """prctl(PR_SET_PDEATHSIG): the kernel ends the server should this process be killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
