"""Our signatures, checked by dkimpy, which shares no code with them."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import dkim as dkimpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.mail.keys import Key
from syndicate.mail.linting import lint
from syndicate.mail.slots import Personal
from syndicate.mail.wire import Wire

AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
READER = Personal(
    address="reader@example.com",
    message_id="<1.abc@gazette.example>",
    unsubscribe_url="https://gazette.example/u/abc",
    unsubscribe_mailto="mailto:leave@gazette.example?subject=abc",
)
#: Folded names, encoded words, spaces in a row, a base64 body.
SHAPES = {
    "plain": ("Café at the harbour.\n", {}),
    "base64": ("漁船今天早上回到港口。\n" * 30, {"subject": "漁船今天早上回到港口。" * 9}),
    "folded": ("x  \n\n\n", {"list_title": "Zürich " * 12, "sender": f'"{"The Gazette, " * 9}" <a@b.c>'}),
    "spaced": ("\t.\n", {"subject": "The  ferry   is " + "back " * 40, "list_title": "The  Gazette"}),
}  # fmt: skip


@pytest.fixture(params=sorted(SHAPES))
def sealed(request, make_wire, keys) -> Wire:
    content, facts = SHAPES[request.param]
    return make_wire(content, **facts).sealed(keys, at=AT)


def verified(message: bytes, dns: Callable[..., bytes]) -> list[bool]:
    """Give what dkimpy says of each signature, from the top down."""
    number = len(re.findall(rb"(?m)^DKIM-Signature:", message.partition(b"\r\n\r\n")[0]))
    return [_good(dkimpy.DKIM(message), at, dns) for at in range(number)]


def _good(message: dkimpy.DKIM, at: int, dns: Callable[..., bytes]) -> bool:
    try:
        return bool(message.verify(at, dnsfunc=dns))
    except dkimpy.ValidationError:  # the body's digest is another
        return False


@pytest.mark.parametrize("shape", SHAPES)
def test_both_signatures_are_good_for_a_thousand_hostile_readers(
    make_wire, keys, dns, hostile_readers, shape
):
    content, facts = SHAPES[shape]
    wire = make_wire(content, **facts).sealed(keys, at=AT)

    for personal in hostile_readers(1_000)[list(SHAPES).index(shape) :: len(SHAPES)]:
        assert verified(wire.fill(personal), dns) == [True, True]


@given(length=st.integers(1, 200))
def test_signatures_are_good_wherever_a_field_is_folded(make_wire, keys, dns, length):
    wire = make_wire(subject="ferry " * (length // 6) + "x" * (length % 6 + 1), list_title="n" * length)
    personal = Personal(
        address=f"{'a' * min(length, 60)}@example.com",
        message_id=f"<{'m' * length}@gazette.example>",
        unsubscribe_url=f"https://gazette.example/u/{'t' * length}",
        unsubscribe_mailto=f"mailto:leave@gazette.example?subject={'t' * length}",
    )

    assert verified(wire.sealed(keys, at=AT).fill(personal), dns) == [True, True]


def test_fields_that_a_server_folds_anew_stay_good(sealed, dns):
    message = sealed.fill(READER).replace(b"\r\nList-Unsubscribe: <", b"\r\nList-Unsubscribe:\r\n\t  <")

    assert verified(message, dns) == [True, True]


@pytest.mark.parametrize(
    ("found", "changed"),
    [
        (b"DKIM-Signature: v=1; a=rsa", b"From: boss@bank.example\r\nDKIM-Signature: v=1; a=rsa"),
        (b"\r\nFrom: ", b"\r\nFrom: boss@bank.example\r\nFrom: "),
        (b"\r\nSubject: ", b"\r\nSubject: Win!\r\nSubject: "),
        (b"\r\nTo: reader", b"\r\nTo: other"),
        (b"\r\nReply-To: editors", b"\r\nReply-To: others"),
        (b"\r\nList-Unsubscribe-Post: List", b"\r\nList-Unsubscribe-Post: Lisp"),
        (b"\r\nList-Unsubscribe: <https://gazette.example/u/abc>", b"\r\nList-Unsubscribe: <https://x.example>"),
        (b"\r\nFeedback-ID: 2", b"\r\nFeedback-ID: 3"),
        (b"\r\nMessage-ID: <1", b"\r\nMessage-ID: <2"),
        (b"Good-bye.", b"Good-buy."),
        (b"--\r\n", b"--\r\nand more\r\n"),
    ],
)  # fmt: skip
def test_no_forgery_passes(make_wire, keys, dns, found, changed):
    wire = make_wire()
    message = wire.sealed(keys, at=AT).fill(READER)
    before, _, after = message.rpartition(found)
    forged = before + changed + after
    assert forged != message

    assert verified(forged, dns) == [False, False]


def test_what_a_relay_adds_on_top_spoils_nothing(sealed, dns):
    added = b"Received: from a by b\r\nFeedback-ID: 1.relay:x\r\nX-Relay: y\r\n"

    assert verified(added + sealed.fill(READER), dns) == [True, True]


def test_the_same_edition_and_reader_give_the_same_bytes(make_wire, keys):
    one, other = (make_wire().sealed(keys, at=AT) for _ in range(2))

    assert one.fill(READER) == other.fill(READER)
    assert f"t={int(AT.timestamp())};".encode() in one.fill(READER)
    later = make_wire().sealed(keys, at=AT + timedelta(minutes=1))
    assert later.fill(READER) != one.fill(READER)


def test_a_signature_changes_nothing_of_the_message(make_wire, keys):
    wire = make_wire()
    signed = wire.sealed(keys, at=AT).fill(READER)

    assert signed.endswith(wire.fill(READER))
    assert signed.removesuffix(wire.fill(READER)).count(b"DKIM-Signature: ") == 2


def test_without_keys_nothing_is_signed(make_wire):
    wire = make_wire()

    assert wire.sealed((), at=AT).fill(READER) == wire.fill(READER)


def test_what_the_rfcs_ask_for_is_in_the_signature(make_wire, keys):
    wire = make_wire()
    head = wire.sealed(keys, at=AT).fill(READER).partition(b"\r\nFrom: ")[0].decode("ascii")
    rsa = re.sub(r"\r\n ", "", head.partition("\r\nDKIM-Signature")[0])

    assert "; l=" not in rsa
    assert rsa.partition(";h=")[2].partition(";")[0].split(":") == [
        *("from", "to", "reply-to", "subject", "date", "message-id"),
        *("list-id", "list-unsubscribe", "list-unsubscribe-post", "list-help", "list-post"),
        *("feedback-id", "auto-submitted", "mime-version", "content-type"),
        *("from", "reply-to", "to", "subject", "date"),
    ]
    assert max(map(len, head.splitlines())) <= 78


def test_the_linter_finds_no_fault_with_our_signatures(make_wire, keys):
    wire = make_wire()
    found = lint(wire.sealed(keys, at=AT).fill(READER))

    assert [each.rule for each in found if each.rule.startswith("dkim")] == []


def test_one_key_makes_one_signature(make_wire, keys: tuple[Key, ...], dns):
    wire = make_wire()

    assert verified(wire.sealed(keys[:1], at=AT).fill(READER), dns) == [True]


def test_signatures_are_good_for_an_address_in_utf_8(make_wire, keys, dns):
    message = make_wire().sealed(keys, at=AT).fill(replace(READER, address="阿明.jörg@example.com"))

    assert verified(message, dns) == [True, True]
    assert [each.rule for each in lint(message) if each.rule in {"seven-bit", "to"}] == []
