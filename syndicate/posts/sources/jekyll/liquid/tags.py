"""Jekyll's own tags (lib/jekyll/tags), and python-liquid's with limits."""

import re
from collections.abc import Callable
from typing import TextIO

from liquid import RenderContext, TokenStream
from liquid.ast import BlockNode, Node
from liquid.builtin.expressions import FilteredExpression, LoopExpression
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.echo_tag import EchoTag
from liquid.builtin.tags.for_tag import ForTag
from liquid.builtin.tags.tablerow_tag import TablerowNode, TablerowTag
from liquid.exceptions import LiquidSyntaxError
from liquid.parser import get_parser
from liquid.tag import Tag
from liquid.token import TOKEN_EOF, TOKEN_EXPRESSION, TOKEN_TAG, Token

from syndicate.posts.sources.jekyll.liquid.limits import MAX_TURNS, LimitReachedError
from syndicate.posts.sources.jekyll.liquid.ruby import text_of
from syndicate.posts.sources.jekyll.liquid.run import run_of

#: lib/jekyll/tags/highlight.rb SYNTAX.
_LANGUAGE = re.compile(r"([a-zA-Z0-9.+#_-]+)(?:\s|\Z)")
_ASCII_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~\n\t]")
_POST_NAME = re.compile(r"/?(?:.+/)?\d+-\d+-\d+-.")


class RubyOutputNode(OutputNode):
    """Writes values as Ruby does."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the value."""
        return buffer.write(text_of(self.expression.evaluate(context)))


class RubyOutput(Output):
    """``{{ … }}``."""

    node_class = RubyOutputNode


class RubyEcho(EchoTag):
    """``{% echo … %}``."""

    node_class = RubyOutputNode  # type: ignore[assignment] # the library names a narrower class


class _LimitedLoop(LoopExpression):
    """A loop whose length is known before anything is made of it: ``reversed`` makes a list of all of it."""

    def _to_iter(self, obj: object, context: RenderContext) -> tuple[object, int]:  # type: ignore[override] # narrower there
        iterator, length = super()._to_iter(obj, context)
        if length > MAX_TURNS:
            raise LimitReachedError(f"loops more than {MAX_TURNS:,} times")
        return iterator, length


def _limited(loop: LoopExpression) -> LoopExpression:
    return _LimitedLoop(
        loop.token,
        loop.identifier,
        loop.iterable,
        limit=loop.limit,
        offset=loop.offset,
        reversed_=loop.reversed,
        cols=loop.cols,
    )


class LimitedFor(ForTag):
    """``{% for … %}``."""

    def parse(self, stream: TokenStream) -> Node:
        """Give the loop."""
        node = super().parse(stream)
        node.expression = _limited(node.expression)  # type: ignore[attr-defined] # it gives a ForNode
        return node


class LimitedTablerow(TablerowTag):
    """``{% tablerow … %}``."""

    def parse(self, stream: TokenStream) -> TablerowNode:
        """Give the loop."""
        node = super().parse(stream)
        node.expression = _limited(node.expression)
        return node


class HighlightNode(Node):
    """Code that Markdown leaves alone."""

    __slots__ = ("block", "language")

    def __init__(self, token: Token, language: str, block: BlockNode) -> None:
        super().__init__(token)
        self.language = language
        self.block = block
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the code as one line of HTML."""
        inside = context.get_buffer(buffer)
        self.block.render(context, inside)
        return buffer.write(code_html(inside.getvalue(), self.language))


class HighlightTag(Tag):
    """``{% highlight ruby %} … {% endhighlight %}``, without colours."""

    name = "highlight"
    end = "endhighlight"

    def parse(self, stream: TokenStream) -> Node:
        """Give the block; ``LiquidSyntaxError`` where no language is named, or it isn't closed."""
        token = stream.eat(TOKEN_TAG)
        language = _LANGUAGE.match(_taken_expression(stream))
        if language is None:
            raise LiquidSyntaxError("highlight names no language", token=token)
        block = get_parser(self.env).parse_block(stream, (self.end, TOKEN_EOF))
        stream.expect(TOKEN_TAG, value=self.end)
        return HighlightNode(token, language[1].lower(), block)


def code_html(code: str, language: str) -> str:
    """Give a block of code that stays what it is in Markdown, wherever it stands.

    All on one line, and every character that could mean something written as a reference.
    """
    inside = _ASCII_PUNCTUATION.sub(lambda found: f"&#{ord(found[0])};", code.strip("\r\n").replace("\r", ""))
    shown = language.replace("+", "-")
    return f'<pre><code class="language-{shown}">{inside}</code></pre>'


class _WordsNode(Node):
    """A tag whose text becomes something else."""

    __slots__ = ("made", "words")

    def __init__(self, token: Token, words: str, made: Callable[[str, RenderContext], str | None]) -> None:
        super().__init__(token)
        self.words = words
        self.made = made
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write what it becomes; without that it is left out and named."""
        made = self.made(self.words, context)
        if made is None:
            template = f"{{% {self.token.value} {self.words} %}}"
            run_of(context).left_out(self.token, template, "names nothing on the site", "correct the name")
        return buffer.write(made or "")


class LinkTag(Tag):
    """``{% link _posts/2024-01-22-a.md %}``."""

    name = "link"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Give the tag."""
        token = stream.eat(TOKEN_TAG)
        return _WordsNode(token, _current_expression(stream), _linked)


class PostUrlTag(Tag):
    """``{% post_url 2024-01-22-a %}``."""

    name = "post_url"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Give the tag."""
        token = stream.eat(TOKEN_TAG)
        return _WordsNode(token, _current_expression(stream), _post_address)


def _linked(words: str, context: RenderContext) -> str | None:
    shelf = run_of(context).scope.shelf
    address = shelf.address_of_file(filled_words(words, context).strip())
    return None if address is None else shelf.relative(address)


def _post_address(words: str, context: RenderContext) -> str | None:
    shelf = run_of(context).scope.shelf
    address = shelf.address_of_post(words) if _POST_NAME.match(words) else None
    return None if address is None else shelf.relative(address)


def filled_words(words: str, context: RenderContext) -> str:
    """Give a tag's text with the outputs in it evaluated."""
    pieces = words.split("{{")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        expression, _, rest = piece.partition("}}")
        filled.append(_evaluated(expression.strip("- "), context) + rest)
    return "".join(filled)


def _evaluated(expression: str, context: RenderContext) -> str:
    if not expression:
        return ""
    token = Token(TOKEN_EXPRESSION, expression, start_index=0, source=expression)
    stream = TokenStream(iter([token]))
    return text_of(FilteredExpression.parse(context.env, stream.into_inner()).evaluate(context))


def _taken_expression(stream: TokenStream) -> str:
    """Give a block's words, and go on to what is inside it."""
    if stream.current.kind != TOKEN_EXPRESSION:
        return ""
    return str(next(stream).value)


def _current_expression(stream: TokenStream) -> str:
    """Give a tag's words, and stay on them, as the parser wants it."""
    if stream.current.kind != TOKEN_EXPRESSION:
        raise LiquidSyntaxError("a tag names nothing", token=stream.current)
    return str(stream.current.value)
