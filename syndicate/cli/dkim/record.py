"""``syndicate dkim record``."""

from typing import Annotated

import typer

from syndicate.cli.dkim.lines import record_lines, records_as_json
from syndicate.cli.flags import JSON
from syndicate.cli.invocation import Invocation, settings_of
from syndicate.cli.output import say, say_json
from syndicate.errors import SettingsError
from syndicate.mail.keys import signing_keys


def command(context: typer.Context, *, json_output: Annotated[bool, JSON] = False) -> None:
    """Show the DNS records of the configured keys, by which others check the signatures."""
    invocation: Invocation = context.obj
    keys = signing_keys(settings_of(invocation).dkim)
    if not keys:
        raise SettingsError("dkim.domain: no key is configured; `syndicate dkim new` makes one")
    if json_output:
        say_json({"records": records_as_json(keys)})
    else:
        say(*record_lines(keys))
