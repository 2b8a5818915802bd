import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from syndicate.errors import FetchError
from syndicate.feeds.pinging import ping
from syndicate.model.job import Task
from syndicate.settings.schema import PublishSettings, Settings

TOPIC = "https://gazette.example/feeds/all/atom.xml?a=1&b=ä"


@contextmanager
def hub(status: int = 202, **headers: str) -> Iterator[tuple[str, list[tuple[str, dict[str, list[str]]]]]]:
    """Give the address of a hub that answers so, and what it was asked: the media type, and the form."""
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
            asked.append((self.headers["Content-Type"], parse_qs(body)))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()


def tell(address: str, **options: timedelta) -> None:
    task = Task(kind="websub", key=TOPIC, payload={"hub": address, "topic": TOPIC})
    ping(task, settings=Settings(publish=PublishSettings(hub=address)), **options)


def test_a_hub_is_told_of_the_topic_in_the_form_that_hubs_take():
    with hub() as (address, asked):
        tell(address)

    assert asked == [
        (
            "application/x-www-form-urlencoded",
            {"hub.mode": ["publish"], "hub.url": [TOPIC], "hub.topic": [TOPIC]},
        )
    ]


@pytest.mark.parametrize("status", [200, 202, 204])
def test_any_success_is_one(status):
    with hub(status) as (address, _):
        tell(address)


@pytest.mark.parametrize(
    ("status", "permanent"),
    [(400, True), (403, True), (404, True), (408, False), (429, False), (500, False), (503, False)],
)
def test_a_refusal_is_final_and_a_hub_out_of_order_is_asked_again(status, permanent):
    with hub(status) as (address, _), pytest.raises(FetchError, match=str(status)) as raised:
        tell(address)

    assert raised.value.permanent is permanent


def test_a_hub_that_has_moved_is_named_and_not_counted_as_told():
    with hub() as (other, asked), hub(308, Location=other) as (address, _):
        with pytest.raises(FetchError, match=r"publish\.hub: .* has moved to http://127") as raised:
            tell(address)

        assert raised.value.permanent
        assert len(asked) == 1


def test_an_address_that_is_only_written_otherwise_is_no_move():
    with hub() as (address, asked):
        tell(address.replace("http", "HTTP").removesuffix("/"))

    assert len(asked) == 1


def test_a_hub_that_is_away_may_be_back():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"http://127.0.0.1:{closed.getsockname()[1]}/"

    with pytest.raises(FetchError, match="can't be reached") as raised:
        tell(address)

    assert not raised.value.permanent


def test_a_hub_that_trickles_is_left_when_the_patience_ends():
    left = threading.Event()

    def trickle(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection, suppress(OSError):  # the line was cut
            while not left.wait(0.05):
                connection.send(b"H")

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=trickle, args=(server,), daemon=True).start()
        begun = time.monotonic()
        with pytest.raises(FetchError, match="takes too long") as raised:
            tell(f"http://127.0.0.1:{server.getsockname()[1]}/", patience=timedelta(seconds=0.5))
        left.set()

    assert time.monotonic() - begun < 3
    assert not raised.value.permanent


def test_a_hub_that_is_no_longer_configured_is_told_nothing():
    with hub() as (address, asked):
        ping(Task(kind="websub", key=TOPIC, payload={"hub": address, "topic": TOPIC}), settings=Settings())

    assert asked == []
