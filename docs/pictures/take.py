"""Take the README's pictures of what ``make run`` wrote: ``.venv/bin/python docs/pictures/take.py``.

Needs Chromium (Debian: apt install chromium). The example's address leads nowhere, so its pictures and
pages are served from the example's folder and the outbox.
"""

import re
import signal
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path
from shutil import which
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Route, sync_playwright

ROOT = Path(__file__).parents[2]
PICTURES = Path(__file__).parent
HOME = "https://harbour-gazette.example"
#: Name, page, width, height, colour scheme.
SHOTS = (
    ("digest-light", "/mail", 680, 1000, "light"),
    ("digest-dark", "/mail", 390, 1000, "dark"),
    ("feed", "/feeds/all/index.html", 900, 1000, "light"),
    ("feed-in-a-browser", "/feeds/all/atom.xml", 900, 1000, "light"),
    ("feed-on-a-phone", "/feeds/all/rss.xml", 390, 844, "dark"),
    ("feed-page-on-a-phone", "/feeds/all/index.html", 390, 844, "light"),
    ("feeds", "/feeds/index.html", 900, 1000, "dark"),
)
_WIDEST_PHONE = 500


def main() -> int:
    """Take every picture anew."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        for name, page, width, height, scheme in SHOTS:
            _take(browser, name, page, (width, height), scheme)
        _take_preview(browser)
        browser.close()
    return 0


def _take(browser: Browser, name: str, address: str, size: tuple[int, int], scheme: str) -> None:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        is_mobile=width < _WIDEST_PHONE,
        color_scheme=scheme,
        device_scale_factor=1.5,
    )
    page = context.new_page()
    page.route("**/*", _serve)
    page.goto(f"{HOME}{address}")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")
    context.close()


def _take_preview(browser: Browser) -> None:
    """Take the editor's page, half a second after it has come: its frames find their heights."""
    command = [Path(sys.executable).with_name("syndicate"), "edition", "preview", "--serve"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        address = re.search(r"http://[\d.:]+/", server.stdout.readline() if server.stdout else "")
        page = browser.new_context(viewport={"width": 1400, "height": 860}).new_page()
        if address:
            page.goto(address[0])
            page.wait_for_timeout(500)
            page.screenshot(path=PICTURES / "preview.png")
        page.context.close()
        server.send_signal(signal.SIGINT)


def _serve(route: Route) -> None:
    path = urlsplit(route.request.url).path
    if path == "/mail":
        route.fulfill(body=_mail(), content_type="text/html; charset=utf-8")
        return
    for folder in (ROOT / "outbox" / "public", ROOT / "example"):
        file = folder / path.lstrip("/")
        if file.is_file():
            route.fulfill(path=file)
            return
    route.fulfill(status=404)


def _mail() -> str:
    newest = max((ROOT / "outbox" / "mail").rglob("*.eml"))
    body = message_from_bytes(newest.read_bytes(), policy=policy.default).get_body(("html",))
    return str(body.get_content()) if body else ""


if __name__ == "__main__":
    sys.exit(main())
