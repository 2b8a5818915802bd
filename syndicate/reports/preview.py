"""The next edition of a list as it would look now, before anything is frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from syndicate.audience.selection import carries
from syndicate.digests.rendering import Digest
from syndicate.errors import EditionError
from syndicate.files import write_if_changed
from syndicate.mail.headers import mailbox
from syndicate.mail.linting import lint
from syndicate.mail.slots import Personal
from syndicate.mail.wire import Wire
from syndicate.model.edition import Edition, EditionId, EditionState
from syndicate.model.finding import Finding
from syndicate.model.post import TrackedPost
from syndicate.pipeline import River
from syndicate.pipeline.sending import compose_edition
from syndicate.reports.plan import Send, plan
from syndicate.settings.schema import ListSettings
from syndicate.store import editions, posts
from syndicate.store.engine import reading

_AHEAD = timedelta(days=35)
#: Where nobody is owed anything yet, the newest few stand in.
_SPECIMEN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A message to nobody, as three files."""

    subject: str
    posts: tuple[TrackedPost, ...]
    #: Whether the posts only stand in, since nobody is owed anything yet.
    specimen: bool
    page: Path
    text: Path
    message: Path
    #: What ``syndicate check`` says of the message.
    findings: tuple[Finding, ...]
    #: As the plan has it; ``None`` where nothing is planned.
    send: Send | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What a list's next edition would say now."""

    digest: Digest
    posts: tuple[TrackedPost, ...]
    #: Whether the posts only stand in, since nobody is owed anything yet.
    specimen: bool
    #: As the plan has it; ``None`` where nothing is planned.
    send: Send | None


def next_digest(
    river: River, list_settings: ListSettings, *, edition_id: EditionId | None = None, now: datetime
) -> Next:
    """Give what a list's next edition would say now, or the edition of that number that isn't over.

    ``EditionError`` where it is over, or there is no post at all.
    """
    send = _send(river, list_settings, edition_id, now=now)
    if edition_id is not None and send is None:
        raise EditionError(
            f"edition {edition_id}: it is over; `syndicate edition show {edition_id}` has what it said"
        )
    posts_shown = send.posts if send and send.posts else _specimens(river, list_settings)
    if not posts_shown:
        raise EditionError(f'list "{list_settings.name}": the site has no post for it; write one first')
    edition = send.edition if send and send.edition else _pretended(river, list_settings, now=now)
    return Next(
        digest=compose_edition(river, posts_shown, edition),
        posts=tuple(posts_shown),
        specimen=not (send and send.posts),
        send=send,
    )


def preview(
    river: River, list_settings: ListSettings, *, edition_id: EditionId | None = None, now: datetime
) -> Preview:
    """Write what ``next_digest`` gives below outbox/preview, and give where."""
    found = next_digest(river, list_settings, edition_id=edition_id, now=now)
    digest = found.digest
    folder = river.settings.outbox / "preview" / list_settings.name
    wire = Wire.parse(digest.wire)
    reader = nobody(river)
    files = {
        folder / "index.html": wire.slots.filled_html(digest.html, reader).encode(),
        folder / "message.txt": wire.slots.filled_text(digest.text, reader).encode(),
        folder / "message.eml": wire.fill(reader),
    }
    for path, content in files.items():
        write_if_changed(path, content)
    page, text, message = files
    findings = tuple(lint(files[message]))
    return Preview(
        subject=digest.subject,
        posts=found.posts,
        specimen=found.specimen,
        page=page,
        text=text,
        message=message,
        findings=findings,
        send=found.send,
    )


def standing_in(send: Send | None) -> str:
    """Say why the newest posts stand in for an edition's own."""
    why = "all that it would bring was dropped" if send and send.dropped else "nobody is owed anything yet"
    return f"{why}; the newest posts stand in"


def _send(
    river: River, list_settings: ListSettings, edition_id: EditionId | None, *, now: datetime
) -> Send | None:
    """Give the send that is meant; of a list's, the first that brings something, else the first."""
    sends = [
        each
        for each in plan(river.engine, river.settings, until=now + _AHEAD, now=now)
        if each.list_name == list_settings.name
        and (edition_id is None or (each.edition and each.edition.id == edition_id))
    ]
    return next((each for each in sends if each.posts), sends[0] if sends else None)


def _specimens(river: River, list_settings: ListSettings) -> Sequence[TrackedPost]:
    with reading(river.engine) as connection:
        live = posts.live(connection)
    return [each for each in live if carries(list_settings, each.post)][:_SPECIMEN]


def _pretended(river: River, list_settings: ListSettings, *, now: datetime) -> Edition:
    with reading(river.engine) as connection:
        number = editions.highest_number(connection) + 1
    return Edition(
        id=EditionId(number),
        list_name=list_settings.name,
        cadence=list_settings.cadences[0].every,
        occurrence="preview",
        due_at=now,
        cut_off_at=now,
        state=EditionState.COLLECTING,
        arrival_to=None,
        subject="",
        created_at=now,
        state_changed_at=now,
    )


def nobody(river: River) -> Personal:
    """Give the values of a reader who doesn't exist."""
    sender = mailbox(river.settings.mail.sender, what="mail.sender")
    home = river.settings.publish.base_url or "https://nowhere.invalid"
    return Personal(
        address=sender.addr_spec,
        message_id=f"<preview@{sender.domain}>",
        unsubscribe_url=f"{home}/unsubscribe/preview",
        unsubscribe_mailto=f"mailto:{sender.addr_spec}?subject=preview",
    )
