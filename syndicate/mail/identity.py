"""What a message is called, so that sending it again can be told from sending another."""

import hashlib
import hmac
from collections.abc import Sequence

from syndicate.model.cadence import Every
from syndicate.model.edition import Edition
from syndicate.model.post import EntryId
from syndicate.model.subscriber import SubscriptionId


def message_id(
    secret: bytes,
    *,
    edition: Edition,
    subscription_id: SubscriptionId,
    posts: Sequence[EntryId],
    domain: str,
) -> str:
    """Give the Message-ID, in angle brackets, of one edition with these posts to one subscription.

    The edition counts by its occurrence, and not by its number: a store that was put back to an earlier day
    gives numbers again, and mailboxes throw away what bears a name they know. So the same posts for the same
    occasion have one name, and other posts never have it. Keyed, so that a reader can't tell from it how many
    others there are (RFC 5322 §3.6.4).
    """
    parts = ("message-id", _occasion(edition), str(subscription_id), *posts)
    digest = hmac.new(secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()[:32]
    return f"<{digest}@{domain}>"


def _occasion(edition: Edition) -> str:
    # The occurrence of ``each`` is a post's number, which is given again as well; the posts tell it apart.
    occurrence = "" if edition.cadence == Every.EACH else edition.occurrence
    return f"{edition.list_name}/{edition.cadence}/{occurrence}"
