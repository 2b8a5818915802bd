"""What the site keeps from Markdown: mathematics between ``$$``, mostly (markup/goldmark/passthrough)."""

import html
from collections.abc import Callable

from syndicate.posts.code_blocks import all_outside_code


def passed_through(
    source: str, delimiters: tuple[tuple[str, str], ...], *, keep: Callable[[str], str]
) -> str:
    """Give ``source`` with a word for each stretch between delimiters; ``keep`` gives it for the HTML."""
    for opening, closing in delimiters:
        parts: list[str] = []
        position = 0
        for start in all_outside_code(source, opening):
            if start < position:
                continue
            end = source.find(closing, start + len(opening))
            if end == -1:
                break
            stop = end + len(closing)
            parts += [source[position:start], keep(html.escape(source[start:stop], quote=False))]
            position = stop
        source = "".join((*parts, source[position:]))
    return source
