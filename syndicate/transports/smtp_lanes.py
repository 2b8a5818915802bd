"""The threads behind the SMTP transport, and what they share."""

import smtplib
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from queue import SimpleQueue

from syndicate.errors import TransportError
from syndicate.model.delivery import DeliveryId, Outcome, Reply
from syndicate.model.message import Message
from syndicate.transports.smtp_breaker import Breaker
from syndicate.transports.smtp_client import Client
from syndicate.transports.smtp_dialogue import Ending, converse, fit, takes
from syndicate.transports.smtp_opening import Door
from syndicate.transports.smtp_replies import Verdict

#: Over so many connections a message is tried before its reader waits like anybody who was put off.
_TRIES = 3
#: Pauses before the next connection, each twice the one before (seconds).
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
#: For goodbyes nobody waits long.
_GOODBYE = timedelta(seconds=5)
#: What no server is shown: it could be read as more than an address.
_UNFIT = "holds a line break, a space, an angle bracket or a character that can't stand there; correct it"
#: RFC 6531 §3.2: then the message is not for this server.
_UNTAKEN = (
    "the mail server doesn't offer SMTPUTF8, which letters outside ASCII before the @ need; "
    "ask for another address, or send through a server that does"
)

_OUTCOMES = {
    Verdict.GOOD: Outcome.ACCEPTED,
    Verdict.DEFERRED: Outcome.DEFERRED,
    Verdict.REJECTED: Outcome.REJECTED,
    None: Outcome.UNCERTAIN,
}


@dataclass(frozen=True, slots=True)
class Task:
    """A message, and the (monotonic) second it was handed to us."""

    message: Message
    since: float


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one message; or the fault of ours that kept us from saying."""

    delivery_id: DeliveryId
    reply: Reply | Exception
    #: It holds one of ``Shared.doubts`` until somebody has written down the reply.
    in_doubt: bool


@dataclass(slots=True, kw_only=True)
class Shared:
    """What all lanes have in common."""

    door: Door
    breaker: Breaker
    #: One for each message that a crash now would leave in doubt, or with the reader and not in the ledger.
    doubts: threading.Semaphore
    #: ``None`` ends one lane.
    waiting: "SimpleQueue[Task | None]" = field(default_factory=SimpleQueue)
    done: "SimpleQueue[Done]" = field(default_factory=SimpleQueue)
    #: Nobody listens any more.
    closing: threading.Event = field(default_factory=threading.Event)
    #: Held for the very first connection: a wrong password is tried once, and not by everybody at once.
    proving: threading.Lock = field(default_factory=threading.Lock)
    proven: bool = False

    def may_begin(self, task: Task) -> bool:
        """Give whether a message may go to the wire now: one that began late would outlive its claim."""
        late = time.monotonic() - task.since > self.door.settings.timeout.total_seconds()
        return not (late or self.breaker.tripped or self.closing.is_set())

    def may_doubt(self) -> bool:
        """Wait until a message may go out whole; ``False`` where it has to stay."""
        given = self.doubts.acquire(timeout=self.door.settings.timeout.total_seconds())
        if given and self.closing.is_set():
            self.doubts.release()
            return False
        return given

    def open(self) -> Client | None:
        """Give a new connection; ``None`` where the first one just failed for good."""
        if self.proven:
            return self.door.open()
        with self.proving:
            if self.breaker.tripped:
                return None
            client = self.door.open()
            self.proven = True
            return client


class Lane(threading.Thread):
    """One thread with one connection at a time, working through what waits."""

    def __init__(self, shared: Shared) -> None:
        """Take what the lanes share; ``start`` begins."""
        super().__init__(name=f"smtp {shared.door.where}", daemon=True)
        self._shared = shared
        self._settings = shared.door.settings
        self._client: Client | None = None
        #: Messages the connection has carried.
        self._carried = 0
        self._pause = 0.0
        self._in_doubt = False

    def run(self) -> None:
        """Work until ``None`` comes."""
        while (task := self._shared.waiting.get()) is not None:
            try:
                reply: Reply | Exception = self._reply(task)
            except Exception as error:  # noqa: BLE001 - a thread's edge: raised again where somebody can hear it
                reply = error
                self._drop()
            self._shared.done.put(Done(task.message.delivery_id, reply, self._in_doubt))
            self._in_doubt = False
        self._leave()

    def cut(self) -> None:
        """Break off whatever the connection is waiting for; called from another thread."""
        client = self._client
        if client is not None and client.sock is not None:
            with suppress(OSError):
                client.sock.shutdown(socket.SHUT_RDWR)

    def _reply(self, task: Task) -> Reply:
        if not fit(task.message.envelope.recipient):
            return Reply(outcome=Outcome.REJECTED, text=f"the address {_UNFIT}")
        sender = task.message.envelope.sender
        if not (fit(sender) and sender.isascii()):
            self._shared.breaker.trouble(TransportError(f"mail.sender: {_UNFIT}", permanent=True))
        words, tries = "its turn did not come", 0
        while tries < _TRIES and self._shared.may_begin(task):
            client = self._connected()
            if client is None or not self._shared.may_begin(task):
                continue
            if not takes(client, task.message.envelope.recipient):
                return Reply(outcome=Outcome.REJECTED, text=_UNTAKEN)
            ending = self._converse(client, task.message)
            if ending.verdict in _OUTCOMES:
                return Reply(outcome=_OUTCOMES[ending.verdict], text=ending.words)
            words, tries = ending.words, tries + 1
        put_off = tries == _TRIES and not self._shared.breaker.tripped
        return Reply(outcome=Outcome.DEFERRED if put_off else Outcome.RETURNED, text=words)

    def _connected(self) -> Client | None:
        """Give a connection that takes a message; ``None`` where there is none this time."""
        if self._carried >= self._settings.messages_per_connection:
            self._leave()
        if self._client is None:
            self._shared.closing.wait(self._pause)
            try:
                self._client = self._shared.open()
            except TransportError as error:
                self._trouble(error)
            self._carried = 0
        return self._client

    def _converse(self, client: Client, message: Message) -> Ending:
        settings = self._settings
        ending = converse(
            client,
            message,
            patience=settings.timeout,
            last=settings.last_reply,
            may_doubt=self._may_doubt,
        )
        self._carried += 1
        if self._in_doubt and ending.verdict not in {Verdict.GOOD, None}:
            self._in_doubt = False  # it certainly isn't with the reader
            self._shared.doubts.release()
        if not ending.reusable:
            self._drop()
        self._tell(ending)
        return ending

    def _may_doubt(self) -> bool:
        self._in_doubt = self._shared.may_doubt()
        return self._in_doubt

    def _tell(self, ending: Ending) -> None:
        """Let the breaker know."""
        door = self._shared.door
        if ending.verdict is Verdict.CONFIGURATION and ending.answer is not None:
            self._shared.breaker.trouble(door.refused(ending.step, ending.answer))
        elif ending.verdict is Verdict.CONNECTION:
            self._trouble(door.unsteady(ending.words))
        else:
            self._pause = 0.0
            self._shared.breaker.answered(ending)

    def _trouble(self, error: TransportError) -> None:
        self._pause = min(max(2 * self._pause, _FIRST_PAUSE), _LONGEST_PAUSE)
        self._shared.breaker.trouble(error)

    def _leave(self) -> None:
        client = self._client
        if client is not None:
            client.within(_GOODBYE)
            with suppress(OSError, smtplib.SMTPException):
                client.quit()
        self._drop()

    def _drop(self) -> None:
        client, self._client = self._client, None
        self._carried = 0
        if client is not None:
            client.close()
