"""Opening the store: made on first use, brought to the newest schema, and never somebody else's."""

import fcntl
import os
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from syndicate.errors import BusyError, OutboxError, StoreError
from syndicate.settings.schema import Settings
from syndicate.store import copies, identity, newest
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.migrations import HEAD, REVISIONS
from syndicate.store.places import store_path

#: Only the owner reads addresses and secrets.
STORE_MODE = 0o600

#: Any number that only we use: two processes that migrate one PostgreSQL store take turns.
MIGRATION_LOCK = 7_933_682_364


def open_store(settings: Settings, *, site_key: str, folder: str = "") -> sa.Engine:
    """Give the store of this site, made or brought up to date where needed; a copy is held.

    ``site_key`` is what tells one site from another, and ``folder`` where it is: a site that kept one of
    them is the same site, and the store remembers the new other one. So a site may move, or get a domain.
    """
    where = settings.store.url or str(store_path(settings.outbox))
    engine = connect(settings.store.url or _embedded_url(settings.outbox))
    try:
        _bring_up_to_date(engine, where=where)
        _check_site(engine, site_key, folder, where=where)
        copies.look(engine, settings.outbox, now=datetime.now(UTC))
    except StoreError:
        engine.dispose()
        raise
    return engine


def open_existing(settings: Settings) -> sa.Engine:
    """Give the store that is there, whatever its site, brought up to date; ``StoreError`` where none is."""
    where = settings.store.url or str(store_path(settings.outbox))
    if not settings.store.url and not store_path(settings.outbox).exists():
        raise StoreError(f"{where}: there is no store yet; `syndicate run --once` makes it")
    engine = connect(settings.store.url or _embedded_url(settings.outbox))
    try:
        _bring_up_to_date(engine, where=where)
        copies.look(engine, settings.outbox, now=datetime.now(UTC))
    except StoreError:
        engine.dispose()
        raise
    return engine


@contextmanager
def look_into(settings: Settings, *, site_key: str, folder: str = "") -> Iterator[sa.Engine | None]:
    """Give the store as it is, for reading: nothing is made or brought up to date; ``None`` where none is."""
    where = settings.store.url or str(store_path(settings.outbox))
    if not settings.store.url and not store_path(settings.outbox).exists():
        yield None
        return
    engine = connect(settings.store.url or sqlite_url(store_path(settings.outbox)))
    try:
        with reading(engine) as connection:
            made = _known_revision(connection, where=where) is not None
            owner = identity.site_key(connection) if made else None
            moved = made and folder and identity.site_folder(connection) == folder
        if owner not in {None, site_key} and not moved:
            raise _of_another(owner, site_key, where=where)
        yield engine if made else None
    finally:
        engine.dispose()


@contextmanager
def lock(outbox: Path) -> Iterator[None]:
    """Hold the outbox for this process; ``BusyError`` names the process that has it.

    The kernel drops the lock with the process, so a killed one leaves nothing to clean up.
    """
    path = outbox / ".lock"
    descriptor = _open_private(path)
    try:
        _take(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "unknown"
        raise BusyError(
            f"{path.parent}: process {holder} is working on this outbox; wait for it, or stop it"
        ) from error
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
    except OSError as error:
        raise _unwritable(path, error) from error


def _embedded_url(outbox: Path) -> str:
    path = store_path(outbox)
    # SQLite gives its -wal and -shm files the mode of the database: set it before it is opened.
    os.close(_open_private(path))
    return sqlite_url(path)


def _open_private(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, STORE_MODE)
        if os.fstat(descriptor).st_mode & 0o777 != STORE_MODE:
            os.fchmod(descriptor, STORE_MODE)
    except OSError as error:
        raise _unwritable(path, error) from error
    return descriptor


def _bring_up_to_date(engine: sa.Engine, *, where: str) -> None:
    with reading(engine) as connection:
        revision = _known_revision(connection, where=where)
    if revision == HEAD:
        return
    with engine.begin() as connection:
        if revision is None and connection.dialect.name == "sqlite":
            _make(connection)
        else:
            migrate(connection)


def _make(connection: sa.Connection) -> None:
    """Make the embedded store in its newest form, which a test holds equal to what the revisions make.

    Alembic takes a quarter of a second, of the first impression this program makes.
    """
    if current_revision(connection) is None:  # nobody else was quicker
        newest.make(connection)


def _known_revision(connection: sa.Connection, *, where: str) -> str | None:
    revision = current_revision(connection)
    if revision is not None and revision not in REVISIONS:
        raise StoreError(
            f"{where}: its schema ({revision}) is newer than this program knows ({HEAD}); "
            "install the newer syndicate that wrote it"
        )
    return revision


def current_revision(connection: sa.Connection) -> str | None:
    """Give the revision a store is at; ``None`` for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return revision


def migrate(connection: sa.Connection) -> None:
    """Run the revisions that are missing, in the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    from syndicate.store.migrations import FOLDER

    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))
    config = Config(attributes={"connection": connection})
    # Alembic reads options with "%" interpolation.
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    command.upgrade(config, "head")


def _check_site(engine: sa.Engine, site_key: str, folder: str, *, where: str) -> None:
    with reading(engine) as connection:
        owner, known_folder = identity.site_key(connection), identity.site_folder(connection)
    if (owner, known_folder) == (site_key, folder):
        return
    with engine.begin() as connection:
        if owner is None:
            owner = identity.mint(
                connection, site_key=site_key, instance=uuid.uuid4().hex, secret=secrets.token_bytes(32)
            )
        if owner == site_key or (folder and known_folder == folder):
            identity.site_is(connection, site_key=site_key, folder=folder or known_folder)
            return
    raise _of_another(owner, site_key, where=where)


def _of_another(owner: str | None, site_key: str, *, where: str) -> StoreError:
    return StoreError(
        f'{where}: this store belongs to "{owner}", not to "{site_key}"; '
        "give the other site an outbox of its own (--outbox DIR)"
    )


def _unwritable(path: Path, error: OSError) -> OutboxError:
    reason = (error.strerror or str(error)).lower()
    return OutboxError(f"{path}: can't be written ({reason}); free the disk or its permissions and run again")
