"""The machine's runs: the same short ones each time, and long ones by seed."""

import os

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import get_state_machine_test
from hypothesis.stateful import run_state_machine_as_test as run

from tests.ledger.shaping import MachineWithShaping as Machine

HOUSE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
#: The same sequences in every run; new ones are for the deep run. PostgreSQL takes ten times as long.
SAME = settings(HOUSE, derandomize=True)
QUICK = {"sqlite": settings(SAME, max_examples=10), "postgresql": settings(SAME, max_examples=3)}
#: A deep run is many of these, each with a seed of its own: one that was stopped goes on where it was.
DEEP = settings(HOUSE, stateful_step_count=60, database=None)
EXAMPLES = {"sqlite": 25, "postgresql": 5}
#: ``SYNDICATE_TEST_SEEDS=24:48`` tries others.
SEEDS = range(*map(int, os.environ.get("SYNDICATE_TEST_SEEDS", "0:8").split(":")))


def test_no_sequence_forgets_anybody_or_repeats_a_post(engine, found):
    run(lambda: Machine(found()), settings=settings(QUICK[engine.dialect.name], stateful_step_count=25))


@pytest.mark.long
@pytest.mark.parametrize("number", SEEDS)
def test_no_long_sequence_does_either(engine, found, number):
    deep = settings(DEEP, max_examples=EXAMPLES[engine.dialect.name])

    seed(number)(get_state_machine_test(lambda: Machine(found()), settings=deep))()
