"""``syndicate init``."""

import re
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Annotated

import typer

from syndicate.cli.flags import flag
from syndicate.cli.invocation import DEFAULT_CONFIG, Invocation
from syndicate.cli.output import say, with_article
from syndicate.errors import SettingsError
from syndicate.feeds.former_addresses import suggestions
from syndicate.files import write_if_changed
from syndicate.model.cadence import Cadence, Every
from syndicate.model.site import Site
from syndicate.posts.sources import open_source
from syndicate.settings.loading import home_of
from syndicate.settings.schema import ListSettings, Settings, SiteSettings
from syndicate.settings.writing import document

#: Kinds of site whose posts are where a program or nobody says.
_PROGRAMMED = frozenset({"eleventy", "astro", "plain"})


def command(
    context: typer.Context,
    site: Annotated[Path, typer.Argument(help="The site's folder.", show_default=False)] = Path(),
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
    settings = Settings(site=SiteSettings(path=site))
    found = open_source(settings).site
    home = home_of(file.resolve())
    path = site.resolve()
    settings = replace(
        settings,
        site=SiteSettings(path=path.relative_to(home) if path.is_relative_to(home) else path),
        lists=(_first_list(found),),
    )
    write_if_changed(file, document(settings, suggested=suggestions(found.kind)).encode())
    if not invocation.quiet:
        say(*_next_steps(found, file))


def _first_list(site: Site) -> ListSettings:
    name = re.sub(r"[^a-z0-9]+", "-", site.title.lower()).strip("-")
    return ListSettings(
        name=name or "newsletter",
        zone=site.zone,
        cadences=(Cadence(every=Every.WEEKLY, on="mon", at=time(7, 0)),),
    )


def _next_steps(site: Site, file: Path) -> list[str]:
    steps = [
        f"{site.title or site.root.name}: {with_article(site.called)}",
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
    return [
        *steps,
        "next: `syndicate run --once` writes the feeds; `syndicate subscriber add` brings readers",
    ]
