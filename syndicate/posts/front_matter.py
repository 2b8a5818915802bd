"""A file's head and body.

python-frontmatter is the door. Its traps, each guarded here: a BOM, a list or a scalar as front matter lose
all metadata without a word; the body loses its leading indentation; nobody knows on which line anything
stood; three dashes inside a value end the head.
"""

import re
from dataclasses import dataclass
from typing import Any

import frontmatter
from frontmatter.default_handlers import BaseHandler

from syndicate.errors import PostError
from syndicate.posts import limited_yaml
from syndicate.posts.plain import may_be_unclean

_OPENING = re.compile(r"---[ \t\r]*\n")
#: As Jekyll lib/jekyll/document.rb YAML_FRONT_MATTER_REGEXP, without its quadratic backtracking.
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t\r]*(?:\n|\Z)", re.MULTILINE)
_BLANK_LINES = re.compile(r"(?:[ \t\r]*\n)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """What the head of a file says."""

    values: dict[str, Any]
    #: Line of each key in the file, from 1.
    lines: dict[str, int]
    #: ``path:line: what; what to do``.
    warnings: tuple[str, ...]
    #: Whether the file has a head at all, be it empty.
    present: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One file, taken apart."""

    path: str
    head: FrontMatter
    #: As written, without the blank lines between head and text.
    body: str
    #: Where the body begins in the file, from 1.
    body_line: int
    #: Whether the text may hold characters that no document may.
    unclean: bool


class _LimitedYaml(BaseHandler):
    """Hands the head to ``limited_yaml``, and keeps what python-frontmatter would throw away."""

    FM_BOUNDARY = _CLOSING

    mapping = limited_yaml.Mapping()

    def split(self, text: str) -> tuple[str, str]:
        """Give the head between its dashes; the body is not this library's business."""
        rest = text.partition("\n")[2]
        return rest.rpartition("\n")[0], ""

    def load(self, head: str) -> dict[str, Any]:
        """Give the mapping; ``YamlError`` when there is none."""
        self.mapping = limited_yaml.load_mapping(head)
        return self.mapping.values


_NONE = FrontMatter(values={}, lines={}, warnings=(), present=False)


def read_document(path: str, content: bytes) -> Document:
    """Take a file apart; ``PostError`` with the line when its head can't be read."""
    text = _decoded(path, content)
    unclean = may_be_unclean(content)
    bounds = _bounds(text)
    if bounds is None:
        return Document(path=path, head=_NONE, body=text, body_line=1, unclean=unclean)
    head_ends, body_begins = bounds
    return Document(
        path=path,
        head=_head(path, text[:head_ends]),
        body=text[body_begins:],
        body_line=text.count("\n", 0, body_begins) + 1,
        unclean=unclean,
    )


def _decoded(path: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PostError(path, f"is not UTF-8 (byte {error.start})", "save it as UTF-8", line=line) from error


def _bounds(text: str) -> tuple[int, int] | None:
    """Give where the head ends (its closing line included) and where the body begins."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if closing is None:
        return None
    blank = _BLANK_LINES.match(text, closing.end())
    return closing.end(), blank.end() if blank else closing.end()


def _head(path: str, text: str) -> FrontMatter:
    handler = _LimitedYaml()
    try:
        frontmatter.parse(text, handler=handler)
    except limited_yaml.YamlError as error:
        line = error.line + 2  # the opening dashes are line 1
        raise PostError(path, f"front matter {error.what}", error.remedy, line=line) from error
    mapping = handler.mapping
    return FrontMatter(
        values=mapping.values,
        lines={key: line + 2 for key, line in mapping.lines.items()},
        warnings=tuple(
            f'{path}:{line + 2}: "{key}" stands here twice, the last one counts; remove one'
            for key, line in mapping.repeated
        ),
        present=True,
    )
