"""Every key there is, with its type, default, unit and meaning.

The commented configuration file, ``syndicate init`` and the checks are all made from these classes.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

from syndicate.model.cadence import Cadence
from syndicate.settings.mail_schema import DkimSettings, MailSettings, SmtpSettings, ThemeSettings
from syndicate.settings.option import option

__all__ = [
    "PERMALINK_PLACEHOLDERS",
    "DispatchSettings",
    "DkimSettings",
    "FeedSettings",
    "FetchingSettings",
    "ListSettings",
    "MailSettings",
    "PodcastSettings",
    "PostsSettings",
    "PublishSettings",
    "RedirectSettings",
    "Settings",
    "SiteSettings",
    "SmtpSettings",
    "StoreSettings",
    "ThemeSettings",
]


#: What may stand in ``site.permalink``.
PERMALINK_PLACEHOLDERS = ("path", "slug", "collection", "year", "month", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """Where the posts are, and what the site's own configuration doesn't say."""

    path: Path = option(
        Path(),
        "Folder of the site, from the folder you run syndicate in; with git, from the repository's top.",
    )
    feed: str = option(
        "",
        "A site that is read from its feed: the address of its RSS, Atom or JSON Feed, or of the page that "
        'names it, "https://example.org/feed.xml". Its entries are kept in outbox/mirror/; path is not used.',
    )
    git: str = option(
        "",
        'A site that lives in a Git repository: "https://…", "ssh://…", "git@host:path", or a folder of this '
        "machine. The files of its last commit are kept in outbox/mirror/. Keys and passwords are git's "
        "business: its credential helpers, your ssh agent.",
    )
    branch: str = option("", "Of the repository. Empty: the one that its HEAD names.")
    committed_only: bool = option(
        False,
        "Where path is in a working copy: take what is committed, leave unseen what is still being written.",
    )
    refresh: timedelta = option(
        timedelta(minutes=15),
        "How long to leave a remote feed or repository alone before asking again. A feed's server may ask "
        "for up to an hour.",
    )
    kind: str = option(
        "auto",
        '"auto" looks at the folder; or the name of a source: "jekyll", "hugo", "eleventy", "pelican", '
        '"zola", "astro", "plain" (a folder of Markdown files).',
    )
    posts: tuple[str, ...] = option(
        (),
        "Folders that hold the posts, from the site's folder, where the site itself can't be asked "
        "(eleventy, astro, plain). Empty: where such a site usually has them.",
    )
    permalink: str = option(
        "",
        "The address of a post, where only a program of the site knows it (eleventy, astro, plain): "
        f'"/blog/:slug/". {", ".join(f":{each}" for each in PERMALINK_PLACEHOLDERS)} are filled in. '
        "Empty: what such a site usually has.",
    )
    url: str = option("", 'Home of the published site, "https://…". Empty: what the site\'s own config says.')
    title: str = option("", "Empty: what the site's own config says.")
    description: str = option("", "Empty: what the site's own config says.")
    language: str = option(
        "", 'BCP 47 tag, such as "en" or "zh-Hant"; our own words follow it. Empty: the site\'s, else "en".'
    )
    author: str = option("", "Author of posts that name none. Empty: what the site's own config says.")
    rights: str = option(
        "",
        'Whose it is, and what others may do with it: "© 2026 Ana Reis, CC BY 4.0". '
        "Empty: what the site's own config says, where it does (Hugo's copyright).",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsSettings:
    """How posts are read, and when a new one counts."""

    excerpt: Literal["best", "jekyll", "hugo"] = option(
        "best",
        '"best": the post\'s own excerpt, else up to a separator, else its description, else its opening '
        'blocks. "jekyll", "hugo": exactly what those tools do.',
    )
    embeds: Literal["link", "frame"] = option(
        "link",
        'What feeds show of a video or a recording in a post: "link" leads to it; "frame" keeps the frames '
        "of well-known players (YouTube, Vimeo, Dailymotion, SoundCloud, Spotify, the Internet Archive), as "
        "the site has them. Mail always has the link.",
    )
    settle: timedelta = option(
        timedelta(minutes=15),
        "A new post is mailed only after this long without an edit. Feeds show it at once.",
    )
    flood_guard: int = option(10, "More new posts than this in one pass wait for `syndicate posts release`.")
    max_file_bytes: int = option(5_000_000, "A larger file is named and left out (bytes).")
    allow_empty: bool = option(
        False,
        "Believe it when every post is gone at once. Otherwise such a pass stops and leaves the feeds alone: "
        "a folder is more often missing (a mount, a checkout) than emptied.",
    )


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


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSettings:
    """What one subscribes to; several `[[lists]]` may stand in the file."""

    name: str = option("", "Lower-case letters, digits and hyphens. To change it later, see formerly.")
    formerly: str = option(
        "", "The name it had before: its readers, what they are owed and its editions move along."
    )
    title: str = option("", "What readers call it. Empty: the site's title.")
    description: str = option("", "One sentence, in the footer of every message.")
    collections: tuple[str, ...] = option((), "Only posts of these collections. Empty: all.")
    categories: tuple[str, ...] = option((), "Only posts with one of these categories. Empty: all.")
    tags: tuple[str, ...] = option((), "Only posts with one of these tags. Empty: all.")
    zone: str = option("", 'IANA zone of the cadences, "Europe/Lisbon". Needed by every cadence but "each".')
    cadences: tuple[Cadence, ...] = option(
        (),
        "The first is what a reader gets who chooses none. "
        'every = "each", "daily", "weekly" (with on = "mon") or "monthly" (with day = 1); at = "HH:MM".',
    )
    start_with: int = option(
        0,
        "On the first run, send this many of the newest posts as the first edition. "
        "0: nothing old is mailed.",
    )
    late_after: timedelta = option(
        timedelta(hours=6), "An edition that is later than this (the machine was off) waits for an editor."
    )
    approval: Literal["automatic", "editor"] = option(
        "automatic",
        '"automatic": an edition goes out when it is due. '
        '"editor": it waits for `syndicate edition approve`.',
    )
    approve_before: timedelta = option(
        timedelta(hours=24),
        "With an editor's approval: it is put together this much ahead; what arrives later waits for the "
        "next one. Until it is due, an approval can be taken back (`syndicate edition cancel`).",
    )
    subject: str = option(
        "{first_title}{and_more}",
        "{title} {first_title} {and_more} {count} {date} {number} are filled in. One edition's own: "
        "`syndicate edition subject`.",
    )
    content: Literal["excerpt", "full"] = option("excerpt", "What a digest shows of each post.")
    max_posts: int = option(20, "A longer digest shows this many and links to the rest.")
    theme: str = option("", "The theme of this list's mail. Empty: theme.name.")
    order: Literal["newest", "oldest", "arrival"] = option(
        "newest",
        'Of the posts in a digest; the first one leads. "newest", "oldest": by their dates; "arrival": as '
        "they came. What an editor pins stands before them (`syndicate edition pin`).",
    )
    sections: Literal["collection", "category", "tag", "none"] = option(
        "collection",
        "What the posts after the lead stand together by, each once, under a heading; no heading where all "
        "are alike. Posts without a category or tag stand last.",
    )
    section_order: tuple[str, ...] = option(
        (),
        'Their order: ["News", "Essays"]. A post stands in the first of these that fits; with categories and '
        "tags only these are sections. Empty: the site's collections, or a post's first category or tag.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DispatchSettings:
    """How the local dispatcher works through an edition."""

    group: int = option(
        32, "Messages claimed, handed over and settled at a time; bounds the doubt a crash can leave."
    )
    lease: timedelta = option(
        timedelta(minutes=15),
        "A claim older than this belongs to a process that died. "
        "Longer than twice smtp.timeout and smtp.last_reply together.",
    )
    uncertain: Literal["hold", "resend"] = option(
        "hold",
        "What becomes of a message whose answer is unknown, after a crash or a broken line. "
        '"hold": it is named, and a person decides. "resend": it is sent again with the same Message-ID; '
        "a reader may get a second copy.",
    )
    self_test: Literal["auto", "hold", "off"] = option(
        "auto",
        "Before an edition begins to leave by SMTP, publish.base_url is asked whether unsubscribe links lead "
        'here. "hold": while they don\'t, it waits. "auto": so too, but with a mail server on this machine '
        'or in a private network a line says so, and it leaves. "off": nobody is asked.',
    )
    expire_after: timedelta = option(
        timedelta(days=2), "Who was put off is tried again until this long after the edition was due."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """Where the memory is."""

    url: str = option("", 'Empty: outbox/syndicate.db. Or "postgresql+psycopg://user@host/name".')
    url_file: Path | None = option(None, "A file that holds the url, where it carries a password.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchingSettings:
    """What may be asked of other servers: remote feeds, and whatever else is fetched from the web."""

    allow_hosts: tuple[str, ...] = option(
        (),
        "Hosts that may be reached although they are not on the public internet, by name or number: "
        '["intranet", "10.0.0.7"]. Without it no address of this machine or your network is ever asked.',
    )
    timeout: timedelta = option(timedelta(seconds=30), "Patience for a whole answer.")
    git_timeout: timedelta = option(timedelta(minutes=5), "Patience for one pull of a Git repository.")
    max_bytes: int = option(10_000_000, "A larger answer is refused; counted decompressed (bytes).")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The whole configuration."""

    outbox: Path = option(Path("outbox"), "Folder that everything is written to.")
    site: SiteSettings = field(default_factory=SiteSettings)
    posts: PostsSettings = field(default_factory=PostsSettings)
    publish: PublishSettings = field(default_factory=PublishSettings)
    feeds: tuple[FeedSettings, ...] = ()
    redirects: tuple[RedirectSettings, ...] = ()
    mail: MailSettings = field(default_factory=MailSettings)
    theme: ThemeSettings = field(default_factory=ThemeSettings)
    smtp: SmtpSettings = field(default_factory=SmtpSettings)
    dkim: DkimSettings = field(default_factory=DkimSettings)
    lists: tuple[ListSettings, ...] = ()
    dispatch: DispatchSettings = field(default_factory=DispatchSettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    fetching: FetchingSettings = field(default_factory=FetchingSettings)
    templates: Path = option(Path("templates"), "Your own templates; each file overrides the shipped one.")
