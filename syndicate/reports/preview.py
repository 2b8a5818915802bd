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
from syndicate.reports.plan import plan
from syndicate.settings.schema import ListSettings
from syndicate.store import posts
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """What a list's next edition would say now."""

    digest: Digest
    posts: tuple[TrackedPost, ...]
    #: Whether the posts only stand in, since nobody is owed anything yet.
    specimen: bool


def next_digest(river: River, list_settings: ListSettings, *, now: datetime) -> Next:
    """Give what a list's next edition would say now; ``EditionError`` where there is no post at all."""
    owed, specimen = _owed(river, list_settings, now=now)
    if not owed:
        raise EditionError(f'list "{list_settings.name}": the site has no post for it; write one first')
    digest = compose_edition(river, owed, _pretended(list_settings, now=now))
    return Next(digest=digest, posts=tuple(owed), specimen=specimen)


def preview(river: River, list_settings: ListSettings, *, now: datetime) -> Preview:
    """Write what the list's next edition would say now below outbox/preview, and give where."""
    found = next_digest(river, list_settings, now=now)
    digest = found.digest
    folder = river.settings.outbox / "preview" / list_settings.name
    wire = Wire.parse(digest.wire)
    reader = _nobody(river)
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
    )


def _owed(river: River, list_settings: ListSettings, *, now: datetime) -> tuple[Sequence[TrackedPost], bool]:
    for send in plan(river.engine, river.settings, until=now + _AHEAD, now=now):
        if send.list_name == list_settings.name and send.posts:
            return send.posts, False
    with reading(river.engine) as connection:
        live = posts.live(connection)
    return [each for each in live if carries(list_settings, each.post)][:_SPECIMEN], True


def _pretended(list_settings: ListSettings, *, now: datetime) -> Edition:
    return Edition(
        id=EditionId(0),
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


def _nobody(river: River) -> Personal:
    sender = mailbox(river.settings.mail.sender, what="mail.sender")
    home = river.settings.publish.base_url or "https://nowhere.invalid"
    return Personal(
        address=sender.addr_spec,
        message_id=f"<preview@{sender.domain}>",
        unsubscribe_url=f"{home}/unsubscribe/preview",
        unsubscribe_mailto=f"mailto:{sender.addr_spec}?subject=preview",
    )
