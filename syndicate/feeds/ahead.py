"""Full texts that a feed is about to need, before its posts are written down."""

from collections.abc import Callable, Iterable

from syndicate.errors import PostError
from syndicate.feeds.catalogue import Catalogue
from syndicate.feeds.contents import Key
from syndicate.model.post import ArrivalNumber, EntryId, Post, PostId, PostState, TrackedPost
from syndicate.settings.schema import FeedSettings

#: What a text is remembered under (``workshop.Texts``), and the text.
Text = tuple[object, str]


def texts_ahead(
    feed: FeedSettings, posts: Iterable[Post], *, key: Key, render: Callable[[str], str]
) -> list[Text]:
    """Give the texts of the posts that ``feed`` will hold, those that may be remembered and can be had."""
    if feed.content == "excerpt" or feed.each:
        return []
    wanted = Catalogue(map(_as_seen, posts)).selected(feed)
    return [text for each in wanted if each.post.self_contained for text in _text(each, key, render)]


def _text(tracked: TrackedPost, key: Key, render: Callable[[str], str]) -> Iterable[Text]:
    try:
        before = key(tracked)
        text = render(tracked.post.path)
        if key(tracked) == before:  # else its file has changed meanwhile
            yield before, text
    except PostError:  # the feed says so, when it comes to it
        return


def _as_seen(post: Post) -> TrackedPost:
    """Give a post as a feed would see it: neither text nor order depend on what it is tracked as."""
    return TrackedPost(
        id=PostId(0),
        post=post,
        entry_id=EntryId(post.path),
        state=PostState.BASELINE,
        arrival=ArrivalNumber(0),
        first_seen_at=post.published,
        changed_at=post.published,
        updated=post.updated,
    )
