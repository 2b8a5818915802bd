import re
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import process_time

import pytest

from syndicate.errors import MessageError, SettingsError
from syndicate.mail.inlining import INLINERS, inliner

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>x</title>
<style>p { color: #12345a; } img { width: 100%; }</style>
<style data-premailer="ignore" data-css-inline="keep">
@media (max-width:480px){p{color:#222222 !important}}
</style></head>
<body><!--[if mso]><table><tr><td><![endif]--><p class="a">one</p>
<img src="https://x.example/a.png" width="536" alt="">
<a href="https://slot.invalid/SLOT0123unsubscribeurl">x</a></body></html>
"""


@pytest.fixture(params=sorted(INLINERS))
def name(request: pytest.FixtureRequest) -> str:
    if request.param == "css-inline":
        pytest.importorskip("css_inline", reason="the extra css-inline is not installed")
    return str(request.param)


def test_rules_go_into_the_tags_and_the_kept_block_stays(name: str) -> None:
    inlined = inliner(name)(PAGE)

    assert "color:#12345a" in inlined.replace(" ", "").partition("<body>")[2]
    assert "@media (max-width:480px){p{color:#222222 !important}}" in inlined
    assert inlined.count("<style") == 1
    assert "<!--[if mso]><table><tr><td><![endif]-->" in inlined
    assert 'width="536"' in inlined
    assert "https://slot.invalid/SLOT0123unsubscribeurl" in inlined
    assert "data-premailer" not in inlined
    assert "data-css-inline" not in inlined


def test_an_inliner_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(
        SettingsError, match='"juice" is not an inliner; use one of "premailer", "css-inline"'
    ):
        inliner("juice")


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """Give the address of a server on this machine, and the requests that reach it."""
    requests: list[str] = []

    class Trap(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            requests.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Trap)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", requests
    server.shutdown()
    server.server_close()


def test_nothing_is_fetched_while_inlining(name: str, listener: tuple[str, list[str]]) -> None:
    address, requests = listener
    page = PAGE.replace(
        "<style>",
        f'<link rel="stylesheet" href="{address}/link.css"><style>@import url({address}/import.css);'
        f"body {{ background-image: url({address}/image.png); }} ",
        1,
    )

    inliner(name)(page)

    assert requests == []


@pytest.mark.parametrize("page", ["", " \n", "only words", "<!-- <p> -->"])
def test_a_page_without_a_tag_is_one_clear_line(name, page):
    with pytest.raises(MessageError, match=r"^email/digest.html: it makes a page without one tag in it;"):
        inliner(name)(page)


def test_an_inliner_whose_extra_is_missing_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "css_inline", None)

    with pytest.raises(SettingsError) as caught:
        inliner("css-inline")

    assert str(caught.value) == (
        'mail.inliner: css-inline is not installed; run pip install "syndicate[css-inline]"'
    )


@pytest.mark.parametrize(
    "tag",
    [
        '<p title="--><script>x()</script><!--[if mso]>">a</p>',
        """<p title='<b>'>a "<b>" b="</p><p title="x > y">"c"</p>""",
    ],
)
def test_what_looks_like_markup_in_a_value_is_escaped(name: str, tag: str) -> None:
    body = inliner(name)(PAGE.replace("<body>", f"<body>{tag}", 1)).partition("<body>")[2]

    values = re.findall(r'title="([^"]*)"', body)
    assert values
    assert not any(set("<>") & set(value) for value in values)
    assert body.count("<p") == PAGE.count("<p") + tag.count("<p ")
    assert body.count("<!--[if") == 1


def test_both_cost_time_linear_to_the_page(name: str) -> None:
    inline = inliner(name)
    page = PAGE.replace("<body>", "<body>" + "<p>a=\"</p><p title='<'>x</p>" * 2_000, 1)

    started = process_time()
    inline(page)

    assert process_time() - started < 20
