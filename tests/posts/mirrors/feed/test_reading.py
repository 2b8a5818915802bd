import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.errors import SiteError
from syndicate.fetching import Response
from syndicate.posts.mirrors.feed.discovery import feeds_named, is_page
from syndicate.posts.mirrors.feed.document import Document, Entry
from syndicate.posts.mirrors.feed.reading import read_feed

WHERE = "https://harbour.example/feeds/all"
ATOM = """\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="pt">
  <title type="html">The &amp;lt;Harbour&amp;gt; Post</title>
  <subtitle>News from the quay</subtitle>
  <link rel="alternate" href="/"/><link rel="self" href="all"/>
  <id>tag:harbour.example,2020:feed</id><updated>2026-11-02T00:00:00Z</updated>
  <author><name>The Harbour Post</name></author>
  <entry xml:lang="en">
    <title type="text">1 &lt; 2 &amp; &amp;amp;</title>
    <id>tag:harbour.example,2026:1</id>
    <link href="../ferry/"/><link rel="enclosure" type="image/png" href="/f.png" length="1"/>
    <published>2026-11-01T10:00:00+08:00</published><updated>2026-11-02T00:00:00Z</updated>
    <author><name>Ana</name><email>ana@harbour.example</email></author><author><name>Rui</name></author>
    <category term="ferry" label="The Ferry"/><category term="quay"/>
    <summary type="text">It is &lt;back&gt;</summary>
    <content type="html" xml:base="https://harbour.example/ferry/"
    >&lt;p&gt;&lt;img src="a.png"&gt;Back.&lt;/p&gt;</content>
  </entry>
  <entry>
    <title>Fish</title><id>tag:harbour.example,2026:2</id><link href="/fish/"/>
    <updated>2026-10-01T00:00:00Z</updated>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Cod &amp; hake</p></div></content>
  </entry>
</feed>
"""
RSS = """\
<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Harbour</title><link>https://harbour.example</link><description>&lt;b&gt;News&lt;/b&gt;</description>
<language>en-GB</language><ttl>60</ttl>
<item><title>AT&amp;amp;T &lt;i&gt;here&lt;/i&gt;</title><link>https://harbour.example/1</link>
  <guid isPermaLink="false">post-1</guid><pubDate>Sun, 01 Nov 2026 10:00:00 +0800</pubDate>
  <dc:creator>Ana</dc:creator>
  <category>ferry</category><category>ferry</category>
  <description>Short &amp; sweet […]</description>
  <content:encoded><![CDATA[<p>Short &amp; sweet and long.</p>]]></content:encoded>
  <media:content url="/a.jpg" medium="image"/></item>
<item><title>Plain</title><link>https://harbour.example/2</link>
  <description>One line.

Another &amp;amp; line.</description></item>
</channel></rss>
"""
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Harbour",
    "home_page_url": "https://harbour.example/",
    "language": "en",
    "authors": [{"name": "The Post"}],
    "items": [
        {
            "id": 7,
            "url": "/7/",
            "title": "Seven",
            "content_html": "<p>Seven.</p>",
            "summary": "It is <7>",
            "date_published": "2026-11-01T10:00:00+08:00",
            "date_modified": "2026-11-02T00:00:00Z",
            "authors": [{"name": "Ana"}, {}],
            "tags": ["ferry", "ferry", 3],
            "language": "pt",
            "image": "/7.png",
        },
        {"id": "x", "content_text": "a < b\n\nc", "author": {"name": "Rui"}, "date_published": "soon"},
        "not an item",
    ],
}


def read(content: str | bytes | object, content_type: str = "application/xml") -> Document:
    if not isinstance(content, str | bytes):
        content = json.dumps(content)
    body = content.encode() if isinstance(content, str) else content
    return read_feed(Response(status=200, url=WHERE, headers={"content-type": content_type}, content=body))


def items(*said: str) -> str:
    inner = "".join(f"<item>{each}</item>" for each in said)
    return f'<rss version="2.0"><channel><title>T</title>{inner}</channel></rss>'


def test_atom_is_read_as_it_is_meant():
    feed = read(ATOM)

    assert (feed.format, feed.title, feed.home) == ("Atom", "The <Harbour> Post", "https://harbour.example/")
    assert (feed.language, feed.author, feed.description) == ("pt", "The Harbour Post", "News from the quay")
    assert feed.warnings == ()
    assert feed.entries[0] == Entry(
        id="tag:harbour.example,2026:1",
        link="https://harbour.example/ferry/",
        title="1 < 2 & &amp;",
        authors=("Ana", "Rui"),
        categories=("The Ferry", "quay"),
        published=datetime(2026, 11, 1, 2, tzinfo=UTC),
        updated=datetime(2026, 11, 2, tzinfo=UTC),
        language="en",
        image="https://harbour.example/f.png",
        content='<p><img src="a.png">Back.</p>',
        summary="<p>It is &lt;back&gt;</p>",
        base="https://harbour.example/ferry/",
    )
    assert feed.entries[1].content == "<p>Cod &amp; hake</p>"
    assert feed.entries[1].published == datetime(2026, 10, 1, tzinfo=UTC)
    assert feed.entries[1].summary == ""


def test_rss_is_read_as_it_is_meant():
    feed = read(RSS)

    assert (feed.format, feed.title, feed.home) == ("RSS", "Harbour", "https://harbour.example")
    assert (feed.description, feed.language, feed.wait) == ("News", "en-GB", timedelta(hours=1))
    first, second = feed.entries
    assert (first.id, first.title, first.authors) == ("post-1", "AT&T here", ("Ana",))
    assert (first.categories, first.image) == (("ferry",), "https://harbour.example/a.jpg")
    assert first.content == "<p>Short &amp; sweet and long.</p>"
    assert first.summary == "<p>Short &amp; sweet […]</p>"
    assert second.id == second.link == "https://harbour.example/2"
    assert second.summary == "<p>One line.</p><p>Another &amp; line.</p>"
    assert second.published is None


def test_json_feed_is_read_as_it_is_meant():
    feed = read(JSON, "application/feed+json")

    assert (feed.format, feed.title, feed.author) == ("JSON Feed", "Harbour", "The Post")
    assert feed.entries[0] == Entry(
        id="7",
        link="https://harbour.example/7/",
        title="Seven",
        authors=("Ana",),
        tags=("ferry", "3"),
        published=datetime(2026, 11, 1, 2, tzinfo=UTC),
        updated=datetime(2026, 11, 2, tzinfo=UTC),
        language="pt",
        image="https://harbour.example/7.png",
        content="<p>Seven.</p>",
        summary="<p>It is &lt;7&gt;</p>",
    )
    assert feed.entries[1].content == "<p>a &lt; b</p><p>c</p>"
    assert feed.entries[1].authors == ("Rui",)
    assert feed.entries[1].title == "a < b c"
    assert len(feed.entries) == 2


def test_an_entry_without_a_title_is_called_by_its_first_words():
    long = " ".join(f"word{number}" for number in range(20))

    assert read(items(f"<description>{long}</description>")).entries[0].title.endswith("word9 …")
    assert read(items("<description>&lt;p>Just this.&lt;/p></description>")).entries[0].title == "Just this."


def test_an_entry_that_says_nothing_is_none():
    assert read(items("<link>https://a.example/</link>", "<title>T</title>")).entries[0].title == "T"
    assert len(read(items("", "<guid>1</guid>")).entries) == 0


def test_entries_that_share_an_id_are_known_by_their_addresses():
    feed = read(
        items(*(f"<guid>1</guid><title>{n}</title><link>https://a.example/{n}</link>" for n in (1, 2)))
    )

    assert [each.id for each in feed.entries] == ["https://a.example/1", "https://a.example/2"]


def test_an_entry_that_stands_twice_is_one():
    twice = "<guid>x</guid><title>T</title><link>https://a.example/</link>"

    assert len(read(items(twice, twice)).entries) == 1


def test_an_entry_without_id_and_address_is_known_by_what_it_says():
    one, other = (read(items(f"<title>{title}</title>")).entries[0] for title in ("A", "B"))

    assert one.id != other.id
    assert one.id == read(items("<title>Z</title>", "<title>A</title>")).entries[1].id


MEDIA = "<m:content url='/a.png' medium='image' xmlns:m='http://search.yahoo.com/mrss/'>{}</m:content>"
PODCAST = "<itunes:summary xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'>{}</itunes:summary>"
FULL = "<encoded xmlns='http://purl.org/rss/1.0/modules/content/'>{}</encoded>"


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize("full", ["", FULL.format("The whole text.")])
def test_the_words_for_a_picture_are_not_the_entrys(before, full):
    picture = MEDIA.format("<m:title>A</m:title><m:description>A lighthouse</m:description>")
    said = f"<title>T</title><description>Said.</description>{full}"

    (entry,) = read(items(picture + said if before else said + picture)).entries

    assert (entry.title, entry.image) == ("T", "https://harbour.example/a.png")
    assert entry.summary == "<p>Said.</p>"
    assert entry.content == ("<p>The whole text.</p>" if full else "")


def test_of_a_video_the_words_are_all_there_is():
    video = MEDIA.format("<m:description>Seen.</m:description>")

    (entry,) = read(items("<title>T</title>" + video)).entries

    assert entry.summary == "<p>Seen.</p>"


@pytest.mark.parametrize("before", [True, False])
def test_of_a_podcast_the_longer_text_is_the_text(before):
    notes, short = "<description>&lt;p>All of the notes.&lt;/p></description>", PODCAST.format("In short.")

    (entry,) = read(items("<title>T</title>" + (short + notes if before else notes + short))).entries

    assert (entry.content, entry.summary) == ("<p>All of the notes.</p>", "<p>In short.</p>")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("ana@harbour.example", ()),
        ("ana@harbour.example (Ana B.)", ("Ana B.",)),
        ("Ana B. &lt;ana@harbour.example>", ("Ana B.",)),
        ("noreply@blogger.com (Rui)", ("Rui",)),
        ("Rui", ("Rui",)),
    ],
)
def test_the_address_of_an_author_is_nobodys_business(said, names):
    feed = read(items(f"<title>T</title><author>{said}</author>"))

    assert feed.entries[0].authors == names


@pytest.mark.parametrize(
    "content",
    [
        ATOM.replace("Back.", "Back & forth."),
        ATOM[: ATOM.index("<entry>\n    <title>Fish")],
        RSS.replace("</channel>", ""),
    ],
)
def test_what_is_left_of_a_broken_feed_is_read_and_said_so(content):
    feed = read(content)

    assert feed.entries
    assert len(feed.warnings) == 1
    assert feed.warnings[0].startswith("is no proper XML")


STUMBLES = """<psc:chapters xmlns:psc='http://podlove.org/simple-chapters' version='1.1'><psc:chapter/>
</psc:chapters>"""


def test_a_feed_that_the_parser_stumbles_over_is_one_clear_line():
    with pytest.raises(
        SiteError, match=r"all: can't be read \(feedparser: TypeError .*\); tell who makes it"
    ):
        read(items(f"<title>T</title>{STUMBLES}"))


@pytest.mark.parametrize("number", ["#xD800", "#0", "#99999999999999999999", "#xFFFFFFFFF", "#x110000"])
def test_a_number_that_is_no_character_is_left_out(number):
    assert read(items(f"<title>A&{number};B &#x42; &#8230;</title>")).entries[0].title == "AB B …"
    assert read(items("<title>T &#a; &#; &#x;</title>")).entries


def test_a_feed_of_the_wrong_media_type_is_no_trouble():
    assert read(ATOM, "text/plain").warnings == ()
    assert read(RSS, "text/html; charset=utf-8").warnings == ()
    assert read(RSS.replace("Harbour", "Härbour").encode("utf-8"), "application/rss+xml").title == "Härbour"


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", '{"version": 1}', "<a/>", "plain text", "{" * 100_000, b"\xff\xfe\x00", "<" * 1000],
)
def test_what_is_no_feed_is_one_clear_line(content):
    with pytest.raises(SiteError, match=r"https://harbour\.example/feeds/all: is no feed that can be read"):
        read(content)


PAGE = """<!doctype html><html><head>
<base href="https://harbour.example/news/">
<LINK REL='Alternate' type=application/rss+xml href="rss.xml?a=1&amp;b=2" title="RSS">
<link rel="stylesheet" href="a.css"><link rel="alternate" hreflang="pt" href="/pt/">
<link title="x > y" rel="alternate" type="application/atom+xml" href="/atom.xml">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
"""


def test_a_page_is_told_from_a_feed_and_names_its_feeds():
    page = Response(status=200, url=WHERE, content=PAGE.encode())

    assert is_page(page)
    assert not is_page(Response(status=200, url=WHERE, content=ATOM.encode()))
    assert not is_page(Response(status=200, url=WHERE, content=RSS.encode()))
    assert [each.url for each in feeds_named(page)] == [
        "https://harbour.example/atom.xml",
        "https://harbour.example/news/rss.xml?a=1&b=2",
    ]


def test_a_feed_that_holds_pages_is_a_feed():
    page = "<html><head></head><body><p>Hello.</p></body></html>"
    said = {"id": "1", "content_html": page}

    assert read({"version": "https://jsonfeed.org/version/1", "items": [said]}).entries[0].content == page
    assert read(items(f"<description><![CDATA[{page}]]></description>")).entries[0].summary == page


def test_a_page_instead_of_a_feed_says_where_the_feed_is():
    with pytest.raises(
        SiteError, match=r'is a web page, not a feed; set site.feed = "https://harbour\.example/atom\.xml"'
    ):
        read(PAGE)
    with pytest.raises(SiteError, match="is a web page, not a feed; give the address of its feed"):
        read("<!DOCTYPE html><title>Sorry</title>")


@pytest.mark.parametrize(
    "content",
    [
        "<html><link " + "a" * 400_000 + ">",
        "<html><link " + "a= " * 150_000 + ">",
        "<html><link a" + " " * 400_000 + ">",
        "<html>" + "<link rel=" * 50_000,
        "<html>" + "<link '\"" * 60_000,
        "<a " * 600_000,
        "<rss version='2.0'><channel>" + "<item>" * 600_000,
    ],
)
def test_a_hostile_page_or_feed_takes_no_time(content):
    begun = time.process_time()

    with pytest.raises(SiteError):
        read(content)

    assert time.process_time() - begun < 3


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "AAAAAAAAAA">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(10))
    + "]>"
)


def test_entities_are_harmless(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the crown jewels", encoding="utf-8")
    begun = time.process_time()

    bomb = read(BOMB + items("<title>T &a9;</title>"))
    file = read(f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret.as_uri()}">]>' + items("<title>T &x;</title>"))

    assert time.process_time() - begun < 10
    assert len(bomb.entries[0].title) < 1000
    assert "jewels" not in str(file)


@pytest.mark.parametrize("content", [str, bytes])
def test_an_address_or_a_path_is_read_as_text_and_never_opened(tmp_path, content):
    path = tmp_path / "feed.xml"
    path.write_text(ATOM, encoding="utf-8")

    with pytest.raises(SiteError):
        read(content(str(path), "utf-8") if content is bytes else str(path))


@given(st.binary(max_size=300))
def test_whatever_the_bytes_it_is_a_feed_or_one_clear_line(noise):
    for content in (noise, ATOM.encode()[:900] + noise, b"<rss version='2.0'><channel><item><title>" + noise):
        try:
            read(content)
        except SiteError as error:
            assert len(str(error).splitlines()) == 1  # noqa: PT017 - either is fine
