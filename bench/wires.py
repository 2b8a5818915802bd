"""Personalising a message, against building each from its parts."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from bench.measuring import Bar, call, detail, in_turns, ratio, run
from syndicate.mail.slots import Personal
from syndicate.mail.wire import Wire

ROOT = Path(__file__).parent.parent
SYNDICATE = Path(sys.executable).with_name("syndicate")
READERS = 500


def filling(folder: Path) -> Iterator[Bar]:
    """Compare filling the example's edition for many readers with an ``EmailMessage`` for each."""
    readers = [_personal(number) for number in range(READERS)]
    wire = Wire.parse(_stored(folder / "wire"))
    build = _builder(wire.fill(readers[0]))
    pairs = in_turns(
        lambda: call(lambda: [wire.fill(reader) for reader in readers]),
        lambda: call(lambda: [build(reader) for reader in readers]),
    )
    yield Bar(
        what=f"an edition's messages for {READERS:,} readers",
        against="an EmailMessage for each, from its finished HTML and text",
        unit="times",
        figure=ratio(pairs),
        required=0.1,
        aim=0.01,
        detail=detail(pairs),
    )


def _personal(number: int) -> Personal:
    return Personal(
        address=f"reader-{number}@example.org",
        message_id=f"<{number:032x}@example.org>",
        unsubscribe_url=f"https://example.org/unsubscribe/{number:040x}",
        unsubscribe_mailto=f"mailto:leave@example.org?subject={number:040x}",
    )


def _stored(outbox: Path) -> bytes:
    """Run the example into ``outbox`` and give the wire template of its edition."""
    command: list[str | Path] = [SYNDICATE, "--quiet", "--outbox", outbox]
    readers = ["example/readers.csv", "--list", "gazette", "--confirmed", "--consent", "a measurement"]
    run([*command, "subscriber", "import", *readers], folder=ROOT)
    run([*command, "run", "--once"], folder=ROOT)
    with sqlite3.connect(outbox / "syndicate.db") as connection:
        (stored,) = connection.execute("SELECT wire FROM variant").fetchone()
    return bytes(stored)


def _builder(example: bytes) -> Callable[[Personal], bytes]:
    """Give the usual way to write the same message."""
    given = message_from_bytes(example, policy=policy.default)
    assert isinstance(given, EmailMessage)  # noqa: S101 - for the type checker
    text, html = (part.get_content() for part in given.iter_parts())
    personal = {"to", "message-id", "list-unsubscribe"}
    skipped = personal | {"mime-version", "content-type", "content-transfer-encoding"}
    headers = [(name, str(value)) for name, value in given.items() if name.lower() not in skipped]

    def build(reader: Personal) -> bytes:
        message = EmailMessage(policy=policy.SMTP)
        for name, value in headers:
            message[name] = value
        message["To"] = reader.address
        message["Message-ID"] = reader.message_id
        message["List-Unsubscribe"] = f"<{reader.unsubscribe_url}>, <{reader.unsubscribe_mailto}>"
        message.set_content(text)
        message.add_alternative(html, subtype="html")
        return message.as_bytes()

    return build
