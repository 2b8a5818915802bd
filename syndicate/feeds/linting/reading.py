"""Bytes → a document for the rules, or why there is none."""

import json
import re
from datetime import datetime
from typing import Any, cast

from syndicate.feeds.linting import json_reading, xml_reading
from syndicate.feeds.linting.document import Document, Exchange

_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_PAGE = re.compile(rb"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_A_PAGE = "it is an HTML page, and no feed"


class _UnreadError(Exception):
    """There is no feed in it; ``rule`` is the one that says so."""

    def __init__(self, rule: str, problem: str, line: int | None = None) -> None:
        super().__init__(problem)
        self.rule = rule
        self.line = line


def read(content: bytes, *, now: datetime, exchange: Exchange | None = None) -> Document:
    """Give the feed in ``content``; where there is none, ``kind`` is ``None`` and ``problem`` says why."""
    start = content.removeprefix(_BOM).lstrip()[:1]
    try:
        if start in {b"{", b"["}:
            return json_reading.json_feed(_json(content), content, now=now, exchange=exchange)
        root = _xml(content)
        make = xml_reading.rss if root.tag == "rss" else xml_reading.atom
        return make(root, content, now=now, exchange=exchange)
    except _UnreadError as error:
        return Document(
            kind=None,
            content=content,
            now=now,
            exchange=exchange,
            problem=str(error),
            problem_line=error.line,
            problem_rule=error.rule,
        )


def declared_encoding(content: bytes) -> str:
    """Give the encoding that an XML document says it has; "utf-8" where it says none (XML 1.0 §4.3.3)."""
    if content.startswith(_UTF_16):
        return "utf-16"
    match = _DECLARED.match(content.removeprefix(_BOM))
    return match[1].decode("ascii").lower() if match else "utf-8"


def _json(content: bytes) -> dict[str, Any]:
    try:
        root = json.loads(content.removeprefix(_BOM).decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _UnreadError("encoding", f"byte {error.start + 1} is no UTF-8") from error
    except json.JSONDecodeError as error:
        raise _UnreadError("well-formed", error.msg.lower(), error.lineno) from error
    except RecursionError as error:
        raise _UnreadError("well-formed", "it is nested deeper than any parser goes") from error
    except ValueError as error:  # a number of more than 4,300 digits
        raise _UnreadError("well-formed", str(error).lower()) from error
    if not isinstance(root, dict) or not _means_a_feed(root):
        raise _UnreadError("format", "it is JSON, but no feed")
    return cast("dict[str, Any]", root)


def _means_a_feed(root: dict[Any, Any]) -> bool:
    """Take an object with items and a title for a feed whose version is missing or wrong."""
    return "jsonfeed.org" in str(root.get("version", "")) or {"items", "title"} <= set(root)


def _xml(content: bytes) -> Any:  # noqa: ANN401 - lxml's elements have no public type
    from lxml import etree

    _decode(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if _PAGE.match(content):  # which need not be XML
            raise _UnreadError("format", _A_PAGE) from error
        raise _UnreadError("well-formed", str(error.msg).lower(), error.lineno or None) from error
    if root.tag not in {"rss", f"{xml_reading.ATOM}feed"}:
        raise _UnreadError("format", _what_it_is(xml_reading.local_name(root)))
    return root


def _decode(content: bytes) -> None:
    encoding = declared_encoding(content)
    try:
        content.decode(encoding)
    except UnicodeDecodeError as error:
        what = f"byte {error.start + 1} is no {encoding.upper()}, as the document says it is"
        raise _UnreadError("encoding", what, content.count(b"\n", 0, error.start) + 1) from error
    except (LookupError, UnicodeError) as error:  # such as "idna", which is no document's
        raise _UnreadError("encoding", f"nobody knows the encoding {encoding!r}", 1) from error


def _what_it_is(name: str) -> str:
    if name.lower() == "html":
        return _A_PAGE
    known = {"feed": "it is Atom of another version than 1.0", "RDF": "it is RSS 0.9 or 1.0"}
    return known.get(name, f"it is <{name}>, and no feed")
