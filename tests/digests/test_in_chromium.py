"""The page in a real browser: inlining changes nothing that is seen, and nothing overflows or is fetched."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import premailer
import pytest

from syndicate.digests.rendering import Digest
from syndicate.mail.inlining import INLINERS, Inliner, inliner
from syndicate.model.post import TrackedPost
from syndicate.model.shaping import Shaping
from syndicate.settings.schema import ThemeSettings

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
#: The font size of every element that has words of its own and is shown.
SIZES = """[...document.querySelectorAll("body *")]
  .filter(e => e.getClientRects().length)
  .filter(e => [...e.childNodes].some(n => n.nodeType == 3 && /[\\w]/.test(n.data)))
  .map(e => parseFloat(getComputedStyle(e).fontSize))"""
#: The letters of a paragraph by its lines, the last of which is short.
LINES = """selector => {
  const e = document.querySelector(selector);
  const lines = e.getBoundingClientRect().height / parseFloat(getComputedStyle(e).lineHeight);
  return e.textContent.length / lines;
}"""
#: Rules of a whole web page, which a mail program's window has and a mail hasn't, are left out.
VIOLATIONS = """async () => (await axe.run(document, {
  runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
  rules: {region: {enabled: false}, "landmark-one-main": {enabled: false}},
})).violations.map(v => `${v.id}: ${v.nodes[0].html.slice(0, 120)} ${v.nodes[0].failureSummary}`)"""
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
ARABIC = (
    "<p>عاد <em>الصيادون</em> إلى <a href='https://x.example/'>الميناء</a>.</p><blockquote><p>هدوء</p></blockquote>"
    "<ul><li>واحد</li></ul><pre><code>x = 1</code></pre>"
)
CHINESE = "<p>渡輪在<em>船塢</em>停泊九天。</p><blockquote><p>引文</p></blockquote>"
PROSE = f"<p>{'The ferry came in at six with nine crates, two letters and a cat that nobody knew. ' * 20}</p>"
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


@pytest.fixture(params=["paper", "signal"])
def theme(request: pytest.FixtureRequest) -> str:
    """Give each shipped theme."""
    return str(request.param)


@pytest.fixture
def themed(digest, settings, theme: str) -> Callable[..., Digest]:
    """Give a function that renders posts in the theme."""
    return partial(digest, settings=replace(settings, theme=ThemeSettings(name=theme)))


@pytest.fixture
def posts(make_post) -> list[TrackedPost]:
    """Give posts with every kind of element that a theme sets, in four scripts."""
    return [
        make_post(1, html=BLOCKS),
        make_post(2, collection="letters", html=BLOCKS),
        make_post(3, title="الهدوء يعود إلى الميناء", language="ar", html=ARABIC, truncated=False),
        make_post(4, title="渡輪回到泊位", language="zh-Hant", html=CHINESE, image=None),
        *[make_post(n) for n in range(5, 25)],
    ]


@pytest.fixture(params=["digest", "post", "arabic post"])
def edition(request: pytest.FixtureRequest, themed, posts) -> Digest:
    """Give an edition in each layout of the theme, with an introduction."""
    chosen = {"digest": posts, "post": posts[:1], "arabic post": posts[2:3]}
    return themed(*chosen[request.param], shaping=Shaping(introduction=BLOCKS))


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list that every page comes into as it is before inlining."""
    before: list[str] = []
    usual = premailer.Premailer.transform

    def kept(self: Any, *arguments: Any, **named: Any) -> str:
        before.append(self.html)
        return str(usual(self, *arguments, **named))

    monkeypatch.setattr(premailer.Premailer, "transform", kept)
    return before


@pytest.fixture
def page(before: list[str], edition: Digest) -> str:
    """Give the edition's page as it is before inlining."""
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

    assert len(original) > 40
    assert inlined == original


@pytest.mark.parametrize(("width", "scheme"), [(375, "dark"), (800, "light")])
def test_dark_mode_and_small_screens_survive_inlining(browser, page, inline, width: int, scheme: str) -> None:
    original = Tab(browser, page, width=width, scheme=scheme).styles()
    inlined = Tab(browser, inline(page), width=width, scheme=scheme).styles()

    assert inlined == original


@pytest.mark.parametrize("width", [320, 375, 600, 640, 1200])
def test_nothing_overflows_and_only_pictures_are_fetched(browser, themed, make_post, width: int) -> None:
    posts = [make_post(1, html=WIDE, title="Long" * 40), make_post(2, html=WIDE)]
    wide = Shaping(introduction=WIDE)
    for edition in (themed(*posts, shaping=wide), themed(*posts[:1], shaping=wide)):
        tab = Tab(browser, edition.html, width=width, scheme="light")

        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.fetched == []
        tab.page.context.close()


def test_every_target_is_large_enough_to_tap(browser, themed, make_post) -> None:
    tab = Tab(browser, themed(make_post(1), make_post(2)).html, width=375, scheme="light")

    heights = tab.page.evaluate(
        "[...document.querySelectorAll('.btn a,.more a,.ways a')].map(e => e.getBoundingClientRect().height)"
    )

    assert len(heights) == 5
    assert min(heights) >= 44
    tab.page.context.close()


@pytest.mark.parametrize("width", [320, 640])
def test_no_text_is_smaller_than_13_pixels(browser, edition, width: int) -> None:
    tab = Tab(browser, edition.html, width=width, scheme="light")

    sizes = tab.page.evaluate(SIZES)

    assert len(sizes) > 10
    assert min(sizes) >= 13
    tab.page.context.close()


def test_running_text_has_60_to_75_characters_a_line(browser, themed, make_post) -> None:
    tab = Tab(browser, themed(make_post(1, html=PROSE), make_post(2)).html, width=640, scheme="light")

    letters = tab.page.evaluate(LINES, ".text p")

    assert 60 <= letters <= 75
    tab.page.context.close()


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "without style sheets"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, edition, scheme: str, *, kept: bool) -> None:
    axe = os.environ.get("AXE")
    if not axe:
        pytest.skip("AXE names no axe.min.js (npm install axe-core)")
    html = edition.html if kept else without_styles(edition.html)
    for width in (600, 375, 320):
        tab = Tab(browser, html, width=width, scheme=scheme)
        tab.page.evaluate(Path(axe).read_text(encoding="utf-8"))

        assert tab.page.evaluate(VIOLATIONS) == []
        tab.page.context.close()


def test_dark_mode_has_a_palette_of_its_own(browser, edition) -> None:
    tab = Tab(browser, edition.html, width=375, scheme="dark")

    grounds = tab.page.evaluate(
        "['body', '.page', '.sheet'].map(e => getComputedStyle(document.querySelector(e)).backgroundColor)"
    )

    assert all(max(map(int, re.findall(r"\d+", ground))) < 60 for ground in grounds)
    tab.page.context.close()


def test_pictures_keep_their_proportions(browser, edition) -> None:
    for width in (640, 320):
        tab = Tab(browser, edition.html, width=width, scheme="light")

        sizes = tab.page.evaluate("[...document.images].map(e => [e.width, e.height])")

        assert sizes
        assert all(high == pytest.approx(wide, abs=1) for wide, high in sizes)  # the picture is a square
        assert max(wide for wide, _ in sizes) <= width
        tab.page.context.close()
