"""A web server for tests: it answers as the test says, remembers who asked, and ends by itself."""

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the server says at one address."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody asked."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


#: Writes what it likes on the connection, until the test is over.
Raw = Callable[[socket, threading.Event], None]


@dataclass
class WebServer:
    """One server on loopback; ``answers`` may change at any time."""

    listener: ThreadingHTTPServer
    answers: dict[str, Answer | Raw] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    @property
    def port(self) -> int:
        """Give the port it listens on."""
        port: int = self.listener.server_address[1]
        return port

    def url(self, path: str) -> str:
        """Give the address of a path, under a host that has to be allowed by name."""
        return f"http://127.0.0.1:{self.port}{path}"

    def speak_tls(self, context: ssl.SSLContext) -> None:
        """Encrypt from here on; each connection shakes hands in its own thread."""
        self.listener.socket = context.wrap_socket(
            self.listener.socket, server_side=True, do_handshake_on_connect=False
        )

    def say(self, path: str, body: str | bytes = b"", *, status: int = 200, **headers: str) -> str:
        """Answer at a path from now on; ``last_modified="…"`` is a header. Gives the address."""
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = Answer(body=content, status=status, headers=named)
        return self.url(path)


@contextmanager
def web_server() -> Iterator[WebServer]:
    """Give a server that lives as long as the block."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def answer(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(method=self.command, path=self.path, headers=headers, body=self.rfile.read(size))
            made.asked.append(asked)
            found = made.answers.get(self.path, Answer(status=404))
            if isinstance(found, Answer):
                self.write(found, asked)
                return
            self.close_connection = True
            found(self.connection, over)

        do_GET = do_HEAD = do_POST = answer  # noqa: N815 - as the library looks for them

        def write(self, found: Answer, asked: Asked) -> None:
            tag = found.headers.get("ETag")
            known = tag is not None and asked.headers.get("if-none-match") == tag
            self.send_response_only(304 if known else found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            body = b"" if known or asked.method == "HEAD" else found.body
            if not known:
                self.send_header("Content-Length", str(len(found.body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_parts: Any) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_parts: Any) -> None:
            """A client that hangs up is what some tests are about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        made = WebServer(server)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield made
        finally:
            over.set()
            server.shutdown()
            thread.join()
