"""Take the pictures of README and docs: ``.venv/bin/python docs/pictures/take.py [themes]``.

Feeds and the digest are of what ``make run`` wrote; with ``themes``, the pictures of docs/themes.md are taken
instead, of the editions in ``samples``. Needs Chromium and pngquant (Debian: apt install chromium pngquant).
The example's address leads nowhere, so its pictures and pages come from the example's folder and the outbox.
Where ``GELASIO`` names a folder of that font's files (npm: @fontsource/gelasio), it stands in for Georgia,
whose measures it has: no free system brings Georgia.
"""

import os
import re
import signal
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from itertools import product
from pathlib import Path
from shutil import which
from urllib.parse import urlsplit

import samples
from playwright.sync_api import Browser, Route, sync_playwright

ROOT = Path(__file__).parents[2]
PICTURES = Path(__file__).parent
HOME = "https://harbour-gazette.example"
_WIDEST_PHONE = 500
_FONT = (
    "@font-face{{font-family:Georgia;font-style:{style};font-weight:{weight};"
    "src:url(data:font/woff2;base64,{data})}}"
)
_FACES = (("normal", 400), ("normal", 700), ("italic", 400))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture."""

    name: str
    #: A path of the outbox; "/mail" for a mail.
    page: str
    width: int
    height: int
    scheme: str
    #: The mail's HTML, where it is one of the samples.
    html: str = ""
    images: bool = True
    #: Pixels of the picture for one of the page.
    scale: float = 1.5


def main() -> int:
    """Take every picture anew."""
    shots = _of_themes() if sys.argv[1:] == ["themes"] else _of_the_outbox()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        for shot in shots:
            _take(browser, shot)
        if sys.argv[1:] != ["themes"]:
            _take_preview(browser)
        browser.close()
    return 0


def _of_the_outbox() -> Iterator[Shot]:
    for name, page, width, height, scheme in (
        ("digest-light", "/mail", 680, 1000, "light"),
        ("digest-dark", "/mail", 390, 1000, "dark"),
        ("feed", "/feeds/all/index.html", 900, 1000, "light"),
        ("feed-in-a-browser", "/feeds/all/atom.xml", 900, 1000, "light"),
        ("feed-on-a-phone", "/feeds/all/rss.xml", 390, 844, "dark"),
        ("feed-page-on-a-phone", "/feeds/all/index.html", 390, 844, "light"),
        ("feeds", "/feeds/index.html", 900, 1000, "dark"),
    ):
        html = _mail() if page == "/mail" else ""
        yield Shot(name=name, page=page, width=width, height=height, scheme=scheme, html=html)


def _of_themes() -> Iterator[Shot]:
    """Give both layouts on a desk and in the hand, light and dark; pictures off; Arabic and Chinese."""
    for theme in ("paper", "signal"):
        for layout, width, scheme in product(("digest", "post"), (640, 375), ("light", "dark")):
            yield _sample(theme, layout, "en", width=width, scheme=scheme)
        yield _sample(theme, "digest", "en", width=640, scheme="light", images=False)
        for language in ("ar", "zh"):
            yield _sample(theme, "digest", language, width=640, scheme="light")
            yield _sample(theme, "post", language, width=375, scheme="dark")


def _sample(  # noqa: PLR0913 - what a sample is, and how it is looked at
    theme: str, layout: str, language: str, *, width: int, scheme: str, images: bool = True
) -> Shot:
    tongue, off = "" if language == "en" else language, "" if images else "no-images"
    return Shot(
        name="-".join(filter(None, ("theme", theme, layout, tongue, str(width), scheme, off))),
        page="/mail",
        width=width,
        height=1100 if width > _WIDEST_PHONE else 900,
        scheme=scheme,
        html=samples.page(theme, layout, language),
        images=images,
        scale=1,
    )


def _take(browser: Browser, shot: Shot) -> None:
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        is_mobile=shot.width < _WIDEST_PHONE,
        color_scheme="dark" if shot.scheme == "dark" else "light",
        device_scale_factor=shot.scale,
    )
    page = context.new_page()
    page.route("**/*", lambda route: _serve(route, shot))
    page.goto(f"{HOME}{shot.page}")
    if fonts := _fonts():
        page.add_style_tag(content=fonts)
        page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    file = PICTURES / f"{shot.name}.png"
    page.screenshot(path=file)
    context.close()
    _shrink(file)


def _shrink(file: Path) -> None:
    """Give the picture fewer colours, so that the repository stays small."""
    quantise = which("pngquant")
    if quantise:
        subprocess.run([quantise, "--force", "--ext=.png", "--strip", "--speed=1", "32", file], check=True)


def _fonts() -> str:
    folder = os.environ.get("GELASIO")
    if not folder:
        return ""
    return "".join(
        _FONT.format(style=style, weight=weight, data=_encoded(Path(folder), style, weight))
        for style, weight in _FACES
    )


def _encoded(folder: Path, style: str, weight: int) -> str:
    return b64encode((folder / f"gelasio-latin-{weight}-{style}.woff2").read_bytes()).decode("ascii")


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


def _serve(route: Route, shot: Shot) -> None:
    path = urlsplit(route.request.url).path
    if path == "/mail":
        route.fulfill(body=shot.html, content_type="text/html; charset=utf-8")
        return
    for folder in (ROOT / "outbox" / "public", ROOT / "example"):
        file = folder / path.lstrip("/")
        if file.is_file() and shot.images:
            route.fulfill(path=file)
            return
    route.fulfill(status=404)


def _mail() -> str:
    newest = max((ROOT / "outbox" / "mail").rglob("*.eml"))
    body = message_from_bytes(newest.read_bytes(), policy=policy.default).get_body(("html",))
    return str(body.get_content()) if body else ""


if __name__ == "__main__":
    sys.exit(main())
