"""A mail server for tests: it records what it is told, answers as the test says, and ends by itself."""

import asyncio
import contextlib
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

STEPS = {
    "EHLO": "ehlo",
    "STARTTLS": "starttls",
    "AUTH": "auth",
    "MAIL": "mail",
    "RCPT": "rcpt",
    "DATA": "data",
}

#: Gives an action for (step, recipient, how many times it came to this step with this recipient before):
#: an answer such as "550 5.1.1 no such user", "drop", "stall", "garbage", "keep and drop", "keep and stall";
#: or ``None`` for what a friendly server does.
Behaviour = Callable[[str, str, int], str | None]


def friendly(_step: str, _recipient: str, _nth: int) -> str | None:
    """Answer as one would wish."""
    return None


@dataclass
class _Talk:
    """Where one connection stands."""

    number: int
    secure: bool
    signed_in: bool = False
    recipient: str = ""


@dataclass
class MailServer:
    """One server on loopback."""

    behaviour: Behaviour = friendly
    offers: tuple[str, ...] = ("PIPELINING", "SIZE 1000000", "8BITMIME")
    tls: ssl.SSLContext | None = None
    tls_at_once: bool = False
    auth: str | None = None
    host: str = "127.0.0.1"
    port: int = 0
    #: (connection, recipient, content as sent, without the final dot) of all that was accepted or kept.
    kept: list[tuple[int, str, bytes]] = field(default_factory=list)
    #: (connection, line) of everything said outside of messages.
    said: list[tuple[int, str]] = field(default_factory=list)
    open: int = 0
    most_open: int = 0
    connections: int = 0
    _seen: Counter = field(default_factory=Counter)

    @property
    def recipients(self) -> Counter:
        """Who got how many copies."""
        return Counter(recipient for _, recipient, _ in self.kept)

    def lines(self, connection: int = 1) -> list[str]:
        """What was said on one connection, outside of messages."""
        return [line for number, line in self.said if number == connection]

    @contextlib.contextmanager
    def running(self) -> Iterator["MailServer"]:
        """Serve until the end of the block."""
        loop = asyncio.new_event_loop()
        stopping = asyncio.Event()
        ready = threading.Event()
        thread = threading.Thread(target=lambda: loop.run_until_complete(self._serve(ready, stopping)))
        thread.start()
        ready.wait()
        try:
            yield self
        finally:
            loop.call_soon_threadsafe(stopping.set)
            thread.join()
            loop.close()

    async def _serve(self, ready: threading.Event, stopping: asyncio.Event) -> None:
        talks: set[asyncio.Task] = set()

        async def talk(reader, writer):
            talks.add(asyncio.current_task())
            try:
                await self._talk(reader, writer)
            except (OSError, EOFError, asyncio.CancelledError):
                pass
            finally:
                self.open -= 1
                writer.transport.abort()

        context = self.tls if self.tls_at_once else None
        server = await asyncio.start_server(talk, self.host, self.port, ssl=context, backlog=256)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stopping.wait()
        server.close()
        for each in talks:
            each.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        await asyncio.sleep(0)

    async def _talk(self, reader, writer) -> None:
        self.connections += 1
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        talk = _Talk(number=self.connections, secure=self.tls_at_once)
        if not await self._act(writer, "connect", "", "220 server.test ESMTP"):
            return
        while line := (await reader.readline()).decode():
            self.said.append((talk.number, line.rstrip("\r\n")))
            if not await self._answer(reader, writer, talk, line):
                return

    async def _answer(self, reader, writer, talk, line) -> bool:
        """Answer one line; give whether the talk goes on."""
        verb = line.split()[0].upper()
        if verb == "RCPT":
            talk.recipient = line[line.index("<") + 1 : line.index(">")]
        given = self._given(verb, talk, line)
        if verb not in STEPS:
            talk.recipient = ""
            return bool(await self._do(writer, given)) and verb != "QUIT"
        sent = await self._act(writer, STEPS[verb], talk.recipient, given)
        if not sent:
            return False
        if verb == "RCPT" and not sent.startswith("2"):
            talk.recipient = ""
        if verb == "STARTTLS" and sent.startswith("2"):
            await writer.start_tls(self.tls)
            talk.secure = True
        if verb == "DATA" and sent.startswith("354"):
            content = await self._content(reader)
            return bool(await self._finish(writer, talk.number, talk.recipient, content))
        return True

    def _given(self, verb, talk, line) -> str:
        """Give what a friendly server says."""
        if verb == "EHLO":
            return self._extensions(talk)
        if verb == "AUTH":
            talk.signed_in = line.split()[2] == self.auth
            return "235 2.7.0 welcome" if talk.signed_in else "535 5.7.8 wrong"
        if verb == "MAIL" and self.auth and not talk.signed_in:
            return "530 5.7.0 sign in first"
        if verb == "DATA":
            return "354 go on" if talk.recipient else "554 5.5.1 no valid recipients"
        return {"STARTTLS": "220 2.0.0 go on", "QUIT": "221 2.0.0 bye"}.get(verb, "250 2.0.0 ok")

    def _extensions(self, talk) -> str:
        more = ["STARTTLS"] if self.tls and not talk.secure else []
        more += ["AUTH PLAIN"] if self.auth else []
        lines = ["server.test", *self.offers, *more]
        return "\r\n".join(f"250{' ' if line is lines[-1] else '-'}{line}" for line in lines)

    async def _content(self, reader) -> bytes:
        lines = []
        while (line := await reader.readline()) != b".\r\n":
            if not line:
                raise EOFError
            lines.append(line)
        return b"".join(lines)

    async def _finish(self, writer, number, recipient, content) -> str | None:
        action = self._action("dot", recipient)
        if action is None or action.startswith(("2", "keep and ")):
            self.kept.append((number, recipient, content))
        action = (action or "250 2.0.0 kept").removeprefix("keep and ")
        return await self._do(writer, action)

    async def _act(self, writer, step, recipient, given) -> str | None:
        return await self._do(writer, self._action(step, recipient) or given)

    def _action(self, step: str, recipient: str) -> str | None:
        nth = self._seen[step, recipient]
        self._seen[step, recipient] += 1
        return self.behaviour(step, recipient, nth)

    async def _do(self, writer, action: str) -> str | None:
        """Do it; give what was said, or ``None`` where the connection is over."""
        if action == "drop":
            return None
        if action == "stall":
            await asyncio.sleep(3600)
        text = "\x00\x16\x03garbage" if action == "garbage" else action
        writer.write(text.encode("latin-1") + b"\r\n")
        await writer.drain()
        return None if action.startswith("421") else text
