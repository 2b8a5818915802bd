import gzip
import json
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
from lxml import etree

from syndicate.errors import FeedError, TemplateError
from syndicate.feeds.publishing import Publication
from syndicate.model.post import Excerpt, ExcerptOrigin, PostState, TrackedPost
from syndicate.settings.schema import FeedSettings, PodcastSettings

Tracked = Callable[..., TrackedPost]
Published = Callable[..., Publication]
Rendering = Callable[..., Any]


def titles(folder: Path) -> list[str]:
    return [item["title"] for item in json.loads((folder / "feed.json").read_text())["items"]]


def state(root: Path) -> dict[str, tuple[bytes, int]]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_each_feed_gets_its_documents_and_its_page(tracked: Tracked, published: Published) -> None:
    publication = published(
        [tracked(1)], FeedSettings(name="all"), FeedSettings(name="few", formats=("atom",))
    )

    folders = {
        each.name: sorted(path.name for path in each.folder.glob("*[!rz]")) for each in publication.feeds
    }
    assert folders == {
        "all": ["atom.xml", "feed.json", "index.html", "rss.xml"],
        "few": ["atom.xml", "index.html"],
    }
    assert publication.overview.is_file()
    assert publication.warnings == ()


def test_every_document_has_its_gzip_beside_it(tracked: Tracked, published: Published) -> None:
    publication = published([tracked(1)])

    for path in publication.written:
        compressed = path.with_name(f"{path.name}.gz").read_bytes()
        assert gzip.decompress(compressed) == path.read_bytes()
        assert compressed[4:8] == b"\0\0\0\0"


def test_a_second_pass_touches_no_file(tracked: Tracked, published: Published, tmp_path: Path) -> None:
    posts = [tracked(number) for number in range(1, 4)]
    first = published(posts)
    before = state(tmp_path)

    second = published(list(reversed(posts)))

    assert state(tmp_path) == before
    assert second.written == ()
    assert second.unchanged == len(first.written)


def test_every_document_has_its_brotli_beside_it(tracked: Tracked, published: Published) -> None:
    publication = published([tracked(1)])

    for path in publication.written:
        compressed = path.with_name(f"{path.name}.br").read_bytes()
        assert brotli.decompress(compressed) == path.read_bytes()


def test_a_brotli_older_than_its_document_is_written_again_even_if_it_holds_the_same(
    tracked: Tracked, published: Published
) -> None:
    document = published([tracked(1)]).feeds[0].folder / "atom.xml"
    packed = document.with_name("atom.xml.br")
    os.utime(packed, (1, 1))
    published([tracked(1)])

    assert packed.stat().st_mtime_ns >= document.stat().st_mtime_ns


def test_who_has_nothing_to_write_loads_no_brotli(tracked: Tracked, published: Published) -> None:
    published([tracked(1)])
    loaded = sys.modules.pop("brotli")
    published([tracked(1)])
    again = "brotli" in sys.modules
    sys.modules["brotli"] = loaded

    assert not again


def test_a_torn_gzip_is_written_again(tracked: Tracked, published: Published) -> None:
    torn = published([tracked(1)]).feeds[0].folder / "atom.xml.gz"
    whole = torn.read_bytes()
    torn.write_bytes(whole[:40])

    published([tracked(1)])

    assert torn.read_bytes() == whole


def test_a_changed_post_changes_only_the_feeds_that_hold_it(tracked: Tracked, published: Published) -> None:
    feeds = (
        FeedSettings(name="posts", collections=("posts",)),
        FeedSettings(name="letters", collections=("letters",)),
    )
    published([tracked(1), tracked(2, collection="letters")], *feeds)

    publication = published([tracked(1, title="Changed"), tracked(2, collection="letters")], *feeds)

    assert {path.parent.name for path in publication.written} == {"posts", "feeds", "public"}


def test_a_post_that_cant_be_rendered_costs_only_its_full_text(
    tracked: Tracked, published: Published, rendering: Rendering
) -> None:
    posts = [tracked(1), tracked(2)]
    source = rendering(posts)
    del source.html["_posts/001.md"]

    publication = published(posts, FeedSettings(name="a"), FeedSettings(name="b"), source=source)

    items = json.loads((publication.feeds[0].folder / "feed.json").read_text())["items"]
    assert [item["content_html"] for item in items] == [
        "<p>Opening <em>1</em>.</p>",
        "<p>All of Post 2 &amp; more.</p>",
    ]
    assert len(publication.warnings) == 1
    assert publication.warnings[0].startswith("_posts/001.md:7: Liquid can't be read; close the tag")


def test_each_post_is_rendered_once_for_all_feeds(
    tracked: Tracked, published: Published, rendering: Rendering
) -> None:
    posts = [tracked(1), tracked(2), tracked(3)]
    source = rendering(posts)

    published(
        posts,
        FeedSettings(name="all"),
        FeedSettings(name="newest", limit=2),
        FeedSettings(name="excerpts", content="excerpt"),
        source=source,
    )

    assert source.asked == ["_posts/001.md", "_posts/002.md", "_posts/003.md"]


def test_a_feed_of_excerpts_renders_nothing(
    tracked: Tracked, published: Published, rendering: Rendering
) -> None:
    source = rendering([tracked(1)])

    publication = published([tracked(1)], FeedSettings(name="short", content="excerpt"), source=source)

    assert source.asked == []
    assert "Opening &lt;em&gt;1" in (publication.feeds[0].folder / "rss.xml").read_text()


def test_a_feed_of_full_texts_has_no_summaries(tracked: Tracked, published: Published) -> None:
    folder = published([tracked(1)], FeedSettings(name="full", content="full")).feeds[0].folder

    assert "summary" not in json.loads((folder / "feed.json").read_text())["items"][0]
    assert "Opening 1." in (folder / "index.html").read_text()


def test_no_document_is_larger_than_its_feed_allows(
    tracked: Tracked, published: Published, rendering: Rendering
) -> None:
    posts = [tracked(number) for number in range(1, 40)]
    source = rendering(posts)
    for path in source.html:
        source.html[path] = '<p>& " é</p>' * 100

    publication = published(posts, FeedSettings(name="small", max_bytes=40_000), source=source)

    sizes = [
        (publication.feeds[0].folder / name).stat().st_size for name in ("rss.xml", "atom.xml", "feed.json")
    ]
    assert 30_000 < max(sizes) <= 40_000
    assert len(dict.fromkeys(source.asked)) < 39
    assert titles(publication.feeds[0].folder) == [
        f"Post {n}" for n in range(1, publication.feeds[0].entries + 1)
    ]


def test_a_post_too_large_for_its_feed_shows_its_excerpt(
    tracked: Tracked, published: Published, rendering: Rendering
) -> None:
    posts = [tracked(1), tracked(2)]
    source = rendering(posts)
    source.html["_posts/001.md"] = "x" * 50_000

    publication = published(posts, FeedSettings(name="small", max_bytes=20_000), source=source)

    assert titles(publication.feeds[0].folder) == ["Post 1", "Post 2"]
    assert publication.warnings[0].startswith("_posts/001.md: larger than the max_bytes of the feed")


def test_an_empty_feed_is_written_and_warned_of(tracked: Tracked, published: Published) -> None:
    publication = published([tracked(1)], FeedSettings(name="hkers", collections=("hkers",)))

    assert publication.warnings == (
        'feeds: "hkers" is empty: no post is in the collection "hkers"; choose among "posts"',
    )
    assert titles(publication.feeds[0].folder) == []
    assert "no post here yet" in (publication.feeds[0].folder / "index.html").read_text()


def test_a_gone_post_is_in_no_feed(tracked: Tracked, published: Published) -> None:
    publication = published([tracked(1, state=PostState.GONE), tracked(2)])

    assert titles(publication.feeds[0].folder) == ["Post 2"]


def test_a_feed_that_is_no_longer_configured_is_named_and_kept(
    tracked: Tracked, published: Published
) -> None:
    published([tracked(1)], FeedSettings(name="old"), FeedSettings(name="new"))

    publication = published([tracked(1)], FeedSettings(name="new"))

    assert len(publication.warnings) == 1
    assert 'the feed "old" is no longer configured' in publication.warnings[0]
    assert (publication.feeds[0].folder.parent / "old" / "atom.xml").is_file()


def test_a_document_that_is_no_longer_configured_is_named_and_kept(
    tracked: Tracked, published: Published
) -> None:
    published([tracked(1)], FeedSettings(name="all"))

    publication = published([tracked(1)], FeedSettings(name="all", formats=("atom", "json")))

    assert len(publication.warnings) == 1
    assert 'rss.xml: "rss" is no longer among the formats' in publication.warnings[0]
    assert (publication.feeds[0].folder / "rss.xml").is_file()


def test_a_feed_without_formats_is_refused(tracked: Tracked, published: Published) -> None:
    with pytest.raises(FeedError, match='"news" has no format; use any of atom, rss, json'):
        published([tracked(1)], FeedSettings(name="news", formats=()))


def test_without_an_address_the_documents_leave_their_own_out(tracked: Tracked, published: Published) -> None:
    publication = published([tracked(1)], base_url="")

    folder = publication.feeds[0].folder
    assert publication.warnings[0].startswith("publish.base_url: ")
    assert 'rel="self"' not in (folder / "atom.xml").read_text()
    assert "feed_url" not in (folder / "feed.json").read_text()
    assert etree.parse(folder / "atom.xml").getroot()[0].text.startswith("urn:uuid:")
    assert "<outline" not in (folder.parent / "feeds.opml").read_text()


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "../up",
        "a/b",
        "/etc",
        "a\\b",
        "a\0b",
        ".hidden",
        "index.html",
        "Feeds.OPML",
        "x" * 101,
        "a\n",
        "end.",
    ],
)
def test_a_name_that_is_no_folder_is_refused(
    name: str, tracked: Tracked, published: Published, tmp_path: Path
) -> None:
    with pytest.raises(FeedError, match="feeds: "):
        published([tracked(1)], FeedSettings(name="good"), FeedSettings(name=name))

    assert not (tmp_path / "public").exists()


def test_two_feeds_of_one_name_are_refused(tracked: Tracked, published: Published) -> None:
    with pytest.raises(FeedError, match='"News" stands twice'):
        published([tracked(1)], FeedSettings(name="news"), FeedSettings(name="News"))


def test_an_unknown_format_is_refused(tracked: Tracked, published: Published) -> None:
    with pytest.raises(FeedError, match='there is no format "rdf"; use any of atom, rss, json'):
        published([tracked(1)], FeedSettings(name="news", formats=("rdf",)))


def test_a_name_in_any_script_has_an_address_in_ascii(tracked: Tracked, published: Published) -> None:
    publication = published([tracked(1)], FeedSettings(name="新聞"))

    document = json.loads((publication.feeds[0].folder / "feed.json").read_text())
    assert document["feed_url"] == "https://feeds.example/web/feeds/%E6%96%B0%E8%81%9E/feed.json"


def test_a_page_offers_every_format_to_readers_and_to_browsers(
    tracked: Tracked, published: Published
) -> None:
    folder = published([tracked(1)]).feeds[0].folder

    page = etree.HTML((folder / "index.html").read_bytes())
    offered = [(each.get("type"), each.get("href")) for each in page.iterfind(".//link[@rel='alternate']")]
    assert offered == [
        ("application/atom+xml", "https://feeds.example/web/feeds/all/atom.xml"),
        ("application/rss+xml", "https://feeds.example/web/feeds/all/rss.xml"),
        ("application/feed+json", "https://feeds.example/web/feeds/all/feed.json"),
    ]
    assert ["".join(each.itertext()) for each in page.iterfind(".//code")] == [href for _, href in offered]


def test_a_page_works_without_scripts_and_asks_nobody_else(tracked: Tracked, published: Published) -> None:
    publication = published([tracked(1)])

    for page in (publication.overview, publication.feeds[0].folder / "index.html"):
        assert not re.search(r"<script|<img|<iframe|@import| on\w+=", page.read_text())


def test_a_page_escapes_what_posts_say(tracked: Tracked, published: Published) -> None:
    hostile = tracked(
        1,
        title="<script>alert(1)</script>",
        summary='"><img src=x onerror=alert(1)>',
        link="javascript:alert(1)",
    )

    page = (published([hostile]).feeds[0].folder / "index.html").read_text()

    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page


def test_a_page_says_language_and_direction_of_every_entry(tracked: Tracked, published: Published) -> None:
    posts = [tracked(1), tracked(2, language="he")]

    page = etree.HTML((published(posts).feeds[0].folder / "index.html").read_bytes())

    said = [(each.get("lang"), each.get("dir")) for each in page.iterfind(".//article/div")]
    assert said == [("en", "ltr"), ("he", "rtl")]


def test_a_page_shows_the_date_in_the_sites_zone(
    tracked: Tracked, published: Published, rendering: Rendering
) -> None:
    posts = [tracked(1)]

    publication = published(posts, source=rendering(posts, zone="Pacific/Kiritimati"))

    assert ">4 May 2026</time>" in (publication.feeds[0].folder / "index.html").read_text()


def test_the_overview_lists_every_feed(tracked: Tracked, published: Published) -> None:
    publication = published(
        [tracked(1)], FeedSettings(name="all", title="All"), FeedSettings(name="b c", title="B & C")
    )

    page = etree.HTML(publication.overview.read_bytes())
    assert [(each.text, each.get("href")) for each in page.iterfind(".//h2/a")] == [
        ("All", "all/"),
        ("B & C", "b%20c/"),
    ]
    assert len(page.findall(".//link[@rel='alternate']")) == 6


def test_the_opml_names_each_feed_once(tracked: Tracked, published: Published) -> None:
    publication = published(
        [tracked(1)], FeedSettings(name="all", title="All"), FeedSettings(name="b", formats=("json",))
    )

    outlines = etree.parse(publication.overview.parent / "feeds.opml").findall("body/outline")
    assert [each.get("xmlUrl") for each in outlines] == [
        "https://feeds.example/web/feeds/all/atom.xml",
        "https://feeds.example/web/feeds/b/feed.json",
    ]


def test_an_own_template_overrides_the_shipped_one(
    tracked: Tracked, published: Published, tmp_path: Path
) -> None:
    (tmp_path / "templates" / "web").mkdir(parents=True)
    (tmp_path / "templates" / "web" / "feed.html").write_text("{{ feed.title }}!")

    publication = published([tracked(1)], FeedSettings(name="all", title="Mine"))

    assert (publication.feeds[0].folder / "index.html").read_text() == "Mine!"


def test_a_broken_template_is_named(tracked: Tracked, published: Published, tmp_path: Path) -> None:
    (tmp_path / "templates" / "web").mkdir(parents=True)
    (tmp_path / "templates" / "web" / "feed.html").write_text("\n{{ feed.nothing }}")

    with pytest.raises(TemplateError, match=r"feed\.html:2: "):
        published([tracked(1)])


def test_entries_are_newest_first_and_ties_by_path(tracked: Tracked, published: Published) -> None:
    at = tracked(1).post.published
    posts = [tracked(3, published=at), tracked(9), tracked(2, published=at), tracked(1)]

    publication = published(posts)

    assert titles(publication.feeds[0].folder) == ["Post 1", "Post 2", "Post 3", "Post 9"]


def test_an_excerpt_that_is_empty_leaves_the_summary(tracked: Tracked, published: Published) -> None:
    nothing = Excerpt(html="", text="", origin=ExcerptOrigin.NONE, truncated=True)

    publication = published(
        [tracked(1, excerpt=nothing, summary="A < B")], FeedSettings(name="a", content="excerpt")
    )

    item = json.loads((publication.feeds[0].folder / "feed.json").read_text())["items"][0]
    assert item["content_html"] == "A &lt; B"


def test_the_home_page_is_written_only_where_it_isnt_the_sites_own(
    tracked: Tracked, published: Published, tmp_path: Path
) -> None:
    published([tracked(1)], base_url="https://gazette.example")
    assert not (tmp_path / "public" / "index.html").exists()

    published([tracked(1)], base_url="https://feeds.example")

    page = etree.HTML((tmp_path / "public" / "index.html").read_bytes())
    assert [each.get("href") for each in page.iterfind(".//h2/a")] == ["feeds/all/"]
    assert page.find(".//link[@rel='stylesheet']").get("href") == "style/page.css"


def test_a_post_that_names_no_author_is_by_the_sites(
    tracked: Tracked, published: Published, rendering: Rendering
) -> None:
    posts = [tracked(1, authors=()), tracked(2)]

    folder = published(posts, source=rendering(posts, author="The editors")).feeds[0].folder

    items = json.loads((folder / "feed.json").read_text())["items"]
    assert [item["authors"] for item in items] == [[{"name": "The editors"}], [{"name": "Ana Reis"}]]


def test_a_site_without_author_is_itself_the_author_in_atom(
    tracked: Tracked, published: Published, rendering: Rendering
) -> None:
    posts = [tracked(1, authors=())]

    folder = published(posts, source=rendering(posts, author="")).feeds[0].folder

    author = etree.parse(folder / "atom.xml").find("{*}author/{*}name")
    assert author.text == "The Harbour Gazette"
    assert "authors" not in json.loads((folder / "feed.json").read_text())


def test_the_pages_of_a_site_speak_its_language(
    tracked: Tracked, published: Published, rendering: Rendering
) -> None:
    posts = [tracked(1, title="Fog"), tracked(2)]

    publication = published(posts, source=rendering(posts, language="ar-EG"))

    page = (publication.feeds[0].folder / "index.html").read_text()
    overview = publication.overview.read_text()
    assert '<html lang="ar" dir="rtl">' in page
    assert "أحدث المنشورات" in page
    assert "منشوران · أحدثها: <time" in overview
    assert not re.search(r"(?i)>[^<]*(latest|visit|copy an|made by|all feeds|newest)", page + overview)


def test_the_pages_of_a_language_without_words_say_that_ours_are_english(
    tracked: Tracked, published: Published, rendering: Rendering
) -> None:
    posts = [tracked(1)]

    publication = published(posts, source=rendering(posts, language="fa"))

    page = (publication.feeds[0].folder / "index.html").read_text()
    assert '<html lang="en" dir="ltr">' in page
    assert '<h1 lang="fa" dir="rtl">' in page


def test_a_broken_catalogue_stops_publishing_before_anything_is_written(
    tracked: Tracked, published: Published, rendering: Rendering, tmp_path: Path
) -> None:
    (tmp_path / "templates" / "words").mkdir(parents=True)
    (tmp_path / "templates" / "words" / "ar.po").write_text('msgid "Open"\nmsgstr "{open}"\n')
    posts = [tracked(1)]

    with pytest.raises(TemplateError, match=r"ar\.po:1: '\{open\}' must have nothing in braces"):
        published(posts, source=rendering(posts, language="ar"))

    assert not (tmp_path / "public").exists()


@pytest.mark.parametrize("image", ["/covers/radio.jpg", "https://gazette.example/covers/radio.jpg"])
def test_what_is_said_of_a_podcast_stands_in_its_feed(
    tracked: Tracked, published: Published, image: str
) -> None:
    said = PodcastSettings(author="Radio", categories=("Arts > Books",), image=image)

    publication = published([tracked()], FeedSettings(name="talk", podcast=said), FeedSettings(name="all"))

    talk, everything = ((each.folder / "rss.xml").read_text() for each in publication.feeds)
    assert '<itunes:image href="https://gazette.example/covers/radio.jpg"/>' in talk
    assert '<itunes:category text="Books"/>' in talk
    assert "itunes" not in everything


def test_a_feed_has_the_rights_and_the_language_that_are_asked_for_it(
    tracked: Tracked, published: Published, rendering: Rendering
) -> None:
    source = rendering([tracked()], rights="© The Gazette")
    feeds = (
        FeedSettings(name="all"),
        FeedSettings(name="free", rights="CC0", language="pt-BR"),
        FeedSettings(name="german", languages=("de",)),
    )

    publication = published([tracked()], *feeds, source=source)

    said = [(each.folder / "rss.xml").read_text(encoding="utf-8") for each in publication.feeds]
    assert [re.findall("<(?:copyright|language)>(.*?)</", each) for each in said] == [
        ["© The Gazette", "en"],
        ["CC0", "pt-BR"],
        ["© The Gazette", "de"],
    ]


def test_the_page_of_a_feed_speaks_the_feeds_own_language(
    tracked: Tracked, published: Published, rendering: Rendering
) -> None:
    feeds = (FeedSettings(name="all"), FeedSettings(name="german", language="de"))

    publication = published([tracked()], *feeds, source=rendering([tracked()], language="en"))

    english, german = ((each.folder / "index.html").read_text(encoding="utf-8") for each in publication.feeds)
    assert "Latest posts" in english
    assert '<html lang="de"' in german
    assert "Latest posts" not in german
