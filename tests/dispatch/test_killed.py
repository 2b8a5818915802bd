import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from syndicate.reports.verify import verify

pytestmark = pytest.mark.system

READERS = 600


def written(river):
    return len(list(river.settings.outbox.glob("mail/gazette/1/*.eml")))


def process(river):
    script = Path(__file__).with_name("deliver_due.py")
    url = river.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, script, str(river.settings.outbox), url, river.now.isoformat()]
    return subprocess.Popen(command)


@pytest.fixture
def frozen(river):
    river.configure(start_with=1)
    river.arrive("one", baseline=True)
    river.crowd(READERS)
    river.start()
    river.tick()
    (edition,) = river.freeze().editions
    return edition


def test_a_dispatcher_killed_again_and_again_serves_everybody_once(river, frozen):
    seen = []
    for enough in (1, READERS // 3, READERS // 2):
        running = process(river)
        while written(river) < enough and running.poll() is None:
            pass
        running.kill()
        assert running.wait() == -9
        seen.append(written(river))
        river.now += timedelta(minutes=20)  # longer than the lease

    river.send()

    assert seen[-1] < READERS
    assert {name: len(given) for name, given in river.mail().items()} == {
        f"reader{number}": 1 for number in range(READERS)
    }
    found = verify(river.engine, river.settings, frozen.id)
    assert (found.words, str(found.edition.state), found.problems) == ("600 accepted", "sent", ())
    assert not list(river.settings.outbox.glob("mail/gazette/1/.*"))
