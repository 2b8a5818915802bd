"""One message over one connection (RFC 5321 §3.3).

The rule that everything here serves: what broke before the final dot was certainly not accepted, what broke
after it may have been. Past 354 a connection on which anything failed is closed and nothing more is written:
the server would take a RSET for text, and a lone dot for the end of it.
"""

import re
import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from syndicate.model.message import Message
from syndicate.transports.smtp_client import Client
from syndicate.transports.smtp_opening import reason
from syndicate.transports.smtp_replies import Answer, Step, Verdict, verdict

#: What may stand between the angle brackets of a path: nothing but printable characters, so no line break and
#: no parameter; before the @ those of all scripts (RFC 6531 §3.3).
_PATH = re.compile(r"[!-;=?-~\u00a1-\U0010ffff]{1,127}@[!-;=?-~]{1,127}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a dialogue ended."""

    #: ``None``: the answer to the whole message never came, or was none.
    verdict: Verdict | None
    step: Step
    #: ``None`` where the line broke.
    answer: Answer | None
    words: str
    #: Whether the connection takes another message.
    reusable: bool


class _BrokenError(Exception):
    """The line broke, or what came over it is no SMTP; nothing was accepted."""


def fit(address: str) -> bool:
    """Give whether an address may be written to the wire: it says nothing but an address."""
    return _PATH.fullmatch(address) is not None and address.isprintable()


def takes(client: Client, recipient: str) -> bool:
    """Give whether the server may be given this recipient: beyond ASCII it has to offer that.

    Who offers SMTPUTF8 offers 8BITMIME too (RFC 6531 §3.1), for the recipient stands in the header as well.
    """
    return recipient.isascii() or (client.has_extn("smtputf8") and client.has_extn("8bitmime"))


def converse(
    client: Client, message: Message, *, patience: timedelta, last: timedelta, may_doubt: Callable[[], bool]
) -> Ending:
    """Carry a message; ``patience`` holds for all of it up to the dot, ``last`` for the answer to that.

    ``may_doubt`` is asked before the content: from there on a crash leaves the message in doubt.
    """
    client.within(patience)
    try:
        refusal = _refusal(client, message)
        if refusal is not None:
            return refusal
        if not may_doubt():
            return _broken("its turn did not come")
        client.send(_stuffed(message.content) + b".\r\n")
    except (_BrokenError, OSError, smtplib.SMTPException) as error:
        return _broken(f"the connection broke before the message was complete ({reason(error)})")
    client.within(last)  # RFC 5321 §4.5.3.2.6: who waits less makes copies
    try:
        answer = client.answer()
    except (OSError, smtplib.SMTPException) as error:
        return _unanswered(f"it was handed over whole, and no answer came ({reason(error)})", None)
    found = verdict(Step.END, answer)
    if found is Verdict.NONSENSE:
        words = f"it was handed over whole, and what came back is no answer ({answer.words})"
        return _unanswered(words, answer)
    good = found in {Verdict.GOOD, Verdict.DEFERRED, Verdict.REJECTED}
    return _ending(Step.END, answer, reusable=good and client.in_step)


def _refusal(client: Client, message: Message) -> Ending | None:
    """Offer the envelope; give the first refusal, or ``None`` where the server waits for the content."""
    refused: tuple[Step, Answer] | None = None
    waits = False
    try:
        for step, answer in _answers(client, message):
            found = verdict(step, answer)
            waits = step is Step.DATA and found is Verdict.GOOD
            if refused is None and found is not Verdict.GOOD:
                refused = (_sensible(step, found, answer), answer)
    except (OSError, smtplib.SMTPException):
        if refused is None:
            raise
        waits = True  # it said no, and went away
    if refused is None:
        return None
    return _ending(*refused, reusable=not waits and _reset(client, *refused))


def _sensible(step: Step, found: Verdict, answer: Answer) -> Step:
    if found is Verdict.NONSENSE:
        raise _BrokenError(f"to {step} it answered {answer.words}")
    return step


def _answers(client: Client, message: Message) -> Iterator[tuple[Step, Answer]]:
    """Ask and listen; all at once where the server takes that (RFC 2920), else up to the first refusal."""
    commands = _commands(client, message)
    if client.has_extn("pipelining"):
        client.send(b"".join(commands.values()))
        for step in commands:
            yield step, client.answer()
        return
    for step, command in commands.items():
        client.send(command)
        answer = client.answer()
        yield step, answer
        if verdict(step, answer) is not Verdict.GOOD:
            return


def _commands(client: Client, message: Message) -> dict[Step, bytes]:
    envelope = message.envelope
    size = f" SIZE={len(message.content)}" if client.has_extn("size") else ""  # RFC 1870
    eight = "" if envelope.recipient.isascii() else " BODY=8BITMIME SMTPUTF8"  # RFC 6531 §3.4, RFC 6152
    return {
        Step.MAIL: f"MAIL FROM:<{envelope.sender}>{size}{eight}\r\n".encode("ascii"),
        Step.RCPT: f"RCPT TO:<{envelope.recipient}>\r\n".encode(),
        Step.DATA: b"DATA\r\n",
    }


def _reset(client: Client, step: Step, answer: Answer) -> bool:
    """Clear the transaction after a refusal; give whether the connection is as new."""
    if verdict(step, answer) is Verdict.CONNECTION:
        return False
    try:
        client.send(b"RSET\r\n")
        return client.answer().code == 250 and client.in_step  # noqa: PLR2004 - RFC 5321 §4.3.2
    except (OSError, smtplib.SMTPException):
        return False


def _stuffed(content: bytes) -> bytes:
    """Double the dots that begin a line (RFC 5321 §4.5.2); nearly always there is none."""
    if not content.endswith(b"\r\n"):
        content += b"\r\n"
    if content.startswith(b"."):
        content = b"." + content
    return content.replace(b"\r\n.", b"\r\n..")


def _ending(step: Step, answer: Answer, *, reusable: bool) -> Ending:
    return Ending(
        verdict=verdict(step, answer), step=step, answer=answer, words=answer.words, reusable=reusable
    )


def _broken(words: str) -> Ending:
    return Ending(verdict=Verdict.CONNECTION, step=Step.DATA, answer=None, words=words, reusable=False)


def _unanswered(words: str, answer: Answer | None) -> Ending:
    return Ending(verdict=None, step=Step.END, answer=answer, words=words, reusable=False)
