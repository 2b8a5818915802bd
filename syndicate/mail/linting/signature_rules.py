"""DKIM signatures as they are written; no DNS is asked, and nothing is verified."""

from collections.abc import Iterator, Mapping

from syndicate.mail.linting.document import Document, Field
from syndicate.mail.linting.rule import Rule, rule, shown
from syndicate.mail.linting.words import mailboxes
from syndicate.model.finding import Severity, Spot

_REQUIRED = ("v", "a", "b", "bh", "d", "h", "s")
_ALGORITHMS = frozenset({"rsa-sha256", "ed25519-sha256"})
_ONE_CLICK = frozenset({"list-unsubscribe", "list-unsubscribe-post"})
#: RFC 6376 §5.4.1, of what a digest has.
_WORTH_SIGNING = frozenset(
    {"to", "subject", "date", "message-id", "content-type", "mime-version", "reply-to"}
)


@rule(
    "dkim-missing",
    Severity.ERROR,
    title="A message that went through a server is signed",
    why="Gmail, Yahoo and Outlook.com refuse bulk mail without DKIM.",
    source="Gmail, Email sender guidelines: authentication; Yahoo, Sender best practices; RFC 6376 §3.5",
)
def dkim_missing(mail: Document) -> Iterator[Spot]:
    """Find a message with a trace of servers and no signature; before it is sent it need have none."""
    if mail.whole.first("received") and not _signatures(mail):
        remedy = "let your server sign, or your provider"
        yield Spot("it was sent without a DKIM-Signature", remedy, None, "header")


@rule(
    "dkim-tags",
    Severity.ERROR,
    title="A signature has all its tags",
    why="Receivers treat the message as if it weren't signed.",
    source="RFC 6376 §3.5",
)
def dkim_tags(mail: Document) -> Iterator[Spot]:
    """Find signatures that lack one."""
    for field in _signatures(mail):
        given = _tags(field)
        missing = [f"{name}=" for name in _REQUIRED if not given.get(name)]
        if missing:
            yield Spot(f"the signature has no {', '.join(missing)}", "sign anew", field.line, "header")


@rule(
    "dkim-algorithm",
    Severity.ERROR,
    title="One signature at least is by rsa-sha256",
    why="SHA-1 counts as no signature, and many receivers don't know Ed25519.",
    source="RFC 8301 §3.1; RFC 8463 §5",
)
def dkim_algorithm(mail: Document) -> Iterator[Spot]:
    """Find other algorithms, and Ed25519 alone."""
    used = {(_tags(field).get("a", ""), field.line) for field in _signatures(mail)}
    for name, line in sorted(used):
        if name not in _ALGORITHMS:
            yield Spot(f"the signature is by {shown(name)!r}", "sign with rsa-sha256", line, "header")
    if used and {name for name, _ in used} == {"ed25519-sha256"}:
        remedy = "sign with rsa-sha256 too"
        yield Spot("the only signature is by ed25519-sha256", remedy, min(line for _, line in used), "header")


@rule(
    "dkim-from",
    Severity.ERROR,
    title="Every signature covers From",
    why="It is required; without it anybody can put another sender there.",
    source="RFC 6376 §5.4",
)
def dkim_from(mail: Document) -> Iterator[Spot]:
    """Find signatures that don't."""
    for field in _signatures(mail):
        if "from" not in _signed(field):
            yield Spot("the signature doesn't cover From", "add it to h=", field.line, "header")


@rule(
    "dkim-from-twice",
    Severity.HINT,
    title="From stands twice in h=",
    why="A second From, put before the first, passes unnoticed otherwise, and some programs show that one.",
    source="RFC 6376 §8.15, §5.4.2",
)
def dkim_from_twice(mail: Document) -> Iterator[Spot]:
    """Find signatures that name it once (twice is “over-signed”)."""
    for field in _signatures(mail):
        if _signed(field).count("from") == 1:
            yield Spot("h= names From once", "name it twice, so that none can be added", field.line, "header")


@rule(
    "dkim-one-click",
    Severity.ERROR,
    title="One signature covers List-Unsubscribe and List-Unsubscribe-Post",
    why="The providers show no one-click button otherwise; some signing programs leave the second one out.",
    source="RFC 8058 §4",
)
def dkim_one_click(mail: Document) -> Iterator[Spot]:
    """Find messages in which none covers both."""
    found = _signatures(mail)
    if found and not any(set(_signed(field)) >= _ONE_CLICK for field in found):
        missing = sorted(_ONE_CLICK - set(_signed(found[0])))
        what = f"the signature doesn't cover {' and '.join(missing)}"
        yield Spot(what, "add them to h=", found[0].line, "header")


@rule(
    "dkim-unsigned-field",
    Severity.WARNING,
    title="A signature covers what readers see",
    why="Subject, date and names can be changed on the way, and the message still counts as yours.",
    source="RFC 6376 §5.4.1",
)
def dkim_unsigned_field(mail: Document) -> Iterator[Spot]:
    """Find fields that are there, and in no signature."""
    found = _signatures(mail)
    there = {field.key for field in mail.whole.fields} & _WORTH_SIGNING
    missing = sorted(there - {name for field in found for name in _signed(field)})
    if found and missing:
        yield Spot(f"no signature covers {', '.join(missing)}", "add to h=", found[0].line, "header")


@rule(
    "dkim-length",
    Severity.ERROR,
    title="A signature covers the whole body",
    why="With l= anybody can add text to your message, and it still counts as yours.",
    source="RFC 6376 §8.2",
)
def dkim_length(mail: Document) -> Iterator[Spot]:
    """Find l=."""
    for field in _signatures(mail):
        if "l" in _tags(field):
            yield Spot("the signature has l=", "sign without it", field.line, "header")


@rule(
    "dkim-domain",
    Severity.ERROR,
    title="One signature is by the domain of From",
    why="DMARC counts no other, and the large providers require it of bulk senders.",
    source="RFC 7489 §3.1.1; Gmail, Email sender guidelines: authentication; Outlook.com, 550 5.7.515",
)
def dkim_domain(mail: Document) -> Iterator[Spot]:
    """Find messages that only others signed; a domain above counts (relaxed alignment)."""
    field, found = mail.whole.first("from"), _signatures(mail)
    senders = [each.domain for each in mailboxes(field.value)] if field else []
    domains = [_tags(each).get("d", "").lower() for each in found]
    if not found or not senders or not senders[0]:
        return
    if not any(each and f".{senders[0]}".endswith(f".{each}") for each in domains):
        what = f"it is signed by {', '.join(map(shown, domains))}, and from {senders[0]}"
        yield Spot(what, "sign with a key of the sender's domain", found[0].line, "header")


def _signatures(mail: Document) -> tuple[Field, ...]:
    return mail.whole.every("dkim-signature")


def _tags(field: Field) -> Mapping[str, str]:
    """Give the tags (RFC 6376 §3.2), white space taken out."""
    pairs = (each.partition("=") for each in field.value.split(";"))
    return {name.strip(): "".join(value.split()) for name, equals, value in pairs if equals}


def _signed(field: Field) -> list[str]:
    return _tags(field).get("h", "").lower().split(":")


RULES: tuple[Rule, ...] = (
    dkim_missing,
    dkim_tags,
    dkim_algorithm,
    dkim_from,
    dkim_from_twice,
    dkim_one_click,
    dkim_unsigned_field,
    dkim_length,
    dkim_domain,
)
