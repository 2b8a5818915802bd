"""The ``_index.md`` files of a Zola site, as bytes: what they say is asked when a page has to be read."""

import hashlib
from collections.abc import Mapping

from syndicate.errors import PostError
from syndicate.posts.file_content import read_content
from syndicate.posts.sources.zola.layout import ZolaLayout

_MAX_BYTES = 1_000_000


def read_sections(layout: ZolaLayout) -> dict[str, bytes]:
    """Give what stands in each section's file, by its path; one that can't be read says nothing."""
    found = {}
    for each in layout.sections():
        try:
            found[each.path] = read_content(layout.root, each.path, max_bytes=_MAX_BYTES)
        except PostError:
            found[each.path] = b""
    return found


def fingerprint(sections: Mapping[str, bytes], config_fingerprint: str) -> str:
    """Give what changes when the configuration or any section does."""
    digest = hashlib.sha256(config_fingerprint.encode())
    for path, content in sorted(sections.items()):
        digest.update(path.encode("utf-8", "surrogateescape") + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()
