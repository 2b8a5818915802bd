"""A message's header fields, folded so that the raw bytes are right.

Python's own folding turns any long token of List-Unsubscribe, Message-ID or Feedback-ID into an RFC 2047
encoded word, which breaks one-click unsubscription (RFC 2047 §5 forbids it there; cpython #85725) and which
its own parser hides. So it folds only words and names in ASCII; the others are folded here.
"""

import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime, quote

from syndicate.errors import MessageError
from syndicate.mail.slots import Slots
from syndicate.settings.domain_names import a_labels

_CONTROL = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\u2028\u2029]")
#: What an atom of RFC 5322 §3.2.3 may hold, with the spaces between atoms.
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_LINE = 78
#: Fits behind the name of the field.
_LONGEST_WORD = 60
#: A space and an encoded word, which has 75 characters at most (RFC 2047 §2).
_ENCODED_LINE = 76


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands in the header of every message of an edition."""

    #: ``Name <mailbox>``, as written in the configuration.
    sender: str
    reply_to: str
    subject: str
    #: The edition's instant, so that the same edition has the same bytes.
    date: datetime
    list_name: str
    list_title: str


def head(heading: Heading, slots: Slots, *, boundary: str) -> bytes:
    """Give the header block, each line ended by CRLF, with slots where a reader's own values go."""
    sender = mailbox(heading.sender, what="mail.sender")
    reply_to = mailbox(heading.reply_to, what="mail.reply_to")
    lines = (
        _mailbox("From", sender),
        _verbatim("To", slots.address),
        _mailbox("Reply-To", reply_to),
        _subject(heading.subject),
        _verbatim("Date", format_datetime(heading.date)),
        _verbatim("Message-ID", slots.message_id),
        _list_id(heading, sender.domain),
        _verbatim("List-Unsubscribe", f"<{slots.unsubscribe_url}>,", f"<{slots.unsubscribe_mailto}>"),
        # RFC 8058 §3.1: exactly these words.
        _verbatim("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        _verbatim("List-Help", f"<mailto:{reply_to.addr_spec}>"),
        # RFC 2369 §3.4: nobody may post to this list.
        _verbatim("List-Post", "NO"),
        _verbatim("Feedback-ID", _feedback_id(heading, sender.domain)),
        _verbatim("Auto-Submitted", "auto-generated"),
        _verbatim("Precedence", "bulk"),
        _verbatim("MIME-Version", "1.0"),
        _verbatim("Content-Type", "multipart/alternative;", f'boundary="{boundary}"'),
    )
    return b"".join(lines)


def mailbox(text: str, *, what: str) -> Address:
    """Give the one mailbox that ``text`` names, its domain as A-labels; ``what`` is the key in the config."""
    _refuse_controls(text, what)
    parsed = email.policy.SMTP.header_factory("Reply-To", text)
    if len(parsed.addresses) != 1 or parsed.defects:
        raise MessageError(
            f'{what}: "{text}" is not one mailbox; write it as "Name <name@example.org>", '
            "with the name in quotes where it holds a comma"
        )
    found = parsed.addresses[0]
    try:
        domain = a_labels(found.domain)
        return Address(found.display_name, found.username.encode("ascii").decode(), domain)
    except (UnicodeError, ValueError, IndexError) as error:
        raise MessageError(f'{what}: "{text}" has no ASCII form; use an ASCII name before the @') from error


def _refuse_controls(text: str, what: str) -> None:
    if _CONTROL.search(text):
        raise MessageError(f"{what}: {text[:60]!r} holds a line end or a control character; remove it")


def _words(name: str, value: str) -> bytes:
    """Fold a field of words and mailboxes, where encoded words are right."""
    _refuse_controls(value, name)
    folded: str = email.policy.SMTP.header_factory(name, value).fold(policy=email.policy.SMTP)
    return folded.encode("ascii")


def _subject(text: str) -> bytes:
    """Write the Subject; in encoded words as a whole, where it needs any."""
    _refuse_controls(text, "Subject")
    if text.isascii() and "=?" not in text:
        long = any(len(word) > _LONGEST_WORD for word in text.split(" "))
        return _words("Subject", text) if long else _folded(f"Subject: {text}")
    return f"Subject: {_encoded('Subject', text)}\r\n".encode("ascii")


def _folded(line: str) -> bytes:
    """Fold between words, but never before the first one.

    Python's policies do, and some readers, Python's own among them, take the space for a part of the text.
    """
    name, first, *words = line.split(" ")
    lines = [f"{name} {first}"]
    for word in words:
        if word and len(lines[-1]) + 1 + len(word) > _LINE:
            lines.append("")
        lines[-1] += f" {word}"
    return "\r\n".join([*lines, ""]).encode("ascii")


def _mailbox(name: str, address: Address) -> bytes:
    """Write a field of one mailbox; its name in encoded words as a whole, where it needs any."""
    if address.display_name.isascii():
        return _words(name, str(address))
    return _named(name, _encoded(name, address.display_name), f"<{address.addr_spec}>")


def _encoded(name: str, text: str) -> str:
    """Give ``text`` in encoded words, folded.

    Python's policies make words of 76 characters (RFC 2047 §2 allows 75) and lose the spaces between two.
    """
    return Header(text, "utf-8", maxlinelen=_ENCODED_LINE, header_name=name).encode(linesep="\r\n")


def _named(name: str, phrase: str, bracketed: str) -> bytes:
    """Write a field of a phrase and what it names, folded between them where it must be."""
    last_line = f"{name}: {phrase}".rpartition("\r\n")[2]
    space = " " if len(last_line) + len(bracketed) < _LINE else "\r\n "
    return f"{name}: {phrase}{space}{bracketed}\r\n".encode("ascii")


def _verbatim(name: str, *parts: str) -> bytes:
    """Write a field of tokens as they are, folded only between ``parts`` and only where it must be."""
    value = " ".join(parts)
    _refuse_controls(value, name)
    if len(parts) > 1 and len(name) + 2 + len(value) > _LINE:
        value = "\r\n ".join(parts)
    return f"{name}: {value}\r\n".encode("ascii")


def _list_id(heading: Heading, domain: str) -> bytes:
    _refuse_controls(heading.list_title, "List-Id")
    title = heading.list_title
    if not title.isascii():
        phrase = _encoded("List-Id", title)
    elif _ATOMS.fullmatch(title):
        phrase = title
    else:
        phrase = f'"{quote(title)}"'
    return _named("List-Id", phrase, f"<{heading.list_name}.{domain.lower()}>")


def _feedback_id(heading: Heading, domain: str) -> str:
    """Give four fields, the last one constant (Google's "Feedback loop" page); nothing personal."""
    return f"{heading.date:%Y%m%dT%H%M}:{heading.list_name}:{domain}:syndicate"
