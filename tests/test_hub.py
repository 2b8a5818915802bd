# ruff: noqa: D102 - the methods of Newsroom and Hub are the words that tests are written in
"""The river and a WebSub hub: each change of a feed is told once, whatever dies on the way."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import sqlalchemy as sa

from syndicate.model.job import Task
from syndicate.pipeline import Pass, River, publish_posts, run_pass
from syndicate.posts.sources import open_source
from syndicate.settings.completion import complete
from syndicate.settings.schema import FeedSettings, PublishSettings, Settings, SiteSettings
from syndicate.store import holding, jobs
from syndicate.store.engine import reading

PROJECT = Path(__file__).parents[1]
MOCK_HUB = PROJECT.parent / "shared" / "checks" / "feeds" / "mock_hub.py"
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BASE = "https://gazette.example"


@dataclass
class Hub:
    """A hub on this machine: what it was told, and what it answers."""

    server: ThreadingHTTPServer
    told: list[str] = field(default_factory=list)
    status: int = 202

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/"

    def names(self) -> list[str]:
        """Give what it was told since it was last asked, from the feeds' folder on."""
        told, self.told[:] = [topic.removeprefix(f"{BASE}/feeds/") for topic in self.told], []
        return sorted(told)


@pytest.fixture
def hub() -> Iterator[Hub]:
    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode("ascii"))
            found.told.append(form["hub.url"][0])
            self.send_response(found.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        found = Hub(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield found
        server.shutdown()


class Newsroom:
    """The example site with two feeds and a hub, and a clock that the test turns."""

    def __init__(self, river: River) -> None:
        self.river = river
        self.now = START

    def pass_(self, **later: int) -> Pass:
        self.now += timedelta(**later)
        return run_pass(self.river, clock=lambda: self.now, progress=lambda *_: None)

    def build(self) -> None:
        """Make the half of a pass that ends with the feeds, as one does that dies after it."""
        publish_posts(self.river, now=self.now, progress=lambda *_: None)

    def write(self, title: str) -> None:
        path = self.river.source.site.root / "_posts" / "2026-11-20-new.md"
        path.write_text(f"---\ntitle: {title}\ndate: 2026-11-20\n---\nWords.\n", encoding="utf-8")

    def publish(self, **changes: object) -> None:
        settings = self.river.settings
        self.river = replace(
            self.river, settings=replace(settings, publish=replace(settings.publish, **changes))
        )

    def waiting(self) -> int:
        with reading(self.river.engine) as connection:
            return len(jobs.waiting(connection))


@pytest.fixture
def newsroom(engine, tmp_path, hub) -> Newsroom:
    shutil.copytree(PROJECT / "example", tmp_path / "example")
    settings = Settings(
        outbox=tmp_path / "outbox",
        site=SiteSettings(path=tmp_path / "example"),
        publish=PublishSettings(base_url=BASE, hub=hub.address),
        feeds=(
            FeedSettings(name="all", formats=("atom", "json")),
            FeedSettings(name="table", collections=("table",), formats=("rss",)),
        ),
    )
    source = open_source(settings)
    return Newsroom(River(settings=complete(settings, source.site), source=source, engine=engine))


EVERY = ["all/atom.xml", "all/feed.json", "table/rss.xml"]


def test_each_feed_is_told_of_once_when_it_first_stands(newsroom, hub):
    done = newsroom.pass_()

    assert len(done.jobs.done) == 3
    assert hub.names() == EVERY
    assert newsroom.waiting() == 0


def test_nobody_is_told_when_nothing_changed(newsroom, hub):
    newsroom.pass_()
    hub.names()
    newsroom.pass_(minutes=1)
    newsroom.publish(base_url=BASE)  # and also when all is looked at anew
    (newsroom.river.settings.outbox / ".published").unlink()
    again = newsroom.pass_(minutes=1)

    assert again.publication is not None
    assert hub.names() == []


def test_only_what_changed_is_told(newsroom, hub):
    newsroom.pass_()
    hub.names()
    newsroom.write("Fog")
    newsroom.pass_(minutes=1)

    assert hub.names() == ["all/atom.xml", "all/feed.json"]


def test_a_process_killed_after_publishing_loses_no_ping(newsroom, hub):
    newsroom.build()

    assert hub.names() == []
    newsroom.pass_(minutes=1)
    assert hub.names() == EVERY


def test_a_process_killed_before_it_noted_what_it_published_loses_no_ping(newsroom, hub):
    with broken_at(newsroom.river.engine, "INSERT INTO topic"), pytest.raises(KeyboardInterrupt):
        newsroom.build()
    standing = (newsroom.river.settings.outbox / "public" / "feeds" / "all" / "atom.xml").is_file()
    lost = newsroom.waiting()
    newsroom.pass_(minutes=1)

    assert (standing, lost) == (True, 0)
    assert hub.names() == EVERY


def test_a_hub_that_is_down_is_told_later_once_for_each_feed(newsroom, hub):
    hub.status = 503
    first = newsroom.pass_()
    hub.names()
    hub.status = 202
    too_early = newsroom.pass_(seconds=5)
    later = newsroom.pass_(minutes=5)

    assert len(first.jobs.put_off) == 3
    assert (too_early.jobs.done, too_early.problems, too_early.warnings) == ((), (), ())
    assert len(later.jobs.done) == 3
    assert hub.names() == EVERY


def test_two_changes_while_the_hub_is_down_are_one_ping(newsroom, hub):
    newsroom.pass_()
    hub.status = 500
    for title in ("Fog", "Fog lifts"):
        newsroom.write(title)
        newsroom.pass_(minutes=1)
    hub.names()
    hub.status = 200
    newsroom.pass_(minutes=30)

    assert hub.names() == ["all/atom.xml", "all/feed.json"]


def test_a_hub_that_refuses_is_named_until_the_feed_changes_again(newsroom, hub):
    hub.status = 404
    refused = newsroom.pass_()
    still = newsroom.pass_(minutes=1)
    hub.status = 202
    newsroom.write("Fog")
    better = newsroom.pass_(minutes=1)

    assert len(refused.jobs.given_up) == 3
    assert refused.warnings == still.warnings
    assert refused.warnings[0].startswith(f"publish.hub: {hub.address}: is not there (404)")
    assert "and 2 more)" in refused.warnings[0]
    assert "table/rss.xml)" in better.warnings[0]


def test_without_a_public_address_nobody_is_told(newsroom, hub):
    newsroom.publish(base_url="")
    newsroom.pass_()

    assert hub.names() == []
    assert newsroom.waiting() == 0


def test_a_held_store_tells_nobody_until_it_is_released(newsroom, hub):
    with newsroom.river.engine.begin() as connection:
        holding.hold(connection, who="ana", why="a copy", at=START)
    newsroom.pass_()
    before = hub.names()
    with newsroom.river.engine.begin() as connection:
        holding.release(connection, who="ana", at=START)
    newsroom.pass_(minutes=1)

    assert before == []
    assert hub.names() == EVERY


def test_another_hub_is_told_instead_of_the_one_before(newsroom, hub):
    with newsroom.river.engine.begin() as connection:
        old = Task(kind="websub", key=f"{BASE}/old", payload={"hub": "http://127.0.0.1:1/", "topic": BASE})
        jobs.put(connection, old, not_before=START)
    newsroom.pass_()

    assert hub.names() == EVERY
    assert newsroom.waiting() == 0


@pytest.fixture
def serving() -> Iterator[Callable[[Path], str]]:
    """Give a function that serves the outbox of a folder, and gives the address."""
    started = []

    def serve(folder: Path) -> str:
        command = [Path(sys.executable).with_name("syndicate"), "--site", PROJECT / "example"]
        options = ["--outbox", folder / "outbox", "serve", "--port", "0"]
        server = subprocess.Popen([*command, *options], cwd=folder, stdout=subprocess.PIPE, text=True)
        started.append(server)
        return server.stdout.readline().split(" on ")[1].split("/ ")[0]

    yield serve
    for server in started:
        server.kill()
        server.communicate()


@pytest.mark.system
def test_a_process_killed_in_the_middle_of_a_ping_pings_again_at_once(tmp_path, hub):
    """A hub that never answers, a kill -9, and the next pass; the hub is another one by then."""
    command = [Path(sys.executable).with_name("syndicate"), "--site", PROJECT / "example"]
    options = ["--outbox", tmp_path / "outbox", "--set", f"publish.base_url={BASE}", "--set"]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"publish.hub=http://127.0.0.1:{silent.getsockname()[1]}/"
        killed = subprocess.Popen([*command, *options, address, "run", "--once"], cwd=tmp_path)
        silent.settimeout(60)
        connection, _ = silent.accept()
        killed.kill()
        killed.wait()
        connection.close()
    here = f"publish.hub={hub.address}"

    subprocess.run([*command, *options, here, "run", "--once"], cwd=tmp_path, check=True, capture_output=True)

    assert len(hub.names()) == 12


@pytest.mark.system
def test_a_hub_that_refuses_is_named_by_run_and_by_plan(tmp_path, hub):
    hub.status = 410
    command = [Path(sys.executable).with_name("syndicate"), "--site", PROJECT / "example"]
    options = ["--outbox", tmp_path / "outbox", "--set", f"publish.base_url={BASE}"]
    said = [
        subprocess.run(
            [*command, *options, "--set", f"publish.hub={hub.address}", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        for words in (["run", "--once"], ["plan"], ["run", "--once"])
    ]

    line = f"warning: publish.hub: {hub.address}: is gone for good (410); correct its address (given up"
    assert all(line in each.stderr for each in said)
    assert "hub       changed addresses: 12 given up" in said[0].stdout
    assert "changed addresses" not in said[2].stdout


@contextmanager
def broken_at(engine: sa.Engine, statement: str) -> Iterator[None]:
    """Let the process die at a statement."""

    def die(*event: object) -> None:
        if str(event[2]).startswith(statement):
            raise KeyboardInterrupt

    sa.event.listen(engine, "before_cursor_execute", die)
    try:
        yield
    finally:
        sa.event.remove(engine, "before_cursor_execute", die)


@pytest.mark.system
def test_a_whole_hub_fetches_and_delivers_what_is_served(tmp_path, serving):
    """A stand-in of a real hub: it fetches each topic it is told of from ``syndicate serve``."""
    if not MOCK_HUB.exists():
        if os.environ.get("SYNDICATE_TEST_EVERYTHING") == "1":
            pytest.fail(f"{MOCK_HUB}: is missing, and everything was asked for")
        pytest.skip("the shared checks are not beside this checkout")
    port, log = tmp_path / "port", tmp_path / "log"
    hub = subprocess.Popen([sys.executable, MOCK_HUB, port, log])
    try:
        until(lambda: port.exists() and port.read_text(encoding="utf-8"))
        address = f"http://127.0.0.1:{port.read_text(encoding='utf-8')}/"
        base_url = serving(tmp_path)
        command = [Path(sys.executable).with_name("syndicate"), "--site", PROJECT / "example"]
        options = ["--outbox", tmp_path / "outbox", "--set", f"publish.hub={address}"]
        here = ["--set", f"publish.base_url={base_url}", "run", "--once"]
        said = subprocess.run(
            [*command, *options, *here], capture_output=True, text=True, cwd=tmp_path, check=True
        )
        public = tmp_path / "outbox" / "public"
        topics = 3 * len(list((public / "feeds").glob("*/")))
        fetched = until(lambda: len(events(log, "fetched")) == topics and events(log, "fetched"))
    finally:
        hub.kill()
        hub.wait()

    assert f"changed addresses: {topics} told" in said.stdout
    assert {each["topic"].removeprefix(base_url): each["bytes"] for each in fetched} == {
        f"/{file.relative_to(public)}": file.stat().st_size
        for name in ("atom.xml", "rss.xml", "feed.json")
        for file in public.rglob(name)
    }
    assert not events(log, "error")


def events(log: Path, kind: str) -> list[dict[str, object]]:
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [each for line in lines if (each := json.loads(line))["event"] == kind]


def until(wanted: Callable[[], object], seconds: float = 20) -> object:
    """Wait for another process."""
    patience = threading.Event()
    for _ in range(int(seconds * 20)):
        if found := wanted():
            return found
        patience.wait(0.05)
    raise AssertionError("it didn't come")
