"""smtplib's client with one deadline for everything that is being waited for.

Three things of ``smtplib.SMTP`` are replaced: it restarts its time-out with every byte, so that a server that
trickles holds it for hours; it reads an answer of any length; and on a broken line it forgets the reason.
"""

import math
import re
import smtplib
import socket
import ssl
import time
from datetime import timedelta
from typing import Any

from syndicate.transports.smtp_replies import Answer

_CODE = re.compile(rb"[2-5]\d\d(?:[ -]|$)")
#: All lines of one answer together (bytes); RFC 5321 §4.5.3.1.5 has 512 for a line.
_LONGEST_ANSWER = 64 * 1024
_CHUNK = 8192


class Client(smtplib.SMTP):
    """A connection to a mail server; made by connecting."""

    def __init__(self, host: str, port: int, *, patience: timedelta, **options: Any) -> None:  # noqa: ANN401 - smtplib's
        """Connect and read the greeting; ``smtplib.SMTPException`` or ``OSError``."""
        self._received = bytearray()
        self._deadline = math.inf
        self.within(patience)
        try:
            super().__init__(
                host,
                port,
                local_hostname="unnamed.invalid",  # else smtplib asks the DNS; the caller gives the real one
                timeout=patience.total_seconds(),
                **options,
            )
        except BaseException:
            self.close()
            raise

    def within(self, patience: timedelta) -> None:
        """Let everything from now on, until this is called again, take no longer than ``patience``."""
        self._deadline = time.monotonic() + patience.total_seconds()

    @property
    def in_step(self) -> bool:
        """Whether no more was answered than was asked; else answers can't be told apart any longer."""
        return not self._received

    def answer(self) -> Answer:
        """Wait for the next answer."""
        code, text = self.getreply()
        return Answer(code=code, text=text.decode("utf-8", "replace"))

    def getreply(self) -> tuple[int, bytes]:
        """Wait for the next answer, as smtplib's own methods want it."""
        texts: list[bytes] = []
        room = _LONGEST_ANSWER
        while True:
            line = self._line(room)
            room -= len(line)
            if not _CODE.match(line):
                return -1, line
            texts.append(line[4:].strip())
            if line[3:4] != b"-":
                return int(line[:3]), b"\n".join(texts)

    def send(self, s: Any) -> None:  # noqa: ANN401 - bytes or text, as smtplib has it
        """Write to the server; where it raises, the last of these bytes haven't left."""
        left = memoryview(s.encode("ascii") if isinstance(s, str) else s)
        while left:
            left = left[self._arm().send(left) :]

    def begin_tls(self, context: ssl.SSLContext) -> None:
        """Go on by TLS; what somebody put behind the clear answer is thrown away (CVE-2011-0411)."""
        self._arm()
        self.starttls(context=context)
        self._received.clear()

    @property
    def peer(self) -> str:
        """The server's IP address."""
        return str(self._arm().getpeername()[0])

    @property
    def here(self) -> str:
        """Our own IP address towards the server."""
        return str(self._arm().getsockname()[0])

    def _line(self, room: int) -> bytes:
        while (end := self._received.find(b"\n")) < 0:
            if len(self._received) > room:
                break
            self._receive()
        if end < 0 or end > room:
            raise smtplib.SMTPServerDisconnected("its answer has no end")
        line = bytes(self._received[:end])
        del self._received[: end + 1]
        return line.rstrip(b"\r")

    def _receive(self) -> None:
        chunk = self._arm().recv(_CHUNK)
        if not chunk:
            raise smtplib.SMTPServerDisconnected("it closed the connection")
        self._received += chunk

    def _arm(self) -> socket.socket:
        """Give the socket, with what is left of the time."""
        if self.sock is None:
            raise smtplib.SMTPServerDisconnected("the connection is closed")
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        self.sock.settimeout(left)
        return self.sock


class TlsClient(Client, smtplib.SMTP_SSL):
    """The same with TLS from the first byte (RFC 8314 §3.3); takes ``context``."""
