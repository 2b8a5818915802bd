"""When a message that was put off is tried again: pure."""

import hashlib
from datetime import datetime, timedelta

from syndicate.model.delivery import DeliveryId

_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=4)
#: Greylisting servers want at least this long between two tries.
_SHORTEST_WAIT = timedelta(minutes=1)
_SPACE = 2**64


def retry_at(delivery_id: DeliveryId, attempts: int, *, now: datetime) -> datetime:
    """Give the next try: anywhere up to a longest wait that doubles with each, from 5 minutes to 4 hours.

    The place within it comes from the delivery's number and the attempt, so that a provider's bad minute
    isn't met again by everybody at once, and the same ledger always gives the same times.
    """
    longest: timedelta = min(_FIRST_WAIT * int(2 ** min(attempts - 1, 16)), _LONGEST_WAIT)
    return now + _SHORTEST_WAIT + (longest - _SHORTEST_WAIT) * _part(delivery_id, attempts)


def _part(delivery_id: DeliveryId, attempts: int) -> float:
    digest = hashlib.blake2b(f"{delivery_id}:{attempts}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) / _SPACE
