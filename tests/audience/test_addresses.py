import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.audience.addresses import parse
from syndicate.errors import AddressError


@pytest.mark.parametrize(
    ("written", "text", "envelope"),
    [
        ("ada@example.org", "ada@example.org", "ada@example.org"),
        ("  Ada.B@EXAMPLE.org\t", "Ada.B@example.org", "Ada.B@example.org"),
        ("ada@bu\u0308ro.example", "ada@b\u00fcro.example", "ada@xn--bro-hoa.example"),
        ("o'neil+news@example.org", "o'neil+news@example.org", "o'neil+news@example.org"),
    ],
)
def test_an_address_is_kept_as_written_and_has_a_form_for_the_envelope(written, text, envelope):
    found = parse(written)

    assert (found.text, found.envelope) == (text, envelope)


def test_two_spellings_of_a_mailbox_are_one():
    assert parse("Ada@Example.org").key == parse("ada@example.ORG").key


@pytest.mark.parametrize(
    "written",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "ada@localhost",
        "ada@example..org",
        "ada@[127.0.0.1]",
        '"ada b"@example.org',
        "Ada <ada@example.org>",
        "ada@example.org, ben@example.org",
        "a" * 65 + "@example.org",
        "ada@" + "a" * 64 + ".org",
        "ada@exa_mple.org",
    ],
)
def test_what_is_no_plain_mailbox_is_refused(written):
    with pytest.raises(AddressError, match="; correct the address"):
        parse(written)


@pytest.mark.parametrize(
    "written",
    [
        "ada@b.example\r\nRSET",
        "ada@b.example\n",
        "ada\0@b.example",
        "ada@b.example\u2028",
        "a\u202eda@b.example",
    ],
)
def test_line_ends_and_controls_are_refused_not_cut(written):
    with pytest.raises(AddressError, match="holds no line ends or control characters"):
        parse(written)


def test_a_local_part_outside_ascii_stays_as_it_is():
    found = parse("Jo\u0308rg@B\u00fcro.example")

    assert found.text == "J\u00f6rg@b\u00fcro.example"
    assert found.envelope == "J\u00f6rg@xn--bro-hoa.example"
    assert found.key == parse("j\u00f6rg@b\u00fcro.example").key


def test_a_domain_is_the_one_that_registries_have():
    assert parse("ada@stra\u00dfe.example").envelope == "ada@xn--strae-oqa.example"  # IDNA 2003 has "strasse"


def envelope_or_error(written):
    try:
        return parse(written).envelope
    except AddressError as error:
        return str(error).partition(": ")[2]


@given(st.text(max_size=80))
def test_whatever_is_given_comes_out_as_one_line(written):
    found = envelope_or_error(f"{written}@example.org")

    assert not set(found) & set("\r\n\0")
