# ruff: noqa: D102 - the methods of River are the words that tests are written in
"""Fixtures for every test that needs a store: real SQLite, and a private PostgreSQL where it is installed."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.parser import BytesParser
from email.policy import default
from itertools import count
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest
import sqlalchemy as sa
from authority import Authority, make_authority
from mail_server import MailServer

from syndicate.audience.subscribing import Request, add, subscribe
from syndicate.dispatch.local import Dispatched, deliver_due, freeze_due
from syndicate.mail.headers import Heading
from syndicate.mail.slots import Slots
from syndicate.mail.wire import template
from syndicate.model.cadence import Cadence, Every
from syndicate.model.delivery import DeliveryState
from syndicate.model.edition import Edition, EditionId
from syndicate.model.post import (
    ArrivalNumber,
    EntryId,
    Excerpt,
    ExcerptOrigin,
    Post,
    PostId,
    PostState,
    TrackedPost,
)
from syndicate.model.subscriber import Address
from syndicate.schedule.occurrences import materialise
from syndicate.schedule.starting import start
from syndicate.settings.schema import ListSettings, MailSettings, PublishSettings, Settings, StoreSettings
from syndicate.store import deliveries, editions, posts
from syndicate.store.engine import connect, reading, sqlite_url
from syndicate.store.opening import open_store

SITE_KEY = "https://gazette.example"

#: Durability costs time and proves nothing in a test that never cuts the power.
HASTE = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


#: A busy machine is no finding.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


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
    sa.event.listen(engine, "connect", lambda connection, _record: connection.execute(_HURRIED))
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


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.system)])
def engine(request: pytest.FixtureRequest) -> sa.Engine:
    """Give an empty, opened store of the site; the test runs on both databases."""
    given: sa.Engine = request.getfixturevalue(f"{request.param}_engine")
    return given


@pytest.fixture
def serve() -> Iterator[Callable[..., MailServer]]:
    """Give a function that starts a mail server with these options; all end with the test."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(MailServer(**options).running())


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Give a certificate authority that nobody but the test trusts."""
    return make_authority(tmp_path_factory.mktemp("authority"))


_numbers = count(1)
_HURRIED = "PRAGMA synchronous=OFF"


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


NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Words:
    """A digest that says nothing but its posts' titles."""

    subject: str
    html: str
    text: str
    wire: bytes


@dataclass(slots=True)
class River:
    """A store with a list, and short words for what happens to it."""

    engine: sa.Engine
    settings: Settings
    now: datetime = NOON

    @property
    def list_settings(self) -> ListSettings:
        return self.settings.lists[0]

    def configure(self, **changes: object) -> None:
        """Change the list's settings."""
        self.settings = replace(self.settings, lists=(replace(self.list_settings, **changes),))

    def arrive(self, *titles: str, baseline: bool = False, **facts: object) -> list[TrackedPost]:
        """Let posts arrive, in order."""
        made = []
        with self.engine.begin() as connection:
            for title in titles:
                number = ArrivalNumber(posts.highest_arrival(connection) + 1)
                made.append(_post(title, number, self.now, baseline=baseline, **facts))
                posts.add(connection, [made[-1]])
        return made

    def leave(self, *gone: TrackedPost) -> None:
        """Let posts leave the site."""
        with self.engine.begin() as connection:
            posts.replace(connection, [replace(each, state=PostState.GONE) for each in gone])

    def start(self) -> None:
        start(self.engine, self.list_settings, now=self.now)

    def join(self, *names: str, cadence: str | None = None) -> None:
        for name in names:
            add(
                self.engine,
                f"{name}@example.org",
                list_settings=self.list_settings,
                consent="in a test",
                who="eve",
                now=self.now,
                cadence=cadence,
            )

    def crowd(self, count: int) -> None:
        """Put many people on the list at once."""
        requests = [Request(address=_address(number)) for number in range(count)]
        for at in range(0, count, 250):
            with self.engine.begin() as connection:
                subscribe(
                    connection,
                    requests[at : at + 250],
                    list_settings=self.list_settings,
                    consent="in a test",
                    who="eve",
                    now=self.now,
                )

    def tick(self) -> list[EditionId]:
        return materialise(self.engine, self.settings.lists, now=self.now)

    def freeze(self) -> Dispatched:
        return freeze_due(self.engine, self.settings, render=self.render, now=self.now)

    def send(self) -> Dispatched:
        return deliver_due(self.engine, self.settings, clock=lambda: self.now)

    def turn(self) -> list[Edition]:
        """Do what a pass does, and give the editions it touched as they stand now."""
        self.start()
        self.tick()
        touched = [each.id for each in (*self.freeze().editions, *self.send().editions)]
        with reading(self.engine) as connection:
            return [each for each in reversed(editions.every(connection)) if each.id in touched]

    def render(self, shown: Sequence[TrackedPost], edition: Edition) -> Words:
        titles = [each.post.title for each in shown]
        document = ", ".join(titles)
        slots = Slots.absent_from(document)
        heading = Heading(
            sender=self.settings.mail.sender,
            reply_to=self.settings.mail.sender,
            subject=document[:200],
            date=edition.due_at,
            list_name=edition.list_name,
            list_title="The Gazette",
        )
        text = f"Posts: {document}\n{slots.unsubscribe_url}\n"
        html = f"<p>Posts: {document}</p><a href={slots.unsubscribe_url}>leave</a>\n"
        wire = template(heading, slots, text=text, html=html)
        return Words(document[:200], html, text, wire)

    def mail(self) -> dict[str, list[str]]:
        """Give what lies in the outbox: to each name, the posts of each message, in order."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.settings.outbox.glob("mail/**/*.eml")):
            message = BytesParser(policy=default).parsebytes(path.read_bytes())
            name = str(message["To"]).partition("@")[0]
            body = message.get_body(("plain",))
            assert body is not None
            line = body.get_content().splitlines()[0]
            found.setdefault(name, []).append(line.removeprefix("Posts: "))
        return found

    def ledger(self, edition_id: EditionId) -> dict[DeliveryState, int]:
        with reading(self.engine) as connection:
            return deliveries.counts(connection, edition_id)

    def editions(self) -> list[tuple[str, str]]:
        """Give every edition's occurrence and state, the oldest first."""
        with reading(self.engine) as connection:
            return [(each.occurrence, each.state) for each in reversed(editions.every(connection))]


@pytest.fixture
def river(engine: sa.Engine, tmp_path: Path) -> River:
    """Give a list that goes out on Mondays at seven in Lisbon; it hasn't started."""
    gazette = ListSettings(
        name="gazette",
        title="The Gazette",
        zone="Europe/Lisbon",
        cadences=(Cadence(every=Every.WEEKLY, on="mon"),),
    )
    settings = Settings(
        outbox=tmp_path / "outbox",
        publish=PublishSettings(base_url="https://gazette.example"),
        mail=MailSettings(
            sender="The Gazette <news@gazette.example>", postal_address="4 Rope Walk, Example Harbour"
        ),
        lists=(gazette,),
    )
    return River(engine, settings)


def _address(number: int) -> Address:
    text = f"reader{number}@example.org"
    return Address(text=text, key=text, envelope=text)


def _post(
    title: str, number: ArrivalNumber, at: datetime, *, baseline: bool = False, **facts: object
) -> TrackedPost:
    path = f"_posts/{number:05d}-{title}.md"
    post = Post(
        path=path,
        url=f"/{title}/",
        link=f"https://gazette.example/{title}/",
        generator_id=f"/{title}",
        declared_id=None,
        title=title,
        authors=(),
        collection="posts",
        categories=(),
        tags=(),
        published=at - timedelta(days=1000) + timedelta(minutes=number),
        updated=at,
        excerpt=Excerpt(html="", text="", origin=ExcerptOrigin.NONE, truncated=False),
        summary="",
        image=None,
        language="en",
        fingerprint=title,
        body_fingerprint=title,
    )
    return TrackedPost(
        id=PostId(number),
        post=replace(post, **facts),
        entry_id=EntryId(path),
        state=PostState.BASELINE if baseline else PostState.ARRIVED,
        arrival=number,
        first_seen_at=at,
        changed_at=at,
        updated=at,
    )
