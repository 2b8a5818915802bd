"""How bytes leave: one module a transport, and the registry the configuration chooses from."""

from collections.abc import Callable, Mapping

from syndicate.errors import SettingsError
from syndicate.settings.schema import Settings
from syndicate.transports import outbox
from syndicate.transports.transport import Transport


def _smtp(settings: Settings) -> Transport:
    from syndicate.transports import smtp  # with smtplib and ssl, which no other transport needs

    return smtp.open_transport(settings)


#: Every transport by its name in ``mail.transport``.
TRANSPORTS: Mapping[str, Callable[[Settings], Transport]] = {
    "outbox": outbox.open_transport,
    "smtp": _smtp,
}


def open_transport(settings: Settings) -> Transport:
    """Give the transport that ``mail.transport`` names."""
    make = TRANSPORTS.get(settings.mail.transport)
    if make is None:
        raise SettingsError(
            f'mail.transport: there is no transport "{settings.mail.transport}"; '
            f"use one of {', '.join(TRANSPORTS)}"
        )
    return make(settings)
