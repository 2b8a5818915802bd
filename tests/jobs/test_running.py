# ruff: noqa: D102 - the methods of Desk are the words that tests are written in
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from syndicate.errors import FetchError, TransportError
from syndicate.jobs.naming import NAMED_FOR, given_up
from syndicate.jobs.retrying import TRIES
from syndicate.jobs.running import LEASE, TURN, Turn, run_due
from syndicate.model.job import Job, Task
from syndicate.store import holding, jobs
from syndicate.store.engine import reading

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PING = Task(kind="ping", key="a", payload={"topic": "https://gazette.example/ä"})


@dataclass
class Desk:
    """A store with jobs, a clock that the test turns, and a handler that does what the test says."""

    engine: sa.Engine
    now: datetime = NOON
    tried: list[str] = field(default_factory=list)
    #: Called with each task; what it raises is the failure.
    deed: Callable[[Task], None] = lambda _task: None

    def ask(self, task: Task = PING) -> None:
        with self.engine.begin() as connection:
            jobs.put(connection, task, not_before=self.now)

    def turn(self, **later: int) -> Turn:
        self.now += timedelta(**later)
        return run_due(self.engine, {"ping": self.handle}, clock=lambda: self.now)

    def handle(self, task: Task) -> None:
        self.tried.append(task.key)
        self.deed(task)

    def waiting(self) -> list[Job]:
        with reading(self.engine) as connection:
            return jobs.waiting(connection)

    def given_up(self) -> list[Job]:
        with reading(self.engine) as connection:
            return jobs.given_up(connection, since=NOON - timedelta(days=100))


@pytest.fixture
def desk(engine) -> Desk:
    return Desk(engine)


def fail(*, permanent: bool) -> Callable[[Task], None]:
    def deed(_task: Task) -> None:
        raise TransportError("the hub said 500", permanent=permanent)

    return deed


def fail_until(later: timedelta) -> Callable[[Task], None]:
    def deed(_task: Task) -> None:
        raise FetchError("the hub said 429", permanent=False, retry_after=later)

    return deed


def die(_task: Task) -> None:
    raise KeyboardInterrupt


def test_a_job_is_done_once_and_gone(desk):
    desk.ask()

    assert desk.turn() == Turn(done=(PING,))
    assert desk.turn() == Turn()
    assert desk.tried == ["a"]
    assert desk.waiting() == []


def test_a_job_is_there_only_if_what_it_belongs_to_is(desk):
    with desk.engine.connect() as connection, connection.begin() as transaction:
        jobs.put(connection, PING, not_before=NOON)
        transaction.rollback()

    assert desk.turn() == Turn()


def test_the_same_task_asked_for_twice_waits_once(desk):
    desk.ask()
    desk.ask(Task(kind="ping", key="a", payload={"topic": "https://gazette.example/new"}))
    desk.ask(Task(kind="ping", key="b", payload={}))

    assert [each.task.key for each in desk.waiting()] == ["a", "b"]
    assert desk.waiting()[0].task.payload == {"topic": "https://gazette.example/new"}


def test_what_fails_for_now_is_tried_again_with_growing_waits(desk):
    desk.ask()
    desk.deed = fail(permanent=False)

    waits = []
    for _ in range(4):
        assert desk.turn().put_off == (PING,)
        waits.append(desk.waiting()[0].not_before - desk.now)
        desk.now = desk.waiting()[0].not_before
    desk.deed = lambda _task: None

    assert all(timedelta(minutes=2**n) / 2 <= wait <= timedelta(minutes=2**n) for n, wait in enumerate(waits))
    assert desk.turn().done == (PING,)


def test_a_job_that_waits_for_its_next_try_is_left_alone(desk):
    desk.ask()
    desk.deed = fail(permanent=False)
    desk.turn()

    assert desk.turn(seconds=29) == Turn()
    assert desk.turn(seconds=31).put_off == (PING,)


def test_after_its_last_try_a_job_is_given_up_with_the_last_reply(desk):
    desk.ask()
    desk.deed = fail(permanent=False)

    for _ in range(TRIES):
        desk.turn(hours=5)

    assert len(desk.tried) == TRIES
    assert [(each.task, each.reply) for each in desk.given_up()] == [(PING, "the hub said 500")]
    assert desk.turn(days=1) == Turn()


def test_what_can_never_work_is_given_up_at_once(desk):
    desk.ask()
    desk.deed = fail(permanent=True)

    assert desk.turn() == Turn(given_up=(PING,))
    assert desk.waiting() == []


def test_a_fault_in_one_job_stops_no_other(desk):
    desk.ask()
    desk.ask(Task(kind="ping", key="b", payload={}))
    desk.deed = lambda task: {"b": None}[task.key]

    turn = desk.turn()

    assert [task.key for task in turn.put_off] == ["a"]
    assert [task.key for task in turn.done] == ["b"]
    assert desk.waiting()[0].reply == "KeyError: 'a'"


def test_what_was_given_up_is_begun_anew_when_it_is_asked_for_again(desk):
    desk.ask()
    desk.deed = fail(permanent=True)
    desk.turn()
    desk.ask()
    desk.deed = lambda _task: None

    assert desk.given_up() == []
    assert desk.turn().done == (PING,)


def test_what_was_given_up_long_ago_is_forgotten(desk):
    desk.ask()
    desk.deed = fail(permanent=True)
    desk.turn()
    desk.now += NAMED_FOR + timedelta(seconds=1)
    desk.ask(Task(kind="ping", key="b", payload={}))
    desk.deed = lambda _task: None
    desk.turn()

    assert desk.given_up() == []


def test_what_was_given_up_is_named_for_a_week_with_what_it_was_about(desk):
    desk.ask()
    desk.ask(Task(kind="ping", key="b", payload={}))
    desk.deed = fail(permanent=True)
    desk.turn()

    assert given_up(desk.engine, now=NOON + NAMED_FOR) == (
        "the hub said 500 (given up after 1 try: a and 1 more)",
    )
    assert given_up(desk.engine, now=NOON + NAMED_FOR + timedelta(seconds=1)) == ()


def test_a_job_asked_for_while_it_is_done_is_done_again(desk):
    desk.ask()
    desk.deed = lambda _task: desk.ask() if len(desk.tried) == 1 else None

    desk.turn()

    assert desk.tried == ["a", "a"]
    assert desk.waiting() == []


def test_a_job_asked_for_while_it_fails_is_begun_anew(desk):
    desk.ask()

    def deed(_task: Task) -> None:
        if len(desk.tried) == 1:
            desk.ask()
            raise TransportError("no", permanent=True)

    desk.deed = deed
    desk.turn()

    assert desk.tried == ["a", "a"]
    assert (desk.waiting(), desk.given_up()) == ([], [])


def test_the_job_of_a_process_that_died_is_done_when_its_lease_is_over(desk):
    desk.ask()
    desk.deed = die
    with pytest.raises(KeyboardInterrupt):
        desk.turn()
    desk.deed = lambda _task: None

    assert desk.turn(seconds=1) == Turn()
    desk.now = NOON + LEASE
    assert desk.turn().done == (PING,)


def test_a_process_that_is_alone_waits_for_no_lease(desk):
    desk.ask()
    desk.deed = die
    with pytest.raises(KeyboardInterrupt):
        desk.turn()
    desk.deed = lambda _task: None

    turn = run_due(desk.engine, {"ping": desk.handle}, clock=lambda: desk.now, alone=True)

    assert turn.done == (PING,)


def test_who_asks_to_be_left_alone_is_for_a_day_at_most(desk):
    desk.ask()
    waits = []
    for hours in (3, 1000):
        desk.deed = fail_until(timedelta(hours=hours))
        desk.turn()
        waits.append(desk.waiting()[0].not_before - desk.now)
        desk.now = desk.waiting()[0].not_before

    assert waits == [timedelta(hours=3), timedelta(days=1)]


def test_a_job_that_kills_its_process_each_time_is_given_up(desk):
    desk.ask()
    desk.deed = die
    for _ in range(TRIES):
        with pytest.raises(KeyboardInterrupt):
            desk.turn(minutes=6)

    assert desk.turn(minutes=6).given_up == (PING,)
    assert "stopped each time" in desk.given_up()[0].reply


def test_a_process_that_lost_its_lease_changes_nothing_any_more(desk):
    desk.ask()
    with desk.engine.begin() as connection:
        slow = jobs.claim(connection, ["ping"], who="slow", now=NOON, until=NOON + LEASE)
    desk.now = NOON + LEASE
    desk.deed = fail(permanent=False)
    desk.turn()
    with desk.engine.begin() as connection:
        jobs.finish(connection, slow, who="slow")

    assert [each.attempts for each in desk.waiting()] == [2]


def test_two_processes_never_have_the_same_job(desk):
    desk.ask()
    with desk.engine.begin() as connection:
        mine = jobs.claim(connection, ["ping"], who="me", now=NOON, until=NOON + LEASE)
        yours = jobs.claim(connection, ["ping"], who="you", now=NOON, until=NOON + LEASE)

    assert mine is not None
    assert yours is None


def test_a_turn_ends_when_its_time_is_over_and_the_rest_waits_for_the_next(desk):
    for number in range(5):
        desk.ask(Task(kind="ping", key=str(number), payload={}))

    def slow(_task: Task) -> None:
        desk.now += TURN / 2

    desk.deed = slow

    assert [len(desk.turn().done) for _ in range(3)] == [2, 2, 1]


def test_nothing_is_done_while_the_store_is_held(desk):
    desk.ask()
    with desk.engine.begin() as connection:
        holding.hold(connection, who="ana", why="restored", at=NOON)

    assert desk.turn() == Turn()
    assert desk.tried == []


def test_a_kind_that_nobody_here_can_do_waits(desk):
    desk.ask(Task(kind="newer", key="x", payload={}))

    assert desk.turn() == Turn()
    assert [each.task.kind for each in desk.waiting()] == ["newer"]


def test_who_is_asked_to_stop_begins_no_other_job(desk):
    desk.ask()
    desk.ask(Task(kind="ping", key="b", payload={}))

    turn = run_due(desk.engine, {"ping": desk.handle}, clock=lambda: NOON, stopping=lambda: bool(desk.tried))

    assert len(turn.done) == 1
    assert len(desk.waiting()) == 1
