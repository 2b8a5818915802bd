"""kramdown's extensions (``{::comment}`` …) and HTML blocks that say they hold Markdown."""

import re

from syndicate.posts.code_blocks import Fences

#: https://kramdown.gettalong.org/syntax.html#extensions
_OPTIONS = re.compile(r" {0,3}\{::options\b[^{}\n]*/\}[ \t]*")
_COMMENT_START = re.compile(r"\{::comment\}")
_NOMARKDOWN_TAG = re.compile(r"\{::nomarkdown(?: [^{}\n]*)?\}|\{:/nomarkdown\}")
_END = re.compile(r"\{:/(?:comment)?\}")
_ANY_END = re.compile(r"\{:/\}")
_MARKDOWN_BLOCK = re.compile(
    r" {0,3}<(?P<name>[a-zA-Z][\w-]*)(?P<before>[^<>\n]*?)\smarkdown=(?P<quote>[\"']?)"
    r"(?:1|block|span)(?P=quote)(?P<after>[^<>\n]*)>(?P<rest>.*)"
)
#: HTML blocks that hold others; elsewhere the attribute changes nothing that CommonMark wouldn't do.
_HOLDERS = frozenset(
    [
        "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset",
        "figcaption", "figure", "footer", "form", "header", "li", "main", "nav", "ol", "section", "summary",
        "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ]
)  # fmt: skip


def without_extensions(source: str) -> str:
    """Give ``source`` without comments and options, and Markdown in HTML blocks set apart from their tags."""
    text = _without_comments(source) if "{::" in source else source
    return _opened_blocks(text) if "markdown=" in text else text


def _without_comments(source: str) -> str:
    lines = []
    fences = Fences()
    comment = False
    for line in source.split("\n"):
        if not comment and (fences.take(line) or "{:" not in line or _is_code(line)):
            lines.append(line)
            continue
        if _OPTIONS.fullmatch(line):
            continue
        kept, comment = _outside_comments(line, inside=comment)
        if kept.strip() or not line.strip():
            lines.append(_ANY_END.sub("", _NOMARKDOWN_TAG.sub("", kept)))
    return "\n".join(lines)


def _is_code(line: str) -> bool:
    return "`" in line or line.startswith(("    ", "\t"))


def _outside_comments(line: str, *, inside: bool) -> tuple[str, bool]:
    """Give what of a line is no comment, and whether one goes on after it."""
    kept = []
    position = 0
    while True:
        found = (_END if inside else _COMMENT_START).search(line, position)
        if not inside:
            kept.append(line[position : found.start() if found else len(line)])
        if found is None:
            return "".join(kept), inside
        position = found.end()
        inside = not inside


def _opened_blocks(source: str) -> str:
    lines: list[str] = []
    fences = Fences()
    open_names: list[str] = []
    for line in source.split("\n"):
        block = None if fences.take(line) else _MARKDOWN_BLOCK.fullmatch(line)
        if block and block["name"].lower() in _HOLDERS:
            lines += _opened(block, open_names)
        elif open_names and line.strip().lower() == f"</{open_names[-1]}>":
            lines += ["", line.strip(), ""]
            open_names.pop()
        else:
            lines.append(line)
    return "\n".join(lines)


def _opened(block: re.Match[str], open_names: list[str]) -> list[str]:
    name = block["name"].lower()
    tag = f"<{name}{block['before']}{block['after']}>"
    inside, closing, after = block["rest"].partition(f"</{name}>")
    if closing:
        return (
            [tag, "", inside, "", f"</{name}>", "", after]
            if after.strip()
            else [tag, "", inside, "", f"</{name}>"]
        )
    open_names.append(name)
    return ["", tag, "", *([inside] if inside.strip() else [])]
