"""The next edition of a list as an editor looks it over: the message, and all that is known of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from syndicate.audience.reach import audience_of, survey
from syndicate.digests.budget import LIMIT_BYTES
from syndicate.mail.linting import lint
from syndicate.mail.wire import Wire
from syndicate.model.edition import EditionId
from syndicate.model.finding import Finding
from syndicate.model.post import PostId, TrackedPost
from syndicate.pipeline import River
from syndicate.pipeline.publishing import notice
from syndicate.reports.plan import Send
from syndicate.reports.preview import next_digest, nobody
from syndicate.schedule.occurrences import materialise
from syndicate.schedule.starting import start
from syndicate.settings.schema import ListSettings
from syndicate.store import posts, variants
from syndicate.store.engine import reading

#: The posts of a variant, and its readers.
_Owed = tuple[tuple[PostId, ...], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedVariant:
    """The readers who are owed the same posts."""

    titles: tuple[str, ...]
    readers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A message to nobody, and what is to be said of it."""

    list_name: str
    list_title: str
    subject: str
    html: str
    text: str
    #: As it would leave, an .eml.
    message: bytes
    #: As the plan has it; ``None`` where nothing is planned.
    send: Send | None
    #: Whether the newest posts only stand in, since it brings none to anybody.
    specimen: bool
    #: The largest first.
    variants: tuple[ExpectedVariant, ...]
    #: What ``syndicate check`` says of the message.
    findings: tuple[Finding, ...]

    @property
    def size_bytes(self) -> int:
        """The HTML's, as a mail program sees it."""
        return len(self.html.encode())

    @property
    def limit_bytes(self) -> int:
        """Where Gmail cuts it off."""
        return LIMIT_BYTES


def proof(
    river: River, list_settings: ListSettings, *, edition_id: EditionId | None = None, now: datetime
) -> Proof:
    """Give the list's next edition as things stand, or the one of that number; nothing is written.

    ``SyndicateError`` says what stops it.
    """
    found = next_digest(river, list_settings, edition_id=edition_id, now=now)
    wire, reader = Wire.parse(found.digest.wire), nobody(river)
    message = wire.fill(reader)
    return Proof(
        list_name=list_settings.name,
        list_title=list_settings.title,
        subject=found.digest.subject,
        html=wire.slots.filled_html(found.digest.html, reader),
        text=wire.slots.filled_text(found.digest.text, reader),
        message=message,
        send=found.send,
        specimen=found.specimen,
        variants=_variants(river, list_settings, found.send) if found.send else (),
        findings=tuple(lint(message)),
    )


def catch_up(river: River, *, now: datetime) -> None:
    """Do in a store that forgets what a pass does before it freezes; an edit counts as settled."""
    patient = replace(river.settings.posts, settle=timedelta())
    notice(replace(river, settings=replace(river.settings, posts=patient)), now=now, progress=lambda *_: None)
    for each in river.settings.lists:
        start(river.engine, each, now=now)
    materialise(river.engine, river.settings.lists, now=now)


def _variants(river: River, list_settings: ListSettings, send: Send) -> tuple[ExpectedVariant, ...]:
    with reading(river.engine) as connection:
        edition = send.edition
        if edition is not None and edition.arrival_to is not None:
            counted = variants.readers(connection, edition.id)
            owed = [
                (each.post_ids, counted.get(each.id, 0))
                for each in variants.of_edition(connection, edition.id)
            ]
        else:
            owed = _surveyed(connection, list_settings, send)
        titles = _titles(connection, owed)
    found = [
        ExpectedVariant(titles=tuple(titles[each] for each in ids), readers=readers) for ids, readers in owed
    ]
    return tuple(sorted(found, key=lambda each: -each.readers))


def _surveyed(connection: sa.Connection, list_settings: ListSettings, send: Send) -> list[_Owed]:
    occasion = send.edition.occurrence if send.edition else ""
    audience = audience_of(list_settings, send.cadence, occurrence=occasion)
    through = posts.highest_arrival(connection)
    reach = survey(connection, audience, list_settings, through=through, shaping=send.shaping)
    return list(reach.variants.items())


def _titles(connection: sa.Connection, owed: Sequence[_Owed]) -> dict[PostId, str]:
    found: Sequence[TrackedPost] = posts.tracked(connection, {each for ids, _ in owed for each in ids})
    return {each.id: each.post.title or each.post.path for each in found}
