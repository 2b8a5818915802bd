"""The preview's page as an editor has it: the installed command, its server, and a real browser."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
COMMAND = Path(sys.executable).with_name("syndicate")
AXE = Path(os.environ.get("AXE", "axe.min.js"))
pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium is installed (Debian: apt-get install chromium)"
    ),
]
#: A page may be slow to come on a busy machine (milliseconds).
PATIENCE = 20_000
RULES = "{runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']}}"
NEW = "---\ntitle: {title}\n---\n\nIt came at nine.\n"


@pytest.fixture(autouse=True)
def _no_browser_of_the_house(monkeypatch) -> None:
    monkeypatch.setenv("BROWSER", "true")


@pytest.fixture
def server(published) -> Iterator[Any]:
    """Give the running command with its address, on a site with three readers and a new post."""
    post(published, "The tide was late")
    temporary = published.folder / "temporary"
    temporary.mkdir()
    with subprocess.Popen(
        [COMMAND, "edition", "preview", "--serve", "--open"],
        cwd=published.folder,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        process.address = process.stdout.readline().split()[2].rstrip(",")
        yield process
        process.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


class Tab:
    """A tab of the browser that writes down what is amiss."""

    def __init__(self, browser: Any, address: str, *, width: int = 1440, scheme: str = "light") -> None:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page = context.new_page()
        self.amiss: list[str] = []
        self.page.on("console", lambda message: self.amiss.append(message.text))
        self.page.on("pageerror", lambda error: self.amiss.append(str(error)))
        self.page.on("request", self._note)
        self.page.set_default_timeout(PATIENCE)
        self.page.goto(address)

    def _note(self, request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:")):
            self.amiss.append(request.url)

    def shows(self, words: str, *, within: str = "body") -> None:
        """Wait until it does."""
        self.page.locator(within).filter(has_text=words).first.wait_for()

    def mail(self, width: int) -> Any:
        """Give what is in a frame."""
        return self.page.frame_locator(f"iframe[data-width='{width}']")


def post(published: Any, title: str) -> None:
    (published.site / "_posts" / "2026-11-24-late.md").write_text(NEW.format(title=title), encoding="utf-8")


def test_the_page_follows_a_post_a_template_and_the_configuration(published, server, browser) -> None:
    tab = Tab(browser, server.address)
    tab.shows("The tide was late", within=".subject")
    tab.mail(375).locator("p", has_text="It came at nine.").first.wait_for()

    post(published, "The tide was early")
    tab.shows("The tide was early", within=".subject")
    tab.mail(600).locator("h1", has_text="The tide was early").first.wait_for()

    footer = published.folder / "templates" / "email" / "partials" / "footer.html"
    footer.parent.mkdir(parents=True)
    footer.write_text("<tr><td>Mine alone. {{ unsubscribe_url }}{{ address }}</td></tr>", encoding="utf-8")
    tab.mail(600).get_by_text("Mine alone.").first.wait_for()

    config = published.config.read_text(encoding="utf-8")
    published.config.write_text(
        config.replace('title = "The Harbour Gazette"', 'title = "The Other Gazette"')
    )
    tab.shows("The Other Gazette", within=".brand")

    assert tab.amiss == []


def test_the_page_follows_what_an_editor_gives_the_edition(published, server, browser) -> None:
    tab = Tab(browser, server.address)
    tab.shows("The tide was late", within=".subject")

    published.run("edition", "intro", "gazette", "--text", "Dear *readers*")
    published.run("edition", "subject", "gazette", "Late again")
    tab.shows("Late again", within=".subject")
    tab.shows("Introduction, own subject", within="aside")
    tab.mail(600).get_by_text("readers", exact=True).first.wait_for()

    assert tab.amiss == []


def test_what_is_broken_is_one_line_until_it_is_mended(published, server, browser) -> None:
    tab = Tab(browser, server.address)
    footer = published.folder / "templates" / "email" / "partials" / "footer.html"
    footer.parent.mkdir(parents=True)

    footer.write_text("fine\n{% if %}\n", encoding="utf-8")
    tab.shows("footer.html:2: ", within=".problem")
    tab.shows("The tide was late", within=".subject")
    footer.unlink()
    tab.page.locator(".problem").wait_for(state="detached")

    config = published.config.read_text(encoding="utf-8")
    published.config.write_text(f'outbx = "x"\n{config}', encoding="utf-8")
    tab.shows('did you mean "outbox"?', within=".problem")
    published.config.write_text(config, encoding="utf-8")
    tab.page.locator(".problem").wait_for(state="detached")

    assert tab.amiss == []


def test_dark_is_dark_and_light_is_light_whatever_the_browser_prefers(server, browser) -> None:
    ground = "element => getComputedStyle(element.ownerDocument.body).backgroundColor"
    seen = {}
    for prefers in ("light", "dark"):
        for scheme in ("light", "dark"):
            tab = Tab(browser, f"{server.address}?scheme={scheme}", scheme=prefers)
            seen[prefers, scheme] = tab.mail(600).locator("body").evaluate(ground)
            tab.page.context.close()

    assert seen["light", "light"] == seen["dark", "light"]
    assert seen["light", "dark"] == seen["dark", "dark"]
    assert seen["light", "light"] != seen["light", "dark"]


def test_frames_are_as_high_as_what_is_in_them_and_no_script_of_a_post_could_run(server, browser) -> None:
    tab = Tab(browser, server.address)
    tab.page.wait_for_function("[...document.querySelectorAll('iframe')].every(each => each.style.height)")

    overflow = tab.page.evaluate(
        "[...document.querySelectorAll('iframe')].map(each => "
        "each.contentDocument.documentElement.scrollHeight - each.clientHeight)"
    )

    assert overflow == [0, 0]
    sandboxes = tab.page.eval_on_selector_all("iframe", "all => all.map(each => each.sandbox.value)")
    assert all("allow-scripts" not in each for each in sandboxes)


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not there; AXE names its axe.min.js")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_everybody_can_use_it(published, server, browser, width: int, scheme: str) -> None:
    footer = published.folder / "templates" / "email" / "partials" / "footer.html"
    footer.parent.mkdir(parents=True)
    for show in ("page", "text", "message", "page"):
        tab = Tab(browser, f"{server.address}?show={show}", width=width, scheme=scheme)
        tab.page.evaluate(AXE.read_text(encoding="utf-8"))

        found = tab.page.evaluate(f"axe.run(document, {RULES}).then(done => done.violations)")

        assert [(each["id"], each["nodes"][0]["target"]) for each in found] == []
        assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
        tab.page.context.close()
        footer.write_text("{% if %}", encoding="utf-8")  # also while something is broken


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_in_good_order_also_while_somebody_looks(published, server, browser, number) -> None:
    tab = Tab(browser, server.address)
    tab.shows("The tide was late", within=".subject")

    assert list((published.folder / "temporary").iterdir())
    server.send_signal(number)
    said, complained = server.communicate(timeout=20)

    assert (server.returncode, said, complained) == (0, "", "")
    assert list((published.folder / "temporary").iterdir()) == []  # it held the readers' addresses
    tab.shows("The preview has ended", within=".status")


def test_a_port_that_is_taken_is_one_line(published, server) -> None:
    port = server.address.rstrip("/").rpartition(":")[2]

    done = published.run("edition", "preview", "--serve", "--port", port, code=2)

    assert f"127.0.0.1:{port}: can't be listened on" in done.stderr
    assert "--port" in done.stderr


def test_nothing_is_written(published, server, browser) -> None:
    before = {path: path.stat().st_mtime_ns for path in published.outbox.rglob("*")}
    tab = Tab(browser, server.address)
    post(published, "The tide was early")
    tab.shows("The tide was early", within=".subject")

    assert {path: path.stat().st_mtime_ns for path in published.outbox.rglob("*")} == before


@pytest.fixture
def opened(published, monkeypatch) -> Path:
    """Give the file into which the browser of the house writes what it is to open."""
    browser, asked = published.folder / "browser", published.folder / "asked"
    browser.write_text(f'#!/bin/sh\necho "$1" > {asked}\n', encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", str(browser))
    return asked


def test_open_opens_the_page_that_was_written(published, opened) -> None:
    published.run("edition", "preview", "--open")

    page = published.outbox / "preview" / "gazette" / "index.html"
    assert opened.read_text(encoding="utf-8").strip() == page.resolve().as_uri()


def test_open_opens_the_page_that_is_served(opened, server) -> None:
    connection = HTTPConnection(urlsplit(server.address).netloc, timeout=20)
    connection.request("GET", "/")  # answered once the browser has been told
    connection.getresponse().read()
    connection.close()

    assert opened.read_text(encoding="utf-8").strip() == server.address
