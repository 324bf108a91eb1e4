"""Each page in a real browser: its main task by keyboard and by mouse, nothing from elsewhere, no error, no accessibility violation."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.browser import CHROMIUM, WHY_NOT, WIDTHS, browser, first_paint, served
from tests.web.places import pages

pytestmark = [pytest.mark.skipif(not CHROMIUM, reason=WHY_NOT), pytest.mark.xdist_group("browser")]

NAMES = (
    "flow",
    "article",
    "why",
    "official",
    "body",
    "post",
    "document",
    "meeting",
    "place",
    "topic",
    "directive",
    "search",
    "overview",
    "checks",
    "console",
    "question",
    "canvas",
)


@pytest.fixture(scope="module")
def address(samples_home):
    with served(samples_home) as at:
        yield at


@pytest.fixture(scope="module")
def chromium():
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def paths(samples_home, address):
    return pages(samples_home)


@pytest.fixture
def open_tab(chromium, address):
    """A function that opens a tab; at the end no request may have left this server and nothing may have been written to the console."""
    contexts, strangers, errors = [], [], []

    def opened(**options):
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "locale": "vi", "base_url": address} | options
        )
        contexts.append(context)
        tab = context.new_page()
        tab.set_default_timeout(30_000)
        tab.on(
            "request",
            lambda request: request.url.startswith((address, "data:", "blob:")) or strangers.append(request.url),
        )
        tab.on(
            "console",
            lambda said: said.type in ("error", "warning") and " 400 " not in said.text and errors.append(said.text),
        )
        tab.on("pageerror", lambda error: errors.append(str(error)))
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert strangers == []
    assert errors == []


@pytest.fixture
def tab(open_tab):
    return open_tab()


def _by_gesture(tab: Any, gesture: Callable[[], None], condition: str) -> None:
    """Make a gesture until a condition holds, as somebody does whose finger a busy machine has overlooked.

    Playwright's own waiting evaluates strings in the page, which its policy forbids.
    """
    for turn in range(60):
        if turn % 20 == 0:
            gesture()
        if tab.evaluate(condition):
            return
        tab.wait_for_timeout(100)
    raise AssertionError(condition)


@pytest.mark.parametrize("name", NAMES)
def test_no_accessibility_violation_and_nothing_wider_than_the_window(open_tab, paths, name):
    from axe_playwright_python.sync_playwright import Axe

    axe, tab = Axe(), open_tab()
    for lang in ("vi", "en"):
        tab.goto(f"{paths[name]}{'&' if '?' in paths[name] else '?'}lang={lang}")
        assert tab.get_attribute("html", "lang") == lang
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, f"{name} is wider than {width} px"
            for scheme in ("light", "dark"):
                tab.emulate_media(color_scheme=scheme)
                found = axe.run(tab, options={"resultTypes": ["violations"]}).response["violations"]
                told = [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]
                assert told == [], f"{name}, {scheme}, {lang}, {width} px"


@pytest.mark.parametrize("name", NAMES)
def test_pages_hold_without_javascript(open_tab, paths, name):
    with_script, without = open_tab(), open_tab(java_script_enabled=False)
    for each in (without, with_script):
        each.goto(paths[name])
        for _ in range(100):  # checks that still run say how far they are
            if not each.locator("#how-far").count():
                break
            each.wait_for_timeout(200)
            each.goto(paths[name])
    with_script.evaluate(  # what needs a script
        "document.querySelectorAll('[data-png], [data-drag-hint], .cm-editor').forEach(one => one.remove())"
    )
    told = [re.sub(r"\d+\.\d+ giây", "", tab.inner_text("main")).split() for tab in (without, with_script)]
    assert told[0] == told[1]


def test_filtering_by_keyboard(tab, paths):
    tab.goto("/")
    tab.locator("#f-about").focus()
    tab.keyboard.type("báo cáo")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/?*about=*")
    assert "báo cáo" in tab.inner_text("table.rows tbody").lower()


def test_filtering_by_mouse_without_javascript(open_tab, paths):
    tab = open_tab(java_script_enabled=False)
    tab.goto("/")
    bar = tab.locator("svg a[href*='whom=']").first
    name = bar.get_attribute("aria-label")
    bar.click()
    tab.wait_for_url("**/?whom=*")
    assert name.split(": ")[1].rsplit(",", 1)[0] in tab.inner_text("ul.chips")
    tab.locator("ul.chips a").first.click()
    tab.wait_for_url(re.compile(r"/$"))


def test_a_name_of_the_picture_is_reached_by_keyboard(tab, paths):
    tab.goto("/")
    tab.locator("svg a").first.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/?who=*")
    assert tab.locator("ul.chips li").count() == 1


def test_a_row_leads_to_its_sentence_in_the_article(tab, paths):
    tab.goto("/")
    quote = tab.locator("table.rows blockquote").first.inner_text()
    tab.locator("table.rows .source a").first.click()
    tab.wait_for_url("**/doc/a*#f-*")
    sentence = tab.locator(".fact:target")
    assert "".join(quote.split())[-40:] in "".join(tab.locator(".text").inner_text().split())
    assert sentence.is_visible()


def test_article_both_ways_by_keyboard(tab, paths):
    tab.goto(paths["article"])
    number = tab.locator("a.no").first
    number.focus()
    tab.keyboard.press("Enter")
    card = tab.locator(".card:target")
    assert card.is_visible()
    card.locator("h3 a").focus()
    tab.keyboard.press("Enter")
    assert tab.locator(".fact:target").is_visible()
    card = tab.locator(".card").first
    card.locator("summary").focus()
    tab.keyboard.press("Enter")
    assert "directives." in card.inner_text()


def test_search_by_keyboard_with_suggestions(tab, paths):
    tab.goto("/overview")
    tab.locator("#q").focus()
    tab.keyboard.type("so noi", delay=20)
    tab.locator("[role=option]", has_text="Sở Nội vụ").first.wait_for()
    tab.keyboard.press("ArrowDown")
    chosen = tab.locator("[role=option][aria-selected=true]").inner_text().splitlines()[0]
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/doc/**")
    assert chosen in tab.inner_text("h1")


def test_search_without_javascript(open_tab, paths):
    tab = open_tab(java_script_enabled=False)
    tab.goto("/")
    tab.locator("#q").fill("so noi vu")
    tab.locator("form.find button").click()
    tab.wait_for_url("**/search?q=*")
    assert "Sở Nội vụ" in tab.inner_text("ol.hits")
    tab.locator("ol.hits a").first.click()
    tab.wait_for_url("**/doc/**")


def test_a_filter_suggests_and_takes_the_entity(tab, paths):
    tab.goto("/")
    tab.locator("#f-whom").focus()
    tab.keyboard.type("so noi vu", delay=20)
    tab.locator("[role=option]", has_text="Sở Nội vụ").first.click()
    tab.wait_for_url("**/?*whom=*")
    assert "Sở Nội vụ" in tab.inner_text("ul.chips")


def test_language_is_switched_and_kept(tab, paths):
    tab.goto("/overview")
    tab.get_by_role("link", name="English").click()
    assert "Overview" in tab.inner_text("h1")
    tab.goto("/")
    assert "Who instructed whom" in tab.inner_text("h1")


def test_the_skip_link_comes_first(tab, paths):
    tab.goto("/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"


def test_print_leaves_out_what_is_for_the_screen(tab, paths):
    tab.goto("/")
    tab.emulate_media(media="print")
    assert not tab.locator(".filters").is_visible()
    assert tab.locator("table.rows").is_visible()


@pytest.mark.parametrize("name", NAMES)
def test_first_paint_within_a_second(tab, paths, name):
    painted = []
    for _ in range(5):  # the best of five: what else the machine does is not the page's
        painted.append(first_paint(tab, paths[name]))
        if painted[-1] < 1000:
            break
    assert min(painted) < 1000


def test_console_by_keyboard(tab, paths):
    tab.goto("/console?language=cypher")
    editor = tab.get_by_role("textbox", name="Câu truy vấn")
    editor.focus()
    tab.keyboard.press("Control+Enter")
    tab.wait_for_url("**/console?*run=1*")
    assert tab.locator("table.answer tbody tr").count() > 3
    editor.focus()
    tab.keyboard.press("Control+a")
    tab.keyboard.type("MATCH (n) DETACH DELETE n")
    tab.keyboard.press("Control+Enter")
    tab.wait_for_selector("[role=alert]")


def test_console_completes_and_colours_by_language(tab, paths):
    tab.goto("/console?language=cypher")
    assert tab.locator(".cm-content .tok-keyword", has_text="MATCH").count() == 1
    tab.locator(".cm-content").focus()
    tab.keyboard.press("Control+a")
    tab.keyboard.type("MATCH (d:Dir")
    tab.locator(".cm-tooltip-autocomplete li", has_text="Directive").first.wait_for()
    tab.wait_for_timeout(100)  # what is offered is taken only after a moment, lest one types into it
    tab.keyboard.press("Enter")
    assert tab.input_value("#text") == "MATCH (d:Directive)"
    tab.get_by_label("SPARQL", exact=True).check()
    tab.locator(".cm-content").focus()
    tab.keyboard.press("Control+a")
    tab.keyboard.type("PREFIX ski PREFIX")
    assert tab.locator(".cm-content .tok-keyword").count() == 2
    tab.keyboard.press("Control+a")
    tab.keyboard.type("PREFIX sko")
    tab.locator(".cm-tooltip-autocomplete li", has_text="skos: <").wait_for()
    tab.keyboard.press("Escape")
    tab.keyboard.press("Tab")  # leads out of the editor
    assert tab.evaluate("document.activeElement.tagName") == "BUTTON"


def test_console_without_javascript(open_tab, paths):
    tab = open_tab(java_script_enabled=False)
    tab.goto("/console?language=sparql")
    tab.locator("#text").fill("ASK {}")
    tab.get_by_role("button", name="Chạy").click()
    tab.wait_for_url("**/console?*run=1*")
    assert tab.locator("table.answer tbody tr").count() == 1


def test_named_question_by_mouse_without_javascript(open_tab, paths):
    tab = open_tab(java_script_enabled=False)
    tab.goto("/console")
    summary = tab.locator("details summary").first
    summary.click()
    tab.get_by_role("link", name="Ai chỉ đạo ai về việc gì", exact=True).click()
    tab.get_by_role("button", name="Chạy").click()
    tab.wait_for_url("**/console?*name=directives*run=1*")
    assert tab.locator("table.answer tbody tr").count() > 0
    with tab.expect_download() as download:
        tab.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "answer.csv"


def test_network_is_opened_by_keyboard_and_saved(tab, paths):
    tab.goto(paths["canvas"])
    before = tab.locator(".network .box").count()
    box = tab.locator(".network .box a[href*='open=']").first
    box.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/canvas?**open=**")
    assert tab.locator(".network .box").count() >= before
    for name in ("SVG", "GEXF", "HTML"):
        with tab.expect_download() as download:
            tab.get_by_role("link", name=name, exact=True).click()
        assert download.value.suggested_filename == f"chidao-network.{name.lower()}"
    with tab.expect_download() as download:
        tab.get_by_role("button", name="PNG").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_a_box_is_pinned_by_mouse_and_by_keyboard(tab, paths):
    tab.goto(paths["canvas"])
    box = tab.locator(".network .box").nth(1)
    ident, before = box.get_attribute("data-id"), box.locator("a rect").bounding_box()
    tab.mouse.move(before["x"] + 20, before["y"] + 10)
    tab.mouse.down()
    tab.mouse.move(before["x"] + 60, before["y"] + 70, steps=4)
    tab.mouse.up()
    tab.wait_for_url("**/canvas?**pin=**")
    pinned = tab.locator(f".network [data-id='{ident}']")
    pinned.and_(tab.locator(".pinned")).wait_for()
    after = pinned.locator("a rect").bounding_box()
    assert abs(after["x"] - before["x"] - 40) < 3
    assert abs(after["y"] - before["y"] - 60) < 3
    assert "open=" not in tab.url  # a drag is no click
    pinned.locator("a").first.focus()
    tab.keyboard.down("Shift")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    moved = tab.url
    tab.keyboard.up("Shift")
    tab.wait_for_url(lambda url: url != moved)
    tab.wait_for_function("document.activeElement.closest('[data-id]') !== null")
    lower = tab.locator(f".network [data-id='{ident}'] a rect").bounding_box()
    assert lower["y"] > after["y"] + 20
    tab.reload()
    assert tab.locator(f".network [data-id='{ident}'].pinned").count() == 1
    with tab.expect_download() as download:
        tab.get_by_role("button", name="PNG").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
    tab.get_by_role("link", name="Bỏ ghim").click()
    tab.wait_for_url(lambda url: "pin=" not in url)


def middle(locator):
    at = locator.bounding_box()
    return at["x"] + at["width"] / 2, at["y"] + at["height"] / 2


def test_a_box_is_pinned_by_finger_at_its_handle_and_elsewhere_a_finger_scrolls_and_zooms(open_tab, paths):
    tab = open_tab(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    tab.goto(paths["canvas"])
    box = tab.locator(".network .box").first
    ident, grip = box.get_attribute("data-id"), box.locator("[data-grip]")
    grip.scroll_into_view_if_needed()
    before, (x, y) = box.locator("a rect").bounding_box(), middle(grip)
    assert min(grip.bounding_box()[side] for side in ("width", "height")) >= 24  # WCAG 2.2, 2.5.8
    finger = tab.context.new_cdp_session(tab)

    def touch(kind, *points):
        given = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": given})

    touch("touchStart", (x, y))
    for step in range(1, 6):
        touch("touchMove", (x + 6 * step, y + 10 * step))
    touch("touchEnd")
    tab.wait_for_url("**/canvas?**pin=**")
    pinned = tab.locator(f".network [data-id='{ident}'].pinned")
    pinned.wait_for()
    after = pinned.locator("a rect").bounding_box()
    assert (abs(after["x"] - before["x"] - 30) < 3, abs(after["y"] - before["y"] - 50) < 3) == (True, True)
    assert "open=" not in tab.url
    moved = tab.url
    x, y = middle(pinned.locator("a rect"))

    def swipe():
        touch("touchStart", (x, y))
        for step in range(1, 9):
            touch("touchMove", (x - 20 * step, y))
        touch("touchEnd")

    def spread():
        touch("touchStart", (150, y), (210, y))
        for step in range(1, 9):
            touch("touchMove", (150 - 8 * step, y), (210 + 8 * step, y))
        touch("touchEnd")

    _by_gesture(tab, swipe, "document.querySelector('[data-network]').scrollLeft > 20")
    assert tab.url == moved  # nothing is pinned, nothing opened
    _by_gesture(tab, spread, "window.visualViewport.scale > 1.2")
    assert tab.url == moved


def test_a_path_between_two_by_keyboard(tab, paths):
    tab.goto(paths["canvas"])
    ids = lambda: tab.eval_on_selector_all(".network [data-id]", "all => all.map(one => one.dataset.id)")  # noqa: E731 (asked twice)
    near = ids()
    tab.locator(".network .box a[href*='open=']").last.click()
    tab.wait_for_url("**/canvas?**open=**")
    far = next(ident for ident in ids() if ident not in near)
    tab.goto(paths["canvas"])
    tab.locator("#c-to").focus()
    tab.keyboard.type(far)
    tab.keyboard.press("Escape")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/canvas?**to=**")
    assert far in ids()


def test_network_without_javascript(open_tab, paths):
    tab = open_tab(java_script_enabled=False)
    tab.goto("/canvas")
    tab.locator("main ul a").first.click()
    tab.wait_for_url("**/canvas?id=**")
    tab.locator(".network .box a[href*='open=']").first.click()
    tab.wait_for_url("**/canvas?**open=**")
    assert tab.locator("table tbody tr").count() > 0
