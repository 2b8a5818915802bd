"""The web application of the preview: one page, the mail in it, and word of each change."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from syndicate import templating
from syndicate.errors import TemplateError
from syndicate.web.preview import facts
from syndicate.web.preview.emulating import at_hand, emulated
from syndicate.web.preview.pictures import picture
from syndicate.web.preview.proofs import Proofs, Shown

_FOLDER = "web/preview"
#: Between two looks for a change (seconds); after how many looks a silent line shows that we are alive.
_LOOK, _ALIVE = 0.1, 100
_SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"
#: The page needs nobody; what it shows can't run anything, and may ask for pictures at most.
_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_MAIL = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; form-action 'none'; sandbox "
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Answers from the newest proof."""

    proofs: Proofs
    templates: Path
    #: Whether the server is about to end: a line that is held open is then let go.
    ending: Callable[[], bool]

    async def page(self, request: Request) -> Response:
        """Give the page, as its address asks."""
        shown, view = self.proofs.shown, facts.view_of(dict(request.query_params))
        values = {
            "shown": shown,
            "proof": shown.proof,
            "view": view,
            "facts": facts,
            "size": facts.size_of(shown.proof) if shown.proof else None,
        }
        return self._rendered("preview.html", values, "text/html", {"Content-Security-Policy": _PAGE})

    async def asset(self, request: Request) -> Response:
        """Give the page's style or script."""
        name = request.url.path.rpartition("/")[2]
        kinds = {"preview.css": "text/css", "preview.js": "text/javascript"}
        return self._rendered(name, {}, kinds[name])

    async def mail(self, request: Request) -> Response:
        """Give the mail's page, for a frame."""
        shown, view = self.proofs.shown, facts.view_of(dict(request.query_params))
        if shown.proof is None:
            return PlainTextResponse("Nothing to show yet.\n", status_code=404, headers=_HEADERS)
        html = emulated(shown.proof.html, scheme=view.scheme)
        html = at_hand(html, site_url=_site_url(shown), folder="/site/")
        sources = "img-src 'self' https: http: data:; " if view.images else "img-src 'none'; "
        policy = {"Content-Security-Policy": f"{sources}{_MAIL}{_SANDBOX}"}
        return HTMLResponse(html, headers={**_HEADERS, **policy})

    async def message(self, _request: Request) -> Response:
        """Give the message as it would leave, to be opened in a mail program."""
        proof = self.proofs.shown.proof
        if proof is None:
            return PlainTextResponse("Nothing to show yet.\n", status_code=404, headers=_HEADERS)
        name = f"{proof.list_name}.eml"
        headers = {**_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(proof.message, media_type="message/rfc822", headers=headers)

    async def site(self, request: Request) -> Response:
        """Give a picture of the site from its folder, else lead to where it is published."""
        shown, path = self.proofs.shown, request.path_params["path"]
        if shown.opening is None:
            return PlainTextResponse("Nothing to show yet.\n", status_code=404, headers=_HEADERS)
        found = picture(shown.opening.source.site.root, path)
        if found is not None:
            return Response(found.content, media_type=found.media_type, headers=_HEADERS)
        if not _site_url(shown):  # a path alone could begin like an address, "//elsewhere.example/"
            return PlainTextResponse("The site has no such picture.\n", status_code=404, headers=_HEADERS)
        return RedirectResponse(f"{_site_url(shown)}/{path}", status_code=307, headers=_HEADERS)

    async def events(self, request: Request) -> Response:
        """Tell of each change from the version on that the page has (HTML, server-sent events)."""
        after = request.query_params.get("after", "")
        return StreamingResponse(self._changes(after), media_type="text/event-stream", headers=_HEADERS)

    async def _changes(self, told: str) -> AsyncIterator[str]:
        yield "retry: 1000\n\n"
        looks = 0
        while not self.ending():
            version = self.proofs.shown.version
            if version != told:
                told = version
                yield f"event: changed\ndata: {version}\n\n"
            looks += 1
            if looks % _ALIVE == 0:  # else nobody would notice that the browser has gone
                yield ": still here\n\n"
            await asyncio.sleep(_LOOK)

    def _rendered(
        self, name: str, values: dict[str, Any], media_type: str, headers: dict[str, str] | None = None
    ) -> Response:
        try:
            content = templating.rendered(templating.environment(self.templates), f"{_FOLDER}/{name}", values)
        except TemplateError as error:  # the editor's own page of the preview
            return PlainTextResponse(f"{error}\n", status_code=500, headers=_HEADERS)
        return Response(content, media_type=media_type, headers={**_HEADERS, **(headers or {})})


def application(preview: Preview) -> Starlette:
    """Give the ASGI application; only who asks for this machine by its own name is answered.

    A page elsewhere whose name leads here (DNS rebinding) would else read what isn't published yet.
    """
    return Starlette(
        routes=[
            Route("/", preview.page),
            Route("/preview.css", preview.asset),
            Route("/preview.js", preview.asset),
            Route("/mail", preview.mail),
            Route("/message.eml", preview.message),
            Route("/events", preview.events),
            Route("/site/{path:path}", preview.site),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
    )


def _site_url(shown: Shown) -> str:
    return shown.opening.source.site.url if shown.opening else ""
