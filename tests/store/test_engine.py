import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from syndicate.errors import StoreError
from syndicate.settings.schema import Settings
from syndicate.store import meta
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.opening import open_store
from syndicate.store.tables import meta as meta_table


def test_a_reader_waits_for_no_writer_and_sees_the_last_commit(engine: sa.Engine) -> None:
    with engine.begin() as writer, reading(engine) as reader:
        meta.write(writer, "key", "new")
        before = meta.read(reader, "key")
        writer.commit()

        assert (before, meta.read(reader, "key")) == (None, "new")


def test_a_writer_is_not_held_up_by_a_reader(engine: sa.Engine) -> None:
    with reading(engine) as reader:
        meta.read(reader, "key")
        with engine.begin() as writer:
            meta.write(writer, "key", "new")

        assert meta.read(reader, "key") == "new"


def test_a_connection_that_read_writes_in_transactions_again(engine: sa.Engine) -> None:
    with reading(engine) as reader:
        meta.read(reader, "key")
    with engine.connect() as writer:
        meta.write(writer, "key", "never committed")
        writer.rollback()

    with reading(engine) as reader:
        assert meta.read(reader, "key") is None


def test_a_new_store_has_pages_of_eight_kibibytes_and_an_older_one_keeps_its_own(tmp_path):
    sizes = []
    for name in ("new", "old"):
        path = tmp_path / name
        if name == "old":
            with closing(sqlite3.connect(path)) as older:
                older.execute("CREATE TABLE something (x)")
        engine = connect(sqlite_url(path))
        with reading(engine) as connection:
            sizes.append(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
        engine.dispose()

    assert sizes == [8192, 4096]


def test_a_full_disk_is_one_clear_line(tmp_path):
    engine = open_store(Settings(outbox=tmp_path), site_key="x")
    with pytest.raises(StoreError, match=r"disk is full\); free the disk, nothing is lost") as caught:
        _fill(engine)
    engine.dispose()

    assert "\n" not in str(caught.value)


def _fill(engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 10")
        meta.write(connection, "key", "x" * 1_000_000)


def test_a_row_that_is_there_already_is_no_trouble_with_the_store(engine):
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(sa.insert(meta_table), [{"key": "twice", "value": ""}] * 2)


def test_only_a_broken_store_is_told_to_go_back_to_a_backup(tmp_path):
    path = tmp_path / "syndicate.db"
    path.write_bytes(b"this is no database, and long enough to be looked at as one" * 100)

    with (
        pytest.raises(StoreError, match="restore a backup"),
        reading(connect(sqlite_url(path))) as connection,
    ):
        connection.exec_driver_sql("SELECT 1 FROM post")
