"""The page of ``syndicate edition preview --serve``, for as long as somebody looks at it."""

import signal
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from syndicate.cli.complaints import complaint
from syndicate.cli.invocation import DEFAULT_CONFIG, Invocation, open_site, site_key, site_place
from syndicate.cli.listening import listening
from syndicate.cli.lists import find_list
from syndicate.cli.output import complain, say
from syndicate.model.edition import EditionId
from syndicate.posts.source import Source
from syndicate.settings.schema import Settings
from syndicate.templating import shipped

if TYPE_CHECKING:
    from uvicorn import Server

    from syndicate.reports.rehearsal import Opening
    from syndicate.web.preview.proofs import Proofs, Watched

_HOST = "127.0.0.1"
#: A line that is held open hears within a tenth of a second that the server ends (seconds).
_PATIENCE = 3


def proofread(
    invocation: Invocation,
    *,
    list_name: str | None,
    edition_id: EditionId | None,
    port: int,
    open_page: bool,
) -> None:
    """Serve the page on this machine until Ctrl+C; nothing is sent, and nothing is written.

    It shows the list's next edition, or the one of that number for as long as it isn't over.
    """
    from syndicate.reports.rehearsal import Rehearsal
    from syndicate.web.preview.proofs import Proofs, renewing

    settings, source = open_site(invocation)
    find_list(settings, list_name)
    with (
        _ended_in_order(),
        listening(_HOST, port, options="--port") as place,
        closing(Rehearsal(partial(_opening, invocation, list_name, edition_id))) as rehearsal,
    ):
        proofs = Proofs(rehearsal, explain=complaint)
        proofs.renew()
        address = f"http://{_HOST}:{place.getsockname()[1]}/"
        if not invocation.quiet:
            say(f"previewing on {address}, which follows every change; nothing is sent (Ctrl+C ends it)")
        if open_page:
            webbrowser.open(address)
        server = _server(invocation, proofs, settings.templates)
        with renewing(proofs, _watched(invocation, settings, source)), suppress(KeyboardInterrupt):
            signal.signal(signal.SIGHUP, server.handle_exit)  # of the others uvicorn takes care
            server.run(sockets=[place])


@contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let a closed terminal, or a kill, end it as Ctrl+C does: so the copy of the store is removed."""
    ends = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, signal.default_int_handler) for number in ends}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _opening(invocation: Invocation, list_name: str | None, edition_id: EditionId | None) -> "Opening":
    from syndicate.reports.rehearsal import Opening

    settings, source = open_site(invocation)
    return Opening(
        settings=settings,
        source=source,
        site_key=site_key(settings, source),
        site_place=site_place(settings, source),
        list_settings=find_list(settings, list_name),
        edition_id=edition_id,
    )


def _watched(invocation: Invocation, settings: Settings, source: Source) -> "Watched":
    from syndicate.web.preview.proofs import Watched

    return Watched(
        roots=_roots(invocation, settings, source),
        ignored=(settings.outbox,),
        warn=lambda line: complain([line]),
    )


def _roots(invocation: Invocation, settings: Settings, source: Source) -> Sequence[Path]:
    """Give the folders that the edition is made from, none within another."""
    config = invocation.config or (None if invocation.site else DEFAULT_CONFIG)
    folders = [source.site.root, settings.templates, shipped(), *([config.parent] if config else [])]
    found = dict.fromkeys(folder.resolve() for folder in folders)
    return [each for each in found if not any(other in each.parents for other in found)]


def _server(invocation: Invocation, proofs: "Proofs", templates: Path) -> "Server":
    import uvicorn

    from syndicate.web.preview.application import Preview, application

    server: uvicorn.Server
    preview = Preview(proofs=proofs, templates=templates, ending=lambda: server.should_exit)
    server = uvicorn.Server(
        uvicorn.Config(
            application(preview),
            log_level="info" if invocation.verbose else "warning",
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,
        )
    )
    return server
