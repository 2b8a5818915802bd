"""Many rows at once: as if SQLAlchemy had run each."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from syndicate.store.bulk import insert_all
from syndicate.store.engine import reading, upsert
from syndicate.store.tables import UtcDateTime, file, job, meta, schedule

HERE = timezone(timedelta(hours=8))
ROWS = [
    {
        "cadence": f"cadence {number}",
        "list": "100% %(list)s :list ?",
        "through": number or None,
        "next_at": datetime(2026, 11, 23, 12, 0, number, tzinfo=HERE) if number else None,
        "spec": "“香港”",
    }
    for number in range(3)
]


def test_rows_are_what_sqlalchemy_makes_of_them_whatever_their_order(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.insert(schedule), ROWS)
        expected = _all(connection)
        connection.execute(sa.delete(schedule))
        insert_all(connection, sa.insert(schedule), ROWS)

        assert _all(connection) == expected
        assert expected[1][-2:] == (datetime(2026, 11, 23, 4, 0, 1, tzinfo=UTC), 1)


def test_rows_overwrite_those_that_are_there(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        for value in ("old", "new"):
            insert_all(connection, upsert(connection, meta), [{"value": value, "key": key} for key in "ab"])

    with reading(engine) as connection:
        kept = connection.execute(sa.select(meta).where(meta.c.key < "c").order_by(meta.c.key)).all()

        assert kept == [("a", "new"), ("b", "new")]


def test_rows_may_be_numbered_by_the_database(engine: sa.Engine) -> None:
    said = {"kind": "ping", "payload": "{}", "revision": 1, "attempts": 0, "reply": ""}
    rows = [{**said, "key": key, "not_before": datetime(2026, 11, 23, tzinfo=UTC)} for key in "ab"]
    with engine.begin() as connection:
        insert_all(connection, sa.insert(job), rows)

        assert connection.execute(sa.select(job.c.id, job.c.key).order_by(job.c.id)).all() == [
            (1, "a"),
            (2, "b"),
        ]


def test_no_rows_are_no_statement(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        insert_all(connection, sa.insert(file), [])


def test_a_naive_instant_is_refused(engine: sa.Engine) -> None:
    naive = [{**ROWS[1], "next_at": datetime(2026, 11, 23)}]  # noqa: DTZ001 - that is the point

    with engine.begin() as connection, pytest.raises(ValueError, match="naive"):
        insert_all(connection, sa.insert(schedule), naive)


@given(st.none() | st.datetimes(timezones=st.timezones(), min_value=datetime(1, 1, 3)))  # noqa: DTZ001 - its bound
def test_an_instant_in_sqlite_is_written_as_sqlalchemy_writes_it(instant: datetime | None) -> None:
    dialect = sqlite.dialect()
    ours = UtcDateTime().dialect_impl(dialect).bind_processor(dialect)
    theirs = sqlite.DATETIME().bind_processor(dialect)

    assert ours(instant) == theirs(instant and instant.astimezone(UTC))


def test_the_two_instants_of_an_hour_that_comes_twice_stay_apart() -> None:
    dialect = sqlite.dialect()
    write = UtcDateTime().dialect_impl(dialect).bind_processor(dialect)
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))

    assert (write(first), write(first.replace(fold=1))) == (
        "2026-10-25 00:30:00.000000",
        "2026-10-25 01:30:00.000000",
    )


def _all(connection: sa.Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(sa.select(schedule).order_by(schedule.c.cadence))]
