"""What the feeds of one pass have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from syndicate.feeds.contents import Contents
from syndicate.feeds.standing import Standing
from syndicate.feeds.writing import Shelf
from syndicate.model.site import Site
from syndicate.settings.schema import Settings
from syndicate.templating.phrases import Phrases

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Where documents go, what they are made with, and what was of note."""

    site: Site
    settings: Settings
    standing: Standing
    contents: Contents
    shelf: Shelf
    #: Where the archives go: what a pass needn't look at again when nothing changed.
    stacks: Shelf
    environment: "Environment"
    #: By the language of the page: the site's, and that of each feed.
    words: Mapping[str, Phrases]
    warnings: list[str]
