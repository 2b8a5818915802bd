"""Two processes write the same thing at once on PostgreSQL; SQLite lets only one in."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from syndicate.audience.addresses import parse
from syndicate.audience.subscribing import Request, subscribe
from syndicate.model.cadence import Cadence, Every
from syndicate.settings.schema import ListSettings
from syndicate.store import meta, subscriptions
from syndicate.store.engine import reading

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
GAZETTE = ListSettings(name="gazette", cadences=(Cadence(every=Every.DAILY),))
OTHER = replace(GAZETTE, name="other")


def twice(engine, work):
    """Do the work, and on another connection again, which has to wait for our commit; give what that gave."""
    with ThreadPoolExecutor(1) as threads:
        with engine.begin() as connection:
            work(connection)
            second = threads.submit(begin, engine, work)
            wait_until_one_waits(engine)
        return second.result(timeout=30)


def begin(engine, work):
    with engine.begin() as connection:
        return work(connection)


def wait_until_one_waits(engine):
    until = datetime.now(UTC) + timedelta(seconds=30)
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with reading(engine) as connection:
        while not connection.scalar(waiting):
            assert datetime.now(UTC) < until, "nobody waits"


def put(*names, on=GAZETTE):
    requests = [Request(address=parse(f"{name}@example.org")) for name in names]
    said = {"list_settings": on, "consent": "a test", "who": "eve", "now": NOON}
    return lambda connection: subscribe(connection, requests, **said)


@pytest.mark.parametrize("known", [(), ("ada",)])
def test_a_reader_put_on_a_list_twice_at_once_is_on_it_once(postgresql_engine, known):
    if known:
        begin(postgresql_engine, put(*known, on=OTHER))

    outcome = twice(postgresql_engine, put("ada"))

    with reading(postgresql_engine) as connection:
        there = subscriptions.of_address(connection, "ada@example.org")
    assert (outcome.added, outcome.known) == (frozenset(), {"ada@example.org"})
    assert [each.list_name for each in there].count("gazette") == 1


@pytest.mark.parametrize("before", [0, 3])
def test_a_number_that_two_let_grow_at_once_grows_by_two(postgresql_engine, before):
    for _ in range(before):
        begin(postgresql_engine, lambda connection: meta.bump(connection, "visits"))

    twice(postgresql_engine, lambda connection: meta.bump(connection, "visits"))

    with reading(postgresql_engine) as connection:
        assert meta.read(connection, "visits") == str(before + 2)
