"""How bytes leave: one module a transport, and the registry the configuration chooses from."""

from collections.abc import Callable, Mapping

from syndicate.errors import SettingsError
from syndicate.settings.schema import Settings
from syndicate.transports import outbox
from syndicate.transports.transport import Transport

#: Every transport by its name in ``mail.transport``.
TRANSPORTS: Mapping[str, Callable[[Settings], Transport]] = {"outbox": outbox.open_transport}


def open_transport(settings: Settings) -> Transport:
    """Give the transport that ``mail.transport`` names."""
    make = TRANSPORTS.get(settings.mail.transport)
    if make is None:
        raise SettingsError(
            f'mail.transport: there is no transport "{settings.mail.transport}"; '
            f"use one of {', '.join(TRANSPORTS)}"
        )
    return make(settings)
