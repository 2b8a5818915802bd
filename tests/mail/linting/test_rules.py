"""Each rule has a message that breaks it, made by one small change of one that the project writes."""

import email
import email.policy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from syndicate.mail.encoding import quoted_printable
from syndicate.mail.linting import RULES, lint
from syndicate.model.finding import Severity

GOLDEN = Path(__file__).parents[2] / "digests" / "golden" / "message.eml"
#: In a checkout the lines end as the system's do.
GOOD = GOLDEN.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
SHARED = Path(__file__).parents[4] / "shared" / "checks" / "mail"


@dataclass(frozen=True)
class Parts:
    """A message taken apart, its bodies decoded."""

    head: str
    text: str
    html: str
    boundary: str

    @classmethod
    def of(cls, raw: bytes) -> "Parts":
        """Take a message apart."""
        message = email.message_from_bytes(raw, policy=email.policy.default)
        return cls(
            head=raw.partition(b"\r\n\r\n")[0].decode("ascii"),
            text=message.get_body(("plain",)).get_content(),
            html=message.get_body(("html",)).get_content(),
            boundary=message.get_boundary(),
        )

    def joined(self) -> bytes:
        """Give the message anew."""
        parts = (
            f'--{self.boundary}\r\nContent-Type: text/{kind}; charset="utf-8"\r\n'
            f"Content-Transfer-Encoding: quoted-printable\r\n\r\n".encode()
            + quoted_printable(document)
            + b"\r\n"
            for kind, document in (("plain", self.text), ("html", self.html))
        )
        return self.head.encode() + b"\r\n\r\n" + b"".join(parts) + f"--{self.boundary}--\r\n".encode()


Break = Callable[[bytes], bytes]


def _swapped(text: str, old: str, new: str, times: int) -> str:
    assert old in text
    return text.replace(old, new, times)


def raw(old: str, new: str, times: int = 1) -> Break:
    """Give what replaces octets, as they are on the wire; the message must hold them."""

    def change(message: bytes) -> bytes:
        assert old.encode() in message
        return message.replace(old.encode(), new.encode(), times)

    return change


def head(old: str, new: str) -> Break:
    """Give what replaces the first ``old`` in the header."""
    return lambda message: _edited(
        message, lambda parts: replace(parts, head=_swapped(parts.head, old, new, 1))
    )


def without(name: str) -> Break:
    """Give what takes a field out of the header."""

    def change(message: bytes) -> bytes:
        lines = message.decode("ascii").split("\r\n")
        at = next(number for number, line in enumerate(lines) if line.startswith(f"{name}: "))
        end = next(number for number in range(at + 1, len(lines)) if lines[number][:1] not in (" ", "\t"))
        return "\r\n".join([*lines[:at], *lines[end:]]).encode()

    return change


def field(line: str) -> Break:
    """Give what puts a line before the header."""
    return lambda message: f"{line}\r\n".encode() + message


def html(old: str, new: str, times: int = 1) -> Break:
    """Give what replaces the first ``old`` in the page."""
    return lambda message: _edited(
        message, lambda parts: replace(parts, html=_swapped(parts.html, old, new, times))
    )


def text(old: str, new: str, times: int = 1) -> Break:
    """Give what replaces the first ``old`` in the text part."""
    return lambda message: _edited(
        message, lambda parts: replace(parts, text=_swapped(parts.text, old, new, times))
    )


def _edited(message: bytes, change: Callable[[Parts], Parts]) -> bytes:
    return change(Parts.of(message)).joined()


SIGNATURE = (
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=gazette.example; s=s1;\r\n"
    " h=from:from:to:subject:date:message-id:reply-to:mime-version:content-type:\r\n"
    " list-unsubscribe:list-unsubscribe-post; bh=S80C; b=f+Uc"
)


def _turned(message: bytes) -> bytes:
    boundary = b"--=_" + b"0" * 32
    top, plain, page, end = message.split(boundary)
    return boundary.join((top, page, plain, end))


def signed(old: str, new: str) -> Break:
    """Give what puts a signature before the header, with one change."""
    return field(_swapped(SIGNATURE, old, new, 1))


IMAGE = '<img class="hero" src="https://gazette.example/1.jpg" width="536"'
BUTTON = "display:inline-block; padding:13px 28px;"
FOOTER = "The Harbour Gazette, 4 Rope Walk, Example Harbour 10000"
UNSUBSCRIBE = "https://gazette.example/u/r42-oKgvQgIvnWJAKHQ"
TEXT_PART = 'Content-Type: text/plain; charset="utf-8"'
BODY = "</body>"
FILM = '<video src="https://gazette.example/1.mp4"></video>'

#: To each rule, the changes that break it.
BROKEN: Mapping[str, list[Break]] = {
    "message": [lambda _: b"", lambda _: b"Dear reader,\r\n\r\nhello\r\n"],
    "line-ends": [
        lambda message: message.replace(b"\r\n", b"\n"),
        lambda message: message.replace(b"\r\n", b"\n", 1),
        lambda message: message.replace(b"\r\n", b"\r", 1),
    ],
    "line-length": [field("X-Long: " + "x" * 991), raw("Visit the site:", "x" * 999)],
    "seven-bit": [field("X-Name: Fähre"), raw("Visit the site:", "Fähre:")],
    "null-octet": [raw("Visit the site:", "Visit\0the site:")],
    "header-lines": [
        head("\r\n <mailto:", "\r\n<mailto:"),
        lambda message: b"From reader@example.com Mon Nov 23 07:00:00 2026\r\n" + message,
    ],
    "blank-continuation": [head("KHQ>,\r\n", "KHQ>,\r\n \r\n")],
    "from": [
        without("From"),
        head("<news@gazette.example>", "<news@gazette.example>, other@gazette.example"),
        head("<news@gazette.example>", "<news.gazette.example>"),
    ],
    "to": [
        without("To"),
        head("reader@example.com", "a@example.com, b@example.com"),
        head("reader@", "reader "),
    ],
    "reply-to": [head("editors@gazette.example", "the editors")],
    "subject": [without("Subject"), head("Subject: Ferry report 1", "Subject: ")],
    "date": [
        without("Date"),
        head(" +0000", ""),
        head("+0000", "-0000"),
        head("+0000", "MET"),
        head("23 Nov", "31 Nov"),
        head("Mon, 23 Nov 2026 07:00:00 +0000", "2026-11-23T07:00:00Z"),
    ],
    "message-id": [
        without("Message-ID"),
        head("<12.38", "<12 .38"),
        head("<12.38a8c76c5a262e6a@gazette.example>", "12"),
    ],
    "message-id-domain": [head("6a@gazette.example", "6a@localhost.localdomain")],
    "repeated-field": [
        field("From: other@gazette.example"),
        field("List-Unsubscribe: <https://gazette.example/u>"),
    ],
    "mime-version": [without("MIME-Version"), head("MIME-Version: 1.0", "MIME-Version: 2.0")],
    "encoded-word-place": [
        head(
            "<https://gazette.example/u/r42-oKgvQgIvnWJAKHQ>",
            "=?utf-8?q?=3Chttps=3A//gazette=2Eexample/u=3E?=",
        ),
        head("<12.38a8c76c5a262e6a@gazette.example>", "=?utf-8?q?=3C12=40gazette=2Eexample=3E?="),
        head("<weekly.gazette.example>", "<=?utf-8?q?weekly?=.gazette.example>"),
        head("From: The Harbour Gazette", 'From: "=?utf-8?q?The_Gazette?="'),
        field("References: =?utf-8?q?=3C1=40gazette=2Eexample=3E?="),
        head("20261123T0700:weekly", "=?utf-8?q?2026?=:weekly"),
    ],
    "encoded-word": [
        head("Ferry report 1", "=?utf-8?q?" + "x" * 70 + "?="),
        head("Ferry report 1", "=?klingon?q?x?="),
        head("Ferry report 1", "=?utf-8?b?x?="),
        head("Ferry report 1", "=?utf-8?q?=E4?="),
        head("Ferry report 1", "=?utf-8?x?x?="),
    ],
    "list-id": [
        without("List-Id"),
        head("<weekly.gazette.example>", "weekly"),
        head("<weekly.", "<a weekly."),
    ],
    "list-unsubscribe": [without("List-Unsubscribe")],
    "list-addresses": [
        head("<mailto:leave@gazette.example?subject=r42-oKgvQgIvnWJAKHQ>", "mailto:leave@gazette.example"),
        head("<https://gazette.example/u/", "<https://gazette.example/\r\n u/"),
        head("<mailto:editors@gazette.example>", "<editors@gazette.example>"),
        head("List-Post: NO", "List-Post: no one"),
    ],
    "one-click-address": [
        head("<https://", "<http://"),
        head("<https://gazette.example/u/", "<https://gazette.example/v/>, <https://gazette.example/u/"),
        head("<https://gazette.example/u/r42-oKgvQgIvnWJAKHQ>,\r\n", ""),
    ],
    "unsubscribe-mailto": [head(",\r\n <mailto:leave@gazette.example?subject=r42-oKgvQgIvnWJAKHQ>", "")],
    "one-click": [
        without("List-Unsubscribe-Post"),
        head("=One-Click", "=one-click"),
        head("=One-Click", "=One-Click;"),
    ],
    "auto-submitted": [without("Auto-Submitted"), head("auto-generated", "no")],
    "feedback-id": [head("20261123T0700:", "a:20261123T0700:"), head(":syndicate", ":us")],
    "dkim-missing": [field("Received: from a.example by b.example; Mon, 23 Nov 2026 07:00:01 +0000")],
    "dkim-tags": [signed("bh=S80C; ", ""), signed("s=s1;", "")],
    "dkim-algorithm": [signed("rsa-sha256", "rsa-sha1"), signed("rsa-sha256", "ed25519-sha256")],
    "dkim-from": [signed("from:from:", "")],
    "dkim-from-twice": [signed("from:from:", "from:")],
    "dkim-one-click": [
        signed(":\r\n list-unsubscribe:list-unsubscribe-post", ""),
        signed("-unsubscribe-post", "-help"),
    ],
    "dkim-unsigned-field": [signed(":subject", ""), signed(":content-type", "")],
    "dkim-length": [signed("s=s1;", "s=s1; l=100;")],
    "dkim-domain": [
        signed("d=gazette.example", "d=esp.example"),
        signed("d=gazette.example", "d=tte.example"),
    ],
    "structure": [
        head("multipart/alternative", "multipart/mixed"),
        head("multipart/alternative", "text/plain"),
        without("Content-Type"),
        raw("text/html; charset", "text/enriched; charset"),
        raw("text/plain; charset", "text/enriched; charset"),
    ],
    "part-order": [_turned],
    "boundary": [
        head('boundary="=_', 'boundary="_='),
        head('\r\n boundary="=_00000000000000000000000000000000"', ""),
        head("=_0", "=_" + "0" * 80),
        lambda message: message[: message.rindex(b"--=_")],
    ],
    "transfer-encoding": [
        raw("Encoding: quoted-printable", "Encoding: quoted printable"),
        field("Content-Transfer-Encoding: base64"),
    ],
    "decodable": [
        raw("Visit the site:", "Visit = the site:"),
        raw("Encoding: quoted-printable", "Encoding: base64"),
    ],
    "charset": [
        raw('charset="utf-8"', 'charset="us-ascii"'),
        raw('charset="utf-8"', 'charset="klingon"'),
        raw('charset="utf-8"', 'charset="idna"'),
        raw("=C2=B7", "=B7"),
    ],
    "utf-8": [raw('charset="utf-8"', 'charset="iso-8859-1"'), raw('; charset="utf-8"', "")],
    "attachment": [
        raw(
            f"{TEXT_PART}",
            "Content-Type: application/pdf\r\n\r\nJVBERi0=\r\n--=_" + "0" * 32 + f"\r\n{TEXT_PART}",
        )
    ],
    "doctype": [
        html("<!DOCTYPE html>", ""),
        html("<!DOCTYPE html>", '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">'),
    ],
    "page-language": [html(' lang="en"', ""), html('lang="en"', 'lang=""')],
    "page-direction": [html(' dir="ltr"', ""), html(' dir="ltr"', ' dir="left"')],
    "page-charset": [
        html('<meta charset="utf-8">', ""),
        html('<meta charset="utf-8">', '<meta charset="latin1">'),
    ],
    "viewport": [html("width=device-width", "width=600")],
    "colour-scheme": [
        html('<meta name="color-scheme"', "<meta"),
        html('name="supported-color-schemes"', 'name="x"'),
    ],
    "page-title": [html("<title>Ferry report 1", "<title>News"), html("<title>Ferry report 1</title>", "")],
    "one-h1": [html("<h1", "<h2"), html(BODY, f"<h1>Once more</h1>{BODY}")],
    "heading-order": [html(BODY, f"<h4>Deep</h4>{BODY}")],
    "layout-table": [html(' role="presentation"', ""), html('role="presentation"', 'role="grid"')],
    "forbidden-element": [
        *[
            html(BODY, f"{tag}{BODY}")
            for tag in (
                "<script>alert(1)</script>",
                '<form action="https://gazette.example/"></form>',
                '<link rel="stylesheet" href="https://gazette.example/a.css">',
                '<iframe src="https://gazette.example/"></iframe>',
                '<base href="https://gazette.example/">',
                FILM,
            )
        ],
        html("<img ", '<img onerror="alert(1)" '),
    ],
    "external-style": [
        html("<style>", '<style>@import "https://gazette.example/a.css";'),
        html("<style>", "<style>.page{background:url(https://gazette.example/a.png)}"),
    ],
    "style-size": [html("<style>", "<style>" + ".unused{color:red}" * 500)],
    "preheader": [html('class="preheader" style="display:none;', 'class="preheader" style="')],
    "preheader-size": [html('class="preheader" style="', 'class="preheader" style="font-size:1px;')],
    "image-alt": [html(" alt=", " title=")],
    "image-address": [
        html(IMAGE, IMAGE.replace("https://gazette.example", "")),
        html(IMAGE, IMAGE.replace("https://", "http://")),
        html(
            IMAGE,
            IMAGE.replace("https://gazette.example/1.jpg", "data:image/gif;base64,R0lGODlhAQABAAAAACw="),
        ),
        html(IMAGE, IMAGE.replace("https://", "//")),
    ],
    "image-width": [
        html(IMAGE, IMAGE.replace("536", "100%")),
        html(IMAGE, IMAGE.replace("536", "1072")),
        html(IMAGE, IMAGE.replace(' width="536"', "")),
        html(IMAGE, IMAGE.replace("536", "536px")),
    ],
    "layout-width": [
        html(
            'class="sheet" role="presentation" width="100%"', 'class="sheet" role="presentation" width="640"'
        ),
        html(
            'class="page" role="presentation"',
            'class="page" role="presentation" style="width:50em;width:640px"',
        ),
    ],
    "tracking-pixel": [
        html(BODY, f'<img src="https://t.example/o.gif" width="1" height="1" alt="">{BODY}'),
        html(BODY, f'<img src="https://t.example/o.gif" style="width:1px;height:1px" alt="">{BODY}'),
        html(BODY, f'<img src="https://t.example/o.gif" width="1" alt="">{BODY}'),
        html(BODY, f'<img src="https://t.example/o.gif" width="1" alt="x" style="display:none">{BODY}'),
    ],
    "link-address": [
        html('href="https://port.example/log"', 'href="/log"'),
        html('href="https://port.example/log"', 'href="javascript:alert(1)"'),
        html('href="https://port.example/log"', 'href="data:text/html,x"'),
        html('href="https://port.example/log"', 'href=""'),
        html('href="https://port.example/log"', 'href="https:///log"'),
    ],
    "insecure-link": [html('href="https://port.example/log"', 'href="http://port.example/log"')],
    "numeric-address": [
        html('href="https://port.example/log"', 'href="https://192.0.2.7/log"'),
        html('href="https://port.example/log"', 'href="http://localhost:4000/log"'),
        html(IMAGE, IMAGE.replace("gazette.example", "[2001:db8::1]")),
    ],
    "link-name": [
        html(">nine days<", "><"),
        html(
            BODY,
            f'<a href="https://port.example/log"><img src="https://a.example/1.png" width="9" alt=""></a>'
            f"{BODY}",
        ),
    ],
    "text-size": [
        html("font-size:14px", "font-size:12px"),
        html("font-size:14px", "font-size:9pt"),
        html("font-size:14px", "font-size:0.7em"),
        html("font-size:14px", "font-size:x-small"),
        html("font-size:14px", "font-size:70%"),
    ],
    "button-size": [
        html(BUTTON, BUTTON.replace("13px", "8px")),
        html(BUTTON, BUTTON.replace("13px 28px", "4px 28px 8px")),
    ],
    "contrast": [
        html("color:#645b4e", "color:#b8b1a6", 9),
        html(
            'style="background-color:#8b2e16; border-radius:3px" bgcolor="#8b2e16"',
            'style="background-color:#f0a98f; border-radius:3px" bgcolor="#f0a98f"',
        ),
        html("color:#645b4e", "color:rgb(200, 200, 200)", 9),
        html("color:#645b4e", "color:yellow", 9),
    ],
    "clip-size": [html(BODY, "<p>more</p>" * 9_000 + BODY)],
    "unsubscribe-clipped": [html('<div role="article"', "<p>more</p>" * 9_500 + '<div role="article"')],
    "unsubscribe-link": [html(f'href="{UNSUBSCRIBE}"', 'href="https://gazette.example/u/"')],
    "unsubscribe-in-text": [text(UNSUBSCRIBE, "https://gazette.example/u/")],
    "postal-address": [html(FOOTER, "The Harbour Gazette")],
    "visible-sender": [
        head("From: The Harbour Gazette <news@gazette.example>", "From: The Rope Walk <news@rope.example>"),
        head("From: The Harbour Gazette <news@gazette.example>", "From: news@gazette.example"),
    ],
    "text-links": [
        text("https://port.example/log", "https://port.example/"),
        html("port.example/log", "port.example/logs"),
    ],
    "text-words": [
        text("The Petrel was back at her berth at six, after", "…"),
        html(BODY, f"<p>nowhere else said</p>{BODY}"),
    ],
    "text-width": [text("Continue reading:", "Continue reading " * 6), text("Continue reading:", "渡" * 40)],
    "text-markup": [
        text("Continue reading:", "<p>Continue reading:"),
        text("Continue reading:", "Continue&nbsp;reading:"),
        text("Continue reading:", "[Continue reading](https://gazette.example/1.html)"),
        text("Continue reading:", "![Continue](a.png)"),
        text("Continue reading:", "**Continue** reading:"),
    ],
    "placeholder": [
        html(">nine days<", ">{{ days }}<"),
        html(">nine days<", ">{% days %}<"),
        html("https://port.example/log", "https://slot.invalid/x"),
        html("https://port.example/log", "https://port.example/{{page}}"),
        text("nine days", "SLOT0123456789abcdefaddress"),
        text("nine days", "*|DAYS|*"),
        head("Ferry report 1", "{{ subject }}"),
    ],
    "empty-value": [
        html(">nine days<", ">None<"),
        html(">nine days<", "> undefined <"),
        text("Continue reading:", "None"),
    ],
    "escaped-twice": [
        html("dock &amp; with", "dock &amp;amp; with"),
        html("nine days", "nine&amp;nbsp;days"),
    ],
    "misread-letters": [
        html(">nine days<", ">neun Tage für FÃ¤hren<"),
        text("nine days", "nine \ufffd days"),
    ],
}


def ids(message: bytes) -> list[str]:
    return [finding.rule for finding in lint(message)]


def test_what_the_project_writes_has_no_finding():
    assert ids(GOOD) == []


def test_a_message_taken_apart_and_put_together_has_no_finding():
    assert ids(Parts.of(GOOD).joined()) == []


def test_a_signature_of_all_that_matters_has_no_finding():
    assert ids(field(SIGNATURE)(GOOD)) == []


@pytest.mark.parametrize(
    ("rule", "change"), [(rule, change) for rule, changes in BROKEN.items() for change in changes]
)
def test_a_message_that_breaks_a_rule_is_caught(rule, change):
    assert rule in ids(change(GOOD))


def test_every_rule_has_a_message_that_breaks_it():
    assert {rule.id for rule in RULES} == set(BROKEN)
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_what_why_and_whence(rule):
    assert rule.title[0].isupper() or rule.title[0] == "<"
    assert not rule.title.endswith(".")
    assert rule.why.endswith((".", "”."))
    assert rule.source
    assert rule.find.__doc__


def test_a_finding_names_its_lines_in_the_file_and_on_the_page():
    broken = html("<h1 ", "<h1 onclick='x' ")(GOOD)

    (finding,) = lint(broken)

    assert (finding.rule, finding.severity) == ("forbidden-element", Severity.ERROR)
    assert broken.split(b"\r\n")[(finding.line or 0) - 2 :][:2] == [b"", b"<!DOCTYPE html>"]
    (there,) = [n for n, line in enumerate(Parts.of(broken).html.splitlines(), 1) if "<h1 onclick" in line]
    assert finding.part == f"HTML part, line {there}"
    assert finding.what == "there is onclick="


@pytest.mark.parametrize(
    "change",
    [
        html("nine days", "nine days <code>{{ a.b }} &amp;amp; None</code>"),
        html(BODY, f'<img src="cid:1@gazette.example" width="20" alt="a">{BODY}'),
        html(BODY, f'<table><tr><th>1</th></tr></table><a href="#top">top</a>{BODY}'),
        html(BODY, f'<p style="color:var(--ink);font-size:calc(1px)">nine</p>{BODY}'),
        head("+0000", "+0000 (UTC)"),
        head(
            "From: The Harbour Gazette <news@gazette.example>",
            'From: "The Harbour Gazette" (daily, mostly) <news@gazette.example>',
        ),
        head("To: reader@example.com", 'To: "Reader, A. (the first)" <reader@example.com>'),
        head("@gazette.example>\r\nList-Id", "@mail.gazette.example>\r\nList-Id"),
        head("Ferry report 1", "=?utf-8?q?Ferry?= =?utf-8?b?IHJlcG9ydA==?= 1"),
    ],
)
def test_what_is_allowed_has_no_finding(change):
    assert ids(change(GOOD)) == []


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared checks are not beside this checkout")
def test_the_exemplar_only_signs_its_sender_once():
    assert set(ids((SHARED / "exemplar.eml").read_bytes())) == {"dkim-from-twice"}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared checks are not beside this checkout")
def test_the_bad_one_has_the_defects_that_were_put_in():
    found = set(ids((SHARED / "bad.eml").read_bytes()))

    assert found >= {"one-click", "message-id", "numeric-address", "insecure-link", "page-title"}
