"""In whose name messages leave, from the settings, checked once before anything is frozen."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from syndicate.audience.tokens import UNSUBSCRIBE, token, unsubscribe_url
from syndicate.errors import SettingsError
from syndicate.mail.headers import mailbox
from syndicate.mail.keys import Key, signing_keys
from syndicate.mail.slots import Personal
from syndicate.model.subscriber import SubscriptionId
from syndicate.settings.schema import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What every message of this site has in common."""

    #: MAIL FROM, ASCII.
    envelope: str
    #: The right-hand side of Message-IDs.
    domain: str
    reply_to: str
    #: Where unsubscribe links lead; no trailing slash.
    base_url: str
    #: Whether there is a postal address for the foot of each.
    addressed: bool = True
    #: What each message is signed by; none where a mail server does that.
    keys: tuple[Key, ...] = ()

    def personal(
        self, secret: bytes, *, subscription_id: SubscriptionId, address: str, message_id: str
    ) -> Personal:
        """Give what is one reader's own in a message."""
        signed = token(secret, UNSUBSCRIBE, subscription_id)
        return Personal(
            address=address,
            message_id=message_id,
            unsubscribe_url=unsubscribe_url(self.base_url, signed),
            unsubscribe_mailto=f"mailto:{quote(self.reply_to, safe='@+')}?subject=unsubscribe%20{signed}",
        )


def sender(settings: Settings) -> Sender:
    """Give the sender; ``SettingsError`` where readers couldn't answer or leave."""
    if urlsplit(settings.publish.base_url).scheme not in {"http", "https"}:
        raise SettingsError(
            "publish.base_url: mail needs a link to unsubscribe, and neither the config nor the site says "
            'where it would lead; set base_url = "https://…" under [publish]'
        )
    if not settings.mail.sender:
        raise SettingsError(
            "mail.sender: mail needs somebody it comes from; "
            'set sender = "Name <news@example.org>" under [mail]'
        )
    found = mailbox(settings.mail.sender, what="mail.sender")
    reply_to = mailbox(settings.mail.reply_to or settings.mail.sender, what="mail.reply_to")
    return Sender(
        envelope=found.addr_spec,
        domain=found.domain,
        reply_to=reply_to.addr_spec,
        base_url=settings.publish.base_url,
        addressed=bool(settings.mail.postal_address.strip()),
        keys=aligned(signing_keys(settings.dkim), found.domain),
    )


def aligned(keys: tuple[Key, ...], domain: str) -> tuple[Key, ...]:
    """Give the keys; ``SettingsError`` where their signatures don't count for mail from ``domain``."""
    for key in keys:
        if not counts(key.domain, domain):
            raise SettingsError(
                f"dkim.domain: signatures by {key.domain} count for nothing on mail from {domain} (DMARC); "
                f"use {domain}, or a domain above or below it"
            )
    return keys


def counts(signer: str, domain: str) -> bool:
    """Say whether DMARC counts signatures by one domain for mail from another.

    RFC 7489 §3.1.1 asks for one organizational domain. Without the list of public suffixes that is certain
    where one domain is the other, or above it.
    """
    one, other = f".{signer.lower()}", f".{domain.lower()}"
    return one.endswith(other) or other.endswith(one)
