"""A web server, and a client that may reach it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from web_server import WebServer, web_server

from syndicate.fetching import Request, Response, fetch
from syndicate.settings.schema import FetchingSettings

ALLOWED = FetchingSettings(allow_hosts=("127.0.0.1",))


@pytest.fixture
def server() -> Iterator[WebServer]:
    """Give a server on loopback."""
    with web_server() as made:
        yield made


@pytest.fixture
def ask() -> Callable[..., Response]:
    """Give a function that fetches an address; what it is given besides goes into settings or request."""

    def ask(url: str, **said: object) -> Response:
        settings = {key: value for key, value in said.items() if hasattr(ALLOWED, key)}
        others = {key: value for key, value in said.items() if key not in settings}
        return fetch(Request(url=url, **others), settings=replace(ALLOWED, **settings))

    return ask
