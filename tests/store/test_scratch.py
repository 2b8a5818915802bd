import shutil
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from syndicate.audience.subscribing import add
from syndicate.errors import StoreError
from syndicate.settings.schema import ListSettings, Settings, StoreSettings
from syndicate.store import meta
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.opening import open_store
from syndicate.store.places import store_path
from syndicate.store.scratch import duplicate, scratch
from syndicate.store.tables import subscriber

SITE = "https://gazette.example"


@pytest.fixture
def settings(tmp_path):
    return Settings(outbox=tmp_path / "outbox")


@pytest.fixture
def real(settings, sqlite_template):
    settings.outbox.mkdir()
    shutil.copy(sqlite_template, store_path(settings.outbox))
    engine = connect(sqlite_url(store_path(settings.outbox)))
    yield engine
    engine.dispose()


def join(engine, name):
    gazette = ListSettings(name="gazette", zone="UTC")
    now = datetime(2026, 11, 25, tzinfo=UTC)
    add(engine, f"{name}@example.org", list_settings=gazette, consent="asked", who="eve", now=now)


def readers(engine):
    with reading(engine) as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(subscriber)).scalar_one()


def known(engine):
    with reading(engine) as connection:
        return meta.read(connection, "known")


def test_it_begins_with_what_the_store_knows_and_forgets_what_is_written(settings, real):
    with real.begin() as connection:
        meta.write(connection, "known", "yes")

    with scratch(settings, site_key=SITE) as engine:
        before = known(engine)
        with engine.begin() as connection:
            meta.write(connection, "known", "no")

    assert (before, known(real)) == ("yes", "yes")


def test_where_there_is_no_store_none_is_made(settings):
    with scratch(settings, site_key=SITE) as engine:
        assert known(engine) is None

    assert not settings.outbox.exists()


def test_a_store_of_an_older_schema_is_read_and_stays_as_it_is(settings, real):
    with real.begin() as connection:
        meta.write(connection, "known", "yes")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
        connection.exec_driver_sql("ALTER TABLE file DROP COLUMN until")
        connection.exec_driver_sql(
            "INSERT INTO file (path, size_bytes, modified_ns, digest, outcome) "
            "VALUES ('a.md', 1, 1, '', 'post')"
        )

    with scratch(settings, site_key=SITE) as engine, reading(engine) as connection:
        assert meta.read(connection, "known") == "yes"
        assert connection.exec_driver_sql("SELECT path, until FROM file").all() == [("a.md", None)]

    with reading(real) as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == "0001"


def test_another_site_s_store_is_refused_and_one_that_moved_is_not(settings, tmp_path):
    open_store(settings, site_key=SITE, folder=str(tmp_path)).dispose()

    with scratch(settings, site_key="https://new.example", folder=str(tmp_path)) as engine:
        assert known(engine) is None
    with (
        pytest.raises(StoreError, match="belongs to"),
        scratch(settings, site_key="https://other.example", folder="/elsewhere"),
    ):
        pass


def test_a_duplicate_holds_readers_too_and_forgets_what_is_written(settings, real):
    join(real, "ada")

    with duplicate(settings, site_key=SITE) as engine:
        before = readers(engine)
        join(engine, "ben")
        after = readers(engine)

    assert (before, after, readers(real)) == (1, 2, 1)


def test_a_duplicate_of_no_store_is_empty_and_makes_none(settings):
    with duplicate(settings, site_key=SITE) as engine:
        assert readers(engine) == 0

    assert not settings.outbox.exists()


def test_a_duplicate_is_for_its_owner_alone_and_is_gone_afterwards(settings, real):
    with duplicate(settings, site_key=SITE) as engine:
        copy = Path(engine.url.database)
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (copy, copy.parent)]

    assert modes == [0o600, 0o700]
    assert not copy.parent.exists()


def test_a_store_of_another_site_is_not_duplicated(settings, real):
    with pytest.raises(StoreError), duplicate(settings, site_key="https://other.example"):
        pass


@pytest.mark.system
def test_a_store_on_a_server_is_duplicated_into_a_file(tmp_path, postgresql_engine):
    join(postgresql_engine, "ada")
    url = postgresql_engine.url.render_as_string(hide_password=False)
    settings = Settings(outbox=tmp_path / "outbox", store=StoreSettings(url=url))

    with duplicate(settings, site_key=SITE) as engine:
        assert engine.dialect.name == "sqlite"
        assert readers(engine) == 1
