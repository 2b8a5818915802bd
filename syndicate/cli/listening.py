"""The place that a server of ours listens on."""

import os
import socket

from syndicate.errors import SettingsError


def listening(host: str, port: int, *, options: str = "--host and --port") -> socket.socket:
    """Give a socket that listens there; ``SettingsError`` names the ``options`` that choose another place."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        # Python puts the address into strerror as well.
        reason = (os.strerror(error.errno) if error.errno else str(error)).lower()
        raise SettingsError(
            f"{host}:{port}: can't be listened on ({reason}); choose another with {options}"
        ) from error
