"""One click leaves a list; a link scanner can't do it for you (RFC 8058)."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from syndicate import templating
from syndicate.audience.unsubscribing import proof, subscription_of, unsubscribe
from syndicate.errors import TemplateError
from syndicate.model.subscriber import Subscription
from syndicate.templating.locales import ENGLISH
from syndicate.templating.phrases import phrases

_log = logging.getLogger(__name__)
_TEMPLATE = "web/unsubscribe.html"
#: The page is one reader's own: no cache keeps it, no search engine finds it, no other site learns of it.
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribing:
    """The two answers of an unsubscribe link."""

    engine: sa.Engine
    templates: Path
    #: A list's name to what readers call it.
    titles: Callable[[str], str]
    #: The site's.
    language: str = ENGLISH

    async def ask(self, request: Request) -> Response:
        """Show what the link would end, and a button; change nothing."""
        token = request.path_params["token"]
        found = await run_in_threadpool(subscription_of, self.engine, token)
        return self._page(found, asked=True)

    async def leave(self, request: Request) -> Response:
        """End the subscription; asked again, say the same."""
        token = request.path_params["token"]
        found = await run_in_threadpool(unsubscribe, self.engine, token, now=datetime.now(UTC))
        return self._page(found, asked=False)

    async def prove(self, request: Request) -> Response:
        """Answer our own question, before mail leaves, whether these links lead here."""
        answer = await run_in_threadpool(proof, self.engine, request.path_params["nonce"])
        return PlainTextResponse(answer, headers=_HEADERS)

    def _page(self, found: Subscription | None, *, asked: bool) -> Response:
        values = {
            "title": self.titles(found.list_name) if found else "",
            "found": found is not None,
            "asked": asked,
        }
        page = _rendered(self.templates, self.language, values)
        return HTMLResponse(page, status_code=200 if found else 404, headers=_HEADERS)


def _rendered(templates: Path, language: str, values: Mapping[str, Any]) -> str:
    """Fill the editor's page, or the shipped one where that is broken: a reader who leaves gets an answer."""
    try:
        return _filled(templates, language, values)
    except TemplateError as error:
        _log.warning("template broken, shipped one used %s", error)
        return _filled(templating.shipped(), language, values)


def _filled(templates: Path, language: str, values: Mapping[str, Any]) -> str:
    words = phrases(language, templates)
    return templating.rendered(templating.environment(templates), _TEMPLATE, {**values, "words": words})
