"""The fields every message has: from whom, to whom, when, and by which name."""

import re
from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from syndicate.mail.linting.document import Document, Field
from syndicate.mail.linting.rule import Rule, rule, shown
from syndicate.mail.linting.words import ENCODED_WORD, in_brackets, mailboxes, wrong_with
from syndicate.model.finding import Severity, Spot

#: RFC 5322 §3.6, and those of other standards that say the same.
_ONCE = frozenset(
    (  # noqa: SIM905 - a list of names reads best as a text
        "from sender reply-to to cc bcc message-id in-reply-to references subject date mime-version "
        "content-type content-transfer-encoding list-id list-unsubscribe list-unsubscribe-post list-help "
        "list-post list-owner list-archive list-subscribe auto-submitted feedback-id"
    ).split()
)
_DATE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),\s+)?\d{1,2}\s+"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\s+\d{4}\s+"
    r"\d{2}:\d{2}(?::\d{2})?\s+(?:[+-]\d{4}|GMT|UT)(?:\s+\([^()]{0,40}\))?"
)
#: A sign that the zone isn't known (RFC 5322 §3.3).
_NO_ZONE = re.compile(r"(?:\d{2}:\d{2}|-0000)(?:\s+\([^()]{0,40}\))?")
_MESSAGE_ID = re.compile(r"<[^\s<>@\"()\[\],;:\\]+@[A-Za-z0-9.-]+>")
#: Fields of tokens, in which no encoded word may stand.
_OF_TOKENS = re.compile(r"list-(?!id$).*|message-id|in-reply-to|references|feedback-id|dkim-signature|date")
#: An address, or an encoded word in quotes: neither is ever decoded.
_IN_QUOTES = re.compile(r'"[^"]{0,200}=\?[^"]{0,200}\?="')


@rule(
    "from",
    Severity.ERROR,
    title="From names one mailbox",
    why="DMARC is judged by it, and receivers refuse a message with none or with several.",
    source="RFC 5322 §3.6.2; RFC 7489 §6.6.1; Gmail, Email sender guidelines: message formatting",
)
def sender(mail: Document) -> Iterator[Spot]:
    """Find none, several, and what is no mailbox."""
    yield from _one_mailbox(mail, "from", "From", required=True)


@rule(
    "to",
    Severity.ERROR,
    title="To names one mailbox",
    why="A digest goes to one reader; lists of them give strangers' addresses away; none looks like spam.",
    source="RFC 5322 §3.6.3; Gmail, Email sender guidelines: message formatting",
)
def recipient(mail: Document) -> Iterator[Spot]:
    """Find none, several, and what is no mailbox."""
    yield from _one_mailbox(mail, "to", "To", required=True)


@rule(
    "reply-to",
    Severity.ERROR,
    title="Reply-To, where there is one, names a mailbox",
    why="Readers' answers bounce.",
    source="RFC 5322 §3.6.2",
)
def reply_to(mail: Document) -> Iterator[Spot]:
    """Find what is none."""
    yield from _one_mailbox(mail, "reply-to", "Reply-To", required=False)


@rule(
    "subject",
    Severity.ERROR,
    title="There is a subject",
    why="It is what people see in their inbox, and filters mistrust a message without.",
    source="RFC 5322 §3.6.5; Gmail, Email sender guidelines: message formatting",
)
def subject(mail: Document) -> Iterator[Spot]:
    """Find none, or an empty one."""
    field = mail.whole.first("subject")
    if mail.is_message and (field is None or not field.value):
        yield Spot(
            "there is no Subject", "say what is in the message", field.line if field else None, "header"
        )


@rule(
    "date",
    Severity.ERROR,
    title="Date is a date with a zone",
    why="It is required; mail programs sort by it, and read another form as 1970 or as now.",
    source="RFC 5322 §3.3, §3.6.1",
)
def date(mail: Document) -> Iterator[Spot]:
    """Find none, another form, days that never were, and no zone."""
    field = mail.whole.first("date")
    remedy = "write it as Mon, 23 Nov 2026 07:00:00 +0000"
    if field is None:
        if mail.is_message:
            yield Spot("there is no Date", remedy, None, "header")
    elif _NO_ZONE.fullmatch(field.value[-45:].rpartition(" ")[2]):
        yield Spot(f"Date has no zone: {shown(field.value)}", remedy, field.line, "header")
    elif not _is_date(field.value):
        yield Spot(f"Date is {shown(field.value)!r}, and no date", remedy, field.line, "header")


@rule(
    "message-id",
    Severity.ERROR,
    title="Message-ID is one name in angle brackets",
    why="Programs know a message by it: threads, duplicates and bounces are lost, and Gmail refuses some.",
    source="RFC 5322 §3.6.4; Gmail, Email sender guidelines: message formatting",
)
def message_id(mail: Document) -> Iterator[Spot]:
    """Find none, and another form."""
    field = mail.whole.first("message-id")
    remedy = "write <something-unique@your-domain>, without a space"
    if field is None:
        if mail.is_message:
            yield Spot("there is no Message-ID", remedy, None, "header")
    elif not _MESSAGE_ID.fullmatch(field.value):
        yield Spot(f"Message-ID is {shown(field.value)!r}", remedy, field.line, "header")


@rule(
    "message-id-domain",
    Severity.WARNING,
    title="Message-ID ends with the sender's domain",
    why="Another one's is what forged mail has; only the owner of a domain can say that the name is unique.",
    source="RFC 5322 §3.6.4",
)
def message_id_domain(mail: Document) -> Iterator[Spot]:
    """Find another, which is neither above nor below it."""
    field, senders = mail.whole.first("message-id"), _mailboxes(mail, "from")
    if field is None or not senders or not _MESSAGE_ID.fullmatch(field.value):
        return
    own, other = senders[0], field.value[:-1].rpartition("@")[2].lower()
    if own and not (f".{own}".endswith(f".{other}") or f".{other}".endswith(f".{own}")):
        yield Spot(f"Message-ID is at {other}, From at {own}", "let both be the same", field.line, "header")


@rule(
    "repeated-field",
    Severity.ERROR,
    title="What may stand once in a header stands once",
    why="Programs take the first or the last, the filter another than the reader's; Gmail refuses it.",
    source="RFC 5322 §3.6; RFC 2369 §3; RFC 8058 §3.1",
)
def repeated_field(mail: Document) -> Iterator[Spot]:
    """Find a second one."""
    for part in mail.whole.walk():
        counts: Counter[str] = Counter()
        for field in part.fields:
            counts[field.key] += 1
            if field.key in _ONCE and counts[field.key] > 1:
                yield Spot(f"{field.name} stands here again", "leave one", field.line, "header")


@rule(
    "mime-version",
    Severity.ERROR,
    title="MIME-Version is 1.0",
    why="Without it a program may show the raw parts, boundaries and all.",
    source="RFC 2045 §4",
)
def mime_version(mail: Document) -> Iterator[Spot]:
    """Find none, and another."""
    field = mail.whole.first("mime-version")
    if mail.is_message and (field is None or field.value.partition("(")[0].strip() != "1.0"):
        what = "there is no MIME-Version" if field is None else f"MIME-Version is {shown(field.value)!r}"
        yield Spot(what, "write MIME-Version: 1.0", field.line if field else None, "header")


@rule(
    "encoded-word-place",
    Severity.ERROR,
    title="No encoded word stands where only tokens may",
    why="Nobody decodes it there: the one-click button is gone, replies bounce, threads break.",
    source="RFC 2047 §5",
)
def encoded_word_place(mail: Document) -> Iterator[Spot]:
    """Find them in List-*, Message-ID, References, Feedback-ID, in addresses and in quotes."""
    for field in mail.whole.fields:
        if _holds_misplaced_word(field):
            remedy = "write it in ASCII as it is, folded only between its parts"
            yield Spot(
                f"{field.name} holds an encoded word: {shown(field.value)}", remedy, field.line, "header"
            )


@rule(
    "encoded-word",
    Severity.ERROR,
    title="Every encoded word can be decoded",
    why="People see =?utf-8?… in their inbox.",
    source="RFC 2047 §2, §4",
)
def encoded_word(mail: Document) -> Iterator[Spot]:
    """Find those that are too long, in an unknown charset, or damaged."""
    for field in mail.whole.fields:
        for match in ENCODED_WORD.finditer(field.value):
            problem = wrong_with(match)
            if problem:
                what = f"{field.name}: {shown(match[0], 30)}: {problem}"
                yield Spot(what, "encode the value again, in words of 75 characters", field.line, "header")


def _one_mailbox(mail: Document, key: str, name: str, *, required: bool) -> Iterator[Spot]:
    field = mail.whole.first(key)
    if field is None:
        if required and mail.is_message:
            yield Spot(f"there is no {name}", "name the one mailbox", None, "header")
        return
    found = mailboxes(field.value)
    if len(found) != 1:
        yield Spot(f"{name} names {len(found)} mailboxes", "name one", field.line, "header")
    for each in found:
        if not each.address:
            what = f"{name} is {shown(field.value)!r}, and no mailbox"
            yield Spot(what, 'write it as "Name <name@example.org>"', field.line, "header")


def _mailboxes(mail: Document, key: str) -> list[str]:
    """Give the domains of an address field."""
    field = mail.whole.first(key)
    return [] if field is None else [each.domain for each in mailboxes(field.value)]


def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return False
    return True


def _holds_misplaced_word(field: Field) -> bool:
    if "=?" not in field.value:
        return False
    inside = any("=?" in each for each in in_brackets(field.value))
    return inside or bool(_OF_TOKENS.fullmatch(field.key) or _IN_QUOTES.search(field.value))


RULES: tuple[Rule, ...] = (
    sender,
    recipient,
    reply_to,
    subject,
    date,
    message_id,
    message_id_domain,
    repeated_field,
    mime_version,
    encoded_word_place,
    encoded_word,
)
