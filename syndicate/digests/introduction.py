"""An editor's introduction: Markdown, made into what a mail may show as a post's text is."""

from syndicate.errors import EditionError
from syndicate.posts.markdown import Dialect
from syndicate.posts.players import linked
from syndicate.posts.rendering import to_html

_DIALECT = Dialect(autolink=True)
#: With the styles that inlining writes into each tag it may take this much of the page, and posts the rest.
_HEAVIEST_BYTES = 40_000
_STYLE_BYTES = 150


def introduction_html(markdown: str, *, base: str) -> str:
    """Give the introduction as HTML that may be shown; relative addresses are seen from ``base``."""
    return linked(to_html(markdown, _DIALECT, base=base).html) if markdown else ""


def check_weight(markdown: str) -> None:
    """Refuse an introduction that leaves the posts no room (``digests.budget``)."""
    # No tag is written in fewer than two characters of Markdown, so much longer ones needn't be rendered.
    html = introduction_html(markdown[:_HEAVIEST_BYTES], base="")
    weight = max(len(markdown.encode()), len(html.encode()) + html.count("</") * _STYLE_BYTES)
    if weight > _HEAVIEST_BYTES:
        raise EditionError(
            f"the introduction: with its styles it takes some {weight:,} bytes of a mail, which may have "
            f"{_HEAVIEST_BYTES:,}; shorten it, or make a post of it"
        )
