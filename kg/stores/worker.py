"""The child behind `kg.stores.process`: `worker.py ENGINE PLACE`; one JSON request a line in, one JSON answer a line out, the first of them {}.

ENGINE is a Python file with `opened(place)`, which returns a function from a request (query, params, timeout, limit) to an answer (columns,
rows, truncated); it raises OSError where the store is damaged, TimeoutError at the limit and ValueError for a query that it refuses. The
process ends when its input does or when a query outlives `end_after`.
"""

import json
import runpy
import signal
import sys
from collections.abc import Callable
from typing import Any

Answer = dict[str, Any]


def main() -> None:
    """Open the store and answer requests until standard input ends."""
    engine, place = sys.argv[1:]
    try:
        run: Callable[[Answer], Answer] = runpy.run_path(engine)["opened"](place)
    except OSError as error:
        _send({"error": "store", "message": f"{place}: {error}"})
        return
    _send({})
    for line in sys.stdin.buffer:
        request = json.loads(line)
        _end_after(request["end_after"])
        answer = _answered(run, request, place)
        _end_after(0)
        _send(answer)


def _answered(run: Callable[[Answer], Answer], request: Answer, place: str) -> Answer:
    try:
        return run(request)
    except TimeoutError:
        return {"error": "timeout"}
    except OSError as error:
        return {"error": "store", "message": f"{place}: {error}"}
    except ValueError as error:
        return {"error": "query", "message": str(error)}


def _end_after(seconds: float) -> None:
    # the default action of SIGALRM ends the process even inside the engine, should the parent be gone
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _send(answer: Answer) -> None:
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
