"""The posts as one process last wrote them: to learn what one change means it needn't read them all."""

from collections.abc import Sequence

import sqlalchemy as sa

from syndicate.model.post import TrackedPost
from syndicate.store import identity, meta, posts

#: Changes with any post in the store; a store that was restored is another instance.
Key = tuple[str | None, str | None]


class Recollection:
    """Holds every post there ever was, as long as nobody else has changed any."""

    def __init__(self) -> None:
        self._key: Key | None = None
        self._posts: Sequence[TrackedPost] = ()

    def posts(self, connection: sa.Connection) -> Sequence[TrackedPost]:
        """Give the posts in the order in which they were first seen, from the store where they changed."""
        key = key_of(connection)
        if self._key != key:
            self.keep(posts.remembered(connection), key=key)
        return self._posts

    def keep(self, all_posts: Sequence[TrackedPost], *, key: Key) -> None:
        """Hold what was written; only once it is committed, under the key it was committed with."""
        self._posts, self._key = all_posts, key


def key_of(connection: sa.Connection) -> Key:
    """Give what stands for the posts as they are in the store."""
    return meta.read(connection, identity.INSTANCE), meta.read(connection, meta.POSTS_REVISION)
