"""The web application: which address leads to which function."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route

from syndicate.web.public_files import PublicFiles


def application(public: Path, *, base_url: str) -> Starlette:
    """Give an ASGI application that serves the files of ``public``."""
    files = PublicFiles(root=public, base_url=base_url)
    return Starlette(routes=[Route("/{path:path}", files.respond, methods=["GET", "HEAD"])])
