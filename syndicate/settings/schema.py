"""Every key there is, with its type, default, unit and meaning.

The commented configuration file, ``syndicate init`` and the checks are all made from these classes.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal

from syndicate.model.cadence import Cadence
from syndicate.settings.feed_keys import FeedSettings, PodcastSettings, PublishSettings, RedirectSettings
from syndicate.settings.option import option, secret

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
class MailSettings:
    """Whom the mail comes from, and how it leaves."""

    transport: str = option(
        "outbox",
        '"outbox" writes each message to outbox/mail/LIST/NUMBER/. "smtp" hands it to the server of [smtp].',
    )
    sender: str = option(
        "", 'The From line: "The Gazette <news@example.org>". Needed once a list has readers.'
    )
    reply_to: str = option("", "Empty: the sender.")
    postal_address: str = option(
        "", "Stands at the foot of every message; the law asks for it in most countries."
    )
    inliner: str = option(
        "premailer", 'Writes style sheets into the tags: "premailer", or "css-inline" (an extra; faster).'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSettings:
    """How the mail looks; docs/themes.md shows it."""

    name: str = option(
        "paper",
        '"paper" is a quiet serif, "signal" a bold sans with a block of colour; or a folder of your own, '
        "templates/email/themes/NAME/.",
    )
    accent: str = option(
        "", 'The one colour of links, buttons and blocks: "#0a5c8a". Made darker where a link needs it.'
    )
    background: str = option("", 'What the text stands on: "#ffffff".')
    text: str = option("", 'The text: "#1a1a1a".')
    dark_accent: str = option("", "The same three for dark mode. Empty: accent, made lighter where needed.")
    dark_background: str = option("", "Empty: the theme's own.")
    dark_text: str = option("", "Empty: the theme's own.")
    font: str = option(
        "",
        'Of texts and headings: "serif", "sans", or names with commas between, "Charter, Georgia, serif"; '
        "a reader who hasn't got the first sees the next.",
    )
    logo: str = option(
        "", 'A picture in the place of the list\'s name, "https://…"; PNG, legible on light and on dark.'
    )
    logo_alt: str = option("", "What is read where it isn't shown. Empty: the list's name.")
    logo_width: int = option(160, "How wide it is shown (pixels, up to 536); twice that is a good file.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpSettings:
    """The mail server that carries messages on, where mail.transport is "smtp"."""

    host: str = option("", "Name of the server; its certificate has to carry this name.")
    port: int = option(587, 'Usually 587 with "starttls", 465 with "tls", 25 inside a private network.')
    security: Literal["starttls", "tls", "none"] = option(
        "starttls",
        '"starttls" begins in the clear and refuses to go on so; "tls" is encrypted from the first byte. '
        '"none" is for a server on this machine or a private network, and is refused anywhere else.',
    )
    ca_file: Path | None = option(
        None, "A PEM file with the authority that signed the server's certificate. Empty: the system's own."
    )
    user: str = option("", "Account to sign in with, over TLS only. Empty: the server asks for none.")
    password: str = secret(
        "never written in this file; set SYNDICATE_SMTP__PASSWORD in the environment, or use password_file."
    )
    password_file: Path | None = option(
        None, "A file that holds the password and nothing else; refused when everybody may read it."
    )
    name: str = option(
        "", "What this machine calls itself to the server. Empty: its full host name, else its address."
    )
    connections: int = option(
        10, "Connections at a time. A crash leaves at most two messages for each in doubt."
    )
    messages_per_connection: int = option(100, "A connection is closed and made anew after this many.")
    timeout: timedelta = option(
        timedelta(minutes=2),
        "Patience for connecting, and for a message up to its last byte; after it the message waits.",
    )
    last_reply: timedelta = option(
        timedelta(minutes=10),
        "Patience for the answer to a whole message. RFC 5321 wants ten minutes; less makes second copies.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DkimSettings:
    """Signatures of our own, for a mail server that doesn't sign; an extra, `syndicate[dkim]`.

    `syndicate dkim new` makes a key and says what to write here and into the DNS.
    """

    domain: str = option(
        "",
        "Whose signature it is: the domain of mail.sender. Empty: not signed here; a mail server may.",
    )
    selector: str = option("", 'The key\'s name in the DNS: "s1" is looked up at s1._domainkey.DOMAIN.')
    key_file: Path | None = option(
        None, "A PEM file with an RSA key of 2048 to 4096 bits; refused when everybody may read it."
    )
    ed25519_selector: str = option("", "The name of a second key, by which each message is signed as well.")
    ed25519_key_file: Path | None = option(None, "A PEM file with that key, Ed25519 (RFC 8463).")


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
