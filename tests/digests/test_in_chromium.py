"""The page in a real browser: inlining changes nothing that is seen, and nothing overflows or is fetched."""

import os
import re
import shutil
from collections.abc import Iterator
from typing import Any

import premailer
import pytest

from syndicate.mail.inlining import INLINERS, Inliner, inliner

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium is installed (Debian: apt-get install chromium)"
    ),
]

PROPERTIES = (
    "display color background-color font-family font-size font-weight font-style line-height text-align "
    "text-decoration-line margin-top margin-right margin-bottom margin-left padding-top padding-right "
    "padding-bottom padding-left border-top-width border-right-width border-bottom-width border-left-width "
    "border-top-color border-left-color width height max-width white-space vertical-align border-radius "
    "direction overflow list-style-type"
)
STYLES = """properties => [...document.querySelectorAll("html, body, body *")].map(element => {
  const style = getComputedStyle(element);
  return [element.tagName, ...properties.map(name => style.getPropertyValue(name))];
})"""
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da63641800000105000155a2b6070000000049454e44ae426082"
)
BLOCKS = (
    "<p>One <em>two</em> <a href='https://x.example/'>three</a> <code>four</code></p><blockquote><p>q</p>"
    "</blockquote><ul><li>a</li><li>b</li></ul><ol><li>c</li></ol><pre><code>x = 1</code></pre><hr>"
    "<table><tr><th>k</th><th>v</th></tr><tr><td>1</td><td>2</td></tr></table><h3>Heading</h3>"
    "<p><img src='https://x.example/b.png' alt='B' width='40'></p><p>E = mc<sup>2</sup></p>"
)
WIDE = f"<p>{'nospaces' * 60}</p><pre>{'wide ' * 80}</pre><table><tr><td>{'w' * 90}</td></tr></table>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


class Tab:
    """A page of the browser that is offline but for one-pixel pictures."""

    def __init__(self, browser: Any, html: str, *, width: int, scheme: str) -> None:
        self.fetched: list[str] = []
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        self.page = context.new_page()
        self.page.route("**/*", self._answer)
        self.page.set_content(html, wait_until="load")

    def _answer(self, route: Any) -> None:
        if route.request.resource_type == "image":
            route.fulfill(body=PICTURE, content_type="image/png")
        else:
            self.fetched.append(route.request.url)
            route.abort()

    def styles(self) -> list[list[str]]:
        """Give every element's computed style, and close the tab."""
        found: list[list[str]] = self.page.evaluate(STYLES, PROPERTIES.split())
        self.page.context.close()
        return found


@pytest.fixture
def page(digest, make_post, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give a page as it is before inlining, with every kind of element that the theme sets."""
    before: list[str] = []
    usual = premailer.Premailer.transform

    def kept(self: Any, *arguments: Any, **named: Any) -> str:
        before.append(self.html)
        return str(usual(self, *arguments, **named))

    monkeypatch.setattr(premailer.Premailer, "transform", kept)
    posts = [
        make_post(1, html=BLOCKS),
        make_post(2, collection="letters", html=BLOCKS),
        make_post(3, title="الهدوء يعود إلى الميناء", language="ar", html=BLOCKS, truncated=False),
        *[make_post(n) for n in range(4, 25)],
    ]
    digest(*posts)
    return before[-1]


@pytest.fixture(params=sorted(INLINERS))
def inline(request: pytest.FixtureRequest) -> Inliner:
    """Give each inliner that is installed."""
    if request.param == "css-inline":
        pytest.importorskip("css_inline", reason="the extra css-inline is not installed")
    return inliner(request.param)


def without_kept(html: str) -> str:
    return re.sub(r'(?s)<style data-premailer="ignore".*?</style>', "", html)


def without_styles(html: str) -> str:
    return re.sub(r"(?s)<style.*?</style>", "", html)


def test_inlining_changes_no_computed_style(browser, page, inline) -> None:
    original = Tab(browser, without_kept(page), width=800, scheme="light").styles()
    inlined = Tab(browser, without_styles(inline(page)), width=800, scheme="light").styles()

    assert len(original) > 300
    assert inlined == original


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (800, "light")])
def test_dark_mode_and_small_screens_survive_inlining(browser, page, inline, width: int, scheme: str) -> None:
    original = Tab(browser, page, width=width, scheme=scheme).styles()
    inlined = Tab(browser, inline(page), width=width, scheme=scheme).styles()

    assert inlined == original


@pytest.mark.parametrize("width", [320, 375, 600, 1200])
def test_nothing_overflows_and_only_pictures_are_fetched(browser, digest, make_post, width: int) -> None:
    posts = [make_post(1, html=WIDE, title="Long" * 40), make_post(2, html=WIDE)]
    tab = Tab(browser, digest(*posts).html, width=width, scheme="light")

    assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.fetched == []
    tab.page.context.close()


def test_every_target_is_large_enough_to_tap(browser, digest, make_post) -> None:
    tab = Tab(browser, digest(make_post(1), make_post(2)).html, width=375, scheme="light")

    heights = tab.page.evaluate(
        "[...document.querySelectorAll('.btn a, .more a')].map(e => e.getBoundingClientRect().height)"
    )

    assert len(heights) == 2
    assert min(heights) >= 44
    tab.page.context.close()
