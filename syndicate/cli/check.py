"""``syndicate check``."""

import typer

from syndicate.audience.unconfigured import unconfigured
from syndicate.cli.invocation import Invocation, open_site, site_key, site_place
from syndicate.cli.output import complain, say
from syndicate.posts.source import Source
from syndicate.reports.preflight import preflight
from syndicate.settings.schema import Settings
from syndicate.store.opening import look_into


def command(context: typer.Context) -> None:
    """Say whether the configuration, the site and the templates are in order; nothing is written.

    Exit code 2 when the configuration isn't; 1 when something else would go wrong later.
    """
    invocation: Invocation = context.obj
    settings, source = open_site(invocation)
    findings = [*preflight(settings), *_passed_over(settings, source)]
    complain(findings)
    if not invocation.quiet:
        site = source.site
        say(
            f"{site.title or site.root.name}: a {site.kind.capitalize()} site, published at {site.url or '?'}"
        )
        say(f"feeds: {', '.join(feed.name for feed in settings.feeds)}")
        for each in settings.lists:
            say(f"list {each.name}: {', '.join(str(cadence) for cadence in each.cadences)}, {each.zone}")
    if findings:
        raise typer.Exit(1)


def _passed_over(settings: Settings, source: Source) -> tuple[str, ...]:
    with look_into(
        settings, site_key=site_key(settings, source), folder=site_place(settings, source)
    ) as engine:
        return () if engine is None else unconfigured(engine, settings.lists)
