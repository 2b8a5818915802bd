"""What the store keeps of a post, to the letter."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from syndicate.model.post import Enclosure, Excerpt, ExcerptOrigin, Image, Post
from syndicate.store.documents import VERSION, from_document, to_document

#: Also half a surrogate, and what JSON has escapes for.
TEXTS = st.text(st.characters() | st.sampled_from('"\\/\b\f\n\r\t\0\x7f\u2028\ud800'), max_size=9)
LISTS = st.lists(TEXTS, max_size=2).map(tuple)
INSTANTS = st.datetimes(
    timezones=st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
)
POSTS = st.builds(
    Post,
    path=TEXTS,
    published=INSTANTS,
    updated=INSTANTS,
    until=st.none() | INSTANTS,
    url=TEXTS,
    link=TEXTS,
    generator_id=TEXTS,
    title=TEXTS,
    collection=TEXTS,
    summary=TEXTS,
    language=TEXTS,
    fingerprint=TEXTS,
    body_fingerprint=TEXTS,
    sketch=TEXTS,
    rights=TEXTS,
    declared_id=st.none() | TEXTS,
    authors=LISTS,
    categories=LISTS,
    tags=LISTS,
    warnings=LISTS,
    draws_on=LISTS,
    excerpt=st.builds(
        Excerpt, html=TEXTS, text=TEXTS, origin=st.sampled_from(ExcerptOrigin), truncated=st.booleans()
    ),
    image=st.none() | st.builds(Image, url=TEXTS, alt=TEXTS),
    enclosure=st.none() | st.builds(Enclosure, url=TEXTS, media_type=TEXTS),
    self_contained=st.booleans(),
    undated=st.booleans(),
)


@given(POSTS)
def test_a_document_is_what_json_makes_of_the_fields_in_their_order(post: Post) -> None:
    facts = {name: getattr(post, name) for name in Post.__slots__}
    excerpt, image = post.excerpt, post.image
    facts["excerpt"] = [excerpt.html, excerpt.text, excerpt.origin, excerpt.truncated]
    facts["image"] = [image.url, image.alt] if image else None
    facts["enclosure"] = asdict(post.enclosure) if post.enclosure else None

    written = json.dumps(
        facts | {"version": VERSION}, ensure_ascii=False, separators=(",", ":"), default=datetime.isoformat
    )
    assert to_document(post) == written
    assert from_document(written) == post
