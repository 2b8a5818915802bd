"""``syndicate check``."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

import typer

from syndicate.audience.unconfigured import unconfigured
from syndicate.cli import linting
from syndicate.cli.flags import JSON, flag
from syndicate.cli.invocation import (
    DEFAULT_CONFIG,
    Invocation,
    open_site,
    settings_of,
    site_key,
    site_place,
)
from syndicate.cli.output import complain, say, say_json, with_article
from syndicate.dispatch.proving import unproven
from syndicate.dispatch.published import unpublished
from syndicate.errors import SyndicateError
from syndicate.fetching.records import txt_records
from syndicate.mail.keys import signing_keys
from syndicate.model.finding import Finding, Severity
from syndicate.posts.source import Source
from syndicate.reports.linting import (
    Fetched,
    cause_of_emptiness,
    inspect,
    is_address,
    open_file,
    own_feed,
    poll,
)
from syndicate.reports.preflight import preflight
from syndicate.settings.schema import FetchingSettings, Settings
from syndicate.store.opening import look_into

_EMPTY = "no-entries"
_NO_STORE = "store: there is none yet that unsubscribe links could lead to; `syndicate run --once` makes it"


def command(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]…", help="Feeds or messages: files, or addresses on the web.", show_default=False
        ),
    ] = None,
    *,
    online: Annotated[
        bool, flag("--online", say="Ask publish.base_url for unsubscribing, and the DNS for our records.")
    ] = False,
    json_output: Annotated[bool, JSON] = False,
) -> None:
    """Say whether the configuration, the site and the templates are in order; or feeds and messages.

    Nothing is written. A feed is RSS 2.0, Atom 1.0 or JSON Feed 1.1, a message an .eml, anybody's: each
    finding says where, what, what to do, why it matters, and where that is written. A feed at an address is
    asked for twice, as readers do; for a message no network is used. Exit code 2 when the configuration
    isn't in order; 1 when something else would go wrong later, or a document has errors.
    """
    invocation: Invocation = context.obj
    if files:
        _check_documents(invocation, files, json_output=json_output)
    else:
        _check_configuration(invocation, online=online, json_output=json_output)


def _check_configuration(invocation: Invocation, *, online: bool, json_output: bool) -> None:
    settings, source = open_site(invocation)
    findings = [*preflight(settings), *_of_store(settings, source, online=online)]
    if online and not findings:  # else what is asked for may be nonsense
        findings += unpublished(settings, txt_records)
    complain(findings)
    if json_output:
        say_json({"findings": findings})
    elif not invocation.quiet:
        site = source.site
        say(f"{site.title or site.root.name}: {with_article(site.called)}, published at {site.url or '?'}")
        say(f"feeds: {', '.join(feed.name for feed in settings.feeds)}")
        for each in settings.lists:
            say(f"list {each.name}: {', '.join(str(cadence) for cadence in each.cadences)}, {each.zone}")
        if not findings and (keys := signing_keys(settings.dkim)):
            kinds = ", ".join(f"{each.kind} as {each.selector}" for each in keys)
            say(f"signed by {keys[0].domain}: {kinds}; `syndicate dkim record` shows the DNS records")
    if findings:
        raise typer.Exit(1)


def _of_store(settings: Settings, source: Source, *, online: bool) -> tuple[str, ...]:
    with look_into(
        settings, site_key=site_key(settings, source), folder=site_place(settings, source)
    ) as engine:
        if engine is None:
            return (_NO_STORE,) if online else ()
        line = unproven(engine, settings, nonce=secrets.token_urlsafe(16)) if online else ""
        return (*unconfigured(engine, settings.lists), *([line] if line else ()))


def _check_documents(invocation: Invocation, names: Sequence[str], *, json_output: bool) -> None:
    failed = False
    for name in names:
        try:
            findings = _findings(invocation, _opened(invocation, name))
        except SyndicateError as error:  # the others are looked at all the same
            complain(str(error).splitlines(), kind="error")
            failed = True
            continue
        failed |= any(each.severity is Severity.ERROR for each in findings)
        _tell(invocation, name, findings, json_output=json_output)
    if failed:
        raise typer.Exit(1)


def _tell(invocation: Invocation, name: str, findings: Sequence[Finding], *, json_output: bool) -> None:
    if json_output:
        for each in findings:
            say_json(linting.as_json(name, each))
        return
    for kind, line in linting.lines(name, findings):
        complain([line], kind=kind)
    if not invocation.quiet:
        say(linting.verdict(name, findings))


def _opened(invocation: Invocation, name: str) -> Fetched:
    return poll(name, _limits(invocation)) if is_address(name) else open_file(name)


def _limits(invocation: Invocation) -> FetchingSettings:
    """Give the configured limits of fetching; anybody's feed is looked at without a configuration too."""
    unconfigured_here = invocation.config is None and not DEFAULT_CONFIG.exists()
    return FetchingSettings() if unconfigured_here else settings_of(invocation).fetching


def _findings(invocation: Invocation, document: Fetched) -> list[Finding]:
    found = inspect(document, now=datetime.now(UTC))
    if all(each.rule != _EMPTY for each in found):
        return found
    cause = _cause(invocation, document.name)
    return [replace(each, remedy=cause) if cause and each.rule == _EMPTY else each for each in found]


def _cause(invocation: Invocation, name: str) -> str:
    """Give why a feed is empty where it is one of ours; "" where it isn't, or nobody knows."""
    try:
        settings, source = open_site(invocation)
        feed = own_feed(name, settings)
        if feed is None:
            return ""
        key, place = site_key(settings, source), site_place(settings, source)
        with look_into(settings, site_key=key, folder=place) as engine:
            return "" if engine is None else cause_of_emptiness(feed, engine)
    except SyndicateError:
        return ""
