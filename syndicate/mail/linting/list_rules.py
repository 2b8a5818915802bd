"""What a message of a list says of the list, and how one leaves it."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from syndicate.mail.linting.document import Document
from syndicate.mail.linting.rule import Rule, rule, shown
from syndicate.mail.linting.words import in_brackets, outside_brackets
from syndicate.model.finding import Severity, Spot

_PROVIDERS = "Gmail, Email sender guidelines: subscriptions; Yahoo, Sender best practices"
#: RFC 2919 §2: a phrase, and labels with dots between.
_LIST_ID = re.compile(
    r"(?:[^<>]*\S\s+)?<[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)+>"
)
_OF_ADDRESSES = frozenset(
    {"list-unsubscribe", "list-help", "list-subscribe", "list-owner", "list-archive", "list-post"}
)
_FEEDBACK_ID = re.compile(r"[^\s:,;]*(?::[^\s:,;]*){0,2}:[^\s:,;]{5,15}")
#: RFC 3834 §5.
_AUTOMATIC = re.compile(r"auto-generated|auto-replied(?:;.*)?|auto-notified(?:;.*)?", re.IGNORECASE)


@rule(
    "list-id",
    Severity.ERROR,
    title="List-Id names the list",
    why="Readers sort their mail by it, and complaints and reputation are counted by it.",
    source=f"RFC 2919 §2, §3; {_PROVIDERS}",
)
def list_id(mail: Document) -> Iterator[Spot]:
    """Find none, and another form."""
    field = mail.whole.first("list-id")
    remedy = "write it as Title <name.your-domain>"
    if field is None:
        if mail.is_message:
            yield Spot("there is no List-Id", remedy, None, "header")
    elif not _LIST_ID.fullmatch(field.value):
        yield Spot(f"List-Id is {shown(field.value)!r}", remedy, field.line, "header")


@rule(
    "list-unsubscribe",
    Severity.ERROR,
    title="List-Unsubscribe says how one leaves",
    why="Without it people press “spam”, and bulk senders are refused.",
    source=f"RFC 2369 §3.2; {_PROVIDERS}",
)
def list_unsubscribe(mail: Document) -> Iterator[Spot]:
    """Find none."""
    if mail.is_message and mail.whole.first("list-unsubscribe") is None:
        remedy = "write List-Unsubscribe: <https://…>, <mailto:…>"
        yield Spot("there is no List-Unsubscribe", remedy, None, "header")


@rule(
    "list-addresses",
    Severity.ERROR,
    title="List-* fields hold addresses in angle brackets, with commas between",
    why="Programs skip the whole field.",
    source="RFC 2369 §2",
)
def list_addresses(mail: Document) -> Iterator[Spot]:
    """Find anything else, and white space within an address."""
    for field in mail.whole.fields:
        if field.key not in _OF_ADDRESSES or (field.key == "list-post" and field.value.upper() == "NO"):
            continue
        found = in_brackets(field.value)
        remedy = "write <address>, <address>, folded only after a comma"
        if not found or set(outside_brackets(field.value)) - {","}:
            yield Spot(f"{field.name} is {shown(field.value)!r}", remedy, field.line, "header")
        for each in found:
            if len(each.split()) != 1 or each != each.strip() or not _is_address(each):
                what = f"{field.name}: {shown(each)!r} is no address"
                yield Spot(what, remedy, field.line, "header")


@rule(
    "one-click-address",
    Severity.ERROR,
    title="List-Unsubscribe holds exactly one https address",
    why="The button of Gmail and Yahoo posts to it; with none there is no button, with two it may be either.",
    source=f"RFC 8058 §3.1; {_PROVIDERS}",
)
def one_click_address(mail: Document) -> Iterator[Spot]:
    """Find none, several, and http."""
    field = mail.whole.first("list-unsubscribe")
    if field is None:
        return
    web = [each for each in in_brackets(field.value) if each.lower().startswith(("http:", "https:"))]
    if len(web) != 1 or not web[0].lower().startswith("https:"):
        what = f"List-Unsubscribe holds {', '.join(map(shown, web[:3])) or 'no web address'}"
        yield Spot(what, "write one https address that takes a POST", field.line, "header")


@rule(
    "unsubscribe-mailto",
    Severity.WARNING,
    title="List-Unsubscribe holds a mailto address too",
    why="Programs that don't know one-click leave a list by mail.",
    source="RFC 2369 §3.2; RFC 8058 §3.1",
)
def unsubscribe_mailto(mail: Document) -> Iterator[Spot]:
    """Find none."""
    field = mail.whole.first("list-unsubscribe")
    if field and not any(each.lower().startswith("mailto:") for each in in_brackets(field.value)):
        remedy = "add <mailto:…> after the web address, and read what comes"
        yield Spot("List-Unsubscribe holds no mailto address", remedy, field.line, "header")


@rule(
    "one-click",
    Severity.ERROR,
    title="List-Unsubscribe-Post is exactly List-Unsubscribe=One-Click",
    why="The providers show their button only for these words, and require it of bulk senders.",
    source=f"RFC 8058 §3.1; {_PROVIDERS}",
)
def one_click(mail: Document) -> Iterator[Spot]:
    """Find none, and other words."""
    field = mail.whole.first("list-unsubscribe-post")
    remedy = "write List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    if field is None:
        if mail.is_message:
            yield Spot("there is no List-Unsubscribe-Post", remedy, None, "header")
    elif field.value != "List-Unsubscribe=One-Click":
        yield Spot(f"List-Unsubscribe-Post is {shown(field.value)!r}", remedy, field.line, "header")


@rule(
    "auto-submitted",
    Severity.WARNING,
    title="Auto-Submitted says that a program wrote it",
    why="Out-of-office programs answer every issue otherwise.",
    source="RFC 3834 §2, §5",
)
def auto_submitted(mail: Document) -> Iterator[Spot]:
    """Find none, "no", and other words."""
    field = mail.whole.first("auto-submitted")
    remedy = "write Auto-Submitted: auto-generated"
    if field is None:
        if mail.is_message:
            yield Spot("there is no Auto-Submitted", remedy, None, "header")
    elif not _AUTOMATIC.fullmatch(field.value):
        yield Spot(f"Auto-Submitted is {shown(field.value)!r}", remedy, field.line, "header")


@rule(
    "feedback-id",
    Severity.WARNING,
    title="Feedback-ID, where there is one, has at most four fields, the last one the sender's",
    why="Google counts complaints by its fields, and passes over another form.",
    source="Gmail, Feedback loop: Feedback-ID",
)
def feedback_id(mail: Document) -> Iterator[Spot]:
    """Find another form."""
    field = mail.whole.first("feedback-id")
    if field and not _FEEDBACK_ID.fullmatch(field.value):
        remedy = "write edition:list:organisation:sender, the last of 5 to 15 characters"
        yield Spot(f"Feedback-ID is {shown(field.value)!r}", remedy, field.line, "header")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.path))


RULES: tuple[Rule, ...] = (
    list_id,
    list_unsubscribe,
    list_addresses,
    one_click_address,
    unsubscribe_mailto,
    one_click,
    auto_submitted,
    feedback_id,
)
