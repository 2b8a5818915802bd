"""A post, and what is known of it over time."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from syndicate.model.packing import packed

PostId = NewType("PostId", int)
EntryId = NewType("EntryId", str)
#: Numbers grow by one in the order in which posts arrive; see ``PostState.ARRIVED``.
ArrivalNumber = NewType("ArrivalNumber", int)


class ExcerptOrigin(StrEnum):
    """Which rule made the excerpt."""

    FRONT_MATTER = "front matter"
    PAGE_SEPARATOR = "page separator"
    SITE_SEPARATOR = "site separator"
    MORE = "more marker"
    DESCRIPTION = "description"
    OPENING = "opening blocks"
    WHOLE = "whole post"
    NONE = "none"


@packed
@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """A post's opening, the one that feeds and mail both show."""

    #: Sanitised HTML with absolute URLs.
    html: str
    #: Plain text, white space collapsed.
    text: str
    origin: ExcerptOrigin
    #: Whether the post goes on after it.
    truncated: bool


@packed
@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A post's picture."""

    #: Absolute http or https URL.
    url: str
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """A file that belongs to a post: what is heard or watched."""

    #: Absolute http or https URL.
    url: str
    #: As in ``audio/mpeg``.
    media_type: str
    #: 0 where nobody knows.
    length_bytes: int = 0
    #: 0 where nobody knows.
    duration_seconds: int = 0
    explicit: bool = False


@packed
@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One file made publishable: everything but its full content, which is rendered when needed."""

    #: From the site's root, with forward slashes.
    path: str
    #: Path on the site, beginning with "/", as its generator has it: Hugo with the site's base path, Jekyll
    #: without.
    url: str
    #: Absolute address.
    link: str
    #: The entry id that the site's own generator writes into its feed; not always unique.
    generator_id: str
    #: The ``id`` or ``guid`` of its front matter, if any.
    declared_id: str | None
    title: str
    authors: tuple[str, ...]
    collection: str
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    published: datetime
    #: The front matter's own word for the last change, else ``published``.
    updated: datetime
    #: When time alone ends its being a post (its expiry date).
    until: datetime | None = None
    excerpt: Excerpt
    #: Plain text for listings: the description, else the excerpt's text.
    summary: str
    image: Image | None
    #: BCP 47; the post's own, else the site's.
    language: str
    #: Of what a reader sees (title, body, picture, …), so that a re-save is no edit.
    fingerprint: str
    #: Of the body alone; finds a post that moved.
    body_fingerprint: str
    #: Whether its text is made from its file alone: no other file, and no other post, has a say in it.
    self_contained: bool = False
    #: Of the body's clauses; tells how much of it an edit kept, see ``posts.fingerprint.sketch``.
    sketch: str = ""
    #: Things of note that did not stop it: one line each, ``path:line: what; what to do``.
    warnings: tuple[str, ...] = ()
    #: What its text takes from elsewhere on the site, so that it is read again when that changes: paths of
    #: files and (with a slash at the end) of folders; "*" for the other posts.
    draws_on: tuple[str, ...] = ()
    #: Whether the file names no date: then ``published`` is when it was first seen, and is kept.
    undated: bool = False
    enclosure: Enclosure | None = None
    #: What its head says of copyright or licence; "" where it says nothing.
    rights: str = ""


class Omission(StrEnum):
    """Why a file that looks like a post is not one."""

    DRAFT = "draft"
    FUTURE = "future"
    UNPUBLISHED = "unpublished"
    EXPIRED = "expired"
    HIDDEN = "hidden"
    NOT_A_POST = "not a post"


@dataclass(frozen=True, slots=True, kw_only=True)
class Omitted:
    """A file that the site's generator leaves out."""

    path: str
    why: Omission
    #: When time alone changes that (a future post's date).
    until: datetime | None = None
    #: What says so and where it stands, for people: "`published: false` on line 4".
    rule: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that should be a post and can't be read."""

    path: str
    line: int | None
    #: The whole clear line: ``path:line: what; what to do``.
    problem: str


#: What a source makes of one file.
Reading = Post | Omitted | Unreadable


class PostState(StrEnum):
    """Where a post stands on its way to the readers."""

    #: Was there at the first run: in the feeds, owed to nobody.
    BASELINE = "baseline"
    #: New; in the feeds; mail waits for the edits to stop.
    SETTLING = "settling"
    #: New among too many; in the feeds; mail waits for a person's yes.
    HELD = "held"
    #: Numbered; owed to whoever asked for it.
    ARRIVED = "arrived"
    #: Was here and has left the site (deleted, moved into a hidden folder, unpublished).
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedPost:
    """A post with the memory that the site itself doesn't keep."""

    id: PostId
    post: Post
    #: Minted once, unique, never changed: what feeds call the entry.
    entry_id: EntryId
    state: PostState
    #: Baseline posts are numbered too, oldest first, so that a list can start with the newest few.
    arrival: ArrivalNumber | None
    first_seen_at: datetime
    #: The last change of what a reader sees; the settle window counts from here.
    changed_at: datetime
    #: Atom's ``updated``: the post's own, until we see it change.
    updated: datetime
