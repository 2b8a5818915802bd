"""Keys to sign with, and messages to sign."""

import random
import string
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from syndicate.files import write_secret
from syndicate.mail.headers import Heading
from syndicate.mail.keys import Key, new_ed25519_key, new_rsa_key, record, signing_keys
from syndicate.mail.slots import Personal, Slots
from syndicate.mail.wire import Wire, template
from syndicate.settings.schema import DkimSettings

AT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def dkim(tmp_path_factory: pytest.TempPathFactory) -> DkimSettings:
    """Give settings with a key of each kind."""
    folder = tmp_path_factory.mktemp("keys")
    write_secret(folder / "rsa.pem", new_rsa_key())
    write_secret(folder / "ed25519.pem", new_ed25519_key())
    return DkimSettings(
        domain="gazette.example",
        selector="s1",
        key_file=folder / "rsa.pem",
        ed25519_selector="s2",
        ed25519_key_file=folder / "ed25519.pem",
    )


@pytest.fixture(scope="session")
def keys(dkim: DkimSettings) -> tuple[Key, ...]:
    """Give the two keys, RSA first."""
    return signing_keys(dkim)


@pytest.fixture(scope="session")
def dns(keys: tuple[Key, ...]) -> Callable[..., bytes]:
    """Give a look-up that knows these keys' records and nothing else."""
    records = {f"{record(key).name}.".encode(): record(key).value.encode() for key in keys}
    return lambda name, timeout=5: records.get(name, b"")


@pytest.fixture(scope="session")
def make_wire() -> Callable[..., Wire]:
    """Give a function that encodes a message with this content; any field of ``Heading`` may be given."""

    def make(content: str = "Café at the harbour.\n.\n", /, **facts: object) -> Wire:
        usual = {
            "sender": "The Gazette <news@gazette.example>",
            "reply_to": "editors@gazette.example",
            "subject": "The ferry is back",
            "date": AT,
            "list_name": "weekly",
            "list_title": "The Gazette",
        }
        slots = Slots.absent_from(content)
        text = f"{content}\nTo {slots.address}.\n{slots.unsubscribe_url}\nGood-bye.\n"
        html = f'<p>{content}</p><p>{slots.address} <a href="{slots.unsubscribe_url}">leave</a></p>\n'
        return Wire.parse(template(Heading(**{**usual, **facts}), slots, text=text, html=html))

    return make


@pytest.fixture(scope="session")
def hostile_readers() -> Callable[[int], list[Personal]]:
    """Give a function that makes readers whose names hold all that RFC 5322 lets stand before an @."""

    def make(number: int) -> list[Personal]:
        dice = random.Random(5322)  # noqa: S311 - a repeatable choice, no secret
        return [_hostile(dice, at) for at in range(number)]

    return make


def _hostile(dice: random.Random, at: int) -> Personal:
    plain = string.ascii_letters + string.digits + "!#$%&'*+-/=?^_`{|}~"
    length = dice.choice([1, 7, dice.randint(1, 64), 300])
    match at % 4:
        case 0:
            local = "".join(dice.choices([*plain, "{{", "}}", "SLOT", "=?utf-8?q?x?="], k=length))
        case 1:
            local = '"' + "".join(dice.choices(plain + " .,:;<>()[]@", k=length)).strip() + 'x"'
        case 2:
            local = "".join(
                dice.choices("مرحبا🦀éß阿明{'", k=min(length, 150))
            )  # right to left, emoji, and what not
        case _:
            odd = ["<b>", "&amp;", "SLOT", "{{ x }}", "\\\\", "  "]
            local = '"' + "".join(dice.choices(odd, k=length // 8 + 1)) + 'x"'
    domain = "".join(dice.choices(string.ascii_lowercase, k=dice.randint(1, 60)))
    token = "".join(dice.choices(string.ascii_letters + string.digits + "-_", k=dice.randint(1, 200)))
    return Personal(
        address=f"{local}@{domain}.example",
        message_id=f"<1.{token}@gazette.example>",
        unsubscribe_url=f"https://gazette.example/u/{token}",
        unsubscribe_mailto=f"mailto:leave@gazette.example?subject={token}",
    )
