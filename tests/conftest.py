"""Fixtures for every test that needs a store: real SQLite, and a private PostgreSQL where it is installed."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NoReturn

import pytest
import sqlalchemy as sa
from syndicate.settings.schema import Settings, StoreSettings
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.opening import open_store

SITE_KEY = "https://gazette.example"

#: Durability costs time and proves nothing in a test that never cuts the power.
HASTE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an empty store of the site, to be copied."""
    outbox = tmp_path_factory.mktemp("template")
    engine = open_store(Settings(outbox=outbox), site_key=SITE_KEY)
    with reading(engine) as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return outbox / "syndicate.db"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Give the address of a PostgreSQL of our own, up to the database's name."""
    binaries = _postgresql_binaries()
    if binaries is None:
        _absent("no PostgreSQL server is installed (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="syndicate-postgresql-"))
    port = _free_port()
    try:
        _run(
            folder,
            binaries / "initdb",
            "-A",
            "trust",
            "-U",
            "tester",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C",
        )
        options = f"-p {port} -h 127.0.0.1 -k {folder} {HASTE}"
        _run(folder, binaries / "pg_ctl", "-w", "-l", folder / "log", "-o", options, "start")
        yield f"postgresql+psycopg://tester@127.0.0.1:{port}/"
        _run(folder, binaries / "pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_template(
    postgresql_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sa.Engine]:
    """Give a connection for making databases, with an empty store of the site among them as ``template``."""
    postmaster = connect(f"{postgresql_server}postgres").execution_options(isolation_level="AUTOCOMMIT")
    with postmaster.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE template")
    settings = Settings(
        outbox=tmp_path_factory.mktemp("outbox"), store=StoreSettings(url=f"{postgresql_server}template")
    )
    open_store(settings, site_key=SITE_KEY).dispose()
    yield postmaster
    postmaster.dispose()


@pytest.fixture
def sqlite_engine(sqlite_template: Path, tmp_path: Path) -> Iterator[sa.Engine]:
    """Give an empty store of the site on SQLite."""
    path = tmp_path / "syndicate.db"
    shutil.copy(sqlite_template, path)
    engine = connect(sqlite_url(path))
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_engine(postgresql_template: sa.Engine) -> Iterator[sa.Engine]:
    """Give an empty store of the site on PostgreSQL."""
    name = f"test{next(_numbers)}"
    with postgresql_template.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE template")
    engine = connect(postgresql_template.url.set(database=name).render_as_string(hide_password=False))
    yield engine
    engine.dispose()
    with postgresql_template.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> sa.Engine:
    """Give an empty, opened store of the site; the test runs on both databases."""
    given: sa.Engine = request.getfixturevalue(f"{request.param}_engine")
    return given


_numbers = count(1)


def _absent(reason: str) -> NoReturn:
    if os.environ.get("SYNDICATE_TEST_EVERYTHING") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _postgresql_binaries() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[-3].zfill(3)
    )
    return versions[-1].parent if versions else None


def _run(folder: Path, program: Path, *arguments: object) -> None:
    command = [program, "-D", folder / "data", *arguments]
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
    subprocess.run(
        [str(part) for part in command],
        check=True,
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
