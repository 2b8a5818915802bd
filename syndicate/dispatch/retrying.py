"""When a message that was put off is tried again: pure."""

from datetime import datetime, timedelta

from syndicate.model.delivery import DeliveryId

_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=4)
#: Knuth's multiplicative hash: neighbours in the ledger land far apart.
_SPREAD = 2_654_435_761
_SPACE = 2**32


def retry_at(delivery_id: DeliveryId, attempts: int, *, now: datetime) -> datetime:
    """Give the next try: twice as long after each one, up to four hours, spread over the half before it.

    The spread comes from the delivery's number, so that a provider's bad minute isn't met again by
    everybody at once, and the same ledger always gives the same times.
    """
    wait: timedelta = min(_FIRST_WAIT * int(2 ** min(attempts - 1, 16)), _LONGEST_WAIT)
    part = (delivery_id * _SPREAD % _SPACE) / _SPACE
    return now + wait * (0.5 + part / 2)
