import shutil

import pytest

from syndicate.errors import StoreError
from syndicate.settings.schema import Settings
from syndicate.store import meta
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.opening import open_store, store_path
from syndicate.store.scratch import scratch

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
