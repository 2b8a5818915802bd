"""The door to Liquid: a text in, the same text with its templates filled in or taken out."""

from functools import cache
from typing import TYPE_CHECKING

from syndicate.posts.sources.jekyll.liquid.scope import Filled, Scope
from syndicate.posts.sources.jekyll.liquid.stripping import holds_templates

if TYPE_CHECKING:
    from syndicate.posts.sources.jekyll.liquid.engine import Engine


def fill(source: str, scope: Scope) -> Filled:
    """Give ``source`` with its Liquid run; python-liquid is loaded only for a text that holds some.

    Where it can't be run, the text is kept without its template syntax, and one trouble says so.
    """
    return _engine().fill(source, scope) if holds_templates(source) else Filled(text=source)


@cache
def _engine() -> "Engine":
    from syndicate.posts.sources.jekyll.liquid.engine import Engine

    return Engine()
