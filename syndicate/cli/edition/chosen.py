"""The posts that a command about an edition names."""

from collections.abc import Sequence
from typing import Annotated

import typer

from syndicate.audience.selection import carries
from syndicate.cli.edition.meant import ShapingOrder
from syndicate.cli.lists import find_list
from syndicate.cli.which_post import which_post
from syndicate.errors import EditionError
from syndicate.model.post import PostId, PostState, TrackedPost
from syndicate.reports.plan import send_of

PostsArgument = Annotated[
    list[str], typer.Argument(metavar="POST…", help="Paths, addresses, or some words of a title.")
]
#: These arrive before long, and an edition that collects then brings them.
_TO_COME = (PostState.SETTLING, PostState.HELD)


def chosen(order: ShapingOrder, said: Sequence[str]) -> list[PostId]:
    """Give the posts that are named, each once; ``EditionError`` where a name fits none, or several."""
    found = [which_post(order.river, each) for each in said]
    return [*dict.fromkeys(each.id for each in found)]


def brought(order: ShapingOrder, said: Sequence[str]) -> list[PostId]:
    """Give the same; ``EditionError`` for one that the edition wouldn't bring to anybody."""
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
