"""Which of the editions that are due may leave now; the others stay as they are, and a line says why."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from syndicate.dispatch.proving import unproven
from syndicate.dispatch.readiness import for_examples, in_house, lacking, unsigned
from syndicate.dispatch.remarks import UNADDRESSED
from syndicate.errors import EditionError, SettingsError, SyndicateError, TransportError
from syndicate.mail.wire import sender_domain
from syndicate.model.edition import Edition, EditionState
from syndicate.settings.schema import Settings
from syndicate.store import editions, variants
from syndicate.store.engine import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Who may go, and what is to be said."""

    editions: tuple[Edition, ...] = ()
    #: What keeps the others.
    problems: tuple[SyndicateError, ...] = ()
    #: What keeps nobody.
    warnings: tuple[str, ...] = ()


def admit(engine: sa.Engine, settings: Settings, due: Sequence[Edition]) -> Admission:
    """Give which editions may leave: all as files, and by a mail server those that mailboxes would take."""
    lines = lacking(settings) if due else ()
    foreign = {each.id: line for each in due if (line := _unsigned(engine, settings, each))}
    if settings.mail.transport != "smtp":
        return Admission(editions=tuple(due), warnings=tuple(map(_by_server, (*lines, *foreign.values()))))
    if lines:
        return Admission(problems=(SettingsError("\n".join(lines)),))
    unaddressed = [each for each in due if _begins(each) and _is_unaddressed(engine, each)]
    ready = tuple(each for each in due if each not in unaddressed and each.id not in foreign)
    admission = _reachable(engine, settings, ready)
    problems = (*map(_put_together_before, unaddressed), *map(EditionError, foreign.values()))
    return replace(admission, problems=(*problems, *admission.problems))


def _reachable(engine: sa.Engine, settings: Settings, due: tuple[Edition, ...]) -> Admission:
    """Let no edition begin while its readers couldn't unsubscribe."""
    beginning = [each for each in due if _begins(each)]
    line = _self_test(engine, settings) if beginning else ""
    if not line or (in_house(settings) and settings.dispatch.self_test != "hold"):
        return Admission(editions=due, warnings=(line,) if line else ())
    wait = TransportError(f"{line}; until then what is due waits (dispatch.self_test)", permanent=False)
    return Admission(editions=tuple(each for each in due if each not in beginning), problems=(wait,))


def _begins(edition: Edition) -> bool:
    return edition.state is EditionState.SCHEDULED


def _is_unaddressed(engine: sa.Engine, edition: Edition) -> bool:
    """Say whether its bytes were fixed when there was no postal address: then none stands in them."""
    with reading(engine) as connection:
        moves = editions.moves(connection, edition.id)
    return any(each.new is EditionState.FREEZING and UNADDRESSED in each.why for each in moves)


def _put_together_before(edition: Edition) -> EditionError:
    return EditionError(
        f"edition {edition.id}: it was put together {UNADDRESSED}, and doesn't leave by SMTP so; "
        f"`syndicate edition cancel {edition.id}` leaves its posts to the next one"
    )


def _unsigned(engine: sa.Engine, settings: Settings, edition: Edition) -> str:
    """Say of an edition that the sender has moved since it was put together, and what to do; else ""."""
    if not settings.dkim.domain:
        return ""
    with reading(engine) as connection:
        domains = sorted({*map(sender_domain, variants.beginnings(connection, edition.id))})
    why = next(filter(None, (unsigned(settings, each) for each in domains)), "")
    return why and (
        f"edition {edition.id}: {why}; set mail.sender and dkim back until it has gone, or "
        f"`syndicate edition cancel {edition.id}` leaves its posts to the next one"
    )


def _by_server(line: str) -> str:
    return f"written to outbox/mail/, and no mail server would be given it: {line}"


def _self_test(engine: sa.Engine, settings: Settings) -> str:
    """Ask ourselves whether we can be reached, unless nobody could be: under a name that is for examples."""
    wanted = settings.dispatch.self_test
    if wanted == "off" or (wanted == "auto" and for_examples(settings.publish.base_url)):
        return ""
    return unproven(engine, settings, nonce=secrets.token_urlsafe(16))
