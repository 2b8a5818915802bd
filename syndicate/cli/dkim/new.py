"""``syndicate dkim new``."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli.dkim.lines import record_lines, records_as_json
from syndicate.cli.flags import JSON, flag
from syndicate.cli.invocation import DEFAULT_CONFIG, Invocation, open_site
from syndicate.cli.output import say, say_json
from syndicate.errors import SettingsError
from syndicate.files import write_secret
from syndicate.mail.headers import mailbox
from syndicate.mail.keys import new_ed25519_key, new_rsa_key, signing_keys
from syndicate.settings import signing
from syndicate.settings.loading import home_of
from syndicate.settings.schema import DkimSettings
from syndicate.settings.writing import keys_of


def command(
    context: typer.Context,
    selector: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="The key's name in the DNS. [default: sYEARMONTH]", show_default=False
        ),
    ] = "",
    domain: Annotated[
        str, typer.Option(help="Whose key it is. [default: the sender's domain]", show_default=False)
    ] = "",
    *,
    ed25519: Annotated[
        bool, flag("--ed25519", say="Make a second key, for receivers that know Ed25519.")
    ] = False,
    json_output: Annotated[bool, JSON] = False,
) -> None:
    """Make a key to sign messages with, and say what to configure and what to publish.

    The key goes to outbox/dkim/, readable by you alone; a name that is taken is refused. To change keys, make
    another under a new name, publish its record, configure it, and take the old record away a week later.
    """
    invocation: Invocation = context.obj
    settings, _ = open_site(invocation)
    name = selector or f"s{datetime.now(UTC):%Y%m}"
    ours = DkimSettings(
        domain=domain or mailbox(settings.mail.sender, what="mail.sender").domain,
        selector=name,
        key_file=_place(settings.outbox, name),
    )
    if ed25519:
        second = f"{name}-ed25519"
        ours = replace(ours, ed25519_selector=second, ed25519_key_file=_place(settings.outbox, second))
    _make(ours)
    keys = signing_keys(ours)
    if json_output:
        say_json({"files": _files(ours), "records": records_as_json(keys)})
        return
    config = invocation.config or DEFAULT_CONFIG
    say(f"Into {config}:", "", "[dkim]", *keys_of(_from(home_of(config), ours)), "")
    say("Into the DNS, before the next edition goes out:", "", *record_lines(keys))


def _place(outbox: Path, name: str) -> Path:
    return outbox / "dkim" / f"{name}.pem"


def _files(ours: DkimSettings) -> list[Path]:
    return [each for each in (ours.key_file, ours.ed25519_key_file) if each is not None]


def _make(ours: DkimSettings) -> None:
    """Write the keys' files; ``SettingsError`` where a name is none, or a file is there."""
    for problem in signing.problems(ours):
        raise SettingsError(f"{'.'.join(map(str, problem.path))}: {problem.text}")
    for each in _files(ours):
        if each.exists():
            raise SettingsError(f"{each}: there is a key of this name; choose another with --selector")
    for each, made in zip(_files(ours), (new_rsa_key, new_ed25519_key), strict=False):
        write_secret(each, made())


def _from(home: Path, ours: DkimSettings) -> DkimSettings:
    """Give it with its files as the configuration in ``home`` would name them."""
    return replace(
        ours,
        key_file=_relative(ours.key_file, home),
        ed25519_key_file=_relative(ours.ed25519_key_file, home),
    )


def _relative(path: Path | None, home: Path) -> Path | None:
    if path is None:
        return None
    return path.relative_to(home) if path.is_relative_to(home) else path.resolve()
