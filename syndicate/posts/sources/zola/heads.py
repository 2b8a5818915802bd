"""Heads of pages and of sections (components/content/src/front_matter)."""

from collections.abc import Mapping
from posixpath import dirname

from syndicate.errors import PostError
from syndicate.posts.front_matter import TOML, YAML, Heads, read_document

HEADS = Heads(kinds=(TOML, YAML), after_blank_lines=True)


def drafts(sections: Mapping[str, bytes]) -> dict[str, str]:
    """Give the folders whose section is a draft, each with the file that says so."""
    return {dirname(path): path for path, content in sections.items() if _is_draft(path, content)}


def _is_draft(path: str, content: bytes) -> bool:
    try:
        return read_document(path, content, HEADS).head.values.get("draft") is True
    except PostError:
        return False
