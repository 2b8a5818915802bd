import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.errors import MessageError
from syndicate.mail.headers import Heading, head, mailbox
from syndicate.mail.slots import Slots

HEADING = Heading(
    sender='"The Gazette, Harbour Edition" <news@gazette.example>',
    reply_to="editors@gazette.example",
    subject="The ferry is back",
    date=datetime(2026, 11, 23, 7, 0, tzinfo=UTC),
    list_name="weekly",
    list_title="The Gazette",
)
SLOTS = Slots("SLOT0123456789abcdef")
#: Hold a slot here, which is no address yet.
PERSONAL = ("To", "Message-ID")
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=200)


def parsed(heading: Heading) -> email.message.EmailMessage:
    raw = head(heading, SLOTS, boundary="=_x") + b"\r\n"
    return email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[arg-type,return-value] # typeshed has the old class


def test_every_field_of_a_bulk_message_is_there_once() -> None:
    message = parsed(HEADING)

    assert [name for name, _ in message.items()] == [
        "From",
        "To",
        "Reply-To",
        "Subject",
        "Date",
        "Message-ID",
        "List-Id",
        "List-Unsubscribe",
        "List-Unsubscribe-Post",
        "List-Help",
        "List-Post",
        "Feedback-ID",
        "Auto-Submitted",
        "Precedence",
        "MIME-Version",
        "Content-Type",
    ]
    assert message["From"].addresses[0].display_name == "The Gazette, Harbour Edition"
    assert message["Date"] == "Mon, 23 Nov 2026 07:00:00 +0000"
    assert message["List-Id"] == "The Gazette <weekly.gazette.example>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Feedback-ID"] == "20261123T0700:weekly:gazette.example:syndicate"


@given(subject=WORDS, title=WORDS)
def test_words_of_any_script_come_back_as_they_were(subject: str, title: str) -> None:
    raw = head(replace(HEADING, subject=subject, list_title=title), SLOTS, boundary="=_x")
    message = email.message_from_bytes(raw + b"\r\n", policy=email.policy.default)

    assert raw.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    assert max(map(len, raw.split(b"\r\n"))) <= 200
    assert not any(header.defects for name, header in message.items() if name not in PERSONAL)
    assert "".join(str(message["Subject"]).split()) == "".join(subject.split())
    assert str(message["List-Id"]).endswith("<weekly.gazette.example>")


@given(st.integers(1, 200))
def test_tokens_never_become_encoded_words(length: int) -> None:
    heading = replace(HEADING, list_name="n" * length, list_title="Zürich " * 12)
    raw = head(heading, SLOTS, boundary="=_x")

    unfolded = re.sub(rb"\r\n[ \t]+", b" ", raw)
    for name in (b"List-Unsubscribe", b"Message-ID", b"Feedback-ID", b"List-Help"):
        value = re.findall(rb"(?m)^%b: (.*)\r$" % name, unfolded)[0]
        assert b"=?" not in value
    assert b"<%b.gazette.example>" % (b"n" * length) in unfolded


@pytest.mark.parametrize("intruder", ["\r\nBcc: x@example.org", "\nX: y", "\r", "\0", "\x1b[2J", "\u2028"])
@pytest.mark.parametrize("field", ["sender", "reply_to", "subject", "list_title"])
def test_a_line_end_in_a_value_is_refused(field: str, intruder: str) -> None:
    heading = replace(HEADING, **{field: f"News {intruder} <a@gazette.example>"})

    with pytest.raises(MessageError, match="remove it"):
        head(heading, SLOTS, boundary="=_x")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nobody",
        "a@b, c@d",
        "Das Blatt, Wien <a@b.example>",
        "a@b.example c",
        "jürgen@b.example",
        "@b",
    ],
)
def test_a_sender_that_is_not_one_mailbox_is_refused_with_the_key(text: str) -> None:
    with pytest.raises(MessageError, match=r"^mail\.sender: "):
        mailbox(text, what="mail.sender")


def test_a_domain_beyond_ascii_becomes_a_labels() -> None:
    assert mailbox("a@straße.example", what="mail.sender").domain == "xn--strae-oqa.example"
    assert mailbox("Post <a@zürich.example>", what="mail.sender").addr_spec == "a@xn--zrich-kva.example"


@given(st.text(st.sampled_from("aeä渡😀 =?_"), min_size=1, max_size=200).map(str.strip).filter(bool))
def test_a_long_subject_keeps_its_spaces_in_words_of_75_characters(subject: str) -> None:
    raw = head(replace(HEADING, subject=subject), SLOTS, boundary="=_x")
    written = raw.decode("ascii").partition("\r\nSubject: ")[2].partition("\r\nDate")[0].replace("\r\n", "")

    assert str(make_header(decode_header(written))).split() == subject.split()
    assert all(len(word) <= 75 for word in raw.decode("ascii").split() if word.startswith("=?"))


@given(st.text(st.sampled_from("aeä渡😀 ,"), min_size=1, max_size=150).map(str.strip).filter(bool))
def test_a_long_name_keeps_its_spaces_in_words_of_75_characters(name: str) -> None:
    raw = head(replace(HEADING, sender=f'"{name}" <news@gazette.example>'), SLOTS, boundary="=_x")
    lines = raw.decode("ascii").partition("\r\nTo: ")[0].replace("\r\n", "").removeprefix("From: ")
    written, _, address = lines.rpartition(" ")

    assert str(make_header(decode_header(written.strip('"')))).split() == name.split()
    assert address == "<news@gazette.example>"
    assert all(len(word) <= 75 for word in written.split() if word.startswith("=?"))


@given(st.lists(st.text("aZ9?-", min_size=1, max_size=60), min_size=1, max_size=20).map(" ".join))
def test_a_subject_of_any_length_begins_on_its_first_line(subject: str) -> None:
    raw = head(replace(HEADING, subject=subject), SLOTS, boundary="=_x")
    lines = raw.partition(b"Subject:")[2].partition(b"\r\nDate:")[0].split(b"\r\n")

    assert lines[0].strip()
    assert b"".join(lines) == b" " + subject.encode()
    assert max(map(len, lines)) <= 78
