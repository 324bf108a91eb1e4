"""A real browser on a real `kg serve`: what the browser tests and the screenshots share."""

import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WHY_NOT = "no chromium on this machine: make setup-browser (Debian: apt-get install chromium)"
WIDTHS = (360, 1280)


@contextmanager
def served(home: Path, *options: str, token: str = ""):
    """Run `kg serve` on a free port and give its address; it ends with the block."""
    command = [
        sys.executable,
        "-c",
        "from kg.cli import main; main()",
        "serve",
        "-g",
        str(home),
        "--port",
        "0",
        *options,
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ | {"KG_TOKEN": token}) as server:
        try:
            for line in server.stderr:
                if found := re.search(r"http://\S+/", line):
                    threading.Thread(
                        target=server.stderr.read, daemon=True
                    ).start()  # a full pipe would stop the server
                    yield found[0].rstrip("/")
                    break
            else:
                raise AssertionError("kg serve ended before it listened")
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def browser():
    """Give a headless browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield opened
        finally:
            opened.close()


def first_paint(tab, path):
    """Open `path` and return the milliseconds to its first contentful paint (Paint Timing API)."""
    tab.goto(path)
    return tab.evaluate(
        "new Promise(done => new PerformanceObserver(list => { const [entry] = list.getEntriesByName('first-contentful-paint'); "
        "if (entry) done(entry.startTime); }).observe({type: 'paint', buffered: true}))"
    )
