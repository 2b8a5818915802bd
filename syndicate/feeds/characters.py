"""Characters that a document may hold: what XML 1.0 forbids is gone before a writer can stumble over it."""

import re

#: XML 1.0 §2.2, and the C1 controls, which are legal and never meant (feed validators warn of them).
_FORBIDDEN = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CARRIAGE_RETURN = re.compile("\r\n?")


def plain(text: str) -> str:
    """Give ``text`` on one line, white space collapsed, forbidden characters gone."""
    return " ".join(_FORBIDDEN.sub("", _CARRIAGE_RETURN.sub("\n", text)).split())


def markup(html: str) -> str:
    """Give HTML without forbidden characters.

    Each becomes a space, never nothing: sanitising kept the halves of a word apart, and so do we.
    """
    return _FORBIDDEN.sub(" ", _CARRIAGE_RETURN.sub("\n", html))
