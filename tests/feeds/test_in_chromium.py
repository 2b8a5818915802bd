"""The feed, as XML and as a page, in a real browser, on a desk and on a phone."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium is installed (Debian: apt-get install chromium)"
    ),
]
HOME = "https://feeds.example"
#: Of ordinary text, as the eye sees it: a page that is laid out wider than the screen is shown shrunk.
SEEN_SIZE = """selector => {
  const size = parseFloat(getComputedStyle(document.querySelector(selector)).fontSize);
  return size * window.visualViewport.scale;
}"""
DESK, PHONE = {"width": 1100, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def tab(request: pytest.FixtureRequest, browser: Any, tracked: Any, published: Any) -> Iterator[Any]:
    """Give a tab in which the feeds of three posts are, one of them in Hebrew, one with a word too long."""
    long = "Donaudampfschifffahrtsgesellschaft" * 4
    posts = [tracked(1), tracked(2, title="הספינה", language="he", summary="א" * 40), tracked(3, title=long)]
    public = published(posts).overview.parents[1]
    context = browser.new_context(viewport=request.param, is_mobile=request.param is PHONE)
    tab = context.new_page()
    tab.route("**/*", lambda route: _serve(route, public))
    yield tab
    context.close()


def _serve(route: Any, public: Path) -> None:
    file = public / urlsplit(route.request.url).path.lstrip("/")
    route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml"])
def test_a_feed_is_legible_without_a_reader(tab: Any, name: str) -> None:
    tab.goto(f"{HOME}/feeds/all/{name}")

    text = "summary" if name == "atom.xml" else "item > description"
    assert tab.evaluate(SEEN_SIZE, text) >= 14
    assert tab.evaluate("getComputedStyle(document.documentElement).maxWidth") != "none"


@pytest.mark.parametrize("name", ["atom.xml", "rss.xml", "index.html"])
def test_nothing_sticks_out_at_the_side(tab: Any, name: str) -> None:
    tab.goto(f"{HOME}/feeds/all/{name}")

    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_machines_part_of_a_feed_is_not_shown(tab: Any) -> None:
    tab.goto(f"{HOME}/feeds/all/atom.xml")

    shown = tab.evaluate("[...document.querySelectorAll('id, updated, content, generator')]"
                         ".filter(each => each.getClientRects().length).length")  # fmt: skip
    assert shown == 0


def test_an_address_that_is_copied_is_the_address(tab: Any) -> None:
    tab.goto(f"{HOME}/feeds/all/index.html")

    assert tab.evaluate("document.querySelector('code').textContent") == (
        "https://feeds.example/web/feeds/all/atom.xml"
    )
