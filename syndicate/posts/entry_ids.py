"""The id an entry keeps for ever. Pure."""

import hashlib
import re
from collections.abc import Set as AbstractSet
from uuid import NAMESPACE_URL, uuid5

from syndicate.model.post import EntryId, Post

#: RFC 4287 §4.2.6 wants an IRI, with its scheme.
_ABSOLUTE_IRI = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+")


def mint(post: Post, taken: AbstractSet[str]) -> EntryId:
    """Give an id that nobody has: declared, else the generator's own, so that readers see no duplicates.

    A clash is told apart by a suffix made from the path, which doesn't depend on who came first.
    """
    wanted = _preferred(post)
    if wanted not in taken:
        return EntryId(wanted)
    digest = hashlib.sha256(post.path.encode("utf-8", "surrogateescape")).hexdigest()
    joint = "-" if "#" in wanted else "#"
    for length in (8, 16, 32, 64):
        candidate = f"{wanted}{joint}{digest[:length]}"
        if candidate not in taken:
            return EntryId(candidate)
    count = sum(1 for each in taken if each.startswith(wanted))
    return EntryId(f"{wanted}{joint}{digest}-{count}")


def _preferred(post: Post) -> str:
    if post.declared_id and _ABSOLUTE_IRI.fullmatch(post.declared_id):
        return post.declared_id
    if _ABSOLUTE_IRI.fullmatch(post.generator_id):
        return post.generator_id
    return uuid5(NAMESPACE_URL, post.url).urn  # the site has no address yet
