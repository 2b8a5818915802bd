import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from syndicate.errors import BusyError, OutboxError, StoreError
from syndicate.settings.schema import Settings, StoreSettings
from syndicate.store import identity, newest
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.migrations import FOLDER, HEAD, REVISIONS
from syndicate.store.opening import current_revision, lock, migrate, open_store
from syndicate.store.places import store_path
from syndicate.store.tables import metadata

SITE = "https://gazette.example"


def test_the_store_is_made_on_first_use_for_its_owner_alone(tmp_path: Path) -> None:
    engine = open_store(Settings(outbox=tmp_path / "out"), site_key=SITE)

    with reading(engine) as connection:
        assert current_revision(connection) == HEAD
        assert identity.site_key(connection) == SITE
        assert len(identity.secret(connection)) == 32
        connection.exec_driver_sql("INSERT INTO meta VALUES ('k', 'v')")
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "out").iterdir()}
    assert modes == {"syndicate.db": 0o600, "syndicate.db-wal": 0o600, "syndicate.db-shm": 0o600}


def test_the_secret_and_the_instance_stay(tmp_path: Path) -> None:
    secrets = []
    for _ in range(2):
        engine = open_store(Settings(outbox=tmp_path), site_key=SITE)
        with reading(engine) as connection:
            secrets.append(identity.secret(connection))

    assert secrets[0] == secrets[1]


def test_a_store_of_another_site_is_refused(tmp_path: Path) -> None:
    open_store(Settings(outbox=tmp_path), site_key=SITE).dispose()

    with pytest.raises(
        StoreError, match=r'belongs to "https://gazette\.example", not to "https://other\.example"'
    ):
        open_store(Settings(outbox=tmp_path), site_key="https://other.example")


def test_a_store_from_the_future_is_refused(tmp_path: Path) -> None:
    engine = open_store(Settings(outbox=tmp_path), site_key=SITE)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()

    with pytest.raises(StoreError, match=r"schema \(9999\) is newer"):
        open_store(Settings(outbox=tmp_path), site_key=SITE)


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "syndicate.db").write_bytes(b"not a database, " * 100)

    with pytest.raises(StoreError, match="file is not a database") as caught:
        open_store(Settings(outbox=tmp_path), site_key=SITE)
    assert "\n" not in str(caught.value)


def test_a_postgresql_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:1/none"

    with pytest.raises(StoreError, match="store can't be used") as caught:
        open_store(Settings(outbox=tmp_path, store=StoreSettings(url=url)), site_key=SITE)
    assert "\n" not in str(caught.value)


def test_an_outbox_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file where the folder should be")

    with pytest.raises(OutboxError, match=r"outbox.*can't be written"):
        open_store(Settings(outbox=tmp_path / "outbox"), site_key=SITE)


def test_a_pass_with_nothing_to_migrate_never_imports_alembic(tmp_path: Path) -> None:
    settings = f"Settings(outbox=Path({str(tmp_path)!r}))"
    program = (
        "import sys; from pathlib import Path; from syndicate.settings.schema import Settings; "
        "from syndicate.store.opening import open_store; "
        f"open_store({settings}, site_key='x'); print('alembic' in sys.modules)"
    )

    seen = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, check=True) for _ in range(2)
    ]

    assert [run.stdout for run in seen] == [b"False\n", b"False\n"]


def test_a_new_store_is_what_the_revisions_make_of_nothing(tmp_path: Path) -> None:
    settings = Settings(outbox=tmp_path / "outbox")
    made = open_store(settings, site_key="x")
    grown = connect(sqlite_url(tmp_path / "grown.db"))
    with made.begin() as connection:
        connection.execute(sa.delete(metadata.tables["meta"]))
    with grown.begin() as connection:
        migrate(connection)

    assert everything_in(store_path(settings.outbox)) == everything_in(tmp_path / "grown.db")


def test_the_newest_form_is_what_the_tables_say() -> None:
    if os.environ.get("SYNDICATE_RENEW_GOLDEN") == "1":
        newest.FILE.write_text(newest.text(metadata), encoding="ascii")

    assert newest.FILE.read_text(encoding="ascii") == newest.text(metadata)


def everything_in(store: Path) -> dict[str, object]:
    """Give columns, keys, indexes and rows of every table, in no particular order."""
    with closing(sqlite3.connect(store)) as connection:
        tables = sorted(connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"))
        indexes = connection.execute("SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
        return {
            "indexes": sorted(" ".join(sql.split()) for (sql,) in indexes),
            "rows": [connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables],  # noqa: S608 - the schema's own names
            **{name: [_about(connection, name, facts) for facts in _FACTS] for (name,) in tables},
        }


_FACTS = ("pragma_table_info", "pragma_index_list", "pragma_foreign_key_list")


def _about(connection: sqlite3.Connection, table: str, facts: str) -> list[str]:
    found = connection.execute(f"SELECT * FROM {facts}(?)", (table,))  # noqa: S608 - one of the three above
    named = [column[0] for column in found.description]
    rows = (dict(zip(named, row, strict=True)) for row in found)
    # Where a column, a constraint or an unnamed index stands among its like says nothing.
    return sorted(
        str({k: v for k, v in row.items() if k not in {"cid", "seq", "id"} and "autoindex" not in str(v)})
        for row in rows
    )


def test_the_revisions_lead_to_the_tables(engine: sa.Engine) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_the_written_revisions_are_the_ones_in_the_folder() -> None:
    from alembic.script import ScriptDirectory

    found = [revision.revision for revision in ScriptDirectory(FOLDER).walk_revisions()]

    assert tuple(reversed(found)) == REVISIONS


def test_a_migration_that_dies_leaves_nothing(tmp_path: Path) -> None:
    engine = connect(sqlite_url(tmp_path / "x.db"))

    with engine.connect() as connection:
        migrate(connection)
        connection.rollback()

    with reading(engine) as connection:
        assert sa.inspect(connection).get_table_names() == []
    engine.dispose()


def test_a_second_process_is_told_who_holds_the_outbox(tmp_path: Path) -> None:
    with (
        lock(tmp_path),
        pytest.raises(BusyError, match=f"process {os.getpid()} is working on this outbox"),
        lock(tmp_path),
    ):
        pass


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    with lock(tmp_path):
        pass

    with lock(tmp_path):
        assert (tmp_path / ".lock").read_text() == f"{os.getpid()}\n"
