import json
import locale
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape

import feedparser
import pytest
from lxml import etree

from syndicate.feeds.entry import Entry
from syndicate.feeds.feed import Feed, Podcast
from syndicate.feeds.formats import FORMATS
from syndicate.feeds.formats.atom import ATOM
from syndicate.feeds.formats.json_feed import JSON_FEED
from syndicate.feeds.formats.rss import RSS
from syndicate.feeds.linting import lint
from syndicate.model.post import Enclosure, Image

NAMES = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def entry(number: int = 1, **changes: object) -> Entry:
    plain = Entry(
        id=f"https://gazette.example/{number}",
        url=f"https://gazette.example/{number}/",
        title=f"Fish & <chips> {number}",
        authors=("Ana Reis", "Bo"),
        categories=("harbour", "boats"),
        published=datetime(2026, 5, number, 12, 0, tzinfo=UTC),
        updated=datetime(2026, 5, number, 13, 0, 0, 250000, tzinfo=UTC),
        summary="Fish & <chips> for all",
        content="<p>Fish &amp; &lt;chips&gt; ]]></p>",
        whole=True,
        image=None,
        language="en",
    )
    return replace(plain, **changes)


def feed(*entries: Entry, **changes: object) -> Feed:
    plain = Feed(
        name="all",
        id="https://feeds.example/feeds/all/",
        title="The Gazette",
        description="News",
        language="en",
        author="The editors",
        home_url="https://gazette.example/",
        folder_url="https://feeds.example/feeds/all/",
        hub_url="https://hub.example/",
        stylesheet="../../style/feed.css",
        entries=entries,
    )
    return replace(plain, **changes)


def xml(document: bytes) -> etree._Element:
    return etree.fromstring(document)


def links(root: etree._Element) -> list[tuple[str | None, str | None, str | None]]:
    return [(each.get("rel"), each.get("href"), each.get("type")) for each in root.iterfind("a:link", NAMES)]


def test_every_format_says_the_same_of_an_entry() -> None:
    said = [_said(FORMATS[name].write(feed(entry(2), entry(1))), name) for name in FORMATS]

    assert said[0] == said[1] == said[2]
    assert len(said[0]) == 2


def _said(document: bytes, name: str) -> list[tuple[object, ...]]:
    if name == "json":
        return [
            (
                *(item["id"], item["url"], item["title"], item["summary"], item["content_html"]),
                [author["name"] for author in item["authors"]],
                item["tags"],
                datetime.fromisoformat(item["date_published"]),
                datetime.fromisoformat(item["date_modified"]).replace(microsecond=0),
            )
            for item in json.loads(document)["items"]
        ]
    root = xml(document)
    return [_said_by_rss(item) for item in root.iter("item")] or [
        _said_by_atom(item) for item in root.iterfind("a:entry", NAMES)
    ]


def _said_by_rss(item: etree._Element) -> tuple[object, ...]:
    return (
        *(item.findtext(name) for name in ("guid", "link", "title")),
        etree.HTML(item.findtext("description")).xpath("string()"),
        item.findtext("content:encoded", namespaces=NAMES),
        [each.text for each in item.iterfind("dc:creator", NAMES)],
        [each.text for each in item.iterfind("category")],
        parsedate_to_datetime(item.findtext("pubDate")),
        datetime.fromisoformat(item.findtext("dcterms:modified", namespaces=NAMES)).replace(microsecond=0),
    )


def _said_by_atom(item: etree._Element) -> tuple[object, ...]:
    return (
        item.findtext("a:id", namespaces=NAMES),
        item.find("a:link", NAMES).get("href"),
        *(_text_of(item.find(f"a:{name}", NAMES)) for name in ("title", "summary")),
        item.findtext("a:content", namespaces=NAMES),
        [each.text for each in item.iterfind("a:author/a:name", NAMES)],
        [each.get("term") for each in item.iterfind("a:category", NAMES)],
        datetime.fromisoformat(item.findtext("a:published", namespaces=NAMES)),
        datetime.fromisoformat(item.findtext("a:updated", namespaces=NAMES)).replace(microsecond=0),
    )


def _text_of(construct: etree._Element) -> str:
    """Read a text construct as RFC 4287 §3.1 wants."""
    said = construct.text or ""
    return etree.HTML(said).xpath("string()") if construct.get("type") == "html" else said


def test_an_atom_entry_link_keeps_its_rel_and_type() -> None:
    root = xml(ATOM.write(feed(entry())))

    assert links(root.find("a:entry", NAMES)) == [("alternate", "https://gazette.example/1/", "text/html")]


def test_an_atom_feed_names_itself_its_site_and_its_hub() -> None:
    root = xml(ATOM.write(feed(entry())))

    assert links(root) == [
        ("self", "https://feeds.example/feeds/all/atom.xml", "application/atom+xml"),
        ("alternate", "https://gazette.example/", "text/html"),
        ("hub", "https://hub.example/", None),
    ]


def test_an_rss_channel_links_to_the_site_and_names_itself_and_its_hub() -> None:
    channel = xml(RSS.write(feed(entry()))).find("channel")

    assert channel.findtext("link") == "https://gazette.example/"
    assert links(channel) == [
        ("self", "https://feeds.example/feeds/all/rss.xml", "application/rss+xml"),
        ("hub", "https://hub.example/", None),
    ]


def test_an_rss_description_is_html_and_atoms_summary_is_text() -> None:
    document = feed(entry(summary="Fish & chips for all"))

    assert xml(RSS.write(document)).findtext(".//item/description") == "Fish &amp; chips for all"
    summary = xml(ATOM.write(document)).find(".//a:entry/a:summary", NAMES)
    assert (summary.get("type"), summary.text) == ("text", "Fish & chips for all")


def test_an_entry_without_its_full_text_gives_the_excerpt_as_html() -> None:
    document = feed(entry(content="<p>Opening</p>", whole=False))

    atom = xml(ATOM.write(document)).find("a:entry", NAMES)
    item = xml(RSS.write(document)).find(".//item")

    assert atom.find("a:content", NAMES) is None
    assert (atom.find("a:summary", NAMES).get("type"), atom.findtext("a:summary", namespaces=NAMES)) == (
        "html",
        "<p>Opening</p>",
    )
    assert item.findtext("description") == "<p>Opening</p>"
    assert item.find("content:encoded", NAMES) is None
    assert json.loads(JSON_FEED.write(document))["items"][0]["content_html"] == "<p>Opening</p>"


def test_an_entry_without_address_carries_its_content() -> None:
    document = feed(entry(url="", whole=False))

    assert xml(ATOM.write(document)).find("a:entry/a:link", NAMES) is None
    assert xml(ATOM.write(document)).find("a:entry/a:content", NAMES).get("type") == "html"
    assert xml(RSS.write(document)).find(".//item/link") is None
    assert "url" not in json.loads(JSON_FEED.write(document))["items"][0]


@pytest.mark.parametrize("write", [ATOM.write, RSS.write])
def test_an_image_is_a_thumbnail_and_a_media_content(write: Callable[[Feed], bytes]) -> None:
    root = xml(write(feed(entry(image=Image(url="https://gazette.example/boat.jpg", alt="A boat")))))

    assert root.find(".//media:thumbnail", NAMES).get("url") == "https://gazette.example/boat.jpg"
    assert dict(root.find(".//media:content", NAMES).attrib) == {
        "url": "https://gazette.example/boat.jpg",
        "medium": "image",
        "type": "image/jpeg",
    }
    assert root.findtext(".//media:description", namespaces=NAMES) == "A boat"


PODCAST = Podcast(
    author="Radio Harbour",
    owner_name="Ana Reis",
    owner_email="ana@gazette.example",
    categories=("Society & Culture > Documentary", "History"),
    image="https://gazette.example/podcast.jpg",
    explicit=True,
    serial=True,
)
EPISODE = Enclosure(
    url="https://gazette.example/1.mp3", media_type="audio/mpeg", length_bytes=321, duration_seconds=754
)


def test_an_episode_is_attached_with_its_length_and_type() -> None:
    document = feed(entry(enclosure=EPISODE, image=Image(url="https://gazette.example/boat.jpg")))
    atom, rss = xml(ATOM.write(document)), xml(RSS.write(document))

    assert dict(rss.find(".//item/enclosure").attrib) == {
        "url": EPISODE.url,
        "length": "321",
        "type": "audio/mpeg",
    }
    assert [dict(link.attrib) for link in atom.iterfind("a:entry/a:link", NAMES)] == [
        {"href": "https://gazette.example/1/", "rel": "alternate", "type": "text/html"},
        {"rel": "enclosure", "href": EPISODE.url, "length": "321", "type": "audio/mpeg"},
    ]
    assert json.loads(JSON_FEED.write(document))["items"][0]["attachments"] == [
        {"url": EPISODE.url, "mime_type": "audio/mpeg", "size_in_bytes": 321, "duration_in_seconds": 754}
    ]


def test_a_podcast_program_finds_what_it_shows_of_an_episode() -> None:
    document = feed(entry(enclosure=EPISODE, image=Image(url="https://gazette.example/boat.jpg")))
    item = xml(RSS.write(document)).find(".//item")

    said = {name: item.findtext(f"itunes:{name}", namespaces=NAMES) for name in ("duration", "explicit")}
    assert said == {"duration": "754", "explicit": "false"}
    assert item.find("itunes:image", NAMES).get("href") == "https://gazette.example/boat.jpg"
    assert item.findtext("itunes:title", namespaces=NAMES) == "Fish & <chips> 1"


@pytest.mark.parametrize("name", FORMATS)
def test_the_linter_finds_nothing_in_a_podcast(name: str) -> None:
    document = FORMATS[name].write(feed(entry(enclosure=EPISODE), podcast=PODCAST))

    assert lint(document, now=datetime(2026, 6, 1, tzinfo=UTC)) == []


def test_a_podcast_says_what_directories_ask_of_it() -> None:
    channel = xml(RSS.write(feed(entry(enclosure=EPISODE), podcast=PODCAST))).find("channel")

    said = {each.tag.rpartition("}")[2]: each for each in channel.iterfind("itunes:*", NAMES)}
    assert {name: said[name].text for name in ("author", "explicit", "type")} == {
        "author": "Radio Harbour",
        "explicit": "true",
        "type": "serial",
    }
    assert said["image"].get("href") == "https://gazette.example/podcast.jpg"
    assert [each.text for each in said["owner"]] == ["Ana Reis", "ana@gazette.example"]
    categories = channel.findall("itunes:category", NAMES)
    assert [each.get("text") for each in categories] == ["Society & Culture", "History"]
    assert [each.get("text") for each in categories[0]] == ["Documentary"]
    assert feedparser.parse(RSS.write(feed(entry(), podcast=PODCAST))).feed.publisher_detail.email == (
        "ana@gazette.example"
    )


def test_a_feed_with_an_episode_says_who_speaks_and_whether_children_may_listen() -> None:
    channel = xml(RSS.write(feed(entry(2), entry(1, enclosure=EPISODE)))).find("channel")

    assert [(each.tag.rpartition("}")[2], each.text) for each in channel.iterfind("itunes:*", NAMES)] == [
        ("author", "The editors"),
        ("explicit", "false"),
    ]


def test_a_feed_with_an_episode_for_adults_is_one_unless_somebody_says_otherwise() -> None:
    episode = entry(enclosure=replace(EPISODE, explicit=True))
    clean = replace(PODCAST, explicit=False)

    said = [xml(RSS.write(feed(episode, podcast=each))) for each in (None, clean)]

    assert [each.findtext("channel/itunes:explicit", namespaces=NAMES) for each in said] == ["true", "false"]


def test_a_feed_without_episodes_says_nothing_of_podcasts() -> None:
    attached = replace(EPISODE, media_type="application/pdf")

    assert b"itunes" not in RSS.write(feed(entry(2, enclosure=attached), entry(1)))
    assert b"itunes" in RSS.write(feed(podcast=PODCAST))
    for name in ("atom", "json"):
        assert b"<itunes" not in FORMATS[name].write(feed(entry(enclosure=EPISODE), podcast=PODCAST))


def test_a_podcasts_picture_is_the_icon_of_a_json_feed() -> None:
    said = json.loads(JSON_FEED.write(feed(entry(), podcast=PODCAST)))

    assert said["icon"] == "https://gazette.example/podcast.jpg"
    assert "icon" not in json.loads(JSON_FEED.write(feed(entry())))


def test_a_length_that_nobody_knows_is_left_out_where_the_format_lets_it() -> None:
    document = feed(entry(enclosure=replace(EPISODE, length_bytes=0, media_type="application/pdf")))

    assert xml(RSS.write(document)).find(".//item/enclosure").get("length") == "0"
    assert xml(RSS.write(document)).find(".//itunes:explicit", NAMES) is None
    assert xml(ATOM.write(document)).find(".//a:link[@rel='enclosure']", NAMES).get("length") is None
    (attached,) = json.loads(JSON_FEED.write(document))["items"][0]["attachments"]
    assert "size_in_bytes" not in attached


def test_rights_are_those_of_the_feed_and_of_the_post_where_it_says_so() -> None:
    document = feed(entry(2, rights="CC BY & 4.0"), entry(1), rights="© 2026 Ana Reis")

    atom, rss = xml(ATOM.write(document)), xml(RSS.write(document))

    assert atom.findtext("a:rights", namespaces=NAMES) == "© 2026 Ana Reis"
    assert [each.findtext("a:rights", namespaces=NAMES) for each in atom.iterfind("a:entry", NAMES)] == [
        "CC BY & 4.0",
        None,
    ]
    assert rss.findtext("channel/copyright") == "© 2026 Ana Reis"
    assert [each.text for each in rss.iterfind(".//item/dc:rights", NAMES)] == ["CC BY & 4.0"]
    assert lint(ATOM.write(document), now=datetime(2026, 6, 1, tzinfo=UTC)) == []
    assert lint(RSS.write(document), now=datetime(2026, 6, 1, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("address", "kind"),
    [("a.JPG?w=1", "image/jpeg"), ("a%2Ewebp", "image/webp"), ("a.svg", "image/svg+xml"), ("a", None)],
)
def test_a_picture_says_what_kind_of_file_it_is(address: str, kind: str | None) -> None:
    image = Image(url=f"https://gazette.example/{address}")

    for write in (ATOM.write, RSS.write):
        (shown,) = xml(write(feed(entry(image=image)))).iterfind(".//media:content", NAMES)
        assert (shown.get("medium"), shown.get("type")) == ("image", kind)


def test_an_entry_says_its_language_only_where_it_differs() -> None:
    document = feed(entry(2, language="pt"), entry(1))

    atom, rss = xml(ATOM.write(document)), xml(RSS.write(document))

    assert [each.get(LANG) for each in atom.iterfind("a:entry", NAMES)] == ["pt", None]
    assert [each.findtext("dc:language", namespaces=NAMES) for each in rss.iter("item")] == ["pt", None]
    assert [each.get("language") for each in json.loads(JSON_FEED.write(document))["items"]] == ["pt", None]


@pytest.mark.parametrize("write", [ATOM.write, RSS.write])
def test_a_stylesheet_is_named_and_no_transformation(write: Callable[[Feed], bytes]) -> None:
    root = xml(write(feed(entry())))

    instruction = root.getprevious()
    assert (instruction.target, instruction.text) == (
        "xml-stylesheet",
        'href="../../style/feed.css" type="text/css"',
    )


def test_an_updated_feed_is_as_old_as_its_newest_change() -> None:
    document = feed(entry(2), entry(1, updated=datetime(2026, 6, 1, tzinfo=UTC)))

    assert xml(ATOM.write(document)).findtext("a:updated", namespaces=NAMES) == "2026-06-01T00:00:00+00:00"
    assert xml(RSS.write(document)).findtext(".//lastBuildDate") == "Mon, 01 Jun 2026 00:00:00 GMT"


@pytest.mark.parametrize("name", FORMATS)
def test_a_feed_without_entries_is_the_same_on_every_day(name: str) -> None:
    first = FORMATS[name].write(feed())
    second = FORMATS[name].write(feed())

    assert first == second
    assert b"2026" not in first


@pytest.mark.parametrize("name", FORMATS)
def test_a_feed_without_any_address_leaves_its_own_out(name: str) -> None:
    document = FORMATS[name].write(
        feed(
            entry(url=""),
            id="urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8",
            home_url="",
            folder_url="",
            hub_url="",
        )
    )

    assert b"self" not in document
    assert b"feed_url" not in document
    assert b"localhost" not in document
    if name == "rss":
        assert xml(document).findtext("channel/link") == "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"


def test_eight_threads_write_the_same_bytes_and_leave_the_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    flips: list[object] = []
    flip = locale.setlocale

    def watched(category: int, wanted: str | None = None) -> str:
        flips.append(wanted)
        return flip(category, wanted)

    monkeypatch.setattr(locale, "setlocale", watched)
    document = feed(*(entry(day) for day in range(28, 0, -1)))
    expected = [each.write(document) for each in FORMATS.values()]

    with ThreadPoolExecutor(8) as threads:
        written = list(threads.map(lambda _: [each.write(document) for each in FORMATS.values()], range(64)))

    assert written == [expected] * 64
    assert flips == []


@pytest.mark.parametrize("name", ["atom", "rss"])
def test_feedparser_finds_nothing_to_forgive(name: str) -> None:
    parsed = feedparser.parse(FORMATS[name].write(feed(entry(2), entry(1))))

    assert not parsed.bozo
    html = name == "atom"  # what its type says
    titles = [unescape(item.title) if html else item.title for item in parsed.entries]
    assert titles == ["Fish & <chips> 2", "Fish & <chips> 1"]
    assert all(item.updated_parsed > item.published_parsed for item in parsed.entries)


def test_a_feed_without_description_lends_rss_its_title_and_repeats_nothing() -> None:
    document = feed(entry(), description="")

    assert xml(RSS.write(document)).findtext("channel/description") == "The Gazette"
    assert xml(ATOM.write(document)).find("a:subtitle", NAMES) is None
    assert "description" not in json.loads(JSON_FEED.write(document))


def test_a_bracket_in_an_atom_title_or_summary_is_never_taken_for_a_tag() -> None:
    hostile = entry(title="<script>alert(1)</script>", summary="A <script> in words")

    root = etree.fromstring(ATOM.write(feed(hostile)))

    for name in ("title", "summary"):
        element = root.find(f"a:entry/a:{name}", NAMES)
        assert element.get("type") == "html"
        assert "<" not in element.text
    assert (
        feedparser.parse(ATOM.write(feed(hostile))).entries[0].title
        == "&lt;script&gt;alert(1)&lt;/script&gt;"
    )
