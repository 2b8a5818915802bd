"""Personalising a message, against building each from its parts."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from statistics import median

from bench.measuring import ROUNDS, Bar, Run, call, detail, in_turns, ratio, run
from bench.sites import repeated
from syndicate.files import write_secret
from syndicate.mail.keys import new_rsa_key, signing_keys
from syndicate.mail.slots import Personal
from syndicate.mail.wire import Wire
from syndicate.settings.schema import DkimSettings

ROOT = Path(__file__).parent.parent
SYNDICATE = Path(sys.executable).with_name("syndicate")
READERS = 500
#: Calls in one turn: some hundredths of a second.
_CALLS = 40
_CONFIG = """
[site]
path = "{site}"
[publish]
base_url = "https://gazette.example"
[mail]
sender = "The Gazette <news@gazette.example>"
postal_address = "The Gazette, 4 Rope Walk, Example Harbour"
[[lists]]
name = "bench"
cadences = [{{ every = "each" }}]
start_with = 20
"""


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


def wire_bars(folder: Path) -> Iterator[Bar]:
    """Fill messages of twenty posts; and sign them, against OpenSSL signing and nothing else."""
    reader = _personal(1)
    wire = Wire.parse(_twenty_posts(folder))
    (key,) = signing_keys(_dkim(folder))
    size = len(wire.fill(reader))
    filled = median(each.cpu_seconds for each, _ in _turns(lambda: wire.fill(reader), int)) * 1000 / _CALLS
    yield Bar(
        what=f"one message of 20 posts filled ({size / 1000:.0f} KB)",
        against="",
        unit="ms",
        figure=filled,
        required=0.1,
        aim=0.05,
        detail=f"{1000 / filled:,.0f} a second on one core",
    )
    sealed = wire.sealed((key,), at=datetime(2026, 11, 23, 7, tzinfo=UTC))
    data = b"x" * 1_000
    turns = _turns(lambda: sealed.fill(reader), lambda: key.sign(data))
    times = median(ours.cpu_seconds / theirs.cpu_seconds for ours, theirs in turns)
    yield Bar(
        what="the same, filled and signed by RSA 2048",
        against="OpenSSL's bare signature",
        unit="times",
        figure=times,
        required=1.25,
        aim=1.15,
        detail=f"{1 / times:.0%} of its rate; {detail(turns)}, for {_CALLS}",
    )


def _turns(one: Callable[[], object], other: Callable[[], object]) -> list[tuple[Run, Run]]:
    """Call both in many short turns: what other programs do meanwhile then slows both alike."""
    return in_turns(
        lambda: call(lambda: _again(one)), lambda: call(lambda: _again(other)), rounds=15 * ROUNDS
    )


def _again(work: Callable[[], object]) -> None:
    """Keep no result, as a dispatcher doesn't: fresh memory for each would cost as much as the work."""
    for _ in range(_CALLS):
        work()


def _twenty_posts(folder: Path) -> bytes:
    """Give the wire template of an edition of twenty posts."""
    site = repeated(folder / "site", posts=40)
    config = folder / "syndicate.toml"
    config.write_text(_CONFIG.format(site=site.root), "utf-8")
    command: list[str | Path] = [SYNDICATE, "--quiet", "--config", config]
    consent = ["--list", "bench", "--confirmed", "--consent", "a measurement"]
    run([*command, "subscriber", "import", ROOT / "example" / "readers.csv", *consent], folder=ROOT)
    run([*command, "run", "--once"], folder=ROOT)
    with sqlite3.connect(folder / "outbox" / "syndicate.db") as connection:
        (stored,) = connection.execute("SELECT wire FROM variant").fetchone()
    return bytes(stored)


def _dkim(folder: Path) -> DkimSettings:
    file = folder / "s1.pem"
    write_secret(file, new_rsa_key())
    return DkimSettings(domain="gazette.example", selector="s1", key_file=file)


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
