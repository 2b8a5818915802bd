"""Who does which kind of job."""

from collections.abc import Mapping
from functools import partial

from syndicate.feeds.pinging import PING, ping
from syndicate.jobs.running import Handler
from syndicate.pipeline.river import River


def handlers(river: River) -> Mapping[str, Handler]:
    """Give what does each kind of job there is, by its name."""
    return {PING: partial(ping, settings=river.settings)}
