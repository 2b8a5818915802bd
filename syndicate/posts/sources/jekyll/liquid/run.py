"""One run of the templates of one text: what it may cost, what it leaves out, and its context."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from liquid import BoundTemplate, RenderContext
from liquid.ast import Node
from liquid.token import Token
from liquid.utils import ReadOnlyChainMap

from syndicate.posts.sources.jekyll.liquid.limits import Budget, LimitReachedError
from syndicate.posts.sources.jekyll.liquid.ruby import string_of
from syndicate.posts.sources.jekyll.liquid.scope import Scope, Trouble

#: So many are named of one text; who has more has one cause.
_MAX_TROUBLES = 10
#: Characters of a template that a trouble quotes.
_SHOWN = 60
#: Filters of text, which would show Python's own form of what is no text.
_TEXT_FILTERS = frozenset(
    [
        "append", "capitalize", "downcase", "escape", "escape_once", "lstrip", "newline_to_br", "prepend",
        "remove", "remove_first", "remove_last", "replace", "replace_first", "replace_last", "rstrip",
        "split", "squish", "strip", "strip_newlines", "truncate", "truncatewords", "upcase",
        "url_decode", "url_encode", "base64_decode", "base64_encode", "base64_url_safe_decode",
        "base64_url_safe_encode",
    ]
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Run:
    """What happens while one text is filled."""

    scope: Scope
    budget: Budget
    source: str
    #: Where the source of an include comes from.
    pieces: dict[str, str] = field(default_factory=dict)
    #: What each include is made of, by its source.
    parsed: dict[str, list[Node]] = field(default_factory=dict)
    depth: int = 0
    troubles: list[Trouble] = field(default_factory=list)
    _named: set[str] = field(default_factory=set)

    def left_out(self, token: Token, template: str, why: str, remedy: str = "write it out") -> None:
        """Name something that was taken out."""
        self.name(token, f"{_shown(template)} {why} and was left out", remedy)

    def name(self, token: Token | None, what: str, remedy: str) -> None:
        """Name a trouble, once, where it is in the text or in what it includes."""
        if len(self.troubles) >= _MAX_TROUBLES or what in self._named:
            return
        self._named.add(what)
        piece = self.pieces.get(token.source) if token else None
        line = None
        if token and token.start_index >= 0 and (piece or token.source == self.source):
            line = token.source.count("\n", 0, token.start_index)
        if piece is not None:
            what, line = f"{what} ({piece}, line {(line or 0) + 1})", None
        self.troubles.append(Trouble(line=line, what=what, remedy=remedy))

    def forget_troubles(self) -> None:
        """Make room for the one that stopped it all: it is the one to mend."""
        self.troubles.clear()
        self._named.clear()


def _shown(template: str) -> str:
    one_line = " ".join(template.split())
    return one_line if len(one_line) <= _SHOWN else f"{one_line[: _SHOWN - 3]}..."


class Template(BoundTemplate):
    """A template that puts nothing of its own into the scope."""

    def make_partial_namespace(
        self,
        partial: bool,  # noqa: ARG002, FBT001 - python-liquid's signature
        render_args: Mapping[str, object],
    ) -> Mapping[str, object]:
        """Give the names of an include; python-liquid would add "partial"."""
        return render_args


class Context(RenderContext):
    """What templates see and may do, under the run's budget."""

    __slots__ = ("run",)

    def __init__(self, template: BoundTemplate, *, values: Mapping[str, object], run: Run) -> None:
        super().__init__(template, globals=values)
        self.run = run
        # Without python-liquid's "now" and "today": a feed must not change because time passes.
        self.scope = ReadOnlyChainMap(self.locals, self.globals, self.counters)

    def get(self, path: list[object], **options: Any) -> object:  # noqa: ANN401 - passed on
        """Look a variable up."""
        self.run.budget.step()
        return super().get(path, **options)

    def get_item(self, obj: Any, key: Any) -> Any:  # noqa: ANN401 - python-liquid's signature
        """Look into a value; what can't be looked into has nothing."""
        try:
            return super().get_item(obj, key)
        except (AttributeError, ValueError) as error:
            raise KeyError(key) from error

    def assign(self, key: str, val: object) -> None:
        """Keep a variable; python-liquid would measure all of them anew each time."""
        self.run.budget.keep(str(key), val)
        self.locals[key] = val

    def raise_for_loop_limit(self, length: int = 1) -> None:
        """Take a loop's turns; python-liquid forgets loops that have ended."""
        self.run.budget.turn(length)

    def filter(self, name: str, token: Token | None) -> Callable[..., object]:
        """Give a filter that is held to the budget."""
        return partial(self._filtered, name, super().filter(name, token))

    def _filtered(
        self, name: str, function: Callable[..., object], left: object, *args: object, **named: object
    ) -> object:
        budget = self.run.budget
        budget.step()
        if name in _TEXT_FILTERS:
            left = string_of(left)
            args = tuple(
                string_of(each) if isinstance(each, list | tuple | Mapping) else each for each in args
            )
        for each in (left, *args):
            budget.weigh(each)
        if name == "replace" and args:
            self._expect_replaced(str(left), *map(string_of, args))
        value = function(left, *args, **named)
        budget.weigh(value)
        return value

    def _expect_replaced(self, text: str, old: str, new: str = "") -> None:
        count = text.count(old) if old else len(text) + 1
        self.run.budget.expect_text(len(text) + count * max(0, len(new) - len(old)))


def run_of(context: RenderContext) -> Run:
    """Give the run that a tag or filter is part of."""
    if not isinstance(context, Context):  # a copy of python-liquid's own, made by a tag that isn't registered
        raise LimitReachedError("leaves its context")
    return context.run
