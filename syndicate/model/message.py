"""What a transport carries."""

from dataclasses import dataclass

from syndicate.model.delivery import DeliveryId
from syndicate.model.edition import EditionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """MAIL FROM and RCPT TO (RFC 5321 §2.3.1)."""

    #: ASCII.
    sender: str
    #: Its domain as A-labels; what stands before the @ may need SMTPUTF8 (RFC 6531).
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One RFC 5322 object for one subscriber, ready for the wire."""

    delivery_id: DeliveryId
    edition_id: EditionId
    list_name: str
    envelope: Envelope
    #: With angle brackets.
    message_id: str
    #: CRLF line ends, 7 bit but for a recipient in To who isn't ASCII (RFC 6532); not dot-stuffed.
    content: bytes
