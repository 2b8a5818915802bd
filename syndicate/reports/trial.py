"""One message to one address, to look at: marked [TEST], and never counted."""

import uuid
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from syndicate.audience.addresses import parse
from syndicate.audience.tokens import unsubscribe_url
from syndicate.dispatch.sender import aligned, sender
from syndicate.errors import EditionError
from syndicate.mail.slots import Personal
from syndicate.mail.wire import Wire, sender_domain
from syndicate.model.delivery import DeliveryId, Outcome, Reply
from syndicate.model.edition import Edition, EditionId, EditionState
from syndicate.model.message import Envelope, Message
from syndicate.model.subscriber import Address
from syndicate.pipeline import River
from syndicate.reports.preview import next_digest
from syndicate.schedule.moving import existing, numbered
from syndicate.settings.schema import ListSettings
from syndicate.store import variants
from syndicate.store.engine import reading
from syndicate.transports import open_transport
from syndicate.transports.transport import Transport

#: No delivery has it.
_NO_DELIVERY = DeliveryId(0)
#: Where the links in it lead; no reader's token is so short.
_NOBODY = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What became of it."""

    to: str
    subject: str
    outcome: Outcome
    #: The server's words, or the path that was written.
    reply: str

    @property
    def accepted(self) -> bool:
        """Whether it was taken."""
        return self.outcome is Outcome.ACCEPTED


@dataclass(frozen=True, slots=True, kw_only=True)
class _Specimen:
    list_name: str
    edition_id: EditionId
    subject: str
    wire: bytes


def try_edition(river: River, what: str, *, to: str, now: datetime) -> Trial:
    """Send an edition (by its number), or a list's next one, to an address, by the transport configured.

    ``EditionError``, ``AddressError``, ``TransportError``; the ledger is neither asked nor told.
    """
    mailbox = parse(to)
    specimen = _specimen(river, what, now=now)
    message = _message(river, specimen, mailbox, now=now)
    with closing(open_transport(river.settings)) as transport:
        reply = _handed_over(transport, message)
    return Trial(to=mailbox.text, subject=specimen.subject, outcome=reply.outcome, reply=reply.text)


def _specimen(river: River, what: str, *, now: datetime) -> _Specimen:
    number = numbered(what)
    if number is None:
        return _next(river, _list(river, what), now=now)
    with reading(river.engine) as connection:
        edition = existing(connection, number)
        found = variants.of_edition(connection, edition.id)
    if found:
        widest = found[0]
        return _Specimen(
            list_name=edition.list_name, edition_id=edition.id, subject=widest.subject, wire=widest.wire
        )
    list_settings = _list(river, _collecting(edition).list_name)
    return _next(river, list_settings, edition_id=edition.id, now=now)


def _next(
    river: River, list_settings: ListSettings, *, edition_id: EditionId | None = None, now: datetime
) -> _Specimen:
    digest = next_digest(river, list_settings, edition_id=edition_id, now=now).digest
    return _Specimen(
        list_name=list_settings.name, edition_id=EditionId(0), subject=digest.subject, wire=digest.wire
    )


def _collecting(edition: Edition) -> Edition:
    if edition.state not in {EditionState.COLLECTING, EditionState.MISSED}:
        raise EditionError(f'edition {edition.id}: it is "{edition.state}" and says nothing; try its list')
    return edition


def _list(river: River, name: str) -> ListSettings:
    for each in river.settings.lists:
        if each.name == name:
            return each
    names = ", ".join(each.name for each in river.settings.lists) or "none, for none is configured"
    raise EditionError(
        f'"{name}": there is no list of that name; use an edition\'s number, or one of {names}'
    )


def _message(river: River, specimen: _Specimen, to: Address, *, now: datetime) -> Message:
    ours = sender(river.settings)
    keys = aligned(ours.keys, sender_domain(specimen.wire))  # it may be from where mail came from before
    personal = Personal(
        address=to.envelope,
        message_id=f"<test.{uuid.uuid4().hex}@{ours.domain}>",
        unsubscribe_url=unsubscribe_url(ours.base_url, _NOBODY),
        unsubscribe_mailto=f"mailto:{ours.reply_to}?subject={_NOBODY}",
    )
    return Message(
        delivery_id=_NO_DELIVERY,
        edition_id=specimen.edition_id,
        list_name=f"{specimen.list_name}/test",  # a folder of its own: no delivery stands behind it
        envelope=Envelope(sender=ours.envelope, recipient=to.envelope),
        message_id=personal.message_id,
        content=Wire.parse(marked(specimen.wire)).sealed(keys, at=now).fill(personal),
    )


def marked(wire: bytes) -> bytes:
    """Give a wire template with [TEST] before its subject, on a line of its own: none grows too long."""
    head, separator, body = wire.partition(b"\r\n\r\n")
    return head.replace(b"\r\nSubject: ", b"\r\nSubject: [TEST]\r\n ", 1) + separator + body


def _handed_over(transport: Transport, message: Message) -> Reply:
    """Give the answer, also of a transport that gives it with a later call."""
    replies = dict(transport.hand_over([message]))
    while _NO_DELIVERY not in replies:
        replies |= dict(transport.hand_over([]))
    return replies[_NO_DELIVERY]
