"""What a message is called, so that sending it again can be told from sending another."""

import hashlib
import hmac

from syndicate.model.edition import EditionId
from syndicate.model.subscriber import SubscriptionId


def message_id(secret: bytes, *, edition_id: EditionId, subscription_id: SubscriptionId, domain: str) -> str:
    """Give the Message-ID, in angle brackets, of one edition to one subscription; always the same.

    Keyed, so that a reader can't tell from it how many others there are (RFC 5322 §3.6.4).
    """
    name = f"message-id:{edition_id}:{subscription_id}".encode()
    digest = hmac.new(secret, name, hashlib.sha256).hexdigest()[:24]
    return f"<{edition_id}.{digest}@{domain}>"
