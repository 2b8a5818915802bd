"""When to stop handing over: the server is gone, refuses everybody, or needs a person."""

import threading
from dataclasses import dataclass, field

from syndicate.errors import TransportError
from syndicate.transports.smtp_dialogue import Ending
from syndicate.transports.smtp_replies import Verdict, without_addresses

#: So many messages that are refused alike, or never answered, one after the other: that is us, not them.
ALIKE = 10
#: Troubles one after the other before a server counts as gone that was never there.
_NEVER_THERE = 3
#: The same for one that has answered before; at the least.
_LEAST_TROUBLES = 10


@dataclass(slots=True, kw_only=True)
class Breaker:
    """Listens to all connections at once; any message that was answered shows that the server is there."""

    where: str
    connections: int
    _troubles: int = 0
    _ever_answered: bool = False
    _alike: int = 0
    _last: object = None
    _error: TransportError | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def tripped(self) -> bool:
        """Whether no message should be begun any more."""
        return self._error is not None

    def take(self) -> TransportError | None:
        """Give what made it trip, once; after that everything may be tried again."""
        with self._lock:
            error, self._error = self._error, None
            self._troubles = self._alike = 0
            return error

    def trouble(self, error: TransportError) -> None:
        """Hear of a connection that couldn't be had, or broke."""
        with self._lock:
            self._troubles += 1
            if error.permanent or self._troubles >= self._enough():
                self._trip(error)

    def answered(self, ending: Ending) -> None:
        """Hear how a message ended that a server has listened to."""
        with self._lock:
            self._troubles, self._ever_answered = 0, True
            same = _sameness(ending)
            self._alike = self._alike + 1 if same == self._last else 1
            self._last = same
            if same is not None and self._alike >= ALIKE:
                self._trip(self._all_alike(ending))

    def _enough(self) -> int:
        return max(_LEAST_TROUBLES, 2 * self.connections) if self._ever_answered else _NEVER_THERE

    def _trip(self, error: TransportError) -> None:
        if self._error is None or error.permanent > self._error.permanent:
            self._error = error

    def _all_alike(self, ending: Ending) -> TransportError:
        return TransportError(
            f"{self.where}: {self._alike} messages in a row ended alike, at {ending.step} "
            f"({without_addresses(ending.words)}); look into that, then resume the edition, and retry those",
            permanent=True,
        )


def _sameness(ending: Ending) -> object:
    """Give what endings that have one cause have in common; ``None`` for those that are as they should be."""
    if ending.verdict is None:
        return "unanswered"
    if ending.verdict is Verdict.REJECTED and ending.answer is not None:
        return (ending.step, ending.answer.code, ending.answer.enhanced)
    return None
