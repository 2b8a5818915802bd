"""The web application: which address leads to which function."""

import sqlalchemy as sa
from starlette.applications import Starlette
from starlette.routing import Route

from syndicate.feeds import links
from syndicate.model.language import language_tag
from syndicate.settings.schema import Settings
from syndicate.web.public_files import METHODS, PublicFiles
from syndicate.web.redirects import Redirects
from syndicate.web.unsubscribing import Unsubscribing


def application(settings: Settings, engine: sa.Engine) -> Starlette:
    """Give the ASGI application of an outbox: its public files, and the unsubscribe links."""
    files = PublicFiles(
        root=settings.outbox / "public",
        base_url=settings.publish.base_url,
        hub=links.web_url(settings.publish.hub),
        redirects=Redirects(settings.redirects),
    )
    titles = {each.name: each.title for each in settings.lists}
    leaving = Unsubscribing(
        engine=engine,
        templates=settings.templates,
        titles=lambda name: titles.get(name, name),
        language=language_tag(settings.site.language, otherwise="en"),
    )
    return Starlette(
        routes=[
            Route("/unsubscribe/proof/{nonce}", leaving.prove, methods=["GET"]),
            Route("/unsubscribe/{token}", leaving.ask, methods=["GET"]),
            Route("/unsubscribe/{token}", leaving.leave, methods=["POST"]),
            Route("/{path:path}", files.respond, methods=METHODS),
        ]
    )
