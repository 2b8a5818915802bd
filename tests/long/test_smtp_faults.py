"""Two in a hundred of everything that can go wrong between us and a mail server.

``SYNDICATE_TEST_READERS=1000`` makes it smaller.
"""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from syndicate.model.delivery import DeliveryState
from syndicate.reports.verify import verify
from syndicate.settings.schema import DispatchSettings, SmtpSettings
from syndicate.store import deliveries
from syndicate.store.engine import reading
from syndicate.store.tables import delivery

pytestmark = pytest.mark.long

#: Seconds; the server's late answers come after ours.
PATIENCE = 2
FAULTS = (
    ("rcpt", "451 4.7.1 greylisted"),
    ("rcpt", "550 5.1.1 no such user"),
    ("rcpt", "stall"),
    ("rcpt", "garbage"),
    ("rcpt", "421 4.3.2 closing"),
    ("data", "drop"),
    ("dot", "452 4.2.2 full"),
    ("dot", "554 5.7.1 spam"),
    ("dot", "drop"),
    ("dot", "stall"),
    ("dot", "garbage"),
    ("dot", "accept_drop"),
    ("dot", "accept_reset"),
    ("dot", "accept_stall"),
    ("dot", f"accept_delay:{PATIENCE + 1}"),
    ("connect", "421 4.3.2 too many"),
    ("ehlo", "drop"),
)


def addresses(river, edition, *states):
    with reading(river.engine) as connection:
        found = deliveries.of_edition(connection, edition.id, states=states or tuple(DeliveryState))
        return {address for _, address in found}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("uncertain", ["hold", "resend"])
def test_whatever_goes_wrong_nobody_is_lost_or_served_twice(river, sink, size, uncertain):
    readers = size("READERS", 10_000)
    server = sink(*({"stage": stage, "do": action, "p": 0.02} for stage, action in FAULTS))
    river.configure(start_with=1)
    river.arrive("one", baseline=True)
    river.crowd(readers)
    patience = timedelta(seconds=PATIENCE)
    river.settings = replace(
        river.settings,
        mail=replace(river.settings.mail, transport="smtp"),
        smtp=SmtpSettings(
            host="127.0.0.1", port=server.port, security="none", timeout=2 * patience, last_reply=patience
        ),
        dispatch=DispatchSettings(uncertain=uncertain),
    )
    river.start()
    river.tick()
    (edition,) = river.freeze().editions
    begun = time.monotonic()
    first = None

    while (state := verify(river.engine, river.settings, edition.id).edition.state) in {
        "scheduled",
        "sending",
    }:
        assert river.send().problems == ()
        first = first or time.monotonic() - begun
        river.now = next_try(river) or river.now
    took = time.monotonic() - begun

    found = verify(river.engine, river.settings, edition.id)
    accepted = addresses(river, edition, DeliveryState.ACCEPTED)
    rejected = addresses(river, edition, DeliveryState.REJECTED)
    named = rejected | addresses(river, edition, DeliveryState.UNCERTAIN)
    counted = server.tally(accepted)
    times = f"first pass {first:.0f} s, all {took:.0f} s"
    print(f"\n{readers} readers, {uncertain}: {found.words}; {times}; {counted}")  # noqa: T201 - shown by -s
    assert str(state) == "sent with exceptions"
    assert accepted | named == addresses(river, edition)
    assert counted["lost"] == 0
    assert counted["dup_though_told_250"] == counted["dup_with_other_message_id"] == 0
    if uncertain == "hold":
        assert counted["extra_copies"] == 0
        assert {each["rcpt"][0] for each in server.kept()} <= accepted | (named - rejected)
    assert first < 60 + 0.1 * readers


def next_try(river):
    """Give when the next message that was put off is tried."""
    with reading(river.engine) as connection:
        waiting = delivery.c.state.in_((DeliveryState.PENDING, DeliveryState.DEFERRED))
        return connection.scalar(sa.select(sa.func.max(delivery.c.not_before)).where(waiting))
