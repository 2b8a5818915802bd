import email
import email.policy
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.errors import MessageError
from syndicate.mail.headers import Heading
from syndicate.mail.slots import Personal, Slots
from syndicate.mail.wire import Wire, sender_domain, template

HEADING = Heading(
    sender="The Gazette <news@gazette.example>",
    reply_to="editors@gazette.example",
    subject="Die Fähre fährt wieder and 4 more",
    date=datetime(2026, 11, 23, 7, 0, tzinfo=UTC),
    list_name="weekly",
    list_title="The Gazette",
)
LATIN = ("Café at the harbour.\n.\nFrom here on {{ address }} SLOTaddress\n", "<p>Größe: 5 &lt; 6</p>\n" * 3)
#: What no header may hold.
INTRUDERS = ["\r", "\n", "\0", "\r\nBcc: a@example.org", "\x85", "\u202e", "\u2028", "\ud800"]
CHINESE = ("漁船今天早上回到港口。\n" * 6, "<p>漁船今天早上回到港口。</p>\n" * 6)


def reader(address: str = "reader@example.com", key: str = "abc") -> Personal:
    return Personal(
        address=address,
        message_id=f"<1.{key}@gazette.example>",
        unsubscribe_url=f"https://gazette.example/u/{key}",
        unsubscribe_mailto=f"mailto:leave@gazette.example?subject={key}",
    )


def documents(slots: Slots, content: tuple[str, str]) -> tuple[str, str]:
    text = f"{content[0]}\n-- \nSent to {slots.address}.\nUnsubscribe:\n{slots.unsubscribe_url}\n"
    page = f'{content[1]}<p>{slots.address} <a href="{slots.unsubscribe_url}">Unsubscribe</a></p>\n'
    return text, page


def wire(content: tuple[str, str] = LATIN) -> Wire:
    slots = Slots.absent_from("".join(content))
    text, page = documents(slots, content)
    return Wire.parse(template(HEADING, slots, text=text, html=page))


def parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.SMTPUTF8)
    assert isinstance(message, EmailMessage)
    return message


def reference(slots: Slots, content: tuple[str, str], personal: Personal) -> EmailMessage:
    """Build the same message the slow way: Python's own, once for this reader alone."""
    text, page = documents(slots, content)
    message = EmailMessage(policy=email.policy.SMTPUTF8.clone(max_line_length=998))
    message["From"] = HEADING.sender
    message["To"] = personal.address
    message["Reply-To"] = HEADING.reply_to
    message["Subject"] = HEADING.subject
    message["Date"] = HEADING.date
    message["Message-ID"] = personal.message_id
    message["List-Id"] = "The Gazette <weekly.gazette.example>"
    message["List-Unsubscribe"] = f"<{personal.unsubscribe_url}>, <{personal.unsubscribe_mailto}>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["List-Help"] = "<mailto:editors@gazette.example>"
    message["List-Post"] = "NO"
    message["Feedback-ID"] = "20261123T0700:weekly:gazette.example:syndicate"
    message["Auto-Submitted"] = "auto-generated"
    message["Precedence"] = "bulk"
    message.set_content(slots.filled_text(text, personal), cte="quoted-printable")
    message.add_alternative(slots.filled_html(page, personal), subtype="html", cte="quoted-printable")
    return message


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (LATIN, slice(60)),
        (CHINESE, slice(60, 100)),
        pytest.param(LATIN, slice(700), marks=pytest.mark.long),
        pytest.param(CHINESE, slice(700, 1_000), marks=pytest.mark.long),
    ],
    ids=["quoted-printable", "base64", "quoted-printable, of a thousand", "base64, of a thousand"],
)
def test_a_filled_message_equals_the_one_that_python_builds(
    content: tuple[str, str], part: slice, hostile_readers: Callable[[int], list[Personal]]
) -> None:
    filled = wire(content)
    for personal in hostile_readers(1_000)[part]:
        message = parsed(filled.fill(personal))
        expected = parsed(reference(filled.slots, content, personal).as_bytes())

        for kind in ("plain", "html"):
            ours, theirs = message.get_body((kind,)), expected.get_body((kind,))
            assert ours is not None
            assert theirs is not None
            assert ours.get_payload(decode=True) == theirs.get_payload(decode=True)
        for name in set(expected.keys()) - {"Content-Type"}:
            assert str(message[name]) == str(expected[name])
        assert len(message.keys()) == len(expected.keys())


def test_the_bytes_are_fit_for_the_wire() -> None:
    for content in (LATIN, CHINESE):
        raw = wire(content).fill(reader(key="t" * 300))

        assert raw.isascii()
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
        assert max(map(len, raw.split(b"\r\n"))) <= 998
        assert b"\r\n." not in raw
        assert not [part.defects for part in parsed(raw).walk() if part.defects]


@pytest.mark.parametrize("content", [LATIN, CHINESE], ids=["quoted-printable", "base64"])
def test_raw_headers_are_right_for_tokens_of_1_to_200_characters(content: tuple[str, str]) -> None:
    filled = wire(content)
    for length in range(1, 201):
        token = "t" * length
        head = filled.fill(reader(key=token)).partition(b"\r\n\r\n")[0].decode("ascii")

        fields = {field.partition(": ")[0]: field for field in re.split(r"\r\n(?![ \t])", head)}
        assert fields["List-Unsubscribe"] == (
            f"List-Unsubscribe: <https://gazette.example/u/{token}>,\r\n "
            f"<mailto:leave@gazette.example?subject={token}>"
        )
        assert fields["Message-ID"] == f"Message-ID: <1.{token}@gazette.example>"
        verbatim = [
            name for name in fields if name.startswith("List-") or name in {"Message-ID", "Feedback-ID"}
        ]
        assert len(verbatim) == 7
        assert not any("=?" in fields[name] for name in verbatim)
        assert max(map(len, head.splitlines())) <= 998


def test_the_same_edition_and_reader_give_the_same_bytes() -> None:
    assert wire().fill(reader()) == wire().fill(reader())


def test_what_looks_like_a_slot_in_a_post_arrives_as_it_was() -> None:
    message = parsed(wire().fill(reader()))

    text = message.get_body(("plain",))
    assert text is not None
    assert "\r\nFrom here on {{ address }} SLOTaddress\r\n" in text.get_content()


def test_a_message_with_a_slot_left_over_is_never_given() -> None:
    filled = wire()

    with pytest.raises(MessageError, match="left unfilled"):
        filled.fill(reader(key=filled.slots.key))


@pytest.mark.parametrize("content", [LATIN, CHINESE], ids=["quoted-printable", "base64"])
@pytest.mark.parametrize(
    ("word", "damaged"), [(b"address", b"addres"), (b"unsubscribeurl", b"unsubscribeurn")]
)
@pytest.mark.parametrize("which", [0, -1])
def test_a_stored_message_with_a_damaged_slot_is_never_filled(
    content: tuple[str, str], word: bytes, damaged: bytes, which: int
) -> None:
    slots = Slots.absent_from("".join(content))
    text, page = documents(slots, content)
    stored = template(HEADING, slots, text=text, html=page)
    whole = slots.key.encode() + word
    at = stored.find(whole) if which == 0 else stored.rfind(whole)

    with pytest.raises(MessageError, match="left unfilled"):
        Wire.parse(stored[:at] + slots.key.encode() + damaged + stored[at + len(whole) :])


@pytest.mark.parametrize("part", ["text", "html"])
def test_a_part_without_an_unsubscribe_link_is_refused(part: str) -> None:
    slots = Slots.absent_from("")
    text, page = documents(slots, LATIN)
    parts = {"text": text, "html": page} | {part: "no way out"}

    with pytest.raises(MessageError, match="no unsubscribe link"):
        template(HEADING, slots, **parts)


@given(st.sampled_from(INTRUDERS), st.integers(0, 18))
def test_an_address_that_would_add_a_header_is_refused(intruder: str, at: int) -> None:
    address = "reader@example.com"
    personal = reader(address[:at] + intruder + address[at:])

    with pytest.raises(MessageError):
        FILLED.fill(personal)


def test_a_stored_message_that_is_not_ours_is_one_clear_line() -> None:
    with pytest.raises(MessageError, match="restore the store"):
        Wire.parse(b"From: somebody\r\n\r\n")


@pytest.mark.parametrize(
    ("sender", "domain"),
    [
        ("The Gazette <news@gazette.example>", "gazette.example"),
        ('"Gazette, The" <news@Gazette.example>', "gazette.example"),
        (f"{'Zeitung für Häfen ' * 12} <news@bücher.example>", "xn--bcher-kva.example"),
    ],
)
def test_the_domain_that_a_stored_message_is_from_is_read_from_its_beginning(sender, domain):
    heading = replace(HEADING, sender=sender)
    slots = Slots.absent_from("")
    stored = template(heading, slots, text=slots.unsubscribe_url, html=slots.unsubscribe_url)

    assert sender_domain(stored) == sender_domain(stored[:2_000]) == domain


def test_what_is_no_stored_message_is_from_nowhere():
    assert sender_domain(b"") == sender_domain(b"syndicate-wire/1 x\r\nFrom: ?\r\n\r\n") == ""


def test_replacing_a_reader_changes_no_one_else() -> None:
    filled = wire()
    before = filled.fill(reader())

    filled.fill(replace(reader(), address="other@example.com"))

    assert filled.fill(reader()) == before


def test_an_address_beyond_ascii_is_utf_8_in_to_and_encoded_in_the_bodies() -> None:
    for content in (LATIN, CHINESE):
        raw = wire(content).fill(reader("阿明.jörg@example.com"))
        head, _, body = raw.partition(b"\r\n\r\n")

        assert "\r\nTo: 阿明.jörg@example.com\r\n".encode() in head
        assert head.replace("阿明.jörg".encode(), b"").isascii()
        assert body.isascii()
        message = email.message_from_bytes(raw, policy=email.policy.SMTPUTF8)
        assert isinstance(message, EmailMessage)
        for kind in ("plain", "html"):
            part = message.get_body((kind,))
            assert part is not None
            assert "阿明.jörg@example.com" in part.get_content()


FILLED = wire()


def test_filling_costs_a_small_part_of_building_a_message() -> None:
    content = (LATIN[0] * 20, LATIN[1] * 140)
    filled = wire(content)

    started = process_time()
    for _ in range(200):
        filled.fill(reader())
    filling = process_time() - started
    started = process_time()
    for _ in range(10):
        reference(filled.slots, content, reader()).as_bytes()
    building = (process_time() - started) * 20

    assert filling * 20 < building
