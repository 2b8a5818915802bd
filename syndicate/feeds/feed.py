"""A feed: ordered entries with metadata (RFC 4287)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from syndicate.errors import FeedError
from syndicate.feeds import characters, links
from syndicate.feeds.entry import DEFAULT_LANGUAGE, Entry
from syndicate.model.language import language_tag
from syndicate.model.site import Site
from syndicate.settings.schema import FeedSettings, PodcastSettings, PublishSettings

#: What stands beside the feeds' folders.
RESERVED = frozenset({"index.html", "feeds.opml"})
#: In a feed's folder: where the volumes of its archive stand, each in a folder of its number.
ARCHIVE = "archive"
_NAME_BYTES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a document stands among the volumes of its feed's archive (RFC 5005 §4), by their numbers."""

    #: Its own; 0 for the feed's own document.
    number: int = 0
    #: The next older one's; 0 for none.
    older: int = 0
    #: The next newer one's; 0 for none.
    newer: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Podcast:
    """What a feed that is heard says to directories; "" where nobody has said it."""

    author: str = ""
    owner_name: str = ""
    owner_email: str = ""
    #: As ``model.podcast`` writes them.
    categories: tuple[str, ...] = ()
    #: An absolute address.
    image: str = ""
    explicit: bool = False
    #: Whether it is to be heard from the first episode on.
    serial: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a format needs to write a document."""

    #: Its folder.
    name: str
    #: An absolute IRI that stays.
    id: str
    title: str
    #: "" when the site doesn't say.
    description: str
    #: BCP 47.
    language: str
    #: Who wrote the posts that name no author; "" when the site doesn't say.
    author: str
    #: Whose it is, and what others may do with it; "" when nobody says.
    rights: str = ""
    #: The website, else the feed's own page; "" when neither has an address.
    home_url: str
    #: The feed's folder as the web sees it, with a trailing slash; "" when unknown.
    folder_url: str
    #: A WebSub hub, or "".
    hub_url: str
    #: Of the CSS that shows the document to people, from the feed's folder.
    stylesheet: str
    #: The newest first.
    entries: tuple[Entry, ...] = ()
    #: Of the document that holds these entries.
    place: Place = Place()
    #: ``None`` where nothing is said of it.
    podcast: Podcast | None = None

    @property
    def updated(self) -> datetime | None:
        """The last change of any entry, never the time of writing; ``None`` while there is no entry."""
        return max((entry.updated for entry in self.entries), default=None)

    def self_url(self, filename: str) -> str:
        """Give the address of one of the feed's documents; "" when unknown."""
        return self._url(self.place.number, filename) if self.folder_url else ""

    def around(self, filename: str) -> dict[str, str]:
        """Give the addresses of the documents that lead on from one, by what they are to it (RFC 5005 §4)."""
        place = self.place
        beside = {"prev-archive": place.older, "next-archive": place.newer}
        current = {"current": self._url(0, filename)} if place.number else {}
        return current | {rel: self._url(number, filename) for rel, number in beside.items() if number}

    def _url(self, volume: int, filename: str) -> str:
        return f"{self.folder_url}{f'{ARCHIVE}/{volume}/' if volume else ''}{filename}"


def describe(feed: FeedSettings, *, publish: PublishSettings, site: Site) -> Feed:
    """Give the feed that the settings describe, still without entries."""
    folder_url = links.folder_url(links.web_url(publish.base_url).rstrip("/"), "feeds", feed.name)
    title = characters.plain(feed.title) or characters.plain(site.title) or feed.name
    site_url = links.web_url(site.url)
    return Feed(
        name=feed.name,
        id=folder_url or uuid5(NAMESPACE_URL, ascii((site.title, feed.name))).urn,
        title=title,
        description=characters.plain(feed.description) or characters.plain(site.description),
        language=language_tag(_language(feed) or site.language, otherwise=DEFAULT_LANGUAGE),
        author=characters.plain(site.author),
        rights=characters.plain(feed.rights) or characters.plain(site.rights),
        home_url=f"{site_url.rstrip('/')}/" if site_url else folder_url,
        folder_url=folder_url,
        hub_url=links.web_url(publish.hub),
        stylesheet="../../style/feed.css",
        podcast=None if feed.podcast == PodcastSettings() else _podcast(feed.podcast, site_url),
    )


def _language(feed: FeedSettings) -> str:
    return feed.language or (feed.languages[0] if len(feed.languages) == 1 else "")


def _podcast(said: PodcastSettings, site_url: str) -> Podcast:
    image = f"{site_url.rstrip('/')}{said.image}" if said.image.startswith("/") else said.image
    return Podcast(
        author=characters.plain(said.author),
        owner_name=characters.plain(said.owner_name),
        owner_email=characters.plain(said.owner_email),
        categories=said.categories,
        image=links.web_url(image),
        explicit=said.explicit,
        serial=said.type_ == "serial",
    )


def check_names(feeds: tuple[FeedSettings, ...]) -> None:
    """Refuse names that aren't one folder each, on any file system."""
    seen: set[str] = set()
    for feed in feeds:
        _check_name(feed.name)
        if feed.name.casefold() in seen:
            raise FeedError(f'feeds: the name "{feed.name}" stands twice; give each feed its own')
        seen.add(feed.name.casefold())


def _check_name(name: str) -> None:
    if not name:
        raise FeedError('feeds: a feed has no name; give it one, such as name = "news"')
    if (
        name != characters.plain(name)
        or not name.isprintable()
        or name.startswith(".")
        or set(name) & set('/\\:*?"<>|')
    ):
        raise FeedError(f"feeds: the name {name!r} is not a folder's name; use letters, digits and hyphens")
    if name.casefold().removesuffix(".gz").removesuffix(".br") in RESERVED or name.endswith("."):
        raise FeedError(f'feeds: the name "{name}" is taken by a file; use letters, digits and hyphens')
    if len(name.encode()) > _NAME_BYTES:
        raise FeedError(f'feeds: the name "{name}" is longer than {_NAME_BYTES} bytes; shorten it')
