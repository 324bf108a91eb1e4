"""Asks a server from several threads at once, and says how long the answers took."""

import http.client
import threading
import time
from dataclasses import dataclass, field
from itertools import count


@dataclass
class Answers:
    """Seconds of each answer, and how many were no 200."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def percentile(self, percent: float) -> float:
        """Return the time in which so many per cent were answered."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, round(len(ordered) * percent / 100))]


def measured(address: str, paths: list[str], *, clients: int, requests: int) -> Answers:
    """Ask for `paths` in turn, `requests` in all, from `clients` threads with a kept connection each. Only a server on this machine."""
    host = address.removeprefix("http://")
    assert host.startswith("127.0.0.1:")
    answers, numbers, lock = Answers(), count(), threading.Lock()

    def ask() -> None:
        connection = http.client.HTTPConnection(host, timeout=60)
        while (number := next(numbers)) < requests:
            begun = time.perf_counter()
            connection.request("GET", paths[number % len(paths)], headers={"Accept": "text/html"})
            answer = connection.getresponse()
            answer.read()
            took = time.perf_counter() - begun
            with lock:
                answers.seconds.append(took)
                answers.failed += answer.status != 200
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
