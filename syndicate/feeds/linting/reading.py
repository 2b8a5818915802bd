"""Bytes → a document for the rules, or why there is none."""

import json
import re
from datetime import datetime
from typing import Any

from syndicate.feeds.linting import json_reading, xml_reading
from syndicate.feeds.linting.document import Document, Exchange

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
#: Deeper JSON than any feed has; the parser would end in a recursion.
_DEEPEST = 100


def read(content: bytes, *, now: datetime, exchange: Exchange | None = None) -> Document:
    """Give the feed in ``content``; where there is none, ``kind`` is ``None`` and ``problem`` says why."""
    start = content.removeprefix(_BOM).lstrip()[:1]
    if start in {b"{", b"["}:
        return _json(content, now=now, exchange=exchange)
    return _xml(content, now=now, exchange=exchange)


def declared_encoding(content: bytes) -> str:
    """Give the encoding that an XML document says it has; "utf-8" where it says none (XML 1.0 §4.3.3)."""
    if content.startswith(_UTF_16):
        return "utf-16"
    match = _DECLARED.match(content.removeprefix(_BOM))
    return match[1].decode("ascii").lower() if match else "utf-8"


def _json(content: bytes, *, now: datetime, exchange: Exchange | None) -> Document:
    try:
        root = json.loads(content.removeprefix(_BOM).decode("utf-8"))
    except UnicodeDecodeError as error:
        return _unread(content, now, exchange, "encoding", f"byte {error.start + 1} is no UTF-8")
    except json.JSONDecodeError as error:
        return _unread(content, now, exchange, "well-formed", f"{error.msg.lower()}", line=error.lineno)
    except RecursionError:
        return _unread(content, now, exchange, "well-formed", f"it is nested deeper than {_DEEPEST} levels")
    if not isinstance(root, dict) or "jsonfeed.org" not in str(root.get("version", "")) + _keys(root):
        return _unread(content, now, exchange, "format", "it is JSON, but no feed")
    return json_reading.json_feed(root, content, now=now, exchange=exchange)


def _keys(root: Any) -> str:  # noqa: ANN401 - any JSON
    """Take an object with items and a title for a feed whose version is missing or wrong."""
    return "jsonfeed.org" if isinstance(root, dict) and {"items", "title"} <= set(root) else ""


def _xml(content: bytes, *, now: datetime, exchange: Exchange | None) -> Document:
    from lxml import etree

    encoding = declared_encoding(content)
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"byte {error.start + 1} is no {encoding.upper()}, as the document says it is"
        return _unread(content, now, exchange, "encoding", what, line=line)
    except LookupError:
        return _unread(content, now, exchange, "encoding", f"nobody knows the encoding {encoding!r}", line=1)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return _unread(
            content, now, exchange, "well-formed", f"{error.msg.lower()}", line=error.lineno or None
        )
    if root.tag == f"{xml_reading.ATOM}feed":
        return xml_reading.atom(root, content, now=now, exchange=exchange)
    if root.tag == "rss":
        return xml_reading.rss(root, content, now=now, exchange=exchange)
    return _unread(content, now, exchange, "format", _what_it_is(root))


def _what_it_is(root: Any) -> str:  # noqa: ANN401 - lxml's element
    name = xml_reading.local_name(root)
    if name == "feed":
        return "it is Atom of another version than 1.0"
    if name == "RDF":
        return "it is RSS 0.9 or 1.0"
    return "it is an HTML page, and no feed" if name.lower() == "html" else f"it is <{name}>, and no feed"


def _unread(  # noqa: PLR0913 - one way to say no
    content: bytes,
    now: datetime,
    exchange: Exchange | None,
    rule: str,
    problem: str,
    *,
    line: int | None = None,
) -> Document:
    return Document(
        kind=None,
        content=content,
        now=now,
        exchange=exchange,
        problem=problem,
        problem_line=line,
        problem_rule=rule,
    )
