from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.errors import MessageError
from syndicate.mail.slots import Personal, Slots, checked

READER = Personal(
    address="reader@example.com",
    message_id="<1.abcdef@example.org>",
    unsubscribe_url="https://example.org/u/token",
    unsubscribe_mailto="mailto:leave@example.org?subject=token",
)


@given(st.text())
def test_the_words_never_occur_in_the_content(content: str) -> None:
    slots = Slots.absent_from(content)

    assert slots.key not in content
    assert slots == Slots.absent_from(content)


def test_content_that_holds_the_word_gets_another_one() -> None:
    first = Slots.absent_from("a post")

    assert Slots.absent_from(f"a post {first.key}").key != first.key


def test_each_slot_is_counted() -> None:
    slots = Slots("SLOT1")
    page = f'<a href="{slots.unsubscribe_url}">x</a> {slots.address} {slots.address}'

    assert slots.count(page) == {"unsubscribeurl": 1, "address": 2}


def test_a_damaged_slot_is_refused() -> None:
    slots = Slots("SLOT1")

    with pytest.raises(MessageError, match="damaged"):
        slots.count("SLOT1addres")


def test_what_looks_like_a_slot_in_a_post_stays_as_it_is() -> None:
    slots = Slots.absent_from("")
    text = f"SLOTaddress https://slot.invalid/SLOTx {{{{ address }}}} {slots.address}"

    assert slots.filled_text(text, READER) == (
        "SLOTaddress https://slot.invalid/SLOTx {{ address }} reader@example.com"
    )


def test_values_are_escaped_in_html_and_not_in_text() -> None:
    slots = Slots.absent_from("")
    reader = replace(READER, address='"<b>&"@example.com')

    assert slots.filled_html(slots.address, reader) == "&quot;&lt;b&gt;&amp;&quot;@example.com"
    assert slots.filled_text(slots.address, reader) == '"<b>&"@example.com'


@pytest.mark.parametrize("field", ["address", "message_id", "unsubscribe_url", "unsubscribe_mailto"])
@pytest.mark.parametrize("intruder", ["\r\nBcc: x@example.org", "\n", "\0", "é", "\u2028", "x" * 1000])
def test_a_value_that_could_break_out_of_its_header_is_refused(field: str, intruder: str) -> None:
    reader = replace(READER, **{field: getattr(READER, field) + intruder})

    with pytest.raises(MessageError, match="can't stand in a header"):
        checked(reader)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("unsubscribe_url", "javascript:alert(1)"),
        ("unsubscribe_url", "https://example.org/a>, <https://example.com/b"),
        ("unsubscribe_mailto", "https://example.org/"),
        ("unsubscribe_mailto", "mailto:a@example.org,b@example.org"),
        ("message_id", "1@example.org"),
        ("message_id", "<1@example.org> <2@example.org>"),
        ("address", ""),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(field: str, value: str) -> None:
    with pytest.raises(MessageError):
        checked(replace(READER, **{field: value}))


@pytest.mark.parametrize(
    "address", ["jörg@example.com", "阿明@example.com", '"e\u0301 x"@xn--bro-hoa.example']
)
def test_an_address_may_have_letters_of_any_script_before_the_at(address: str) -> None:
    assert checked(replace(READER, address=address))["address"] == address


@pytest.mark.parametrize(
    "address", ["ada@bücher.example", "a\u202eda@example.com", "jörg\n@example.com", "ö" * 460]
)
def test_an_address_holds_no_more_than_that(address: str) -> None:
    with pytest.raises(MessageError, match="can't stand in a header"):
        checked(replace(READER, address=address))
