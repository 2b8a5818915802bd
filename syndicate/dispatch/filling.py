"""From a claimed delivery to the message that a transport carries."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from syndicate.dispatch.sender import Sender, counts
from syndicate.mail.wire import Wire, sender_domain
from syndicate.model.edition import Edition, VariantId
from syndicate.model.message import Envelope, Message
from syndicate.store import variants
from syndicate.store.deliveries import Claimable
from syndicate.store.engine import reading

#: Variants kept ready; most editions have one.
_READY = 16


@dataclass(slots=True)
class Filling:
    """An edition's variants, each parsed once."""

    engine: sa.Engine
    edition: Edition
    sender: Sender
    secret: bytes
    _ready: dict[VariantId, Wire] = field(default_factory=dict)

    def message(self, claimed: Claimable) -> Message:
        """Give a reader's message; ``MessageError`` when it can't be made."""
        personal = self.sender.personal(
            self.secret,
            subscription_id=claimed.subscription_id,
            address=claimed.envelope,
            message_id=claimed.message_id,
        )
        return Message(
            delivery_id=claimed.id,
            edition_id=self.edition.id,
            list_name=self.edition.list_name,
            envelope=Envelope(sender=self.sender.envelope, recipient=claimed.envelope),
            message_id=claimed.message_id,
            content=self._wire(claimed.variant_id).fill(personal),
        )

    def _wire(self, variant_id: VariantId) -> Wire:
        ready: Mapping[VariantId, Wire] = self._ready
        if variant_id not in ready:
            with reading(self.engine) as connection:
                stored = variants.wire(connection, variant_id)
            while len(self._ready) >= _READY:
                del self._ready[next(iter(self._ready))]
            wire = Wire.parse(stored)
            # Its From was fixed when it was put together; the keys are those of today.
            domain = sender_domain(stored)
            keys = [each for each in self.sender.keys if counts(each.domain, domain)]
            self._ready[variant_id] = wire.sealed(keys, at=self.edition.due_at)
        return self._ready[variant_id]
