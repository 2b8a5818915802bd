import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from syndicate.model.delivery import DeliveryState
from syndicate.store import editions
from syndicate.store.engine import reading

pytestmark = pytest.mark.system

READERS = 40
SCHEDULERS, DISPATCHERS = 3, 2


def race(river, log):
    script = Path(__file__).with_name("race.py")
    url = river.engine.url.render_as_string(hide_password=False)
    words = [url, river.now.isoformat(), str(SCHEDULERS), str(DISPATCHERS), str(log)]
    subprocess.run([sys.executable, script, *words], check=True, timeout=120)


@pytest.mark.system
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)  # with SQLite, one process has the outbox
@pytest.mark.parametrize("times", [5, pytest.param(50, marks=pytest.mark.long)])
def test_three_schedulers_and_two_dispatchers_at_once_do_everything_once(river, tmp_path, times):
    river.arrive("old", baseline=True)
    river.crowd(READERS)
    river.turn()
    for week in range(times):
        log = tmp_path / f"log{week}"
        river.now += timedelta(days=7)
        river.arrive(f"post{week}")

        race(river, log)

        with reading(river.engine) as connection:
            newest, *before = editions.every(connection)
            moves = [str(each.new) for each in editions.moves(connection, newest.id)]
        assert len(before) == week
        assert moves == ["freezing", "frozen", "scheduled", "sending", "sent"]
        assert river.ledger(newest.id) == {DeliveryState.ACCEPTED: READERS}
        served = Counter(log.read_text().splitlines())
        assert served == {f"{newest.id} reader{number}@example.org": 1 for number in range(READERS)}
