"""``syndicate check``."""

import typer

from syndicate.cli.invocation import Invocation, open_site
from syndicate.cli.output import complain, say
from syndicate.reports.preflight import preflight


def command(context: typer.Context) -> None:
    """Say whether the configuration, the site and the templates are in order; nothing is written.

    Exit code 2 when the configuration isn't; 1 when something else would go wrong later.
    """
    invocation: Invocation = context.obj
    settings, source = open_site(invocation)
    findings = preflight(settings)
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
