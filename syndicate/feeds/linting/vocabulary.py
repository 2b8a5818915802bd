"""The names that the formats, and HTML, have."""

from collections.abc import Mapping
from types import MappingProxyType

from syndicate.feeds.linting.kind import Kind


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: RFC 4287 §4.1, §4.2.
ATOM_ELEMENTS = _words(
    "author category contributor generator icon id link logo rights subtitle title updated entry "
    "content published source summary name uri email feed"
)
#: RSS 2.0, "Required channel elements", "Optional channel elements", "Elements of <item>".
RSS_ELEMENTS = _words(
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate category "
    "generator docs cloud ttl image rating textInput skipHours skipDays item author comments enclosure "
    "guid source"
)
#: Of which a feed, or an entry, has one at most.
ONCE: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        Kind.ATOM: _words("id title updated published content summary subtitle rights generator logo icon"),
        Kind.RSS: _words(
            "title link description language pubDate lastBuildDate guid author comments ttl image"
        ),
    }
)
#: JSON Feed 1.1, "Top-level".
JSON_KEYS = _words(
    "version title home_page_url feed_url description user_comment next_url icon favicon author authors "
    "language expired hubs items"
)
#: JSON Feed 1.1, "Items".
JSON_ITEM_KEYS = _words(
    "id url external_url title content_html content_text summary image banner_image date_published "
    "date_modified author authors tags language attachments"
)
#: Those that are texts, lists, and true or false.
JSON_TEXTS = _words(
    "title home_page_url feed_url description next_url icon favicon language url external_url "
    "content_html content_text summary image banner_image date_published date_modified"
)
JSON_LISTS = _words("authors hubs items tags attachments")
JSON_FLAGS = _words("expired")

#: HTML Living Standard §4, and what it calls obsolete (§16.2): readers know them all.
TAGS = _words(
    "a abbr acronym address area article aside audio b base basefont bdi bdo big blink blockquote body "
    "br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir "
    "div dl dt em embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 "
    "head header hgroup hr html i iframe img input ins kbd label legend li link main map mark marquee "
    "math menu meta meter nav nobr noframes noscript object ol optgroup option output p param picture "
    "pre progress q rb rp rt rtc ruby s samp script search section select slot small source span strike "
    "strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr "
    "track tt u ul var video wbr"
)
#: §13.1.2.4: their end tag may be left out.
TAGS_THAT_CLOSE_THEMSELVES = _words(
    "body caption colgroup dd dt head html li optgroup option p rb rp rt rtc tbody td tfoot th thead tr"
)
#: What readers throw away, or should.
DANGEROUS_TAGS = _words(
    "applet base embed form frame frameset iframe input link meta object script select style textarea"
)
