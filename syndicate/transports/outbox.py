"""Messages as files: ``outbox/mail/LIST/NUMBER/*.eml``, to look at, or for another program to send."""

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from syndicate.files import sync_folder, temporary, unwritable, write_synced
from syndicate.model.delivery import DeliveryId, Outcome, Reply
from syndicate.model.message import Message
from syndicate.settings.schema import Settings

#: Files are fsynced side by side: the filesystem then makes one journal commit of many.
_SYNCING = 16
#: Each file holds a reader's address and the key to their subscription.
_MODE = 0o600
_UNREADABLE = re.compile(r"[^A-Za-z0-9@._+-]")


def open_transport(settings: Settings) -> "Outbox":
    """Give the transport that writes below the settings' outbox."""
    return Outbox(settings.outbox / "mail")


def message_path(message: Message) -> str:
    """Give a message's place below ``outbox/mail``: always the same, and no two alike."""
    readable = _UNREADABLE.sub("_", message.envelope.recipient)[:120]
    return f"{message.list_name}/{message.edition_id}/{message.delivery_id:06d}-{readable}.eml"


class Outbox:
    """A folder that takes messages. The same message lands on the same path with the same bytes."""

    repeatable = True
    capacity = None

    def __init__(self, folder: Path) -> None:
        """Take the folder that the lists' folders stand in."""
        self._folder = folder
        self._pool = ThreadPoolExecutor(_SYNCING)

    def hand_over(self, messages: Sequence[Message]) -> Iterator[tuple[DeliveryId, Reply]]:
        """Write a group; every file and its folder are on the disk before the first reply."""
        for parent, group in groupby(messages, key=lambda each: self._path(each).parent):
            members = list(group)
            try:
                self._write(parent, members)
            except OSError as error:
                raise unwritable(self._path(members[0]), error) from error
            for each in members:
                yield each.delivery_id, Reply(outcome=Outcome.ACCEPTED, text=message_path(each))

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown()

    def _path(self, message: Message) -> Path:
        return self._folder / message_path(message)

    def _write(self, parent: Path, messages: Sequence[Message]) -> None:
        parent.mkdir(parents=True, exist_ok=True)
        temporaries = [temporary(self._path(each)) for each in messages]
        try:
            list(self._pool.map(_write_private, temporaries, [each.content for each in messages]))
            for unfinished, each in zip(temporaries, messages, strict=True):
                unfinished.replace(self._path(each))
        except BaseException:
            for unfinished in temporaries:
                with suppress(OSError):
                    unfinished.unlink()
            raise
        sync_folder(parent)


def _write_private(path: Path, content: bytes) -> None:
    write_synced(path, content, mode=_MODE)
