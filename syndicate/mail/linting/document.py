"""A message as its rules see it: as it is, nothing filled in and nothing mended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from syndicate.mail.linting.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One header field."""

    #: As it is written.
    name: str
    #: Unfolded, octets beyond ASCII as UTF-8 or �.
    value: str
    #: The physical lines, without their ends.
    lines: tuple[bytes, ...]
    #: From 1.
    line: int

    @property
    def key(self) -> str:
        """The name in lower case."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What can't be read of a part, by the rule that says so."""

    rule: str
    what: str
    remedy: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a message, or the whole of it."""

    fields: tuple[Field, ...]
    #: ``text/html``, in lower case.
    type: str
    #: Of the Content-Type, names in lower case.
    parameters: Mapping[str, str]
    #: In lower case; "7bit" where none is named.
    encoding: str
    #: Where its header begins, and its body.
    line: int
    body_line: int
    #: Of a multipart, in their order.
    parts: tuple["Part", ...] = ()
    #: Decoded; "" for what is no text.
    text: str = ""
    flaws: tuple[Flaw, ...] = ()

    def first(self, key: str) -> Field | None:
        """Give the first field of a name in lower case."""
        return next((each for each in self.fields if each.key == key), None)

    def every(self, key: str) -> tuple[Field, ...]:
        """Give all the fields of a name in lower case."""
        return tuple(each for each in self.fields if each.key == key)

    def walk(self) -> Iterator["Part"]:
        """Give it, and all that are in it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, kw_only=True)
class Document:
    """A message."""

    content: bytes
    whole: Part
    #: Lines of the header that are none, each with its number.
    strays: tuple[tuple[int, bytes], ...]

    @cached_property
    def plain(self) -> Part | None:
        """The first text part."""
        return self._first("text/plain")

    @cached_property
    def html(self) -> Part | None:
        """The first HTML part."""
        return self._first("text/html")

    @cached_property
    def page(self) -> Page | None:
        """What is in the HTML part."""
        return None if self.html is None else Page.of(self.html.text)

    @cached_property
    def is_message(self) -> bool:
        """Whether there is a header at all."""
        return bool(self.whole.fields)

    def _first(self, kind: str) -> Part | None:
        return next((part for part in self.whole.walk() if part.type == kind and not part.parts), None)
