"""What a mail server's answers mean: pure.

The enhanced code decides first (RFC 3463, RFC 2034), then the first digit (RFC 5321 §4.2.1), and where in the
dialogue the answer came: the same words mean another thing to AUTH than to RCPT.
"""

import re
from dataclasses import dataclass
from enum import StrEnum, auto

_ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})(?!\S)")
_ADDRESS = re.compile(r"\S+@\S+")
#: What the ledger keeps of an answer; servers may send pages.
_LONGEST = 400

_SUCCESS, _GO_ON, _TRANSIENT, _PERMANENT = 2, 3, 4, 5
#: Shutting down; the connection is gone whatever was asked (RFC 5321 §3.8).
_CLOSING = 421
#: Who we are wasn't accepted (RFC 4954 §6).
_AUTHENTICATION = frozenset({530, 534, 535, 538})
_AUTHENTICATION_ENHANCED = frozenset({(5, 7, 8), (5, 7, 9), (5, 7, 11), (5, 7, 57)})
#: The server as a whole can't: disk full, not accepting, connection lost, congested. A 4.4.x of the routing
#: kind (no answer, no route) is about the recipient's domain instead.
_SERVERS_OWN = frozenset({(4, 3, 1), (4, 3, 2), (4, 4, 2), (4, 4, 5)})
#: There is no such mailbox, and never will be by waiting (RFC 3463 §3.2; 5.1.10 is RFC 7505's null MX).
_NO_MAILBOX = frozenset({(5, 1, 1), (5, 1, 2), (5, 1, 3), (5, 1, 6), (5, 1, 10)})


class Step(StrEnum):
    """Where in the dialogue an answer came, in the words people know it by."""

    GREETING = "the greeting"
    EHLO = "EHLO"
    STARTTLS = "STARTTLS"
    AUTH = "AUTH"
    MAIL = "MAIL FROM"
    RCPT = "RCPT TO"
    DATA = "DATA"
    #: After the final dot: from here on the server may have the message.
    END = "the whole message"


#: Said before any recipient is named: a refusal here would meet everybody.
_BEFORE_RECIPIENTS = frozenset({Step.GREETING, Step.EHLO, Step.STARTTLS, Step.AUTH, Step.MAIL})


class Verdict(StrEnum):
    """What an answer means for the message, or for all of them."""

    #: As it should be; after the whole message: accepted.
    GOOD = auto()
    #: This recipient, later.
    DEFERRED = auto()
    #: This recipient, never.
    REJECTED = auto()
    #: The connection's or the server's trouble: this message over another connection.
    CONNECTION = auto()
    #: It would refuse everybody until a person changes something.
    CONFIGURATION = auto()
    #: No answer that SMTP knows at this place.
    NONSENSE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A code and its text; -1 where the line had no code."""

    code: int
    text: str

    @property
    def enhanced(self) -> tuple[int, int, int] | None:
        """The enhanced status code, where the text begins with one (RFC 2034 §3)."""
        match = _ENHANCED.match(self.text)
        return (int(match[1]), int(match[2]), int(match[3])) if match else None

    @property
    def words(self) -> str:
        """The answer in one printable line."""
        line = "".join(each if each.isprintable() else " " for each in f"{self.code} {self.text}")
        return " ".join(line.split())[:_LONGEST]


def without_addresses(words: str) -> str:
    """Give a server's words for places where nobody's address belongs."""
    return _ADDRESS.sub("…", words)


def verdict(step: Step, answer: Answer) -> Verdict:
    """Give what an answer means at this step."""
    if answer.code // 100 in {_SUCCESS, _GO_ON}:
        # A 2xx after the dot takes responsibility, whatever else it says (RFC 5321 §4.2.5).
        expected = _GO_ON if step is Step.DATA else _SUCCESS
        return Verdict.GOOD if answer.code // 100 == expected else Verdict.NONSENSE
    if answer.code // 100 not in {_TRANSIENT, _PERMANENT}:
        return Verdict.NONSENSE
    return _refusal(step, answer)


def _refusal(step: Step, answer: Answer) -> Verdict:
    enhanced = answer.enhanced
    if answer.code == _CLOSING or enhanced in _SERVERS_OWN:
        return Verdict.CONNECTION
    if answer.code in _AUTHENTICATION or enhanced in _AUTHENTICATION_ENHANCED:
        return Verdict.CONFIGURATION
    permanent = _class(answer) == _PERMANENT
    if step in _BEFORE_RECIPIENTS:
        return Verdict.CONFIGURATION if permanent else Verdict.CONNECTION
    return Verdict.REJECTED if permanent else Verdict.DEFERRED


def _class(answer: Answer) -> int:
    enhanced = answer.enhanced
    if enhanced and enhanced[0] in {_TRANSIENT, _PERMANENT}:
        return enhanced[0]
    return answer.code // 100


def names_no_mailbox(reply: str) -> bool:
    """Give whether a refusal, as the ledger keeps it, says that there is no such mailbox.

    Only an enhanced code counts: a bare 550 is said of spam and of policy too (RFC 5321 §4.2.3).
    """
    code, _, text = reply.partition(" ")
    return code.isdigit() and Answer(code=int(code), text=text).enhanced in _NO_MAILBOX
