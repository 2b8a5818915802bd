"""The full text of posts, each rendered once in a pass and held no longer than a feed still needs it."""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

from syndicate.errors import PostError
from syndicate.feeds.workshop import Texts
from syndicate.model.post import PostId, TrackedPost
from syndicate.model.site import Site
from syndicate.posts.file_content import read_content
from syndicate.posts.fingerprint import of_bytes
from syndicate.settings.schema import PostsSettings

#: A post's path on the site to its full HTML; raises ``PostError``.
Render = Callable[[str], str]


#: A post to a key that changes with all that a self-contained text is made from; raises ``PostError``.
Key = Callable[[TrackedPost], object]


def text_key(site: Site, settings: PostsSettings, *, under: str) -> Key:
    """Give the key of the site's posts; ``under`` changes with all that isn't in their files."""

    def key(tracked: TrackedPost) -> object:
        content = read_content(site.root, tracked.post.path, max_bytes=settings.max_file_bytes)
        return under, tracked.post.path, tracked.post.link, of_bytes(content)

    return key


class Contents:
    """Full texts, shared between the feeds that were announced for them, and between passes by ``texts``."""

    def __init__(self, render: Render, warn: Callable[[str], None], *, texts: Texts, key: Key) -> None:
        self._render = render
        self._warn = warn
        self._texts = texts
        self._key = key
        self._wanted: Counter[PostId] = Counter()
        self._held: dict[PostId, str | None] = {}

    def announce(self, posts: Iterable[TrackedPost]) -> None:
        """Say that one more feed is going to need these posts."""
        self._wanted.update(tracked.id for tracked in posts)

    def of(self, tracked: TrackedPost) -> str | None:
        """Give the full HTML of a post; ``None`` when it can't be had, which is warned of once."""
        if tracked.id not in self._held:
            self._held[tracked.id] = self._rendered(tracked)
        return self._held[tracked.id]

    def release(self, posts: Iterable[TrackedPost]) -> None:
        """Say that one feed needs these posts no more; what none needs is forgotten."""
        for tracked in posts:
            self._wanted[tracked.id] -= 1
            if self._wanted[tracked.id] <= 0:
                self._held.pop(tracked.id, None)

    def _rendered(self, tracked: TrackedPost) -> str | None:
        render = partial(self._render, tracked.post.path)
        try:
            if tracked.post.self_contained:
                return self._texts.of(partial(self._key, tracked), render)
            return render()
        except PostError as error:
            self._warn(f"{error} (feeds show its excerpt meanwhile)")
            return None
