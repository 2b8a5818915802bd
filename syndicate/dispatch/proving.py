"""Whether unsubscribe links lead to this installation: it is asked, by the address that readers will have."""

import hmac
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import sqlalchemy as sa

from syndicate.audience.tokens import unsubscribe_url
from syndicate.audience.unsubscribing import proof
from syndicate.errors import FetchError
from syndicate.fetching import Request, Response, fetch, shown
from syndicate.settings.schema import FetchingSettings, Settings
from syndicate.settings.web_address import same_address

#: For our own server nobody waits longer.
_PATIENCE = timedelta(seconds=10)
_LIMIT_BYTES = 10_000
_REMEDY = "let `syndicate serve` answer /unsubscribe/ there (docs/serving.md)"


def unproven(engine: sa.Engine, settings: Settings, *, nonce: str) -> str:
    """Give why unsubscribe links don't lead here now, in one line; "" where they do.

    The answer to ``nonce``, which nobody knows before, can be given by who has this store's secret alone.
    """
    base_url = settings.publish.base_url
    request = Request(url=unsubscribe_url(base_url, f"proof/{nonce}"), accept="text/plain")
    try:
        answer = fetch(request, settings=_reaching(base_url, settings.fetching))
    except FetchError as error:
        why = str(error).rpartition("; ")[0].replace(f"{shown(request.url)}: ", f"{base_url} ")
        why = why.replace(nonce, "…")  # behind a redirect; so that the line is the same in every pass
        return f"publish.base_url: unsubscribe links don't work now: {why}; {_REMEDY}"
    return _wrong_with(answer, request, expected=proof(engine, nonce), base_url=base_url)


def _wrong_with(answer: Response, request: Request, *, expected: str, base_url: str) -> str:
    if not same_address(answer.url, request.url):
        place = urlsplit(answer.url)
        return (
            f"publish.base_url: {base_url} sends on to {place.scheme}://{place.netloc}, and one-click "
            "unsubscribing follows nobody (RFC 8058 §3.2); set base_url to the address that answers"
        )
    if not hmac.compare_digest(answer.content.strip(), expected.encode()):
        return f"publish.base_url: unsubscribe links at {base_url} lead to something else; {_REMEDY}"
    return ""


def _reaching(base_url: str, fetching: FetchingSettings) -> FetchingSettings:
    """Let our own host be asked wherever it is: it may be this machine."""
    return replace(
        fetching,
        allow_hosts=(*fetching.allow_hosts, urlsplit(base_url).hostname or ""),
        timeout=min(fetching.timeout, _PATIENCE),
        max_bytes=_LIMIT_BYTES,
    )
