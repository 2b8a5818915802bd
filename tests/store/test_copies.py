import shutil
from datetime import UTC, datetime

import pytest

from syndicate.errors import StoreError
from syndicate.settings.schema import Settings, StoreSettings
from syndicate.store import copies, holding, identity, meta
from syndicate.store.backups import back_up, restore
from syndicate.store.copies import Standing, finding, renew
from syndicate.store.engine import reading
from syndicate.store.opening import open_existing, open_store

SITE = "https://gazette.example"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def why_held(settings):
    engine = open_store(settings, site_key=SITE)
    with reading(engine) as connection:
        found = holding.held(connection)
    engine.dispose()
    return found and found.why


def sent(settings):
    """Let the store send something."""
    engine = open_store(settings, site_key=SITE)
    renew(engine, settings.outbox)
    engine.dispose()


def read(settings, key):
    engine = open_store(settings, site_key=SITE)
    with reading(engine) as connection:
        found = meta.read(connection, key)
    engine.dispose()
    return found


def let_go(settings, *, answered=False):
    engine = open_store(settings, site_key=SITE)
    with engine.begin() as connection:
        holding.release(connection, who="eve", at=NOW, answered=answered)
    engine.dispose()


@pytest.fixture
def settings(tmp_path):
    given = Settings(outbox=tmp_path / "outbox")
    open_store(given, site_key=SITE).dispose()
    return given


@pytest.mark.parametrize(
    ("known", "lease", "witnessed", "behind"),
    [
        (None, 0, 0, None),
        ("here", 4, 4, None),
        ("here", 5, 4, None),  # killed between the store and the outbox
        ("here", 4, 0, None),  # the outbox lost its witness
        ("here", 3, 4, True),
        ("there", 3, 4, True),
        ("there", 4, 0, True),  # a backup that was put into an empty outbox by hand
        ("there", 4, 4, False),
        ("there", 0, 0, False),
    ],
)
def test_a_copy_is_elsewhere_or_behind(known, lease, witnessed, behind):
    found = finding(Standing(known_place=known, place="here", lease=lease, witnessed=witnessed))

    assert (found and found.behind) is behind


def test_a_store_that_stays_where_it_is_is_never_held(settings):
    for _ in range(3):
        sent(settings)
        assert why_held(settings) is None


def test_a_cloned_outbox_starts_held_with_an_instance_of_its_own(settings, tmp_path):
    sent(settings)
    clone = Settings(outbox=tmp_path / "clone")
    shutil.copytree(settings.outbox, clone.outbox)

    assert "copy of another store" in why_held(clone)
    assert read(clone, identity.INSTANCE) != read(settings, identity.INSTANCE)
    assert why_held(settings) is None


def test_a_clone_stays_released_once_a_person_released_it(settings, tmp_path):
    clone = Settings(outbox=tmp_path / "clone")
    shutil.copytree(settings.outbox, clone.outbox)
    why_held(clone)
    let_go(clone)
    sent(clone)

    assert why_held(clone) is None


def test_an_older_store_put_back_over_the_newer_one_starts_held(settings, tmp_path):
    sent(settings)
    older = tmp_path / "older.db"
    shutil.copy(settings.outbox / "syndicate.db", older)
    sent(settings)
    shutil.copyfile(older, settings.outbox / "syndicate.db")  # the same inode

    assert "older than the one that last sent" in why_held(settings)
    with pytest.raises(StoreError, match="doesn't know what was sent since"):
        let_go(settings)
    assert why_held(settings)


def test_a_renamed_outbox_is_no_copy(settings, tmp_path):
    sent(settings)
    moved = Settings(outbox=tmp_path / "moved")
    settings.outbox.rename(moved.outbox)

    assert why_held(moved) is None


@pytest.mark.parametrize("written", ["7", '{"lease": 7, "edition": 3}'])
def test_an_outbox_remembers_the_highest_lease_however_it_was_written(settings, written):
    sent(settings)
    (settings.outbox / ".lease").write_text(written)

    assert "older than the one that last sent" in why_held(settings)


@pytest.mark.parametrize("written", ["", "{", "x"])
def test_a_witness_that_was_cut_short_is_none(settings, written):
    sent(settings)
    (settings.outbox / ".lease").write_text(written)

    assert why_held(settings) is None


def test_an_outbox_without_its_witness_is_no_copy(settings):
    sent(settings)
    (settings.outbox / ".lease").unlink()

    assert why_held(settings) is None


def test_the_first_reason_of_a_hold_stays(settings):
    engine = open_existing(settings)
    with engine.begin() as connection:
        holding.hold(connection, who="eve", why="a holiday", at=NOW)
        holding.hold(connection, who="bob", why="no idea", at=NOW)

        assert holding.held(connection).why == "a holiday"


def test_a_backup_is_for_its_owner_alone_and_overwrites_nothing(settings, tmp_path):
    engine = open_existing(settings)
    written = back_up(engine, tmp_path / "backups" / "monday.db")

    assert written.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in written.parent.iterdir()] == ["monday.db"]
    with pytest.raises(StoreError, match="there is a file already"):
        back_up(engine, written)


def test_a_restored_store_starts_held_and_the_replaced_one_is_kept(settings, tmp_path):
    backup = back_up(open_existing(settings), tmp_path / "monday.db")
    engine = open_existing(settings)
    with engine.begin() as connection:
        meta.write(connection, "note", "written on Tuesday")
    engine.dispose()

    restore(settings, backup, who="eve", why="the disk broke", now=NOW)

    assert why_held(settings) == "restored from monday.db: the disk broke"
    assert read(settings, "note") is None
    assert (settings.outbox / "syndicate.db.replaced").exists()
    let_go(settings)
    assert why_held(settings) is None


def test_a_store_put_back_from_before_it_sent_asks_what_becomes_of_it(settings, tmp_path):
    backup = back_up(open_existing(settings), tmp_path / "monday.db")
    sent(settings)

    assert restore(settings, backup, who="eve", why="the disk broke", now=NOW)

    assert why_held(settings) == "restored from monday.db: the disk broke; it began to send since"
    with pytest.raises(StoreError, match="doesn't know what was sent since"):
        let_go(settings)
    let_go(settings, answered=True)
    assert why_held(settings) is None
    let_go(settings)  # asked once


def test_a_question_that_nobody_answered_is_in_a_backup_too(settings, tmp_path):
    backup = back_up(open_existing(settings), tmp_path / "monday.db")
    sent(settings)
    restore(settings, backup, who="eve", why="the disk broke", now=NOW)
    unanswered = back_up(open_existing(settings), tmp_path / "tuesday.db")

    assert restore(settings, unanswered, who="eve", why="it broke again", now=NOW)

    with pytest.raises(StoreError, match="doesn't know what was sent since"):
        let_go(settings)


def test_a_backup_in_an_empty_outbox_is_asked_about(settings, tmp_path):
    backup = back_up(open_existing(settings), tmp_path / "monday.db")
    elsewhere = Settings(outbox=tmp_path / "elsewhere")

    assert restore(elsewhere, backup, who="eve", why="the disk broke", now=NOW)

    assert why_held(elsewhere).endswith("; what was sent since isn't known")


def test_a_broken_store_is_replaced_by_its_backup(settings, tmp_path):
    backup = back_up(open_existing(settings), tmp_path / "monday.db")
    (settings.outbox / "syndicate.db").write_bytes(b"broken" * 1000)

    assert restore(settings, backup, who="eve", why="the disk broke", now=NOW)

    assert why_held(settings).endswith("; what was sent since isn't known")
    assert (settings.outbox / "syndicate.db.replaced").read_bytes().startswith(b"broken")


def test_what_is_no_backup_is_refused(settings, tmp_path):
    (tmp_path / "x.db").write_bytes(b"")

    with pytest.raises(StoreError, match="no backup of this program"):
        restore(settings, tmp_path / "x.db", who="eve", why="", now=NOW)
    with pytest.raises(StoreError, match="can't be restored"):
        restore(settings, tmp_path / "y.db", who="eve", why="", now=NOW)
    assert why_held(settings) is None


def test_there_is_no_store_to_look_after_before_the_first_pass(tmp_path):
    with pytest.raises(StoreError, match="there is no store yet"):
        open_existing(Settings(outbox=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_store_on_a_server_is_backed_up_and_restored(postgresql_engine, river_on_a_server, tmp_path):
    river, settings = river_on_a_server
    backup = back_up(postgresql_engine, tmp_path / "monday.db")
    river.join("bob")

    restore(settings, backup, who="eve", why="the disk broke", now=NOW)

    with reading(postgresql_engine) as connection:
        assert holding.held(connection).why == "restored from monday.db: the disk broke"
        assert copies.lease(connection) == 0
    river.join("cy")  # ids go on
    assert {each for each, _ in names(postgresql_engine)} == {"ada@example.org", "cy@example.org"}


def test_a_database_made_from_another_is_a_copy(postgresql_engine, tmp_path):
    url = postgresql_engine.url.render_as_string(hide_password=False)
    settings = Settings(outbox=tmp_path, store=StoreSettings(url=url))

    assert "copy of another store" in why_held(settings)


def names(engine):
    from syndicate.store import subscriptions

    with reading(engine) as connection:
        return [(each.subscriber.address.text, each.id) for each in subscriptions.on(connection)]


@pytest.fixture
def river_on_a_server(postgresql_engine, river, tmp_path):
    """Give a list with a reader in a store on a server."""
    url = postgresql_engine.url.render_as_string(hide_password=False)
    settings = Settings(outbox=tmp_path / "outbox", store=StoreSettings(url=url))
    why_held(settings)
    let_go(settings)
    river.engine = postgresql_engine
    river.start()
    river.join("ada")
    return river, settings
