"""The public pages of editions, where "view in browser" leads."""

from collections.abc import Collection
from datetime import datetime

from syndicate.errors import SyndicateError
from syndicate.files import write_if_changed
from syndicate.model.edition import Edition, EditionId, EditionState
from syndicate.pipeline.river import River
from syndicate.store import editions, variants
from syndicate.store.engine import reading

#: Editions whose messages lead to their page, now or before long; and all that ever did.
LEAVING = (EditionState.SCHEDULED, EditionState.SENDING)
PUBLIC = (*LEAVING, EditionState.PAUSED, EditionState.SENT, EditionState.SENT_WITH_EXCEPTIONS)


def archive(river: River, states: Collection[EditionState], *, now: datetime) -> tuple[SyndicateError, ...]:
    """Write the missing pages of editions in these states, once due; give what stopped single ones."""
    with reading(river.engine) as connection:
        found = editions.due(connection, states, now=now)
    problems = []
    for edition in found:
        try:
            _write_page(river, edition)
        except SyndicateError as error:
            problems.append(error)
    return tuple(problems)


def _write_page(river: River, edition: Edition) -> None:
    path = river.settings.outbox / "public" / edition_folder(edition.list_name, edition.id) / "index.html"
    if not path.exists():  # what was frozen doesn't change
        write_if_changed(path, _public_page(river, edition.id).encode())


def _public_page(river: River, edition_id: EditionId) -> str:
    from syndicate.digests.archiving import public_page

    with reading(river.engine) as connection:
        widest = variants.of_edition(connection, edition_id)[0]
    return public_page(html=widest.html, wire=widest.wire, templates=river.settings.templates)


def edition_folder(list_name: str, edition_id: EditionId) -> str:
    """Give the place of an edition's page below the web root."""
    return f"editions/{list_name}/{edition_id}"
