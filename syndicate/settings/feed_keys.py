"""The keys of what is published: feeds, the pages beside them, and redirects."""

from dataclasses import dataclass, field
from typing import Literal

from syndicate.settings.option import option


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSettings:
    """Where the web root is reached."""

    base_url: str = option(
        "",
        'Where outbox/public/ is published, "https://…": feeds, editions, unsubscribe links. '
        "Empty: the site's own address.",
    )
    hub: str = option(
        "", "A WebSub hub, named in every feed and told by `syndicate run` of each change. Empty: none."
    )
    static_host: Literal["", "netlify", "nginx", "caddy"] = option(
        "",
        '"netlify": also write outbox/public/_headers and _redirects, for Netlify and others that read them, '
        "such as Cloudflare Pages. Where the site has files of that name, they would be replaced. "
        '"nginx", "caddy": write outbox/nginx-redirects.conf or outbox/caddy-redirects, which the examples '
        "of docs/serving/ include.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PodcastSettings:
    """What podcast directories ask of a feed; `[feeds.podcast]` below a feed's own keys."""

    author: str = option("", "Who speaks. Empty: the site's author, else the feed's title.")
    owner_name: str = option("", "Whom the directory writes to. Empty: the author.")
    owner_email: str = option("", "A mailbox that the directory confirms; everybody can read it in the feed.")
    categories: tuple[str, ...] = option(
        (), 'Of Apple\'s: "History", or with its part: "Society & Culture > Documentary".'
    )
    image: str = option(
        "",
        'A square picture, JPEG or PNG, of 1400 to 3000 pixels: "/podcast.jpg", a path from the site\'s '
        "home, or a whole address.",
    )
    explicit: bool = option(False, "Whether the whole is for adults. An episode may say it for itself.")
    type_: Literal["episodic", "serial"] = option(
        "episodic", '"episodic": the newest first. "serial": to be heard from the first on.'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """One feed; several `[[feeds]]` may stand in the file. None at all: "all", and one per collection."""

    name: str = option("", "Its folder: outbox/public/feeds/NAME/.")
    title: str = option("", "Empty: the site's title, and the collection's name where there is just one.")
    description: str = option("", "Empty: the site's own.")
    collections: tuple[str, ...] = option((), "Only posts of these collections. Empty: all.")
    categories: tuple[str, ...] = option((), "Only posts with one of these categories. Empty: all.")
    tags: tuple[str, ...] = option((), "Only posts with one of these tags. Empty: all.")
    authors: tuple[str, ...] = option((), "Only posts by one of these authors. Empty: all.")
    languages: tuple[str, ...] = option(
        (), 'Only posts in one of these: "en" holds "en-GB", not the other way round. Empty: all.'
    )
    language: str = option(
        "", "Of the feed. Empty: the one it asks for, where that is just one; else the site's."
    )
    rights: str = option("", "Empty: the site's own.")
    each: Literal["", "tag", "category", "author", "language"] = option(
        "", 'One feed for each "tag", "category", "author" or "language", as NAME-tag. Empty: this one feed.'
    )
    at_least: int = option(3, "With each: only where so many posts have it.")
    formats: tuple[str, ...] = option(("rss", "atom", "json"), 'Any of "rss", "atom", "json".')
    content: Literal["both", "full", "excerpt"] = option(
        "both", '"both": the excerpt as summary and the full text; "full" or "excerpt": just that.'
    )
    limit: int = option(50, "At most this many entries, the newest first.")
    max_bytes: int = option(1_000_000, "Fewer entries where the document would be larger (bytes).")
    archives: bool = option(
        False,
        "Also every post it ever held, in numbered volumes that readers can walk back through (RFC 5005); "
        "needs publish.base_url.",
    )
    podcast: PodcastSettings = field(default_factory=PodcastSettings)


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectSettings:
    """A path that people come from; several `[[redirects]]` may stand in the file."""

    #: The file says ``from``, which is no name in Python.
    from_: str = option("", 'The path they ask for, from the web root: "/feed.xml".')
    to: str = option("", 'The path, or the whole address, where it is now: "/feeds/all/atom.xml".')
    status: Literal[301, 410] = option(
        301, "301: moved for good, and feed readers follow. 410: gone, and they stop; without to."
    )
