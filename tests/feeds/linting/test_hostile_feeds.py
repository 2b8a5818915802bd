"""Whatever stands in a feed, looking at it ends soon, and never in an error of ours."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.feeds.linting import Exchange, lint
from syndicate.feeds.linting.markup import examine
from syndicate.feeds.linting.vocabulary import JSON_ITEM_KEYS, JSON_KEYS

GOLDEN = Path(__file__).parents[1] / "golden" / "feeds" / "all"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "url", "type", "mime_type", "size_in_bytes"]), inner)
    ),
    max_leaves=6,
)
ITEMS = st.dictionaries(st.sampled_from(sorted(JSON_ITEM_KEYS)), VALUES, max_size=6)
FEEDS = st.dictionaries(st.sampled_from(sorted(JSON_KEYS - {"items", "title"})), VALUES, max_size=6)


@given(feed=FEEDS, title=VALUES, items=VALUES | st.lists(ITEMS | VALUES, max_size=3))
def test_any_json_is_looked_at(feed, title, items):
    lint(json.dumps({**feed, "title": title, "items": items}).encode(), now=NOW)


@given(st.binary(max_size=200))
def test_any_bytes_are_looked_at(content):
    assert lint(content, now=NOW)


@given(name=st.sampled_from(["atom.xml", "rss.xml"]), data=st.data())
def test_a_feed_with_a_piece_taken_out_or_put_in_is_looked_at(name, data):
    feed = (GOLDEN / name).read_bytes()
    start = data.draw(st.integers(0, len(feed)))
    end = data.draw(st.integers(start, min(len(feed), start + 200)))
    pieces = [b"", b"<", b"</item>", b"&#0;", b'""', b"<?x?>", b"<!-- -->", b'xmlns=""', b"<a:b/>"]

    lint(feed[:start] + data.draw(st.sampled_from(pieces)) + feed[end:], now=NOW)


@given(headers=st.dictionaries(st.sampled_from(["content-type", "vary", "etag"]), st.text(max_size=10)))
def test_any_headers_are_looked_at(headers):
    exchange = Exchange(address="x", answered_by="y", moved_to="", headers=headers, second_status=200)

    lint((GOLDEN / "atom.xml").read_bytes(), now=NOW, exchange=exchange)


@given(st.text(st.sampled_from("<>/=\"'! -abpx&;#"), max_size=60))
def test_any_markup_is_examined(html):
    examine(html)


@pytest.mark.system
@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "</span>" * 100_000,
        "<b a='" * 100_000,
        "<!--" * 200_000,
        "<" * 500_000,
        "<a " + "x " * 250_000,
        "<a " + "x" * 500_000,
        "<a x" + " " * 500_000,
        "&" * 500_000,
        "<script>" * 50_000,
        "</" * 250_000,
        "<code>" * 80_000 + "a",
    ],
    ids=lambda html: html[:10],
)
def test_half_a_megabyte_of_malice_takes_a_moment(html):
    begun = time.process_time()
    examine(html)

    assert time.process_time() - begun < 3


def test_an_entity_reads_no_file(tmp_path):
    (tmp_path / "secret").write_text("hunter2", encoding="utf-8")
    feed = (
        (GOLDEN / "rss.xml")
        .read_text(encoding="utf-8")
        .replace("<rss ", f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>\n<rss ', 1)
        .replace("<title>The Harbour Gazette", "<title>&x;")
    )

    found = lint(feed.encode(), now=NOW)

    assert {"doctype", "feed-title"} <= {each.rule for each in found}
    assert "hunter2" not in str(found)


def test_entities_that_swell_are_not_unfolded():
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    feed = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">{levels}]><rss version="2.0"><channel>'

    begun = time.process_time()
    found = lint(f"{feed}<title>&e11;</title></channel></rss>".encode(), now=NOW)

    assert time.process_time() - begun < 3
    assert found
