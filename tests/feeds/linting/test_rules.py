"""Each rule has a feed that breaks it, made of one that breaks none by one change."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from syndicate.feeds.linting import RULES, exchange_rules, lint

GOLDEN = Path(__file__).parents[1] / "golden" / "feeds"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
SELF = "https://feeds.example/web/feeds/all/"
FILES = {"atom": "atom.xml", "rss": "rss.xml", "json": "feed.json"}

Break = Callable[[bytes], bytes]


def swap(old: str, new: str, times: int = 1) -> Break:
    """Give what replaces the first ``old`` by ``new``; the feed must hold it."""

    def change(feed: bytes) -> bytes:
        assert old.encode() in feed
        return feed.replace(old.encode(), new.encode(), times)

    return change


def edit(**changes: Any) -> Break:
    """Give what changes keys of a JSON Feed; ``None`` takes one out."""
    return _edited(lambda root: root, changes)


def edit_item(**changes: Any) -> Break:
    """Give what changes keys of the first entry of a JSON Feed."""
    return _edited(lambda root: root["items"][0], changes)


def _edited(place: Callable[[Any], dict[str, Any]], changes: Mapping[str, Any]) -> Break:
    def change(feed: bytes) -> bytes:
        root = json.loads(feed)
        owner = place(root)
        owner.update(changes)
        for name in [name for name, value in changes.items() if value is None]:
            del owner[name]
        return json.dumps(root, ensure_ascii=False).encode()

    return change


def content(html: str) -> Break:
    return edit_item(content_html=html)


GUID = '<guid isPermaLink="false">https://gazette.example/1</guid>'
ATOM_ID = "<id>https://gazette.example/1</id>"
ATOM_TITLE = '<title type="html">Tides &amp;amp; &amp;lt;storms&amp;gt;</title>'
ATOM_UPDATED = "<updated>2026-05-03T12:00:00.734243+00:00</updated>"
ATOM_AUTHOR = "<author>\n      <name>Ana Reis</name>\n    </author>"
RSS_DATE = "<pubDate>Sun, 03 May 2026 12:00:00 GMT</pubDate>"
RSS_TITLE = "<title>Tides &amp; &lt;storms&gt;</title>"
HOME = '<link href="https://gazette.example/" rel="alternate" type="text/html"/>'
ENTRY_LINK = '<link href="https://gazette.example/1/" rel="alternate" type="text/html"/>'
SOUND = 'url="https://gazette.example/a.mp3" length="5" type="audio/mpeg"'

EXPLICIT = "<itunes:explicit>false</itunes:explicit>"


def podcast(said: str, *, of: str = EXPLICIT) -> Break:
    """Give what makes a podcast of a feed and swaps a part of what the channel then says of itself."""
    named = '<itunes:image href="https://gazette.example/a.jpg"/><itunes:category text="History"/>'
    whole = f"{EXPLICIT}{named}"
    assert of in whole
    itunes = ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'

    def change(feed: bytes) -> bytes:
        declared = swap("<rss ", f"<rss{itunes} ")(feed)
        return swap("<channel>", f"<channel>{whole.replace(of, said)}")(declared)

    return change


#: To each rule, the feeds that break it.
BROKEN: Mapping[str, list[tuple[str, Break]]] = {
    "well-formed": [
        ("atom", swap("</entry>", "")),
        ("atom", swap("Tides", "Tides & \x01")),
        ("rss", swap("<channel>", "<channel><a:b/>")),
        ("json", swap('"items"', "items")),
        ("json", lambda _: b'{"a":' * 100_000),
    ],
    "encoding": [
        ("atom", lambda feed: feed.replace(b"Tides", b"Tid\xe9s")),
        ("rss", swap("encoding='UTF-8'", "encoding='klingon'")),
        ("rss", swap("encoding='UTF-8'", "encoding='idna'")),
        ("json", lambda feed: feed.replace(b"Tides", b"Tid\xe9s")),
    ],
    "format": [
        ("atom", lambda _: b"<html><body>404</body></html>"),
        ("atom", lambda _: b"\n<!DOCTYPE HTML><p>404<br>"),
        ("atom", swap("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")),
        ("json", lambda _: b'{"error": "not found"}'),
        ("json", lambda _: b"[]"),
    ],
    "podcast-channel": [
        ("rss", podcast("")),
        ("rss", podcast("", of='<itunes:category text="History"/>')),
        ("rss", podcast("<itunes:owner/>", of='<itunes:image href="https://gazette.example/a.jpg"/>')),
    ],
    "podcast-category": [
        ("rss", podcast('<itunes:category text="Podcasts"/>', of='<itunes:category text="History"/>')),
        (
            "rss",
            podcast(
                '<itunes:category text="News"><itunes:category text="Books"/></itunes:category>',
                of='<itunes:category text="History"/>',
            ),
        ),
    ],
    "podcast-values": [
        ("rss", podcast("<itunes:explicit>maybe</itunes:explicit>")),
        ("rss", podcast(f"{EXPLICIT}<itunes:type>daily</itunes:type>")),
        ("rss", podcast(f"{EXPLICIT}<itunes:duration>an hour</itunes:duration>")),
        ("rss", podcast(f"{EXPLICIT}<itunes:episode>one</itunes:episode>")),
    ],
    "podcast-image": [
        ("rss", podcast("<itunes:image/>", of='<itunes:image href="https://gazette.example/a.jpg"/>')),
        ("rss", podcast(f'{EXPLICIT}<itunes:image href="/a.jpg"/>')),
        ("rss", podcast(f'{EXPLICIT}<itunes:image href="https://gazette.example/a.webp"/>')),
    ],
    "podcast-owner": [
        ("rss", podcast(f"{EXPLICIT}<itunes:owner><itunes:email>Ana</itunes:email></itunes:owner>")),
    ],
    "utf-8": [
        ("rss", lambda feed: feed.decode().replace("UTF-8", "UTF-16", 1).encode("utf-16")),
        ("rss", lambda feed: feed.decode().replace("UTF-8", "iso-8859-8", 1).encode("iso-8859-8", "replace")),
    ],
    "byte-order-mark": [("json", lambda feed: b"\xef\xbb\xbf" + feed)],
    "doctype": [("rss", swap("<rss ", '<!DOCTYPE rss SYSTEM "file:///etc/passwd">\n<rss '))],
    "control-characters": [
        ("atom", swap("Opening 1.", "Opening\x85 1.")),
        ("json", edit_item(title="A\x01B")),
    ],
    "size": [("rss", swap("Opening 1.", "Opening 1. " * 500_000))],
    "rss-version": [("rss", swap('version="2.0"', 'version="0.92"')), ("rss", swap(' version="2.0"', ""))],
    "json-version": [
        ("json", edit(version="https://jsonfeed.org/version/1")),
        ("json", edit(version=None)),
        ("json", edit(version=1.1)),
    ],
    "rss-channel": [("rss", swap("</channel>", "</channel><channel/>"))],
    "unknown-element": [
        ("atom", swap("<published>", "<pubDate>x</pubDate><published>")),
        ("rss", swap(GUID, f"{GUID}<summary>x</summary>")),
    ],
    "repeated-element": [
        ("atom", swap(ATOM_ID, ATOM_ID * 2)),
        ("rss", swap(GUID, GUID * 2)),
        ("rss", swap("<language>", "<language>pt</language><language>")),
    ],
    "json-types": [
        ("json", edit(title=5)),
        ("json", edit(items={})),
        ("json", edit(items=None)),
        ("json", edit_item(tags=["a", 1])),
        ("json", edit(items=["a"])),
        ("json", edit(expired="yes")),
    ],
    "json-unknown-key": [("json", edit(link="x")), ("json", edit_item(body="x"))],
    "feed-title": [
        ("atom", swap("<title>The Harbour Gazette</title>", "")),
        ("rss", swap("<title>The Harbour Gazette</title>", "<title> </title>")),
        ("json", edit(title=None)),
    ],
    "feed-id": [
        ("atom", swap(f"<id>{SELF}</id>", "")),
        ("atom", swap(f"<id>{SELF}</id>", "<id>/feeds/all/</id>")),
    ],
    "feed-updated": [("atom", swap(f"  {ATOM_UPDATED}\n  <author>", "  <author>"))],
    "feed-updated-behind": [("atom", swap(ATOM_UPDATED, "<updated>2026-04-01T00:00:00Z</updated>"))],
    "channel-link": [("rss", swap("<link>https://gazette.example/</link>", ""))],
    "channel-description": [("rss", swap("<description>News of a small port</description>", ""))],
    "language": [
        ("atom", lambda feed: feed.replace(b' xml:lang="en"', b"").replace(b' xml:lang="he"', b"")),
        ("rss", lambda feed: feed.replace(b"<language>en</language>", b"").replace(b"dc:language", b"dc:x")),
    ],
    "language-tag": [
        ("atom", swap('xml:lang="he"', 'xml:lang="Modern Hebrew"')),
        ("rss", swap("<language>en</language>", "<language>en_GB.UTF-8</language>")),
        ("json", edit_item(language="english, mostly")),
    ],
    "no-entries": [("json", edit(items=[]))],
    "entry-id": [("atom", swap(ATOM_ID, "")), ("json", edit_item(id=None)), ("json", edit_item(id=""))],
    "json-id-type": [("json", edit_item(id=1))],
    "rss-guid": [("rss", swap(GUID, ""))],
    "guid-permalink": [
        ("rss", swap(GUID, "<guid>tag:gazette.example,2026:1</guid>")),
        ("rss", swap(GUID, '<guid isPermaLink="true">1</guid>')),
    ],
    "relative-id": [("atom", swap(ATOM_ID, "<id>/1</id>"))],
    "duplicate-id": [
        ("atom", swap(ATOM_ID, "<id>https://gazette.example/2</id>")),
        ("rss", swap("gazette.example/1</guid>", "gazette.example/2</guid>")),
        ("json", edit_item(id="https://gazette.example/2")),
    ],
    "unstable-id": [
        ("atom", swap(ATOM_ID, "<id>http://localhost:4000/1</id>")),
        ("rss", swap("gazette.example/1</guid>", "gazette.example/1?PHPSESSID=4a</guid>")),
        ("json", lambda feed: feed.replace(b'"id": "https://gazette.example/', b'"id": "')),
    ],
    "entry-title": [
        ("atom", swap(ATOM_TITLE, "")),
        ("rss", swap(RSS_TITLE, "<title/>")),
        ("json", edit_item(title="  ")),
    ],
    "entry-content": [
        ("atom", lambda _: (GOLDEN / "all" / "atom.xml").read_bytes().replace(b"content", b"rights")),
        ("json", edit_item(content_html=None)),
        ("rss", swap("<item>", "<item/><item>")),
    ],
    "author": [
        (
            "atom",
            lambda feed: swap("<author>\n    <name>The editors</name>\n  </author>", "")(
                swap(ATOM_AUTHOR, "")(feed)
            ),
        ),
        ("atom", swap("<name>Ana Reis</name>", "<name/>")),
    ],
    "rss-author": [("rss", swap(GUID, f"{GUID}<author>Ana Reis</author>"))],
    "json-author": [
        ("json", lambda feed: edit_item(author={"name": "Ana"})(edit_item(authors=None)(feed))),
        ("json", edit(authors=[{"nom": "Ana"}])),
    ],
    "entry-updated": [("atom", swap(f"{ATOM_TITLE}\n    {ATOM_UPDATED}", ATOM_TITLE))],
    "entry-date": [("rss", swap(RSS_DATE, "")), ("json", edit_item(date_published=None))],
    "date": [
        ("atom", swap(ATOM_UPDATED, "<updated>2026-05-03 12:00</updated>")),
        ("atom", swap("<published>2026-05-03T12", "<published>2026-05-33T12")),
        ("rss", swap(RSS_DATE, "<pubDate>2026-05-03T12:00:00Z</pubDate>")),
        ("rss", swap(RSS_DATE, "<pubDate>Mon, 03 May 2026 12:00:00 GMT</pubDate>")),
        ("json", edit_item(date_published="2026-05-03")),
    ],
    "future-date": [
        ("atom", swap("<published>2026", "<published>2027")),
        ("rss", swap(RSS_DATE, "<pubDate>01 Jun 2026 00:11:00 GMT</pubDate>")),
    ],
    "updated-before-published": [("json", edit_item(date_modified="2026-05-01T12:00:00Z"))],
    "duplicate-updated": [("atom", swap("2026-05-02T12:00:00.060102", "2026-05-03T12:00:00.734243"))],
    "self-link": [
        ("atom", swap('rel="self"', 'rel="related"')),
        ("rss", swap('rel="self"', 'rel="related"')),
        ("json", edit(feed_url=None)),
    ],
    "self-type": [("atom", swap('rel="self" type="application/atom+xml"', 'rel="self" type="text/html"'))],
    "home-page": [("atom", swap(HOME, "")), ("json", edit(home_page_url=None))],
    "duplicate-alternate": [("atom", swap(ENTRY_LINK, ENTRY_LINK * 2)), ("atom", swap(HOME, HOME * 2))],
    "relative-link": [
        ("atom", swap('href="https://gazette.example/1/"', 'href="/1/"')),
        ("rss", swap("<link>https://gazette.example/1/</link>", "<link>1.html</link>")),
        ("json", edit_item(url="/1/")),
        ("json", edit(home_page_url="gazette.example")),
        ("json", edit_item(image="//gazette.example/a.png")),
    ],
    "local-address": [
        ("atom", swap('href="https://gazette.example/1/"', 'href="http://localhost:4000/1/"')),
        ("json", edit_item(url="http://192.168.1.10/1/")),
        ("json", content('<img src="http://localhost:4000/a.png">')),
    ],
    "media-type": [
        ("atom", swap('type="text/html"', 'type="html"')),
        (
            "rss",
            swap(GUID, f"{GUID}<enclosure {SOUND.replace('audio/mpeg', 'mp3')}/>"),
        ),
    ],
    "enclosure": [
        ("rss", swap(GUID, f"{GUID}<enclosure {SOUND.replace('length', 'size')}/>")),
        ("rss", swap(GUID, f"{GUID}<enclosure {SOUND.replace('5', '5 MB')}/>")),
        ("json", edit_item(attachments=[{"url": "https://gazette.example/a.mp3", "size_in_bytes": 5}])),
    ],
    "enclosure-length": [
        ("rss", swap(GUID, f"{GUID}<enclosure {SOUND.replace('5', '0')}/>")),
        ("json", edit_item(attachments=[{"url": "https://a.example/a.mp3", "mime_type": "audio/mpeg"}])),
        ("atom", swap(ENTRY_LINK, ENTRY_LINK + ENTRY_LINK.replace("alternate", "enclosure"))),
    ],
    "next-url": [("json", edit(next_url=f"{SELF}feed.json"))],
    "json-hubs": [("json", edit(hubs=[{"type": "WebSub"}]))],
    "dangerous-html": [
        ("atom", swap("&lt;p&gt;All of Tides", "&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;All of Tides")),
        ("rss", swap("&lt;p&gt;All of Tides", "&lt;p ONCLICK='x()'&gt;All of Tides")),
        ("json", content('<a href=" JavaScript:x()">a</a>')),
        ("json", content("<iframe src='https://a.example/'></iframe>")),
        ("json", content("<style>a{}</style>")),
        (
            "atom",
            swap(
                'type="text">Opening 1.',
                'type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><script>x()</script></div>',
            ),
        ),
    ],
    "unknown-tag": [
        ("atom", swap("&lt;p&gt;All of Tides", "&lt;p&gt;All &lt;excerpt/&gt; of Tides")),
        ("json", content("<excerpt /><p>a</p>")),
    ],
    "unclosed-tag": [
        ("json", content("<p>a <b>b</p>")),
        ("json", content("<div/>a")),
        ("rss", swap("&lt;p&gt;All of Tides", "&lt;/b&gt;&lt;p&gt;All of Tides")),
    ],
    "relative-url": [
        ("json", content('<img src="/a.png">')),
        ("json", content('<img src="https://a.example/a" srcset="https://a.example/a 1x, b.png 2x">')),
        ("atom", swap("&lt;p&gt;All of Tides", '&lt;p&gt;&lt;a href="b.html"&gt;b&lt;/a&gt; of Tides')),
    ],
    "double-escaping": [
        ("atom", swap("Tides &amp;amp;", "Tides &amp;amp;amp;")),
        ("rss", swap("<title>Tides &amp;", "<title>Tides &amp;amp;")),
        ("json", content("<p>Fish &amp;amp; chips</p>")),
        ("json", edit(title="T &amp; Q")),
    ],
    "html-in-title": [("json", edit_item(title="The <b>bold</b> one"))],
    "text-type": [
        ("atom", swap('<content type="html"', '<content type="CDATA"')),
        ("atom", swap('<summary type="text">', '<summary type="text/html">')),
    ],
    "xhtml-div": [("atom", swap('type="text">Opening 1.', 'type="xhtml">Opening 1.'))],
    "category-term": [
        ("atom", swap('term="boats"', 'term=""')),
        ("rss", swap("<category>boats</category>", "<category/>")),
        ("json", edit_item(tags=["boats", " "])),
    ],
}


def golden(name: str) -> bytes:
    return (GOLDEN / "all" / FILES[name]).read_bytes()


def ids(feed: bytes) -> list[str]:
    return [finding.rule for finding in lint(feed, now=NOW)]


@pytest.mark.parametrize("name", FILES)
def test_what_the_project_writes_has_no_finding(name):
    assert ids(golden(name)) == []


@pytest.mark.parametrize("name", FILES)
def test_an_empty_feed_of_ours_has_that_one_finding(name):
    assert ids((GOLDEN / "none" / FILES[name]).read_bytes()) == ["no-entries"]


@pytest.mark.parametrize(
    ("rule", "name", "change"),
    [(rule, name, change) for rule, cases in BROKEN.items() for name, change in cases],
)
def test_a_feed_that_breaks_a_rule_is_caught(rule, name, change):
    assert rule in ids(change(golden(name)))


def test_every_rule_has_a_feed_that_breaks_it():
    of_servers = {rule.id for rule in exchange_rules.RULES} | {"self-elsewhere"}  # in test_exchanges.py

    assert {rule.id for rule in RULES} - of_servers == set(BROKEN)
    assert len({rule.id for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_what_why_and_whence(rule):
    assert rule.title[0].isupper() or rule.title.startswith('"')
    assert not rule.title.endswith(".")
    assert rule.why.endswith((".", "”."))
    assert rule.source
    assert rule.find.__doc__


def test_a_finding_names_its_line_and_its_entry():
    broken = swap("<published>2026-05-02", "<published>2026-05-52")(golden("atom"))

    (finding,) = lint(broken, now=NOW)

    assert (finding.line, finding.part) == (49, "entry 2 “הספינה”")
    assert finding.what == "published is '2026-05-52T12:00:00+00:00', and no date"
    assert finding.remedy == "write it as 2026-11-07T09:30:00Z"


def test_code_may_show_what_elsewhere_would_be_escaped_twice():
    feed = content("<p>a</p><pre><code>&amp;amp; &amp;lt;b&amp;gt;</code></pre>")(golden("json"))

    assert ids(feed) == []


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>a<li>b</ul><p>c<table><tr><td>d</table>",
        "<svg viewBox='0 0 1 1'><path d='M0 0'/><text>a</text></svg>",
        "<p>1 < 2 and <3</p>",
        "<!-- <excerpt/> --><br><hr/><img src='https://a.example/a.png'>",
        '<a href="#note">1</a><a href="mailto:a@b.example">b</a>',
        "<my-element>x</my-element>",
    ],
)
def test_html_that_browsers_take_is_fine(html):
    assert ids(content(html)(golden("json"))) == []
