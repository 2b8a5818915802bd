"""A post may hold anything: the document stays sound, and the other entries stay as they are."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from syndicate.feeds.entry import Entry, excerpt_entry, whole_entry
from syndicate.feeds.feed import Feed, Place
from syndicate.feeds.formats import FORMATS
from syndicate.model.post import Enclosure, Excerpt, ExcerptOrigin, Image, TrackedPost

#: Four hundred where everything is asked for, as in CI.
EXAMPLES = 400 if os.environ.get("SYNDICATE_TEST_EVERYTHING") == "1" else 100
ATOM = "{http://www.w3.org/2005/Atom}"

#: Every code point there is, and the pieces that break writers.
pieces = (
    *("]]>", "<![CDATA[", "<!--", "-->", "<?xml?>", "<script>", "<br>", "&#0;", "&nbsp;", "&", '"', "'"),
    *(
        "\x00",
        "\x0b",
        "\x85",
        "\r\n",
        "\ud800",
        "\udfff",
        "\ufffe",
        "\uffff",
        "\U0001fffe",
        "\u202e",
        "\u2028",
    ),
)
texts = st.lists(st.text(st.characters(), max_size=12) | st.sampled_from(pieces), max_size=6).map("".join)
moments = st.datetimes(timezones=st.just(UTC))


@st.composite
def hostile(draw: st.DrawFn, plain: TrackedPost) -> TrackedPost:
    excerpt = Excerpt(html=draw(texts), text=draw(texts), origin=ExcerptOrigin.OPENING, truncated=True)
    post = replace(
        plain.post,
        title=draw(texts),
        link=draw(texts | texts.map("https://gazette.example/{}".format)),
        authors=tuple(draw(st.lists(texts, max_size=3))),
        categories=tuple(draw(st.lists(texts, max_size=3))),
        tags=tuple(draw(st.lists(texts, max_size=3))),
        summary=draw(texts),
        excerpt=excerpt,
        published=draw(moments),
        image=draw(
            st.none() | st.builds(Image, url=texts.map("https://gazette.example/{}".format), alt=texts)
        ),
        enclosure=draw(
            st.none()
            | st.builds(
                Enclosure,
                url=texts.map("https://gazette.example/{}".format),
                media_type=texts | st.just("audio/mpeg"),
            )
        ),
        language=draw(texts | st.sampled_from(["ar", "zh-Hant", "x"])),
    )
    return replace(plain, post=post, entry_id=draw(texts), updated=draw(moments))


@given(data=st.data())
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_hostile_post_never_breaks_a_feed_nor_costs_another_entry(
    data: st.DataObject, tracked: Callable[..., TrackedPost]
) -> None:
    bad = data.draw(hostile(tracked(2)))
    entry = data.draw(st.sampled_from([whole_entry(bad, data.draw(texts)), excerpt_entry(bad)]))
    before, after = whole_entry(tracked(1), "<p>One</p>"), whole_entry(tracked(3), "<p>Three</p>")

    for name in FORMATS:
        first, second, third = _entries(name, before, entry, after)
        assert _texts([first, third]) == _texts(_entries(name, before, after))
        assert _title(second)


@given(data=st.data())
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_hostile_post_is_the_same_in_a_volume_of_the_archive(
    data: st.DataObject, tracked: Callable[..., TrackedPost]
) -> None:
    entry = whole_entry(data.draw(hostile(tracked(2))), data.draw(texts))
    before, after = whole_entry(tracked(1), "<p>One</p>"), whole_entry(tracked(3), "<p>Three</p>")

    for name in FORMATS:
        volume = _entries(name, before, entry, after, place=Place(number=2, older=1, newer=3))
        assert _texts(volume) == _texts(_entries(name, before, entry, after))


def _texts(entries: list[Any]) -> list[Any]:
    """Give entries without the namespaces that their document declares."""
    return [
        each
        if isinstance(each, dict)
        else etree.tostring(etree.fromstring(each), method="c14n", exclusive=True)
        for each in entries
    ]


def _entries(name: str, *entries: Entry, place: Place | None = None) -> list[Any]:
    feed = Feed(
        name="all",
        id="https://feeds.example/feeds/all/",
        title="Gazette",
        description="News",
        language="en",
        author="The editors",
        home_url="https://gazette.example/",
        folder_url="https://feeds.example/feeds/all/",
        hub_url="",
        stylesheet="../../style/feed.css",
        entries=entries,
        place=place or Place(),
    )
    document = FORMATS[name].write(feed)
    if name == "json":
        items: list[Any] = json.loads(document.decode())["items"]
        return items
    root = etree.fromstring(document)
    return [
        etree.tostring(each, with_tail=False) for each in (*root.iter("item"), *root.iter(f"{ATOM}entry"))
    ]


def _title(entry: Any) -> str:
    if isinstance(entry, dict):
        return str(entry["title"])
    element = etree.fromstring(entry)
    return str(element.findtext("title") or element.findtext(f"{ATOM}title") or "")


@given(
    day=st.sampled_from([datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]),
    zone=st.sampled_from(["Pacific/Apia", "America/Lima"]),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_first_and_the_last_day_can_be_shown(
    day: datetime,
    zone: str,
    tracked: Callable[..., TrackedPost],
    published: Any,
    rendering: Any,
) -> None:
    posts = [tracked(1, published=day)]

    publication = published(posts, source=rendering(posts, zone=zone))

    assert publication.feeds[0].entries == 1
