"""Whatever stands in a message, looking at it ends soon, and never in an error of ours."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.mail.linting import lint

GOLDEN = Path(__file__).parents[2] / "digests" / "golden" / "message.eml"
GOOD = GOLDEN.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
HEAD, _, _ = GOOD.partition(b"\r\nContent-Type")
PIECES = [
    *(
        b"",
        b"\r\n",
        b"\r",
        b"\0",
        b"\xff",
        b"<",
        b">",
        b"=",
        b'"',
        b"(",
        b"\\",
        b";",
        b":",
        b",",
        b"=?utf-8?q?=FF?=",
    ),
    *(
        b"Content-Type: multipart/mixed; boundary=a\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"charset=idna",
    ),
    *(
        b"\r\n\r\n",
        b"--=_00000000000000000000000000000000\r\n",
        b"</style>",
        b"<!--",
        b'style=3D"font-size:9e9em"',
    ),
]
NAMES = st.sampled_from(
    [
        "From",
        "To",
        "Date",
        "Message-ID",
        "List-Id",
        "List-Unsubscribe",
        "DKIM-Signature",
        "Content-Type",
        "Subject",
    ]
)
VALUES = st.text(
    st.sampled_from("<>@\"'()\\,;:=?qb./- a1é\r\n\t") | st.characters(codec="utf-8"), max_size=60
)


@given(st.binary(max_size=300))
def test_any_bytes_are_looked_at(content):
    assert lint(content)


@given(data=st.data())
def test_a_message_with_a_piece_taken_out_or_put_in_is_looked_at(data):
    start = data.draw(st.integers(0, len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 300)))

    found = lint(GOOD[:start] + data.draw(st.sampled_from(PIECES)) + GOOD[end:])

    assert all(each.what and each.remedy for each in found)


@given(st.lists(st.tuples(NAMES, VALUES), max_size=6))
def test_any_header_is_looked_at(fields):
    head = "".join(f"{name}: {value}\r\n" for name, value in fields)

    assert lint(head.encode() + b"\r\nhello\r\n")


@given(
    st.text(
        st.sampled_from("<>/=\"'! -apbximgstylehref:;#{}%&0px") | st.characters(codec="utf-8"), max_size=200
    ),
    st.sampled_from(["text/html", "text/plain"]),
)
def test_any_body_is_looked_at(body, kind):
    assert lint(f'{HEAD.decode()}\r\nContent-Type: {kind}; charset="utf-8"\r\n\r\n{body}'.encode())


def page(html: str) -> bytes:
    return HEAD + b'\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n' + html.encode()


def plain(text: str) -> bytes:
    return HEAD + b'\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\n' + text.encode()


def both(text: str, html: str) -> bytes:
    parts = "".join(
        f"--b\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{body}\r\n"
        for kind, body in (("plain", text), ("html", html))
    )
    return HEAD + f"\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n{parts}--b--\r\n".encode()


def encoded(encoding: str, body: bytes) -> bytes:
    fields = f"\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return HEAD + fields.encode() + body


def nested(levels: int) -> bytes:
    top = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
        for level in range(levels)
    )
    return HEAD + b"\r\n" + top


MALICE = {
    "empty lines": b"\r\n" * 200_000,
    "one field": b"A: " + b"x" * 400_000,
    "many fields": b"From: a@b.example\r\n" * 20_000,
    "folded": b"From: a" + b"\r\n a" * 130_000,
    "blank folds": b"From: a" + b"\r\n " * 130_000,
    "no colon": b"x" * 400_000,
    "brackets": b"List-Unsubscribe: " + b"<" * 400_000 + b"\r\n",
    "comments": b"From: " + b"(" * 400_000 + b"\r\n",
    "quotes": b"From: " + b'"\\' * 200_000 + b"\r\n",
    "words": b"Subject: " + b"=?" * 200_000 + b"\r\n",
    "more words": b"Subject: " + b"=?a?q?" * 60_000 + b"\r\n",
    "quoted words": b"Subject: " + b'"=?' * 130_000 + b"\r\n",
    "feedback": b"Feedback-ID: " + b":" * 400_000 + b"\r\n",
    "list id": b"List-Id: " + b"a " * 200_000 + b"\r\n",
    "spaces": b"Subject: a" + b" " * 400_000 + b"b\r\n",
    "date": b"Date: " + b"1 " * 200_000 + b"\r\n",
    "type": b"Content-Type: " + b"a;" * 200_000 + b"\r\n\r\n",
    "signature": b"DKIM-Signature: " + b"h=a:" * 100_000 + b"\r\n",
    "signatures": b"DKIM-Signature: a=x; h=from\r\n" * 15_000,
    "levels": nested(5_000),
    "parts": HEAD + b"\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 60_000,
    "escapes": encoded("quoted-printable", b"=" * 400_000),
    "base64": encoded("base64", b"A\r\n=" * 100_000),
    "tables": page("<table>" * 60_000 + "<th>" * 30_000),
    "links": page("<a href=https://a.example>" * 15_000),
    "far links": both(
        "https://a.example/ " * 15_000, "".join(f"<a href=https://b.example/{n}>" for n in range(9_000))
    ),
    "styles": page("<p style='" + "a:b;" * 100_000 + "'>x"),
    "sizes": page("<p style='font-size:9em'>x" * 12_000),
    "colours": page("".join(f"<p style='color:#{n:06x}'>x" for n in range(9_000))),
    "style sheets": page("<style>@" * 50_000),
    "imports": page("<style>" + "url( " * 80_000 + "</style>"),
    "spaces in url": page("<style>url(" + " " * 400_000 + "</style>"),
    "tags": page("<" * 400_000),
    "attributes": page("<a " + "x " * 200_000),
    "preheader": page("<div style=display:none>" + "\u034f" * 100_000 + "</div>" + "<b> " * 60_000),
    "braces": page("{{" * 200_000),
    "mailchimp": page("*|A" * 130_000),
    "percents": plain("%%a" * 130_000),
    "codes": plain("1" * 400_000),
    "more codes": page("12 " * 130_000),
    "markup": plain("<a " * 130_000),
    "spaced markup": plain("<a" + " " * 400_000),
    "addresses": plain("https://" * 50_000),
    "ands": plain("&#1" * 130_000),
    "letters": both("a" * 400_000, "b" * 400_000),
    "one line": plain("渡" * 130_000),
    "ends": page("<p>" * 40_000 + "</p>" * 40_000 + "</a>" * 40_000),
    "misread": page("â€" * 60_000),
    "slots": page("SLOT" * 100_000),
}


@pytest.mark.system
@pytest.mark.parametrize("name", MALICE)
def test_half_a_megabyte_of_malice_takes_a_moment(name):
    begun = time.process_time()
    lint(MALICE[name])

    assert time.process_time() - begun < 4


@pytest.mark.system
def test_twice_the_message_takes_about_twice_the_time():
    def seconds(paragraphs: int) -> float:
        html = "<p style='color:#333'>The <a href='https://port.example/log'>Petrel</a> is back.</p>\r\n"
        message = both("The Petrel is back.\r\n" * paragraphs, html * paragraphs)
        begun = time.process_time()
        lint(message)
        return time.process_time() - begun

    once = min(seconds(2_000) for _ in range(3))

    assert min(seconds(8_000) for _ in range(2)) < once * 4 * 3
