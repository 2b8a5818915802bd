"""What dispatch asks of anything that carries messages."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from syndicate.model.delivery import DeliveryId, Reply
from syndicate.model.message import Message


class Transport(Protocol):
    """Carries messages away."""

    @property
    def repeatable(self) -> bool:
        """Whether the same message handed over twice arrives once.

        Then a hand-over that was cut short is simply done again; otherwise its outcome is uncertain.
        """

    @property
    def capacity(self) -> int | None:
        """How many messages it works on at a time; ``None``: as many as it is given.

        Dispatch gives it at most twice as many, which bounds the doubt that a crash leaves.
        """

    def hand_over(self, messages: Sequence[Message]) -> Iterator[tuple[DeliveryId, Reply]]:
        """Take a group of messages, and give replies as soon as they are known.

        It may end while some are under way: their replies come with the next call, which gives at least one,
        also where it is given no messages, and which says that all earlier replies are settled.
        ``OutboxError`` or ``TransportError`` where nothing can be carried any more: whoever has no reply by
        then wasn't answered for.
        """

    def close(self) -> None:
        """Let go of connections."""
