"""Review in a real browser: J K A X U, by mouse, without JavaScript, and no accessibility violation."""

import shutil

import pytest

from kg.home.reviews import read_reviews
from tests.web.browser import CHROMIUM, WHY_NOT, WIDTHS, browser, served

pytestmark = [pytest.mark.skipif(not CHROMIUM, reason=WHY_NOT), pytest.mark.xdist_group("browser")]

TOKEN = "a-token-for-the-browser"


@pytest.fixture(scope="module")
def home(samples_home, tmp_path_factory):
    return shutil.copytree(samples_home, tmp_path_factory.mktemp("review") / "home")


@pytest.fixture(scope="module")
def chromium(home):
    with served(home, "--writable", token=TOKEN) as address, browser() as opened:
        yield lambda **options: opened.new_context(
            base_url=address, locale="vi", viewport={"width": 1280, "height": 900}, **options
        )


def entered(context):
    tab = context.new_page()
    tab.goto("/review")
    tab.locator("#who").fill("Người Duyệt")
    tab.locator("#token").fill(TOKEN)
    tab.locator("#token").press("Enter")
    tab.wait_for_selector("[data-queue]")
    return tab


def focused(tab):
    return tab.evaluate("document.activeElement.getAttribute('aria-labelledby')")


def test_by_keyboard(chromium, home):
    tab = entered(chromium())
    count = len(read_reviews(home))
    assert focused(tab) == "q-1"
    tab.keyboard.press("j")
    assert focused(tab) == "q-2"
    tab.keyboard.press("k")
    assert focused(tab) == "q-1"
    for key, verdict in (("a", "accept"), ("x", "reject"), ("u", "undo")):
        with tab.expect_navigation():
            tab.keyboard.press(key)
        count += 1
        assert [len(read_reviews(home)), read_reviews(home)[-1].verdict] == [count, verdict]


def test_a_correction_by_keyboard(chromium, home):
    tab = entered(chromium())
    tab.get_by_role("navigation", name="Loại").get_by_role("link", name="Chỉ đạo").press("Enter")
    tab.wait_for_url("**/review?kind=directive")
    count = len(read_reviews(home))
    tab.keyboard.press("j")
    tab.keyboard.press("c")
    field = tab.locator("[data-item]").nth(1).locator("select[name=strength]")
    field.focus()
    before = field.input_value()
    tab.keyboard.press("Home" if before != "1" else "End")
    changed = int(field.input_value())
    assert changed != int(before)
    with tab.expect_navigation():
        tab.locator("[data-item]").nth(1).locator("button[value=correct]").press("Enter")
    assert len(read_reviews(home)) == count + 1
    last = read_reviews(home)[-1]
    assert (last.verdict, last.strength, last.verb, last.issuers, last.span) == ("correct", changed, None, None, None)


@pytest.mark.parametrize("kind", ["statement", "post", "meeting"])
def test_other_facts_by_keyboard(chromium, home, kind):
    tab = entered(chromium())
    tab.goto(f"/review?kind={kind}")
    tab.wait_for_function("document.activeElement.getAttribute('aria-labelledby') === 'q-1'")
    field = {"statement": "targets", "post": "body", "meeting": "date"}[kind]
    given = {"statement": ("Sở Y tế", "Tỉnh ủy"), "post": "Sở Y tế", "meeting": "2019-03-04"}[kind]
    for key, verdict in (("a", "accept"), ("u", "undo"), ("x", "reject"), ("u", "undo")):
        with tab.expect_navigation():
            tab.keyboard.press(key)
        assert tab.url.endswith(f"?kind={kind}")
        assert (read_reviews(home)[-1].kind, read_reviews(home)[-1].verdict) == (kind, verdict)
    tab.keyboard.press("c")
    tab.locator(f"[data-item] input[name={field}]").first.fill("; ".join(given) if kind == "statement" else given)
    with tab.expect_navigation():
        tab.keyboard.press("Tab")
        tab.locator("[data-item] button[value=correct]").first.press("Enter")
    last = read_reviews(home)[-1]
    assert (last.kind, last.verdict, last.who, getattr(last, field)) == (kind, "correct", "Người Duyệt", given)
    with tab.expect_navigation():
        tab.keyboard.press("u")
    assert read_reviews(home)[-1].verdict == "undo"


def test_bodies_are_decided_by_keyboard(chromium, home):
    from kg.home import GraphHome

    tab = entered(chromium())
    tab.get_by_role("link", name="Ai là ai").click()
    tab.get_by_role("link", name="Cơ quan", exact=True).press("Enter")
    tab.wait_for_url("**/review/identity?kind=body")
    assert focused(tab) == "q-1"
    for key, verdict in (("x", "different"), ("u", "undo")):
        with tab.expect_navigation():
            tab.keyboard.press(key)
        with GraphHome(home) as truth:
            assert truth.decisions()[-1].verdict == verdict


def test_by_mouse_without_javascript(chromium, home):
    tab = entered(chromium(java_script_enabled=False))
    count = len(read_reviews(home))
    quote = tab.locator("[data-item] blockquote").first.inner_text()
    tab.locator("[data-item] input[name=note]").first.fill("đọc sai")
    tab.locator("[data-item] button[value=reject]").first.click()
    tab.wait_for_selector("[data-queue]")
    assert len(read_reviews(home)) == count + 1
    assert read_reviews(home)[-1].note == "đọc sai"
    assert tab.locator("[data-item] blockquote").first.inner_text() != quote
    tab.get_by_role("link", name="Cuộc họp", exact=True).click()
    card = tab.locator("[data-item]").first
    card.locator("summary").click()
    card.locator("input[name=name]").fill("hội nghị thử")
    card.locator("button[value=correct]").click()
    tab.wait_for_selector("[data-queue]")
    assert (read_reviews(home)[-1].kind, read_reviews(home)[-1].name) == ("meeting", "hội nghị thử")
    tab.locator("[data-undo] button").click()
    tab.wait_for_selector("[data-queue]")
    assert read_reviews(home)[-1].verdict == "undo"


def test_no_accessibility_violation(chromium):
    from axe_playwright_python.sync_playwright import Axe

    tab = entered(chromium())
    for path in (
        "/review",
        "/review/identity",
        "/review/identity?kind=body",
        "/review/identity?kind=document",
        "/review?lang=en",
    ):
        tab.goto(path)
        for closed in tab.locator("main details:not([open])").all()[:1]:
            closed.evaluate("one => { one.open = true }")
        for width in WIDTHS:
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            for scheme in ("light", "dark"):
                tab.emulate_media(color_scheme=scheme)
                found = Axe().run(tab, options={"resultTypes": ["violations"]}).response["violations"]
                assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found] == [], (
                    path,
                    scheme,
                    width,
                )
    for kind in (
        "statement",
        "post",
        "meeting",
    ):  # the same cards with other fields: once each, at the last width and scheme
        tab.goto(f"/review?kind={kind}")
        tab.locator("main details").first.evaluate("one => { one.open = true }")
        assert [one["id"] for one in Axe().run(tab).response["violations"]] == []
    tab = chromium().new_page()
    tab.goto("/review")
    assert [one["id"] for one in Axe().run(tab).response["violations"]] == []
