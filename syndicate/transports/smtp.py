"""Messages to a mail server: a few connections side by side, each reply as soon as it is known."""

import threading
import time
from collections.abc import Iterator, Sequence
from queue import Empty

from syndicate.model.delivery import DeliveryId, Reply
from syndicate.model.message import Message
from syndicate.settings.schema import Settings
from syndicate.transports.smtp_breaker import Breaker
from syndicate.transports.smtp_lanes import Done, Lane, Shared, Task
from syndicate.transports.smtp_opening import Door, door

#: A lane that hasn't ended by then is left to the end of the process (seconds).
_LAST_WAIT = 10.0


def open_transport(settings: Settings) -> "Smtp":
    """Give the transport to the server under ``[smtp]``; nothing is connected before the first message."""
    return Smtp(door(settings))


class Smtp:
    """A mail server, over up to ``connections`` connections, each in a thread of its own."""

    #: The same message handed over twice arrives twice.
    repeatable = False

    def __init__(self, to: Door) -> None:
        """Take the way to the server."""
        connections = to.settings.connections
        self._shared = Shared(
            door=to,
            breaker=Breaker(where=to.where, connections=connections),
            doubts=threading.Semaphore(connections),
        )
        self._lanes: list[Lane] = []
        self._under_way = 0
        #: Replies that were given and may not be written down yet.
        self._in_doubt = 0

    @property
    def capacity(self) -> int:
        """How many messages are on the wire at a time."""
        return self._shared.door.settings.connections

    def hand_over(self, messages: Sequence[Message]) -> Iterator[tuple[DeliveryId, Reply]]:
        """Begin these messages, and give what is known by now of them and of earlier ones.

        Where anything is under way it waits for one reply at least; the others come with the next call, which
        also says that those given before are written down: no more messages are in doubt than connections.
        ``TransportError`` once the server needs a person, or is gone; everything has its reply by then.
        """
        self._settled()
        for message in messages:
            self._begin(message)
        if self._under_way:
            yield self._take(self._shared.done.get())
        while (done := self._finished()) is not None:
            yield self._take(done)
        if self._shared.breaker.tripped:
            yield from self._rest()

    def close(self) -> None:
        """Take leave of the server; what is under way is broken off."""
        self._shared.closing.set()
        for _ in self._lanes:
            self._shared.waiting.put(None)
        self._shared.doubts.release(self.capacity)  # who waits for one hears that we close
        if self._under_way:  # nobody will hear the answers
            for lane in self._lanes:
                lane.cut()
        for lane in self._lanes:
            lane.join(_LAST_WAIT)
        self._lanes.clear()

    def _settled(self) -> None:
        given, self._in_doubt = self._in_doubt, 0
        if given:
            self._shared.doubts.release(given)

    def _begin(self, message: Message) -> None:
        self._shared.waiting.put(Task(message, time.monotonic()))
        self._under_way += 1
        if len(self._lanes) < min(self.capacity, self._under_way):
            self._lanes.append(Lane(self._shared))
            self._lanes[-1].start()

    def _finished(self) -> Done | None:
        try:
            return self._shared.done.get_nowait()
        except Empty:
            return None

    def _take(self, done: Done) -> tuple[DeliveryId, Reply]:
        self._under_way -= 1
        self._in_doubt += done.in_doubt
        if isinstance(done.reply, Exception):
            raise done.reply
        return done.delivery_id, done.reply

    def _rest(self) -> Iterator[tuple[DeliveryId, Reply]]:
        while self._under_way:
            self._settled()  # nobody may wait for ever
            yield self._take(self._shared.done.get())
        error = self._shared.breaker.take()
        if error is not None:
            raise error
