"""A post as JSON text, and back: the shape of the ``document`` column.

Stores outlive the program that wrote them: a field that is no more is passed over, one that was not yet is
given its default, or a blank until the file is read anew.
"""

import json
from dataclasses import MISSING, Field, asdict, fields
from datetime import UTC, datetime
from typing import Any, get_args, get_origin

from syndicate.model.post import Enclosure, Excerpt, ExcerptOrigin, Image, Post

#: Grows when a field's value is written otherwise; ``from_document`` then still reads the older ones.
VERSION = 1

_FIELDS = fields(Post)
_NAMES = {field.name for field in _FIELDS}
#: What this program keeps of a post; with another shape every file is read anew.
SHAPE = (VERSION, *(field.name for field in _FIELDS))

#: Made once: ``json.dumps`` makes one for every document.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_TUPLES = ("authors", "categories", "tags", "warnings", "draws_on")
_INSTANTS = ("published", "updated", "until")
_NO_EXCERPT = Excerpt(html="", text="", origin=ExcerptOrigin.NONE, truncated=False)
_BLANKS: dict[Any, object] = {
    datetime: datetime.fromtimestamp(0, UTC),
    Excerpt: _NO_EXCERPT,
    bool: False,
    int: 0,
}


def to_document(post: Post) -> str:
    """Give ``post`` as one line of JSON; equal posts give equal text."""
    document = {field.name: getattr(post, field.name) for field in _FIELDS}
    document |= {name: document[name] and document[name].isoformat() for name in _INSTANTS}
    document["excerpt"] = [
        post.excerpt.html,
        post.excerpt.text,
        post.excerpt.origin,
        post.excerpt.truncated,
    ]
    document["image"] = [post.image.url, post.image.alt] if post.image else None
    document["enclosure"] = asdict(post.enclosure) if post.enclosure else None
    document["version"] = VERSION
    return _ENCODER.encode(document)


def from_document(text: str) -> Post:
    """Give the post that ``to_document`` wrote, in this version or in another."""
    document: dict[str, Any] = json.loads(text)
    for name in _INSTANTS:
        if document.get(name):
            document[name] = datetime.fromisoformat(document[name])
    for name in _TUPLES:
        if name in document:
            document[name] = tuple(document[name])
    if "excerpt" in document:
        html, plain, origin, truncated = document["excerpt"]
        document["excerpt"] = Excerpt(
            html=html, text=plain, origin=ExcerptOrigin(origin), truncated=truncated
        )
    if document.get("image"):
        url, alt = document["image"]
        document["image"] = Image(url=url, alt=alt)
    if document.get("enclosure"):
        document["enclosure"] = Enclosure(**document["enclosure"])
    if document.pop("version", None) == VERSION and document.keys() == _NAMES:
        return Post(**document)
    return Post(
        **{each.name: document[each.name] if each.name in document else _absent(each) for each in _FIELDS}
    )


def _absent(field: Field[Any]) -> Any:  # noqa: ANN401 - of the field's own type
    """Give the field's default, else a blank of its type."""
    if field.default is not MISSING:
        return field.default
    if get_origin(field.type) is tuple:
        return ()
    return None if type(None) in get_args(field.type) else _BLANKS.get(field.type, "")
