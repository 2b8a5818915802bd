from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicate.feeds.announcing import announce, documents, is_public, reachable
from syndicate.model.site import Site
from syndicate.settings.schema import FeedSettings, PublishSettings, Settings
from syndicate.store import jobs
from syndicate.store.engine import reading

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HUB = "https://hub.invalid.org/"
SITE = Site(
    kind="jekyll",
    root=Path("/site"),
    url="https://gazette.org",
    title="Gazette",
    description="",
    language="en",
    zone="UTC",
    author="",
    collections=(),
    fingerprint="1",
)


def settings(outbox: Path, **publish: str) -> Settings:
    given = {"base_url": "https://gazette.org", "hub": HUB, **publish}
    return Settings(
        outbox=outbox,
        publish=PublishSettings(**given),
        feeds=(FeedSettings(name="all", formats=("atom", "json")),),
    )


@pytest.fixture
def outbox(tmp_path) -> Path:
    folder = tmp_path / "public" / "feeds" / "all"
    folder.mkdir(parents=True)
    (folder / "atom.xml").write_bytes(b"<feed/>")
    (folder / "feed.json").write_bytes(b"{}")
    return tmp_path


def told(engine, said: dict[str, str]) -> tuple[str, ...]:
    with engine.begin() as connection:
        return announce(connection, said, hub=HUB, now=NOON)


def test_a_topic_is_the_address_that_the_feed_gives_itself(outbox):
    assert list(documents(settings(outbox), SITE)) == [
        "https://gazette.org/feeds/all/atom.xml",
        "https://gazette.org/feeds/all/feed.json",
    ]


def test_each_document_is_announced_once_for_each_change(engine, outbox):
    atom, json = documents(settings(outbox), SITE)

    first = told(engine, documents(settings(outbox), SITE))
    unchanged = told(engine, documents(settings(outbox), SITE))
    (outbox / "public" / "feeds" / "all" / "atom.xml").write_bytes(b"<feed>news</feed>")
    changed = told(engine, documents(settings(outbox), SITE))

    assert first == (atom, json)
    assert unchanged == ()
    assert changed == (atom,)
    with reading(engine) as connection:
        assert [each.task.key for each in jobs.waiting(connection)] == [atom, json]


def test_what_was_written_and_not_announced_is_announced_by_the_next_pass(engine, outbox):
    said = documents(settings(outbox), SITE)
    with engine.connect() as connection, connection.begin() as transaction:
        announce(connection, said, hub=HUB, now=NOON)
        transaction.rollback()  # as when the process dies

    assert told(engine, said) == tuple(said)


def test_a_format_that_is_not_on_the_disk_is_not_announced(outbox):
    (outbox / "public" / "feeds" / "all" / "feed.json").unlink()

    assert list(documents(settings(outbox), SITE)) == ["https://gazette.org/feeds/all/atom.xml"]


@pytest.mark.parametrize(
    "publish",
    [
        {"hub": ""},
        {"base_url": ""},
        {"base_url": "http://localhost:8000"},
        {"base_url": "https://gazette.example"},
    ],
)
def test_nobody_is_told_without_a_hub_and_an_address_it_can_fetch(outbox, publish):
    assert documents(settings(outbox, **publish), SITE) == {}


def test_a_hub_on_this_machine_may_be_told_of_feeds_on_this_machine():
    assert reachable(PublishSettings(base_url="http://127.0.0.1:8000", hub="http://127.0.0.1:9000/"))


@pytest.mark.parametrize(
    ("url", "public"),
    [
        ("https://gazette.org/a", True),
        ("https://gazette.org:8443", True),
        ("https://93.184.215.14/", True),
        ("https://[2606:2800:220:1::1]/", True),
        ("https://localhost/", False),
        ("https://printer/", False),
        ("https://nas.local/", False),
        ("https://gazette.test./", False),
        ("https://10.0.0.8/", False),
        ("https://[::1]/", False),
        ("https://169.254.169.254/", False),
    ],
)
def test_an_address_is_public_when_everybody_could_reach_it(url, public):
    assert is_public(url) is public
