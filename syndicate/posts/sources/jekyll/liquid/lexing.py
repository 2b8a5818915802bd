"""A text taken apart into Liquid's tokens, as lib/liquid/tokenizer.rb and block_body.rb do.

python-liquid's own lexer is one regular expression that takes quadratic time for a tag nobody closes; this
one is linear. A tag that nobody knows is a plugin's: it is dropped, with the tag that ends it, and named.
"""

import re
from collections.abc import Callable, Container, Generator, Iterator
from dataclasses import dataclass, field

from liquid.exceptions import LiquidSyntaxError
from liquid.token import (
    TOKEN_CONTENT,
    TOKEN_EOF,
    TOKEN_EXPRESSION,
    TOKEN_OUTPUT,
    TOKEN_TAG,
    Token,
)

from syndicate.posts.sources.jekyll.liquid.stripping import OPENING

_NAME = re.compile(r"\s*(#|\w+)\s*")
_ENDRAW = re.compile(r"\{%(-?)\s*endraw\s*(-?)%\}")
_MAX_EXPRESSION = 5_000
#: Each costs python-liquid a walk to the end of its expression.
_MAX_BRACKETS = 50
#: Tags that belong to a block and are none by themselves.
_INNER = frozenset({"else", "elsif", "when"})
#: Their insides are not Liquid's own expressions, and are read by ``tags``.
OWN_SYNTAX = frozenset({"highlight", "include", "include_cached", "include_relative", "link", "post_url"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Markup:
    """One ``{{ … }}`` or ``{% … %}``."""

    start: int
    end: int
    #: Without braces and hyphens.
    inside: str
    #: Where ``inside`` starts.
    inside_start: int
    is_tag: bool
    trims_before: bool
    trims_after: bool


@dataclass(slots=True)
class Lexer:
    """Takes one text apart."""

    source: str
    #: Names of tags that can be run.
    known: Container[str]
    #: Hears of each plugin's tag: where it starts, and its text.
    unknown: Callable[[int, str], None]
    _trim: bool = field(default=False, init=False)

    def tokens(self) -> Iterator[Token]:
        """Give the tokens; ``LiquidSyntaxError`` for markup that nobody closes or that is too long."""
        position = 0
        while markup := self._next(position):
            yield from self._content(position, markup.start, trims=markup.trims_before)
            self._trim = markup.trims_after
            position = markup.end
            name = self._name(markup)
            if name == "raw":
                position = yield from self._raw(markup)
            elif name == "comment":
                position = self._after_comment(markup)
            else:
                yield from self._markup(markup, name)
        yield from self._content(position, len(self.source), trims=False)

    def _next(self, position: int) -> _Markup | None:
        opening = OPENING.search(self.source, position)
        if opening is None:
            return None
        closing = "%}" if opening[0] == "{%" else "}}"
        end = self.source.find(closing, opening.end())
        if end == -1:
            raise self._error(f"{opening[0]} is never closed", opening.start())
        inside = self.source[opening.end() : end]
        before = inside.startswith("-")
        after = inside.endswith("-") and len(inside) > before
        return _Markup(
            start=opening.start(),
            end=end + 2,
            inside=inside[before : len(inside) - after],
            inside_start=opening.end() + before,
            is_tag=closing == "%}",
            trims_before=before,
            trims_after=after,
        )

    def _name(self, markup: _Markup) -> str:
        if not markup.is_tag:
            return ""
        found = _NAME.match(markup.inside)
        if found is None:
            raise self._error("{% has no name", markup.start)
        return found[1]

    def _markup(self, markup: _Markup, name: str) -> Iterator[Token]:
        if not markup.is_tag:
            yield from self._output(markup)
        elif name in self.known or name in _INNER or (name[:3] == "end" and name[3:] in self.known):
            yield from self._tag(markup, name)
        elif name[:3] != "end" or name == "end":
            self.unknown(markup.start, self.source[markup.start : markup.end])

    def _output(self, markup: _Markup) -> Iterator[Token]:
        if not markup.inside.strip():
            return
        self._check(markup, markup.inside)
        yield self._token(TOKEN_OUTPUT, self.source[markup.start : markup.end], markup.start)
        yield self._token(TOKEN_EXPRESSION, markup.inside.strip(), markup.inside_start)

    def _tag(self, markup: _Markup, name: str) -> Iterator[Token]:
        found = _NAME.match(markup.inside)
        expression = markup.inside[found.end() :].rstrip() if found else ""
        if name not in OWN_SYNTAX:
            self._check(markup, expression)
        yield self._token(TOKEN_TAG, name, markup.start)
        if expression:
            yield self._token(
                TOKEN_EXPRESSION, expression, markup.inside_start + (found.end() if found else 0)
            )

    def _raw(self, markup: _Markup) -> Generator[Token, None, int]:
        closing = _ENDRAW.search(self.source, markup.end)
        if closing is None:
            raise self._error('"raw" is never closed', markup.start)
        yield from self._content(markup.end, closing.start(), trims=bool(closing[1]))
        self._trim = bool(closing[2])
        return closing.end()

    def _after_comment(self, markup: _Markup) -> int:
        depth = 1
        position = markup.end
        while depth:
            inner = self._next(position)
            if inner is None:
                raise self._error('"comment" is never closed', markup.start)
            found = _NAME.match(inner.inside) if inner.is_tag else None
            depth += {"comment": 1, "endcomment": -1}.get(found[1] if found else "", 0)
            position = inner.end
            self._trim = inner.trims_after
        return position

    def _content(self, start: int, end: int, *, trims: bool) -> Iterator[Token]:
        text = self.source[start:end]
        if self._trim:
            text = text.lstrip()
        if trims:
            text = text.rstrip()
        self._trim = False
        if text:
            yield self._token(TOKEN_CONTENT, text, start)

    def _check(self, markup: _Markup, expression: str) -> None:
        if len(expression) > _MAX_EXPRESSION or expression.count("(") + expression.count("[") > _MAX_BRACKETS:
            raise self._error("a template is too long", markup.start)

    def _token(self, kind: str, value: str, start: int) -> Token:
        return Token(kind, value, start_index=start, source=self.source)

    def _error(self, what: str, start: int) -> LiquidSyntaxError:
        return LiquidSyntaxError(what, token=self._token(TOKEN_EOF, "", start))
