"""``{% include %}``, ``{% include_cached %}`` and ``{% include_relative %}`` (lib/jekyll/tags/include.rb)."""

import re
from typing import TextIO

from liquid import RenderContext, TokenStream
from liquid.ast import Node
from liquid.exceptions import LiquidSyntaxError
from liquid.tag import Tag
from liquid.token import TOKEN_EXPRESSION, TOKEN_TAG, Token

from syndicate.posts.sources.jekyll.liquid.limits import INCLUDE_STEPS, MAX_INCLUDES, LimitReachedError
from syndicate.posts.sources.jekyll.liquid.run import Run, Template, run_of
from syndicate.posts.sources.jekyll.liquid.scope import Piece
from syndicate.posts.sources.jekyll.liquid.tags import filled_words

_FILE = re.compile(r"((?:\{\{.*?\}\}|[^\s{])+)\s*", re.DOTALL)
_PARAMETER = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"\\]*(?:\\.[^"\\]*)*)"|'([^'\\]*(?:\\.[^'\\]*)*)'|([\w.-]+))(?=\s|\Z)\s*""",
    re.DOTALL,
)
_VALID_NAME = re.compile(r"[\w/.\-()+~#@]+")
_CLIMBING = re.compile(r"[./]{2,}")

#: The name of a parameter, its text, and the variable that has it instead.
Parameter = tuple[str, str, str | None]


class IncludeNode(Node):
    """A tag that is replaced by a file."""

    __slots__ = ("file", "parameters")

    def __init__(self, token: Token, file: str, parameters: list[Parameter] | None) -> None:
        super().__init__(token)
        self.file = file
        #: ``None`` for a tag without any: it sees those of the include it stands in.
        self.parameters = parameters
        self.blank = False

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the file, its own templates filled in; one that isn't there is left out and named."""
        run = run_of(context)
        name = filled_words(self.file, context)
        piece = self._piece(name, run)
        if piece is None:
            template = f"{{% {self.token.value} {name} %}}"
            run.left_out(self.token, template, "names no file that may be included", "correct the name")
            return 0
        return _written(piece, self._namespace(context), context, buffer)

    def _piece(self, name: str, run: Run) -> Piece | None:
        if _CLIMBING.search(name) or not _VALID_NAME.fullmatch(name):
            return None
        if self.token.value == "include_relative":
            return run.scope.shelf.beside(run.scope.path, name)
        return run.scope.shelf.include(name)

    def _namespace(self, context: RenderContext) -> dict[str, object]:
        if self.parameters is None:
            return {}
        values = {
            name: text
            if variable is None
            else context.get(_segments(variable), token=self.token, default=None)
            for name, text, variable in self.parameters
        }
        return {"include": values}


def _written(piece: Piece, namespace: dict[str, object], context: RenderContext, buffer: TextIO) -> int:
    run = run_of(context)
    run.budget.step(INCLUDE_STEPS + len(piece.source) // 256)
    if run.depth >= MAX_INCLUDES:
        raise LimitReachedError(f"includes more than {MAX_INCLUDES} deep")
    if piece.source not in run.parsed:
        run.pieces[piece.source] = piece.path
        run.parsed[piece.source] = context.env.nodes(piece.source, run)  # type: ignore[attr-defined] # ours
    template = Template(env=context.env, nodes=run.parsed[piece.source], name=piece.path)
    run.depth += 1
    try:
        with context.extend(namespace, template=template):
            template.render_with_context(context, buffer, partial=True)
    finally:
        run.depth -= 1
    return 1


def _segments(variable: str) -> list[object]:
    return [int(part) if part.isdecimal() else part for part in variable.split(".")]


class IncludeTag(Tag):
    """``{% include note.html kind="tip" text=page.title %}``."""

    name = "include"
    block = False

    def parse(self, stream: TokenStream) -> Node:
        """Give the tag; ``LiquidSyntaxError`` for parameters that are none."""
        token = stream.eat(TOKEN_TAG)
        words = str(stream.expect(TOKEN_EXPRESSION).value)
        file = _FILE.match(words)
        if file is None:
            raise LiquidSyntaxError("an include names no file", token=token)
        rest = words[file.end() :].strip()
        return IncludeNode(token, file[1], _parameters(rest, token) if rest else None)


def _parameters(words: str, token: Token) -> list[Parameter]:
    found: list[Parameter] = []
    position = 0
    while position < len(words):
        match = _PARAMETER.match(words, position)
        if match is None:
            raise LiquidSyntaxError("an include's parameters can't be read", token=token)
        found.append(_parameter(match))
        position = match.end()
    return found


def _parameter(match: re.Match[str]) -> Parameter:
    name, double, single, variable = match.groups()
    if variable is not None:
        return name, "", variable
    text = double.replace('\\"', '"') if double is not None else single.replace("\\'", "'")
    return name, text, None


class IncludeCachedTag(IncludeTag):
    """The same, of the plugin jekyll-include-cache."""

    name = "include_cached"


class IncludeRelativeTag(IncludeTag):
    """The same, of a file beside the post."""

    name = "include_relative"


__all__ = ["IncludeCachedTag", "IncludeRelativeTag", "IncludeTag"]
