"""Posts and the memory of them."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from syndicate.model.post import ArrivalNumber, EntryId, PostId, PostState, TrackedPost
from syndicate.store.bulk import insert_all
from syndicate.store.documents import from_document, to_document
from syndicate.store.tables import post


def live(connection: sa.Connection) -> list[TrackedPost]:
    """Give the posts the site has now, newest first (``published``, then path)."""
    return newest_first(_posts(connection, sa.select(post).where(post.c.state != PostState.GONE)))


def remembered(connection: sa.Connection) -> list[TrackedPost]:
    """Give every post there ever was, in the order in which they were first seen."""
    return _posts(connection, sa.select(post).order_by(post.c.id))


def in_state(connection: sa.Connection, *states: PostState) -> list[TrackedPost]:
    """Give the posts in any of ``states``, newest first."""
    return newest_first(_posts(connection, sa.select(post).where(post.c.state.in_(states))))


def newest_first(posts: Iterable[TrackedPost]) -> list[TrackedPost]:
    """Give posts in the order of ``published``, the newest first, then by path."""
    # Sorted here: PostgreSQL orders text by its database's language, SQLite by code points.
    by_path = sorted(posts, key=lambda each: (each.post.path, each.id))
    return sorted(by_path, key=lambda each: each.post.published, reverse=True)


def tracked(connection: sa.Connection, ids: Iterable[PostId]) -> list[TrackedPost]:
    """Give the posts with these ids, in the order of ``ids``; unknown ids are passed over."""
    wanted = list(ids)
    found: dict[PostId, TrackedPost] = {}
    for start in range(0, len(wanted), 500):  # SQLite takes a limited number of variables
        query = sa.select(post).where(post.c.id.in_(wanted[start : start + 500]))
        found |= {each.id: each for each in _posts(connection, query)}
    return [found[each] for each in wanted if each in found]


def at_path(connection: sa.Connection, path: str) -> list[TrackedPost]:
    """Give the posts that were last seen at ``path``: at most one live one, it comes first."""
    gone_last = sa.case((post.c.state == PostState.GONE, 1), else_=0)
    query = sa.select(post).where(post.c.path == path).order_by(gone_last, post.c.id.desc())
    return _posts(connection, query)


def arrived_between(
    connection: sa.Connection, *, after: ArrivalNumber, through: ArrivalNumber
) -> list[TrackedPost]:
    """Give the numbered posts still on the site by arrival number: ``after`` < number <= ``through``."""
    query = (
        sa.select(post)
        .where(post.c.state.in_((PostState.ARRIVED, PostState.BASELINE)))
        .where(post.c.arrival > after, post.c.arrival <= through)
        .order_by(post.c.arrival)
    )
    return _posts(connection, query)


def highest_arrival(connection: sa.Connection) -> ArrivalNumber:
    """Give the last arrival number, of posts that have left the site too; 0 before the baseline."""
    highest = connection.execute(sa.select(sa.func.max(post.c.arrival))).scalar_one() or 0
    return ArrivalNumber(max(highest, 0))  # ``posts.arrival.pass_over`` numbers below every reader's place


def highest_id(connection: sa.Connection) -> PostId:
    """Give the last post id; 0 when there is none."""
    return PostId(connection.execute(sa.select(sa.func.max(post.c.id))).scalar_one() or 0)


def counts(connection: sa.Connection) -> dict[PostState, int]:
    """Give how many posts are in each state."""
    query = sa.select(post.c.state, sa.func.count()).group_by(post.c.state)
    return {PostState(state): count for state, count in connection.execute(query)}


def add(connection: sa.Connection, posts: Iterable[TrackedPost]) -> None:
    """Write new posts under the ids they carry."""
    insert_all(connection, sa.insert(post), [_row(each) for each in posts])


def replace(connection: sa.Connection, posts: Iterable[TrackedPost]) -> None:
    """Write what is known of these posts now."""
    rows = [{**_row(each), "id_": each.id} for each in posts]
    for row in rows:
        del row["id"]
    if rows:
        connection.execute(sa.update(post).where(post.c.id == sa.bindparam("id_")), rows)


def _row(tracked_post: TrackedPost) -> dict[str, Any]:
    return {
        "id": tracked_post.id,
        "path": tracked_post.post.path,
        "entry_id": tracked_post.entry_id,
        "state": tracked_post.state,
        "arrival": tracked_post.arrival,
        "first_seen_at": tracked_post.first_seen_at,
        "changed_at": tracked_post.changed_at,
        "updated": tracked_post.updated,
        "collection": tracked_post.post.collection,
        "published": tracked_post.post.published,
        "document": to_document(tracked_post.post),
    }


def _posts(connection: sa.Connection, query: sa.Select[Any]) -> list[TrackedPost]:
    return [
        TrackedPost(
            id=row.id,
            post=from_document(row.document),
            entry_id=EntryId(row.entry_id),
            state=PostState(row.state),
            arrival=row.arrival,
            first_seen_at=row.first_seen_at,
            changed_at=row.changed_at,
            updated=row.updated,
        )
        for row in connection.execute(query).all()
    ]
