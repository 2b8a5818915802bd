"""A store as one file, and back: always an SQLite file with the store's own tables, whatever it came from."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from syndicate.errors import StoreError
from syndicate.settings.schema import Settings
from syndicate.store import copies, holding, numbering
from syndicate.store.aftermath import Departed, Sent, departed, keep_away, sent, since
from syndicate.store.copies import Finding
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.migrations import REVISIONS
from syndicate.store.opening import STORE_MODE, current_revision, migrate, open_existing
from syndicate.store.places import store_path
from syndicate.store.tables import metadata

#: Rows carried over at a time.
_ROWS = 1_000


def back_up(engine: sa.Engine, target: Path) -> Path:
    """Write the store as it is in this moment to a file that isn't there yet; give the file.

    Others may go on working with the store. Only its owner reads the file: it holds addresses and the secret.
    """
    if target.exists():
        raise StoreError(f"{target}: there is a file already; choose another name")
    partial = target.with_name(f".{target.name}.part")
    try:
        partial.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, STORE_MODE))
        _write(engine, partial)
        partial.replace(target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"{target}: can't be written ({reason}); choose another place") from error
    finally:
        partial.unlink(missing_ok=True)
    return target


def _write(engine: sa.Engine, target: Path) -> None:
    if engine.dialect.name == "sqlite":
        with reading(engine) as connection:
            connection.exec_driver_sql("VACUUM INTO ?", (str(target),))
    else:
        with _file(target) as copy, copy.begin() as connection:
            migrate(connection)
            with engine.connect() as source:
                _carry_over(source.execution_options(isolation_level="REPEATABLE READ"), connection)
    descriptor = os.open(target, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def restore(settings: Settings, backup: Path, *, who: str, why: str, now: datetime) -> bool:
    """Put a backup in the store's place, and hold it; give whether it may be ``behind``, see ``holding``.

    Who left a list since, or may be mailed no more, stays away, where the replaced store can be read.
    Call it with the outbox locked. The embedded store that was there is kept beside it as ``….replaced``.
    """
    order = _Order(who=who, why=f"restored from {backup.name}: {why}", now=now)
    with _brought_up_to_date(settings.outbox, backup) as ready:
        return (_refill if settings.store.url else _replace)(settings, ready, order)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """Who restores, why, and when."""

    who: str
    why: str
    now: datetime


@contextmanager
def _brought_up_to_date(outbox: Path, backup: Path) -> Iterator[Path]:
    """Give a copy of the backup with today's tables."""
    ready = outbox / ".restoring.db"
    try:
        outbox.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(backup, ready)
        ready.chmod(STORE_MODE)
        with _file(ready) as engine, engine.begin() as connection:
            if current_revision(connection) not in REVISIONS:
                raise StoreError(f"{backup}: it is no backup of this program; choose another file")
            migrate(connection)
        yield ready
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StoreError(f"{backup}: can't be restored ({reason}); mend the cause and run again") from error
    finally:
        for left in outbox.glob(".restoring.db*"):
            left.unlink()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What is known of the store that is replaced."""

    #: ``None`` where it can't be read.
    sent: Sent | None
    gone: Departed = field(default_factory=lambda: Departed(left=(), suppressed=()))


def _replace(settings: Settings, ready: Path, order: _Order) -> bool:
    """Take the embedded store's place in one step, held already."""
    path = store_path(settings.outbox)
    before = _closed(path) if path.exists() else _Before(sent=None)
    with _file(ready) as engine, engine.begin() as connection:
        behind = _settle_in(connection, settings.outbox, order, before)
    if path.exists():
        kept = path.with_name(f"{path.name}.replaced")
        kept.unlink(missing_ok=True)
        kept.hardlink_to(path)
    for left in (f"{path.name}-wal", f"{path.name}-shm"):  # of the other file: they would spoil this one
        path.with_name(left).unlink(missing_ok=True)
    ready.replace(path)
    open_existing(settings).dispose()  # where it notices its new place
    return behind


def _closed(path: Path) -> _Before:
    """Take everything of a store into its one file; give what it knows."""
    try:
        with _file(path) as engine:
            with reading(engine) as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            with reading(engine) as connection:
                return _before(connection)
    except StoreError:  # broken, and perhaps that is why somebody restores
        return _Before(sent=None)


def _refill(settings: Settings, ready: Path, order: _Order) -> bool:
    """Take the place of everything in a store on a server, in one transaction."""
    engine = open_existing(settings)
    with _file(ready) as copy, copy.connect() as source, engine.begin() as connection:
        before = _before(connection)
        for table in reversed(metadata.sorted_tables):
            connection.execute(sa.delete(table))
        _carry_over(source, connection)
        for table in metadata.sorted_tables:
            _number_on(connection, table)
        behind = _settle_in(connection, settings.outbox, order, before)
    engine.dispose()
    open_existing(settings).dispose()  # where it notices its new place
    return behind


def _before(connection: sa.Connection) -> _Before:
    return _Before(sent=sent(connection), gone=departed(connection))


def _settle_in(connection: sa.Connection, outbox: Path, order: _Order, before: _Before) -> bool:
    """Hold it, and let who left meanwhile stay away; give whether anything was sent meanwhile."""
    unanswered = holding.behind(connection)
    # What held it on the day of the backup is past.
    holding.release(connection, who=order.who, at=order.now, answered=True)
    if before.sent is not None:
        numbering.go_on_after(connection, before.sent.numbers)
    missing = since(before.sent, sent(connection))
    why = f"{order.why}; {missing}" if missing else order.why
    holding.hold(connection, who=order.who, why=why, at=order.now)
    found = Finding(why=why, behind=unanswered or bool(missing))
    copies.declare_copy(connection, outbox, found, now=order.now)
    keep_away(connection, before.gone, now=order.now)
    return found.behind


def _carry_over(source: sa.Connection, target: sa.Connection) -> None:
    for table in metadata.sorted_tables:
        rows = source.execution_options(yield_per=_ROWS).execute(sa.select(table)).mappings()
        for some in rows.partitions(_ROWS):
            target.execute(sa.insert(table), [dict(row) for row in some])


def _number_on(connection: sa.Connection, table: sa.Table) -> None:
    """Let PostgreSQL count on from the highest id that was carried over."""
    if "id" in table.c:
        highest = sa.select(sa.func.max(table.c.id)).scalar_subquery()
        sequence = sa.func.pg_get_serial_sequence(table.name, "id")
        connection.execute(
            sa.select(sa.func.setval(sequence, sa.func.coalesce(highest, 1), highest.is_not(None)))
        )


@contextmanager
def _file(path: Path) -> Iterator[sa.Engine]:
    engine = connect(sqlite_url(path))
    try:
        yield engine
    finally:
        engine.dispose()
