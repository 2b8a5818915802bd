"""What directories of podcasts would refuse of a feed's ``podcast`` table."""

import difflib
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from syndicate.model.podcast import every_category
from syndicate.settings.locating import KeyPath
from syndicate.settings.mailbox import is_mailbox
from syndicate.settings.reading import Problem
from syndicate.settings.redirecting import is_path
from syndicate.settings.schema import FeedSettings, PodcastSettings
from syndicate.settings.web_address import is_web_address

_PICTURES = frozenset({".jpg", ".jpeg", ".png"})


def problems(feeds: tuple[FeedSettings, ...]) -> Iterator[Problem]:
    """Give what is wrong with each, by its place in the file."""
    for index, feed in enumerate(feeds):
        yield from _podcast(("feeds", index, "podcast"), feed.podcast)


def _podcast(where: KeyPath, podcast: PodcastSettings) -> Iterator[Problem]:
    known = every_category()
    for name in podcast.categories:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
            hint = f'did you mean "{close[0]}"?' if close else f'use one of Apple\'s, such as "{known[1]}"'
            yield Problem((*where, "categories"), f'"{name}" is no category of podcasts; {hint}')
    bare = is_mailbox(podcast.owner_email) and not set("< >") & set(podcast.owner_email)
    if podcast.owner_email and not bare:
        yield Problem(
            (*where, "owner_email"),
            f'"{podcast.owner_email}" is no mailbox; write "podcast@example.org"',
        )
    if podcast.owner_name and not podcast.owner_email:
        yield Problem((*where, "owner_name"), "an owner is known by a mailbox; add owner_email")
    yield from _image((*where, "image"), podcast.image)


def _image(where: KeyPath, image: str) -> Iterator[Problem]:
    if image and not (is_path(image) or is_web_address(image)):
        yield Problem(where, f'"{image}" is neither a path nor a web address; write it as "/podcast.jpg"')
    elif image and PurePosixPath(urlsplit(image).path).suffix.lower() not in _PICTURES:
        yield Problem(where, f'"{image}" is not a JPEG or PNG file, which directories ask for; name one')
