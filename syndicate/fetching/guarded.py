"""The way to a server: each connection goes to the very address that was checked.

httpx2 (a maintained httpx) has the protocol; its connections are made here, so that no name is resolved a
second time. There is no ``httpx2.Client``: nobody keeps cookies, reads proxies or passwords from the
environment, or follows a redirect unasked. Imported with the first request only.
"""

import socket
import threading
from collections.abc import Callable, Iterable
from queue import Empty, SimpleQueue
from ssl import SSLContext, create_default_context
from typing import Any

import httpcore2
import httpx2
from httpcore2 import NetworkBackend, NetworkStream

from syndicate.model.public_addresses import is_public

#: Patience for one address of a host to answer (seconds).
CONNECT_SECONDS = 10.0
#: Patience for the next bytes.
READ_SECONDS = 20.0


class RefusedError(Exception):
    """A host has no address that may be reached."""


class Deadline:
    """The end of a request, whatever it waits for."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._end = clock() + seconds
        self._clock = clock

    def left(self, at_most: float) -> float:
        """Give how long to wait for one thing (seconds); ``TimeoutException`` when the time is over."""
        left = self._end - self._clock()
        if left <= 0:
            raise httpcore2.ReadTimeout("its time is over")
        return min(left, at_most)


class GuardedTransport:
    """Sends requests one at a time, each over a connection of its own."""

    def __init__(self, *, allow_hosts: Iterable[str], deadline: Deadline) -> None:
        self._backend = _Backend(frozenset(each.lower() for each in allow_hosts), deadline)

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        """Give the answer, its body still on the wire: close it. ``RefusedError``, or httpcore2's own."""
        pool = httpcore2.ConnectionPool(
            ssl_context=create_default_context() if request.url.scheme == "https" else None,
            max_keepalive_connections=0,
            network_backend=self._backend,
        )
        url = request.url
        answer = pool.handle_request(
            httpcore2.Request(
                method=request.method,
                url=httpcore2.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.read(),
            )
        )
        return httpx2.Response(
            answer.status, headers=answer.headers, stream=_Body(answer, pool), request=request
        )


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response, pool: httpcore2.ConnectionPool) -> None:
        self._answer = answer
        self._pool = pool

    def __iter__(self) -> Any:  # noqa: ANN401 - as httpx2 has it
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
        self._pool.close()


class _Backend(NetworkBackend):
    """Connects to public addresses, and to hosts that were named."""

    def __init__(self, allowed: frozenset[str], deadline: Deadline) -> None:
        self._allowed = allowed
        self._deadline = deadline
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,  # noqa: ANN401 - as httpcore2 has it
    ) -> NetworkStream:
        """Give a connection to an address of ``host`` that may be reached, the first that answers."""
        del timeout
        error: Exception = RefusedError()
        for address in self._addresses(host, port):
            try:
                stream = self._plain.connect_tcp(
                    address,
                    port,
                    timeout=self._deadline.left(CONNECT_SECONDS),
                    local_address=local_address,
                    socket_options=socket_options,
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as failed:
                error = failed
            else:
                return _Stream(stream, self._deadline)
        raise error

    def _addresses(self, host: str, port: int) -> list[str]:
        found = _resolved(host, port, patience=self._deadline.left(CONNECT_SECONDS))
        return [each for each in found if host.lower() in self._allowed or is_public(each)]


class _Stream(NetworkStream):
    """A connection on which nothing outlasts the deadline: plain patience begins anew with each byte."""

    def __init__(self, stream: NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Give the next bytes."""
        del timeout
        return self._stream.read(max_bytes, timeout=self._deadline.left(READ_SECONDS))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        del timeout
        self._stream.write(buffer, timeout=self._deadline.left(READ_SECONDS))

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """Give the same connection, encrypted, with a server whose certificate names the host."""
        del timeout
        left = self._deadline.left(CONNECT_SECONDS)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, timeout=left), self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as httpcore2 has it
        """Give what the connection knows of itself."""
        return self._stream.get_extra_info(info)


def _resolved(host: str, port: int, *, patience: float) -> list[str]:
    """Give the host's addresses; a resolver that hangs, hangs in a thread that is left behind."""
    answers: SimpleQueue[list[str] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))
        else:
            answers.put(list(dict.fromkeys(str(each[4][0]) for each in found)))

    threading.Thread(target=ask, daemon=True, name="resolver").start()
    try:
        answer = answers.get(timeout=patience)
    except Empty:
        raise httpcore2.ConnectTimeout("its name is not resolved in time") from None
    if isinstance(answer, OSError):
        raise httpcore2.ConnectError(answer.strerror or str(answer)) from answer
    return answer
