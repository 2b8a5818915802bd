"""Characters that a document may hold: what XML 1.0 forbids is gone before a writer can stumble over it."""

import re

#: What XML 1.0 §2.2 leaves out, and the C1 controls, which are legal and never meant (feed validators warn of
#: them). Not as all that is allowed: ``re`` goes through every character of a class, which took 4 ms.
_FORBIDDEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CARRIAGE_RETURN = re.compile("\r\n?")


def plain(text: str) -> str:
    """Give ``text`` on one line, white space collapsed, forbidden characters gone."""
    return " ".join(_FORBIDDEN.sub("", _CARRIAGE_RETURN.sub("\n", text)).split())


def markup(html: str) -> str:
    """Give HTML without forbidden characters.

    Each becomes a space, never nothing: sanitising kept the halves of a word apart, and so do we.
    """
    return _FORBIDDEN.sub(" ", _CARRIAGE_RETURN.sub("\n", html))
