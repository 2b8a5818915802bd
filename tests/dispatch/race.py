"""Schedulers and dispatchers that start in the same moment, each a process of its own.

Usage: race.py STORE_URL NOW SCHEDULERS DISPATCHERS LOG

Whom a dispatcher hands a message over for is one line of LOG. Ends when all have ended; fails when one did.
"""

import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from syndicate.dispatch.delivering import deliver
from syndicate.dispatch.local import freeze_due, local_hands
from syndicate.mail.headers import Heading
from syndicate.mail.slots import Slots
from syndicate.mail.wire import template
from syndicate.model.cadence import Cadence, Every
from syndicate.model.delivery import DeliveryId, Outcome, Reply
from syndicate.model.edition import Edition, EditionState
from syndicate.model.message import Message
from syndicate.model.post import TrackedPost
from syndicate.schedule.occurrences import materialise
from syndicate.settings.schema import ListSettings, MailSettings, PublishSettings, Settings, StoreSettings
from syndicate.store import editions
from syndicate.store.engine import connect, reading

url, now, schedulers, dispatchers, log = sys.argv[1:]
NOW = datetime.fromisoformat(now)
#: How often a dispatcher looks before it gives up.
LOOKS = 1_000
SETTINGS = Settings(
    outbox=Path("unused"),
    publish=PublishSettings(base_url="https://gazette.example"),
    mail=MailSettings(sender="The Gazette <news@gazette.example>"),
    lists=(
        ListSettings(name="gazette", zone="Europe/Lisbon", cadences=(Cadence(every=Every.WEEKLY, on="mon"),)),
    ),
    store=StoreSettings(url=url),
)


@dataclass(frozen=True)
class Words:
    """What an edition says."""

    subject: str
    html: str
    text: str
    wire: bytes


def render(shown: Sequence[TrackedPost], edition: Edition) -> Words:
    """Say the titles."""
    titles = ", ".join(each.post.title for each in shown)
    slots = Slots.absent_from(titles)
    heading = Heading(
        sender=SETTINGS.mail.sender,
        reply_to=SETTINGS.mail.sender,
        subject=titles,
        date=edition.due_at,
        list_name="gazette",
        list_title="The Gazette",
    )
    text = f"{titles}\n{slots.unsubscribe_url}\n"
    html = f"<p>{titles}</p><a href={slots.unsubscribe_url}>leave</a>\n"
    return Words(titles, html, text, template(heading, slots, text=text, html=html))


class Scribe:
    """A transport that writes down whom it was given a message for; a second copy would be a second line."""

    repeatable = False
    capacity = None

    def hand_over(self, messages: Sequence[Message]) -> Iterator[tuple[DeliveryId, Reply]]:
        """Write a line and accept."""
        for message in messages:
            descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(descriptor, f"{message.edition_id} {message.envelope.recipient}\n".encode())
            os.close(descriptor)
            yield message.delivery_id, Reply(outcome=Outcome.ACCEPTED, text="250 ok")

    def stop(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is held open."""


def schedule(engine: sa.Engine) -> None:
    """Do a scheduler's work once."""
    materialise(engine, SETTINGS.lists, now=NOW)
    found = freeze_due(engine, SETTINGS, render=render, now=NOW)
    if found.problems:
        raise found.problems[0]


def dispatch(engine: sa.Engine) -> None:
    """Deliver what is due until the newest edition is sent."""
    hands = replace(local_hands(SETTINGS, clock=lambda: NOW), transport=Scribe(), group=7)
    for _ in range(LOOKS):
        with reading(engine) as connection:
            due = editions.due(connection, (EditionState.SCHEDULED, EditionState.SENDING), now=NOW)
            newest = editions.every(connection)[:1]
        for edition in due:
            deliver(engine, edition, hands=hands, late_after=timedelta(hours=6))
        if newest and newest[0].created_at == NOW and newest[0].state is EditionState.SENT:
            return
        threading.Event().wait(0.02)
    sys.exit("the edition was never sent")


def child(work: Callable[[sa.Engine], None], gate: int, opener: int) -> int:
    """Start a process that works once the gate opens."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.close(opener)
        os.read(gate, 1)
        work(connect(url))
        code = 0
    except BaseException:  # noqa: BLE001 - a forked process must not go on as its parent
        traceback.print_exc()
    os._exit(code)


gate, opener = os.pipe()
works = [schedule] * int(schedulers) + [dispatch] * int(dispatchers)
children = [child(work, gate, opener) for work in works]
os.close(opener)  # all are let go in this moment
sys.exit(max(os.waitstatus_to_exitcode(os.waitpid(each, 0)[1]) for each in children))
