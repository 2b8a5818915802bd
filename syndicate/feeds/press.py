"""What the feeds of one pass have in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from syndicate import templating
from syndicate.feeds.contents import Contents, text_key
from syndicate.feeds.entry import DEFAULT_LANGUAGE
from syndicate.feeds.standing import Plan, Standing
from syndicate.feeds.writing import Shelf
from syndicate.model.language import language_tag
from syndicate.model.site import Site
from syndicate.posts.source import Source
from syndicate.settings.schema import Settings
from syndicate.templating.phrases import Phrases, phrases

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


def press_for(
    plans: Sequence[Plan],
    source: Source,
    settings: Settings,
    standing: Standing,
    *,
    warnings: Sequence[str] = (),
) -> Press:
    """Give what prints these feeds; its ``warnings`` begin with the given ones."""
    root, noted = settings.outbox / "public", list(warnings)
    key = text_key(source.site, settings.posts, under=standing.under)
    return Press(
        site=source.site,
        settings=settings,
        standing=standing,
        contents=Contents(source.content_html, noted.append, texts=standing.workshop.texts, key=key),
        shelf=Shelf(root),
        stacks=Shelf(root),
        environment=environment_of(settings, standing),
        words=_words(source.site, plans, settings),
        warnings=noted,
    )


def environment_of(settings: Settings, standing: Standing) -> "Environment":
    """Give the templates, as far as they are ready from before."""
    return standing.workshop.environment(standing.under, lambda: templating.environment(settings.templates))


def site_language(site: Site) -> str:
    """Give the language of the pages that are about no single feed."""
    return language_tag(site.language, otherwise=DEFAULT_LANGUAGE)


def _words(site: Site, plans: Sequence[Plan], settings: Settings) -> dict[str, Phrases]:
    languages = {site_language(site), *(plan.feed.language for plan in plans)}
    return {each: phrases(each, settings.templates) for each in sorted(languages)}
