"""Markdown as Hugo's goldmark has it, by the engine of ``posts.markdown`` and a shim on both sides."""

import re
from collections.abc import Iterator

from syndicate.posts.code_blocks import Fences
from syndicate.posts.markdown import render as render_markdown
from syndicate.posts.sources.hugo.markup import Markup

#: Nothing in it is tried twice: "#a.b" could be read in many ways.
_ATTRIBUTES = re.compile(
    r"\{\s*+(?:(?>#[\w:.-]+|\.[\w:.-]+|[\w:-]+=(?:\"[^\"{}]*\"|'[^'{}]*'|[^\s\"'{}]+))[\s,]*+)++\}[ \t\r]*+"
)
_SPECIAL = re.compile(r"\{|^[ ]{0,3}~[ \t]")
#: comrak takes it for the meaning of a term, as ":".
_TILDE = re.compile(r" {0,3}~[ \t]")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t\r]*$")
#: comrak's marks of footnotes, and what goldmark writes there.
_REFERENCE = re.compile(r"<sup class=\"footnote-ref\">(<a href=\"[^\"]*\" id=\"[^\"]*\") data-footnote-ref>")
_CODE = re.compile(r"(<pre><code class=\"language-([^\"<>]*)\")>")
#: comrak numbers the ways back from a note.
_SECOND = re.compile(r"<sup class=\"footnote-ref\">\d+</sup></a>")
_BARE_HOST = re.compile(r"(?<=<a href=\")http://(?=(www\.[^\"]*)\">\1</a>)")


def render(source: str, markup: Markup) -> str:
    """Give the HTML of Markdown ``source``; sanitise it."""
    html = render_markdown("\n".join(_lines(source, markup)), markup.dialect)
    html = _BARE_HOST.sub("https://", html)
    html = _REFERENCE.sub(r'<sup>\1 class="footnote-ref">', html)
    html = _SECOND.sub("</a>", html)
    text, notes, listed = html.rpartition('<section class="footnotes" data-footnotes>')
    if notes:
        html = f'{text}<div class="footnotes">\n<hr>{listed.replace("</section>", "</div>")}'
    html = _CODE.sub(r'\1 data-lang="\2">', html).replace("<pre><code", '<pre tabindex="0"><code')
    return html.replace("</code></pre>\n", "</code></pre>")


def _lines(source: str, markup: Markup) -> Iterator[str]:
    """Give the lines as comrak should read them: without what the site lets be attributes."""
    fences = Fences()
    lines = source.split("\n")
    for index, line in enumerate(lines):
        code = fences.take(line)
        if code or not _SPECIAL.search(line):
            yield line
        elif _TILDE.match(line):
            yield line.replace("~", "\\~", 1)
        elif markup.heading_attributes and _is_heading(line, lines[index + 1 : index + 2]):
            yield _cut(line)
        elif not (markup.block_attributes and _ATTRIBUTES.fullmatch(line.strip())):
            yield line


def _is_heading(line: str, following: list[str]) -> bool:
    return _HEADING.match(line) is not None or bool(
        following and line.strip() and _UNDERLINE.match(following[0])
    )


def _cut(line: str) -> str:
    start = line.rfind("{")
    return line[:start].rstrip() if _ATTRIBUTES.fullmatch(line, start) else line
