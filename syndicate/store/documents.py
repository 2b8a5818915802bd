"""A post as JSON text, and back: the shape of the ``document`` column."""

import json
from dataclasses import fields
from datetime import datetime
from typing import Any

from syndicate.model.post import Excerpt, ExcerptOrigin, Image, Post

_NAMES = tuple(field.name for field in fields(Post))
_TUPLES = ("authors", "categories", "tags", "warnings")
_INSTANTS = ("published", "updated")


def to_document(post: Post) -> str:
    """Give ``post`` as one line of JSON; equal posts give equal text."""
    document = {name: getattr(post, name) for name in _NAMES}
    document |= {name: document[name].isoformat() for name in _INSTANTS}
    document["excerpt"] = [
        post.excerpt.html,
        post.excerpt.text,
        post.excerpt.origin,
        post.excerpt.truncated,
    ]
    document["image"] = [post.image.url, post.image.alt] if post.image else None
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def from_document(text: str) -> Post:
    """Give the post that ``to_document`` wrote."""
    document: dict[str, Any] = json.loads(text)
    document |= {name: datetime.fromisoformat(document[name]) for name in _INSTANTS}
    document |= {name: tuple(document[name]) for name in _TUPLES}
    html, plain, origin, truncated = document["excerpt"]
    document["excerpt"] = Excerpt(html=html, text=plain, origin=ExcerptOrigin(origin), truncated=truncated)
    if document["image"]:
        url, alt = document["image"]
        document["image"] = Image(url=url, alt=alt)
    return Post(**document)
