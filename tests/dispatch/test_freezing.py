import shutil
import threading
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from syndicate.dispatch.freezing import CHUNK, freeze
from syndicate.errors import SettingsError
from syndicate.model.delivery import DeliveryState
from syndicate.model.edition import EditionState
from syndicate.settings.schema import MailSettings, PublishSettings
from syndicate.store import deliveries, editions, subscriptions
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.tables import delivery, subscription


class CrashError(BaseException):
    """The process ends here."""


@pytest.fixture
def collecting(river):
    """Give the first edition of a list with a few readers."""
    river.configure(start_with=2)
    river.arrive("one", "two", baseline=True)
    river.join("ada", "ben")
    return begun(river)


def begun(river):
    river.start()
    river.tick()
    with reading(river.engine) as connection:
        return editions.every(connection)[0]


def froze(river, edition, **changes):
    values = {"settings": river.settings, "render": river.render, "now": river.now} | changes
    return freeze(river.engine, edition, **values)


def read(river, edition):
    with reading(river.engine) as connection:
        return editions.get(connection, edition.id)


def crash_after(chunks):
    """Give a progress that lets so many chunks be committed."""
    left = iter(range(chunks))

    def progress(_done, _all):
        if next(left, None) is None:
            raise CrashError

    return progress


def test_a_frozen_edition_is_scheduled_with_a_row_for_everybody(river, collecting):
    edition = froze(river, collecting)

    assert (str(edition.state), edition.subject, edition.arrival_to) == ("scheduled", "two, one", 2)
    assert river.ledger(edition.id) == {DeliveryState.PENDING: 2}


@pytest.mark.parametrize("chunks", [0, 1, 2])
def test_a_freeze_that_dies_between_chunks_goes_on_where_it_was(river, chunks):
    river.configure(start_with=1)
    river.arrive("one", baseline=True)
    river.crowd(2 * CHUNK + 100)
    edition = begun(river)
    with pytest.raises(CrashError):
        froze(river, edition, progress=crash_after(chunks))
    half = sum(river.ledger(edition.id).values())
    sent_too_early = river.send().editions

    edition = froze(river, read(river, edition))

    assert half == min((chunks + 1) * CHUNK, 2 * CHUNK + 100)
    assert sent_too_early == ()
    assert str(edition.state) == "scheduled"
    assert river.ledger(edition.id) == {DeliveryState.PENDING: 2 * CHUNK + 100}


def test_what_arrives_or_joins_after_the_freeze_began_waits(river, collecting):
    with pytest.raises(CrashError):
        froze(river, collecting, progress=crash_after(0))
    with river.engine.begin() as connection:
        connection.execute(sa.delete(delivery))
        connection.exec_driver_sql("UPDATE edition SET frozen_through = 0")
        connection.exec_driver_sql("UPDATE subscription SET cursor = 0")
    river.arrive("three")
    river.join("cleo")

    froze(river, read(river, collecting))
    river.send()

    assert river.mail() == {"ada": ["two, one"], "ben": ["two, one"]}


def test_a_post_that_left_the_site_after_the_freeze_is_in_it_still(river, collecting):
    with pytest.raises(CrashError):
        froze(river, collecting, progress=crash_after(0))
    with river.engine.begin() as connection:
        connection.execute(sa.delete(delivery))
        connection.exec_driver_sql("UPDATE edition SET frozen_through = 0")
        connection.exec_driver_sql("UPDATE subscription SET cursor = 0")
    river.leave(*river.arrive("three"))
    with river.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE post SET state = 'gone' WHERE id = 1")

    froze(river, read(river, collecting))
    river.send()

    assert river.mail() == {"ada": ["two, one"], "ben": ["two, one"]}


def test_who_chose_other_topics_meanwhile_gets_everything_with_the_next_edition(river):
    river.arrive("old", baseline=True)
    river.join("ada", "ben")
    river.turn()
    with river.engine.begin() as connection:
        connection.execute(sa.update(subscription).values(topics='["fish"]'))
    river.arrive("one", tags=("fish",))
    river.arrive("two", tags=("news",))
    river.now += timedelta(days=7)
    river.tick()
    with reading(river.engine) as connection:
        edition = editions.every(connection)[0]

    def change_and_crash(_done, _all):
        raise CrashError

    with pytest.raises(CrashError):
        froze(river, edition, progress=change_and_crash)
    with river.engine.begin() as connection:
        connection.execute(sa.delete(delivery))
        connection.exec_driver_sql("UPDATE edition SET frozen_through = 0")
        connection.execute(sa.update(subscription).values(cursor=1))
        connection.execute(sa.update(subscription).where(subscription.c.id == 2).values(topics=None))
    froze(river, read(river, edition))
    river.send()
    river.now += timedelta(days=7)
    river.turn()

    assert river.mail() == {"ada": ["one"], "ben": ["two, one"]}


def test_what_was_withdrawn_is_owed_again_once(river, collecting):
    edition = froze(river, collecting)
    with river.engine.begin() as connection:
        rows = list(deliveries.of_edition(connection, edition.id, states=[DeliveryState.PENDING]))
        taken = [deliveries.Settlement(id=rows[0][0].id, state=DeliveryState.WITHDRAWN, reply="cancelled")]
        deliveries.close(connection, taken, at=river.now)
    river.send()
    for title in ("three", "four"):
        river.arrive(title)
        river.now += timedelta(days=7)
        river.turn()

    assert river.mail() == {"ben": ["two, one", "three", "four"], "ada": ["three, two, one", "four"]}


def test_who_left_and_came_back_begins_with_what_comes_next(river, collecting):
    froze(river, collecting)
    with river.engine.begin() as connection:
        subscriptions.unsubscribe(connection, 1, at=river.now)
    river.send()
    river.now += timedelta(days=1)
    with river.engine.begin() as connection:
        connection.execute(
            sa.update(subscription)
            .where(subscription.c.id == 1)
            .values(state="confirmed", confirmed_at=river.now, cursor=2)
        )
    river.arrive("three")
    river.now += timedelta(days=6)
    river.turn()

    assert river.mail() == {"ben": ["two, one", "three"], "ada": ["three"]}


def test_an_edition_that_is_late_is_missed_and_changes_nobody(river, collecting):
    river.now += timedelta(hours=7)

    edition = froze(river, collecting)

    assert str(edition.state) == "missed"
    with reading(river.engine) as connection:
        assert {each.cursor for each in subscriptions.on(connection)} == {0}
        assert [each.why for each in editions.moves(connection, edition.id)] == ["7 h 00 min late"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"mail": MailSettings()}, r"mail\.sender"),
        ({"publish": PublishSettings()}, r"publish\.base_url"),
    ],
)
def test_nothing_is_frozen_before_the_settings_can_send_it(river, collecting, changes, message):
    with pytest.raises(SettingsError, match=message):
        froze(river, collecting, settings=replace(river.settings, **changes))

    assert read(river, collecting).state is EditionState.COLLECTING


def test_two_freezes_at_once_make_one(river):
    river.configure(start_with=1)
    river.arrive("one", baseline=True)
    river.crowd(CHUNK + 100)
    edition = begun(river)
    together = threading.Barrier(2)

    def work():
        together.wait()
        froze(river, edition)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    froze(river, read(river, edition))

    assert str(read(river, edition).state) == "scheduled"
    assert river.ledger(edition.id) == {DeliveryState.PENDING: CHUNK + 100}


@pytest.mark.system
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)  # where a copy of a store is a file
def test_a_crash_at_any_statement_is_mended_by_starting_again(river, tmp_path):
    river.configure(start_with=2)
    river.arrive("one", "two", baseline=True)
    river.join("ada", "ben", "cleo")
    river.start()
    river.engine.dispose()
    store = tmp_path / "syndicate.db"
    crashes = 0
    while _crashed(river, store, tmp_path / f"try{crashes}", after=crashes):
        crashes += 1

    assert crashes > 30


def _crashed(river, store, folder, *, after):
    folder.mkdir()
    shutil.copy(store, folder)
    river.engine = connect(sqlite_url(folder / "syndicate.db"))
    river.settings = replace(river.settings, outbox=folder)
    countdown = iter(range(after))

    def crash(*_statement):
        if next(countdown, None) is None:
            raise CrashError

    event.listen(river.engine, "connect", lambda opened, _: opened.execute("PRAGMA synchronous=OFF"))
    event.listen(river.engine, "before_cursor_execute", crash)
    try:
        river.turn()
        crashed = False
    except CrashError:
        crashed = True
    event.remove(river.engine, "before_cursor_execute", crash)
    river.turn()
    assert Counter(river.mail()) == {name: ["two, one"] for name in ("ada", "ben", "cleo")}
    assert river.editions() == [("start", "sent")]
    river.engine.dispose()
    return crashed


def test_what_a_check_would_say_is_told_and_hinders_nothing(river, collecting):
    frozen = froze(river, collecting)

    assert frozen.state is EditionState.SCHEDULED
    with reading(river.engine) as connection:
        why = editions.moves(connection, frozen.id)[0].why
    assert why.startswith("2 posts for 2 readers, in 1 variant; `syndicate check` says: ")
    assert why.endswith(" more")
