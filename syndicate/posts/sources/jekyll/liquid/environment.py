"""The Liquid that Jekyll has: its tags, its filters, nothing that is undefined an error."""

from collections.abc import Iterator

from liquid import Environment, Mode, TokenStream
from liquid.ast import Node
from liquid.exceptions import LiquidError
from liquid.parser import get_parser
from liquid.token import TOKEN_TAG, Token

from syndicate.posts.sources.jekyll.liquid import dates, lists, tags, texts
from syndicate.posts.sources.jekyll.liquid.inclusion import IncludeCachedTag, IncludeRelativeTag, IncludeTag
from syndicate.posts.sources.jekyll.liquid.lexing import Lexer
from syndicate.posts.sources.jekyll.liquid.limits import MAX_DEPTH, MAX_TEXT, TOKEN_STEPS
from syndicate.posts.sources.jekyll.liquid.run import Run

_TAGS = (
    tags.RubyOutput,
    tags.RubyEcho,
    tags.LimitedFor,
    tags.LimitedTablerow,
    tags.HighlightTag,
    tags.LinkTag,
    tags.PostUrlTag,
    IncludeTag,
    IncludeCachedTag,
    IncludeRelativeTag,
)
#: python-liquid's own that Jekyll hasn't got.
_FOREIGN_TAGS = ("render", "doc")


class JekyllEnvironment(Environment):
    """Shared by all texts; what belongs to one of them is its ``Run``."""

    block_nesting_limit = MAX_DEPTH
    context_depth_limit = MAX_DEPTH
    output_stream_limit = MAX_TEXT

    def __init__(self) -> None:
        super().__init__(tolerance=Mode.STRICT, strict_filters=False)
        for name in _FOREIGN_TAGS:
            del self.tags[name]
        for tag in _TAGS:
            self.add_tag(tag)
        for name, function in {**texts.FILTERS, **lists.FILTERS, **dates.FILTERS}.items():
            self.add_filter(name, function)
        self._known = frozenset(self.tags)

    def nodes(self, source: str, run: Run) -> list[Node]:
        """Give what ``source`` is made of; ``LiquidSyntaxError`` where it can't be read."""

        def unknown(start: int, template: str) -> None:
            token = Token("tag", template, start_index=start, source=source)
            run.left_out(token, template, "is of a plugin", "write it out, or put its HTML there")

        stream = TokenStream(_counted(Lexer(source, self._known, unknown), run))
        try:
            return get_parser(self).parse(stream)
        except LiquidError as error:
            if error.token is None or error.token.start_index < 0:  # the end of something
                error.token = self._place(stream)
            raise

    def _place(self, stream: TokenStream) -> Token | None:
        """Give where the parser stopped; at the end of the text, the block that is still open."""
        if stream.pos < len(stream.tokens):
            return stream.tokens[stream.pos]
        open_blocks: list[Token] = []
        for token in stream.tokens:
            if token.kind != TOKEN_TAG:
                continue
            if token.value.startswith("end") and open_blocks:
                open_blocks.pop()
            elif token.value in self.tags and self.tags[token.value].block:
                open_blocks.append(token)
        return open_blocks[-1] if open_blocks else None


def _counted(lexer: Lexer, run: Run) -> Iterator[Token]:
    for token in lexer.tokens():
        run.budget.step(TOKEN_STEPS)
        yield token
