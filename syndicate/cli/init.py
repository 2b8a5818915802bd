"""``syndicate init``."""

import re
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli.flags import flag
from syndicate.cli.invocation import DEFAULT_CONFIG, Invocation
from syndicate.cli.output import say, with_article
from syndicate.cli.sessions import refreshed_of
from syndicate.errors import SettingsError
from syndicate.feeds.former_addresses import suggestions
from syndicate.files import write_if_changed
from syndicate.model.cadence import Cadence, Every
from syndicate.model.site import Site
from syndicate.posts.mirrors import located
from syndicate.posts.mirrors.describing import described
from syndicate.posts.mirrors.naming import site_named
from syndicate.posts.sources import open_source
from syndicate.settings.loading import home_of, load
from syndicate.settings.schema import ListSettings, Settings, SiteSettings
from syndicate.settings.writing import document
from syndicate.store.opening import lock

#: Kinds of site whose posts are where a program or nobody says.
_PROGRAMMED = frozenset({"eleventy", "astro", "plain"})


def command(
    context: typer.Context,
    site: Annotated[
        str,
        typer.Argument(
            help="The site's folder, or where it lives: its feed, a page, a repository.", show_default=False
        ),
    ] = ".",
    *,
    force: Annotated[bool, flag("--force", say="Overwrite an existing file.")] = False,
) -> None:
    """Look at a site and write config/syndicate.toml for it, every key with its meaning.

    Nothing is published or sent. The file holds a weekly list to start with; it mails nobody until
    somebody is on it, and then only what is new.
    """
    invocation: Invocation = context.obj
    file = invocation.config or DEFAULT_CONFIG
    if file.exists() and not force:
        raise SettingsError(f"{file}: is there already; edit it, or use --force to write it anew")
    given = load(None, assignments=invocation.assignments)
    named = site_named(site)
    look = _look_elsewhere if named.feed or named.git else _look_into_folder
    found, written = look(site, given, home_of(file.resolve()))
    settings = replace(given, site=written, lists=(_first_list(found.site),))
    write_if_changed(file, document(settings, suggested=suggestions(found.site.kind)).encode())
    if not invocation.quiet:
        say(*_next_steps(found, file))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    site: Site
    #: What the site is, in words.
    words: str


def _look_into_folder(site: str, given: Settings, home: Path) -> tuple[_Found, SiteSettings]:
    """Give the site in a folder, and how the file at home names it."""
    path = Path(site).resolve()
    found = open_source(replace(given, site=replace(given.site, path=path))).site
    short = path.relative_to(home) if path.is_relative_to(home) else path
    return _Found(site=found, words=found.called), replace(given.site, path=short)


def _look_elsewhere(site: str, given: Settings, home: Path) -> tuple[_Found, SiteSettings]:
    """Fetch a site that lives elsewhere into the outbox; give it, and how it is best named."""
    named = site_named(site)
    lives = replace(given.site, feed=named.feed, git=named.git)
    settings = replace(given, site=lives, outbox=home / given.outbox)
    with lock(settings.outbox):
        refreshed_of(settings)
    found = open_source(located(settings)).site
    what = described(settings, found)
    return _Found(site=found, words=what.words), what.site


def _first_list(site: Site) -> ListSettings:
    name = re.sub(r"[^a-z0-9]+", "-", site.title.lower()).strip("-")
    return ListSettings(
        name=name or "newsletter",
        zone=site.zone,
        cadences=(Cadence(every=Every.WEEKLY, on="mon", at=time(7, 0)),),
    )


def _next_steps(found: _Found, file: Path) -> list[str]:
    site = found.site
    steps = [
        f"{site.title or site.root.name}: {with_article(found.words)}",
        f"collections: {', '.join(site.collections) or 'none'}",
        f"wrote {file}",
    ]
    if not site.url:
        steps.append(
            f"it names no address: set site.url in {file}, and publish.base_url if its feeds are elsewhere"
        )
    if site.kind in _PROGRAMMED and not site.collections:
        steps.append(
            f"no configuration says where its posts are: name their folders under site.posts in {file}"
        )
    if site.kind in _PROGRAMMED:
        steps.append(
            "no configuration says the addresses of its posts: if they are not as the feeds have them, "
            f"set site.permalink in {file}"
        )
    if site.kind == "feed":
        steps.append(f"set publish.base_url in {file} to where you publish; until then it is {site.url}")
    return [
        *steps,
        "next: `syndicate run --once` writes the feeds; `syndicate subscriber add` brings readers",
    ]
