"""A mailbox for everybody, and a server that does as it is told."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from syndicate.errors import TransportError
from syndicate.model.delivery import DeliveryId, Outcome, Reply
from syndicate.model.message import Message


class CrashError(BaseException):
    """The process ends here."""


@dataclass(slots=True)
class Letter:
    """A message that really arrived."""

    name: str
    titles: tuple[str, ...]
    message_id: str
    #: Sent by a store that was put back since, to readers whom a person let have it again.
    excused: bool = False


@dataclass
class Office:
    """A transport that follows a script, one word a message, and then accepts; it keeps what arrived."""

    script: deque[str] = field(default_factory=deque)
    letters: list[Letter] = field(default_factory=list)
    #: Whom nothing may be handed over for.
    closed: set[str] = field(default_factory=set)
    #: Message-IDs whose fate was unknown at some time.
    doubted: set[str] = field(default_factory=set)
    repeatable = False
    capacity = None

    def hand_over(self, messages: Sequence[Message]) -> Iterator[tuple[DeliveryId, Reply]]:
        """Answer for each message; ``dies`` and ``swallows`` end the process, the line or both."""
        for message in messages:
            word = self.script.popleft() if self.script else "accepted"
            name = message.envelope.recipient.partition("@")[0]
            assert name not in self.closed, f"{name} is written to after leaving"
            if word not in {"accepted", "deferred", "rejected"}:
                self.doubted.add(message.message_id)
            if word == "dies before":
                raise CrashError
            if word == "line breaks":
                raise TransportError("relay: gone; wait for it", permanent=False)
            if word in {"accepted", "kept", "dies after"}:
                self.letters.append(Letter(name, _titles(message.content), message.message_id))
            if word == "dies after":
                raise CrashError
            yield message.delivery_id, Reply(outcome=_OUTCOMES[word], text=f"{word}")

    def close(self) -> None:
        """Nothing is held open."""

    def copies(self, *, excused: bool) -> dict[tuple[str, str], list[str]]:
        """Give the Message-IDs by which each reader has each post; with or without excused letters."""
        letters = [each for each in self.letters if excused or not each.excused]
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for letter in letters:
            for title in letter.titles:
                found[letter.name, title].append(letter.message_id)
        return found


_OUTCOMES = {
    "accepted": Outcome.ACCEPTED,
    "deferred": Outcome.DEFERRED,
    "rejected": Outcome.REJECTED,
    "kept": Outcome.UNCERTAIN,
    "lost": Outcome.UNCERTAIN,
}


def _titles(content: bytes) -> tuple[str, ...]:
    found = re.search(rb"^Posts: ([^\r\n]*)", content.replace(b"=\r\n", b""), re.MULTILINE)
    assert found is not None
    return tuple(found[1].decode().split(", "))
