"""The posts that a command about an edition names."""

from collections.abc import Collection, Sequence
from typing import Annotated

import typer

from syndicate.audience.selection import carries
from syndicate.cli.edition.meant import ShapingOrder
from syndicate.cli.lists import find_list
from syndicate.cli.which_post import posts_among, which_post
from syndicate.errors import EditionError
from syndicate.model.post import PostId, PostState, TrackedPost
from syndicate.model.shaping import Kind
from syndicate.reports.plan import send_of
from syndicate.store import shapings

PostsArgument = Annotated[
    list[str], typer.Argument(metavar="POST…", help="Paths, addresses, or some words of a title.")
]
#: These arrive before long, and an edition that collects then brings them.
_TO_COME = (PostState.SETTLING, PostState.HELD)


def ordered(order: ShapingOrder, said: Sequence[str], kinds: Collection[Kind]) -> list[PostId]:
    """Give the posts that are named, of which an editor ordered one of ``kinds``; each once.

    They may have moved or left the site since. What is none of these is a post of the site, or an
    ``EditionError``.
    """
    shaping = shapings.of(order.connection, order.edition.list_name, order.edition.id)
    by_kind = {Kind.PINNED: shaping.pinned, Kind.DROPPED: shaping.dropped, Kind.BARRED: shaping.barred}
    ids = sorted({each for kind in kinds for each in by_kind[kind]})
    found = [posts_among(order.river, each, ids) or [which_post(order.river, each)] for each in said]
    return [*dict.fromkeys(each.id for meant in found for each in meant)]


def brought(order: ShapingOrder, said: Sequence[str]) -> list[PostId]:
    """Give the posts that are named, each once; ``EditionError`` for one that it brings to nobody."""
    found = [which_post(order.river, each) for each in said]
    settings = find_list(order.river.settings, order.edition.list_name)
    send = send_of(order.connection, settings, order.edition)
    here = {each.id for each in (*send.posts, *send.dropped)}
    for each in found:
        coming = each.state in _TO_COME and carries(settings, each.post)
        if each.id not in here and not coming:
            raise EditionError(_not_in_it(order, each))
    return [*dict.fromkeys(each.id for each in found)]


def _not_in_it(order: ShapingOrder, tracked: TrackedPost) -> str:
    return (
        f"edition {order.edition.id}: it brings {tracked.post.path} to nobody; "
        f"`syndicate why {tracked.post.path}` says why"
    )
