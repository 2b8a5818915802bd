"""A message as a reader gets it; ``SYNDICATE_RENEW_GOLDEN=1`` writes it anew."""

import email
import email.policy
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from syndicate.digests.archiving import public_page
from syndicate.mail.wire import Wire
from syndicate.model.post import Image

GOLDEN = Path(__file__).with_name("golden")
#: Made from everything an edition depends on, so that each new setting has another.
BOUNDARY = re.compile(r"=_[0-9a-f]{32}")


NAMES = ("header.txt", "page.html", "text.txt", "public.html", "signal.html", "message.eml")


@pytest.fixture
def documents(digest, make_post, personal, list_settings, tmp_path: Path) -> dict[str, str]:
    """Give the message's header, page and text, the public page, another theme's, another message."""
    arabic = "<p>عاد الصيادون إلى <a href='https://port.example/log'>الميناء</a> صباح اليوم.</p>"
    edition = digest(
        make_post(1, title="Fog & <gulls>", image=Image(url="https://gazette.example/1.jpg", alt="The pier")),
        make_post(2, title="الهدوء يعود إلى الميناء", language="ar", authors=("ليلى حداد",), html=arabic),
        make_post(3, collection="tides", image=None, authors=(), truncated=False),
        *[make_post(number) for number in range(4, 25)],
    )
    signal = replace(list_settings, theme="signal")
    raw = Wire.parse(edition.wire).fill(personal)
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return {
        "header.txt": raw.partition(b"\r\n\r\n")[0].decode("ascii"),
        "page.html": message.get_body(("html",)).get_content(),
        "text.txt": message.get_body(("plain",)).get_content(),
        "public.html": public_page(html=edition.html, wire=edition.wire, templates=tmp_path),
        "signal.html": digest(make_post(1), make_post(2), list_settings=signal).html,
        "message.eml": Wire.parse(digest(make_post()).wire).fill(personal).decode("ascii"),
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_as_it_was(name: str, documents: dict[str, str]) -> None:
    written = BOUNDARY.sub(f"=_{'0' * 32}", documents[name].replace("\r\n", "\n"))
    golden = GOLDEN / name
    if os.environ.get("SYNDICATE_RENEW_GOLDEN") == "1":
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(written, encoding="utf-8")

    assert written == golden.read_text(encoding="utf-8")
