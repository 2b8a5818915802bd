"""An editor's introduction: Markdown, made into what a mail may show as a post's text is."""

from syndicate.errors import EditionError
from syndicate.posts.markdown import Dialect
from syndicate.posts.players import linked
from syndicate.posts.rendering import to_html
from syndicate.tags import Tag, cut

_DIALECT = Dialect(autolink=True)
#: With the styles that inlining writes into each tag it may take this much of the page, and posts the rest.
_HEAVIEST_BYTES = 40_000
_STYLE_BYTES = 150


def introduction_html(markdown: str, *, base: str) -> str:
    """Give the introduction as HTML that may be shown; relative addresses are seen from ``base``."""
    return linked(to_html(markdown, _DIALECT, base=base).html) if markdown else ""


def check(markdown: str) -> None:
    """Refuse an introduction that shows nothing, or leaves the posts no room (``digests.budget``)."""
    # No tag is written in fewer than two characters of Markdown, so much longer ones needn't be rendered.
    html = introduction_html(markdown[:_HEAVIEST_BYTES], base="")
    weight = max(len(markdown.encode()), len(html.encode()) + _opened(html) * _STYLE_BYTES)
    if weight > _HEAVIEST_BYTES:
        raise EditionError(
            f"the introduction: with its styles it takes some {weight:,} bytes of a mail, which may have "
            f"{_HEAVIEST_BYTES:,}; shorten it, or make a post of it"
        )
    if markdown and not _shows(html):
        raise EditionError("the introduction: it shows nothing, neither words nor a picture; add some")


def _shows(html: str) -> bool:
    return any(part.name == "img" if isinstance(part, Tag) else part.strip() for part in cut(html))


def _opened(html: str) -> int:
    """Count the tags that styles are written into: pictures and rules, which nothing closes, too."""
    return sum(isinstance(part, Tag) and not part.closing for part in cut(html))
