"""A post as JSON text, and back: the shape of the ``document`` column.

Stores outlive the program that wrote them: a field that is no more is passed over, one that was not yet is
given its default, or a blank until the file is read anew.
"""

import json
from collections.abc import Callable
from dataclasses import MISSING, Field, asdict, fields
from datetime import UTC, datetime
from json.encoder import encode_basestring
from typing import Any, get_args, get_origin

from syndicate.model.post import Enclosure, Excerpt, ExcerptOrigin, Image, Post

#: Grows when a field's value is written otherwise; ``from_document`` then still reads the older ones.
VERSION = 1

_FIELDS = fields(Post)
_NAMES = {field.name for field in _FIELDS}
#: What this program keeps of a post; with another shape every file is read anew.
SHAPE = (VERSION, *(field.name for field in _FIELDS))

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
    # Spelled out, at half the time of ``json.dumps``: a first pass writes every post.
    return f'{{{_place(post)},{_facts(post)},{_opening(post)},{_marks(post)},"version":{VERSION}}}'


def _place(post: Post) -> str:
    return (
        f'"path":{_text(post.path)},"url":{_text(post.url)},"link":{_text(post.link)},'
        f'"generator_id":{_text(post.generator_id)},"declared_id":{_text_or_null(post.declared_id)}'
    )


def _facts(post: Post) -> str:
    return (
        f'"title":{_text(post.title)},"authors":{_texts(post.authors)},'
        f'"collection":{_text(post.collection)},"categories":{_texts(post.categories)},'
        f'"tags":{_texts(post.tags)},"published":"{post.published.isoformat()}",'
        f'"updated":"{post.updated.isoformat()}","until":{_instant_or_null(post.until)}'
    )


def _opening(post: Post) -> str:
    return (
        f'"excerpt":{_excerpt(post.excerpt)},"summary":{_text(post.summary)},'
        f'"image":{_image_or_null(post.image)},"language":{_text(post.language)}'
    )


def _marks(post: Post) -> str:
    return (
        f'"fingerprint":{_text(post.fingerprint)},"body_fingerprint":{_text(post.body_fingerprint)},'
        f'"self_contained":{_claim(post.self_contained)},"sketch":{_text(post.sketch)},'
        f'"warnings":{_texts(post.warnings)},"draws_on":{_texts(post.draws_on)},'
        f'"undated":{_claim(post.undated)},"enclosure":{_enclosure_or_null(post.enclosure)},'
        f'"rights":{_text(post.rights)}'
    )


#: In quotes, with the escapes that JSON asks for (RFC 8259 §7) and no others.
_text: Callable[[str], str] = encode_basestring


def _text_or_null(text: str | None) -> str:
    return "null" if text is None else _text(text)


def _texts(texts: tuple[str, ...]) -> str:
    return f"[{','.join(map(_text, texts))}]" if texts else "[]"


def _claim(claim: bool) -> str:  # noqa: FBT001 - one value of many
    return "true" if claim else "false"


def _instant_or_null(instant: datetime | None) -> str:
    return "null" if instant is None else f'"{instant.isoformat()}"'


def _excerpt(excerpt: Excerpt) -> str:
    truncated = _claim(excerpt.truncated)
    return f"[{_text(excerpt.html)},{_text(excerpt.text)},{_text(excerpt.origin)},{truncated}]"


def _image_or_null(image: Image | None) -> str:
    return "null" if image is None else f"[{_text(image.url)},{_text(image.alt)}]"


def _enclosure_or_null(enclosure: Enclosure | None) -> str:
    if enclosure is None:
        return "null"
    return json.dumps(asdict(enclosure), ensure_ascii=False, separators=(",", ":"))


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
