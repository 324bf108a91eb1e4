"""Writes docs/web/*.png: every page over the sample articles. `make screenshots`."""

import tempfile
from pathlib import Path

from kg.home import GraphHome
from kg.stores import refresh
from loaders import load
from tests.web.browser import CHROMIUM, WHY_NOT, browser, served
from tests.web.places import pages

ROOT = Path(__file__).parents[2]
_VIEWS = ((1280, 860, "light", "vi"), (360, 640, "dark", "en"))
_ON_A_PHONE = ("flow", "article", "search")
TOKEN = "screenshots-only-token"


def main() -> None:
    if not CHROMIUM:
        raise SystemExit(WHY_NOT)
    target = ROOT / "docs" / "web"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "graph"
        with GraphHome(home, create=True) as truth:
            truth.ingest(load([str(ROOT / "examples" / "articles")]), workers=1)
            refresh(home, truth.graph, truth.stamp())
        with served(home, "--writable", token=TOKEN) as address, browser() as opened:
            for name, path in (pages(home) | {"review": "/review"}).items():
                for width, height, scheme, lang in _VIEWS[: 2 if name in _ON_A_PHONE else 1]:
                    context = opened.new_context(
                        viewport={"width": width, "height": height},
                        color_scheme=scheme,
                        locale=lang,
                        reduced_motion="reduce",
                    )
                    tab = context.new_page()
                    if name == "review":
                        tab.goto(f"{address}/review")
                        tab.fill("input[name=token]", TOKEN)
                        tab.press("input[name=token]", "Enter")
                    tab.goto(address + path)
                    tab.wait_for_load_state("networkidle")
                    tab.wait_for_selector("progress", state="detached")  # the rules page, until it is through
                    tab.screenshot(path=target / f"{name}-{width}.png", full_page=False)
                    context.close()


if __name__ == "__main__":
    main()
