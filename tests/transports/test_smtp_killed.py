import subprocess
import sys
from pathlib import Path

import pytest

from syndicate.model.delivery import DeliveryState
from syndicate.store import deliveries
from syndicate.store.engine import reading

pytestmark = pytest.mark.system

READERS = 300
KILLS = 3
CONNECTIONS = 3


def process(river, server, uncertain):
    script = Path(__file__).with_name("deliver_by_smtp.py")
    url = river.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, script, url, str(server.port), uncertain, river.now.isoformat()]
    return subprocess.Popen(command)


def among(river, edition, state):
    with reading(river.engine) as connection:
        return {address for _, address in deliveries.of_edition(connection, edition.id, states=(state,))}


@pytest.fixture
def edition(river):
    river.configure(start_with=1)
    river.arrive("one", baseline=True)
    river.crowd(READERS)
    river.start()
    river.tick()
    (edition,) = river.freeze().editions
    return edition


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("uncertain", ["hold", "resend"])
def test_a_dispatcher_killed_while_it_sends_names_every_doubt(river, serve, edition, uncertain):
    server = serve()
    for number in range(1, KILLS + 1):
        running = process(river, server, uncertain)
        while len(server.kept) < number * READERS // 5:
            assert running.poll() is None
        running.kill()
        running.wait()
        assert river.ledger(edition.id).get(DeliveryState.HANDING, 0) <= 2 * CONNECTIONS
    assert process(river, server, uncertain).wait() == 0

    everybody = {f"reader{number}@example.org" for number in range(READERS)}
    accepted = among(river, edition, DeliveryState.ACCEPTED)
    doubts = among(river, edition, DeliveryState.UNCERTAIN)
    copies = sum(server.recipients.values()) - len(server.recipients)
    assert accepted | doubts == everybody
    assert accepted <= set(server.recipients)
    if uncertain == "hold":
        assert copies == 0
        assert len(doubts) <= 2 * CONNECTIONS * KILLS
    else:
        assert doubts == set()
        assert copies <= CONNECTIONS * KILLS
        assert len({content for _, _, content in server.kept}) == READERS


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_dispatcher_that_is_asked_to_stop_leaves_no_doubt(river, serve, edition):
    server = serve()
    running = process(river, server, "hold")
    while len(server.kept) < READERS // 5:
        assert running.poll() is None

    running.terminate()

    assert running.wait() == 0
    accepted = among(river, edition, DeliveryState.ACCEPTED)
    assert set(river.ledger(edition.id)) == {DeliveryState.ACCEPTED, DeliveryState.PENDING}
    assert accepted == set(server.recipients)
