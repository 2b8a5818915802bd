"""Short signed tokens that name a subscription in a link, and tell nobody else anything."""

import base64
import binascii
import hashlib
import hmac

from syndicate.model.subscriber import SubscriptionId

#: 80 bits to guess against a server that answers; 48 bits of subscription.
_SIGNATURE_BYTES = 10
_ID_BYTES = 6

#: What a token is good for; another purpose is another signature.
UNSUBSCRIBE = "unsubscribe"


def token(secret: bytes, purpose: str, subscription_id: SubscriptionId) -> str:
    """Give the 22 characters (base64url, RFC 4648 §5) that stand for a subscription in a link.

    The id is masked, so that a reader can't count the others by it.
    """
    name = subscription_id.to_bytes(_ID_BYTES, "big")
    signature = _digest(secret, b"sign:" + purpose.encode(), name)[:_SIGNATURE_BYTES]
    return base64.urlsafe_b64encode(signature + _masked(secret, signature, name)).decode("ascii").rstrip("=")


def subscription_of(secret: bytes, purpose: str, given: str) -> SubscriptionId | None:
    """Give the subscription a token was made for; ``None`` for anything we didn't make for this purpose."""
    try:
        raw = base64.b64decode(given + "==", altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return None
    signature, masked = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
    found = SubscriptionId(int.from_bytes(_masked(secret, signature, masked), "big"))
    if len(masked) != _ID_BYTES or not hmac.compare_digest(token(secret, purpose, found), given):
        return None
    return found


def proof(secret: bytes, nonce: str) -> str:
    """Give what shows whoever chose ``nonce`` that the one who answers holds the secret; it names nobody."""
    digest = _digest(secret, b"proof", nonce.encode())
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def unsubscribe_url(base_url: str, given: str) -> str:
    """Give the page where one click leaves the list (RFC 8058)."""
    return f"{base_url}/unsubscribe/{given}"


def _masked(secret: bytes, signature: bytes, name: bytes) -> bytes:
    mask = _digest(secret, b"mask", signature)
    return bytes(left ^ right for left, right in zip(name, mask, strict=False))


def _digest(secret: bytes, label: bytes, content: bytes) -> bytes:
    return hmac.digest(secret, label + b"\0" + content, hashlib.sha256)
