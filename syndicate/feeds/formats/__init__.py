"""The formats by name, in the order in which people are offered them."""

from collections.abc import Mapping
from types import MappingProxyType

from syndicate.feeds.format import Format
from syndicate.feeds.formats.atom import ATOM
from syndicate.feeds.formats.json_feed import JSON_FEED
from syndicate.feeds.formats.rss import RSS

FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in (ATOM, RSS, JSON_FEED)})
