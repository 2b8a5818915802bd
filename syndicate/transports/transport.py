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

    def hand_over(self, messages: Sequence[Message]) -> Iterator[tuple[DeliveryId, Reply]]:
        """Carry a group of messages, and give each one's reply as soon as it is known.

        Where nothing can be carried any more the error ends the group: whoever has no reply by then
        wasn't answered for. ``OutboxError`` or ``TransportError``.
        """

    def close(self) -> None:
        """Let go of connections."""
