"""``syndicate serve``."""

from typing import Annotated

import typer

from syndicate.cli.invocation import Invocation
from syndicate.cli.listening import listening
from syndicate.cli.output import say
from syndicate.cli.sessions import session


def command(
    context: typer.Context,
    *,
    host: Annotated[
        str, typer.Option(help="The address to listen on; 0.0.0.0 is every network.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")] = 8000,
) -> None:
    """Serve feeds and pages, and take readers off lists by the links in their mail.

    It sends nothing: `syndicate run` does, beside it. Put a web server with HTTPS in front of it.
    """
    invocation: Invocation = context.obj
    with session(invocation) as opened:
        import uvicorn

        from syndicate.web.application import application

        server = uvicorn.Server(
            uvicorn.Config(
                application(opened.settings, opened.engine),
                log_level="info" if invocation.verbose else "warning",
                server_header=False,
            )
        )
        with listening(host, port) as place:
            if not invocation.quiet:
                where = f"http://{f'[{host}]' if ':' in host else host}:{place.getsockname()[1]}/"
                say(f"serving {opened.settings.outbox / 'public'} on {where} (Ctrl+C ends it)")
            server.run(sockets=[place])
