"""What would go wrong later, told before anything is sent."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from syndicate.digests.layouts import broken_layouts
from syndicate.dispatch.readiness import lacking
from syndicate.errors import MessageError, SyndicateError
from syndicate.feeds.announcing import reachable
from syndicate.mail.headers import mailbox
from syndicate.mail.inlining import inliner
from syndicate.settings.languages import is_language, likely_language
from syndicate.settings.schema import PublishSettings, Settings
from syndicate.templating import broken, environment
from syndicate.templating.phrases import broken_catalogues
from syndicate.transports import open_transport

_BASE_URL = "publish.base_url"


def preflight(settings: Settings) -> list[str]:
    """Give one line for everything that needs a hand, from completed settings; nothing is written."""
    addresses = [*_addresses(settings), *_hub(settings.publish)]
    said = any(each.startswith(_BASE_URL) for each in addresses)
    mail = [*_mail(settings), *_lacking(settings)]
    found = [
        *addresses,
        *_language(settings.site.language),
        *(each for each in mail if not (said and each.startswith(_BASE_URL))),
        *broken_catalogues(settings.templates),
    ]
    templates = [*broken(environment(settings.templates)), *broken_layouts(settings)]
    # A template that can't be read is found again by whatever takes it.
    return list(dict.fromkeys([*found, *templates]))


def _addresses(settings: Settings) -> Iterator[str]:
    base_url = settings.publish.base_url
    if not base_url:
        yield 'publish.base_url: nobody knows where outbox/public will be published; set it to "https://…"'
    elif urlsplit(base_url).scheme != "https":
        yield f"publish.base_url: {base_url} is not https, and mailbox providers ask for it; use https"


def _language(tag: str) -> Iterator[str]:
    """Look at the site's own word: one of ours that is wrong was refused with the configuration."""
    if tag and not is_language(tag):
        yield (
            f"site: its language {json.dumps(tag, ensure_ascii=False)} is no language; correct it in the "
            f"site's own config, or set language under [site] ({likely_language(tag)})"
        )


def _hub(publish: PublishSettings) -> Iterator[str]:
    if publish.hub and publish.base_url and not reachable(publish):
        yield (
            f"publish.hub: no hub can fetch feeds from {publish.base_url}, so none is told of changes; "
            'set publish.base_url to a public "https://…"'
        )


def _mail(settings: Settings) -> Iterator[str]:
    for check in (
        lambda: open_transport(settings).close(),
        lambda: inliner(settings.mail.inliner),
        lambda: mailbox(settings.mail.sender, what="mail.sender"),
        lambda: mailbox(settings.mail.reply_to, what="mail.reply_to"),
    ):
        try:
            check()
        except SyndicateError as error:
            yield str(error)


def _lacking(settings: Settings) -> Iterator[str]:
    """Give what no edition leaves by a mail server without, also where they are files so far."""
    try:
        if settings.lists:
            yield from lacking(settings)
    except MessageError:
        return  # the sender is no mailbox, which is said already
