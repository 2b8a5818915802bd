"""A site that is read from its feed, by the installed command and a server on loopback."""

import tomllib
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from web_server import WebServer, web_server

pytestmark = pytest.mark.system

ALLOWED = '[fetching]\nallow_hosts = ["127.0.0.1"]\n'
CONFIG = """
[site]
feed = "{feed}"
refresh = "0 s"
[posts]
settle = "0 s"
[mail]
sender = "The Harbour <news@harbour.example>"
[[lists]]
name = "harbour"
cadences = [{{ every = "each" }}]
"""


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as made:
        yield made


def feed(*titles: str, ids: str = "post-") -> str:
    made = "".join(
        f"<item><title>{title}</title><link>https://harbour.example/{title}/</link>"
        f"<guid isPermaLink='false'>{ids}{title}</guid><pubDate>Sun, 01 Nov 2026 10:00:00 +0000</pubDate>"
        f"<description>&lt;p&gt;About {title}.&lt;/p&gt;</description></item>"
        for title in titles
    )
    return (
        "<rss version='2.0'><channel><title>The Harbour</title><link>https://harbour.example/</link>"
        f"<description>News</description>{made}</channel></rss>"
    )


def entry_ids(newsroom) -> set[str]:
    atom = (newsroom.outbox / "public" / "feeds" / "all" / "atom.xml").read_text(encoding="utf-8")
    return {
        part.partition("</id>")[0] for part in atom.split("<entry>")[1:] for part in part.split("<id>")[1:]
    }


@pytest.fixture
def subscribed(newsroom, configure, server):
    """Give a newsroom that reads a feed of three entries, with one reader; its baseline is taken."""
    configure(CONFIG.format(feed=server.url("/feed.xml")) + ALLOWED)
    server.say("/feed.xml", feed("one", "two", "three"))
    newsroom.pass_()
    newsroom.run("subscriber", "add", "ana@example.org", "--consent", "a test")
    assert newsroom.letters() == []
    return newsroom


def test_what_is_new_in_a_feed_comes_by_mail(subscribed, server):
    server.say("/feed.xml", feed("four", "one", "two"))

    done = subscribed.pass_()

    (letter,) = subscribed.letters()
    subject = message_from_bytes(letter.read_bytes(), policy=policy.default)["Subject"]
    assert subject == "four · The Harbour"
    assert len(done["posts"]["new"]) == 1
    assert done["posts"]["gone"] == []
    assert done["posts"]["found"] == 4


def test_a_feed_that_fails_holds_up_no_mail(subscribed, server):
    server.say("/feed.xml", feed("four", "one", "two"))
    subscribed.pass_("--set", "posts.settle=1 s")
    server.say("/feed.xml", "sorry", status=503)

    done = subscribed.run("run", "--once", code=1)

    assert [line for line in done.stderr.splitlines() if line.startswith("error: ")] == [
        f"error: {server.url('/feed.xml')}: has trouble of its own (503); try again later"
    ]
    for _ in range(30):  # until the second is over
        if subscribed.letters():
            break
        subscribed.run("run", "--once", code=1)
    assert len(subscribed.letters()) == 1


def test_new_ids_for_old_entries_mail_nobody_and_change_no_feed(subscribed, server):
    before = entry_ids(subscribed)
    server.say("/feed.xml", feed("one", "two", "three", ids="https://harbour.example/?p="))

    done = subscribed.pass_()

    assert done["posts"]["new"] == []
    assert subscribed.letters() == []
    assert entry_ids(subscribed) == before


def test_a_flood_of_strangers_waits_for_a_yes(subscribed, server):
    server.say("/feed.xml", feed(*(f"new{number}" for number in range(12)), ids="x"))

    done = subscribed.pass_(code=3)

    assert len(done["posts"]["held"]) == 12
    assert subscribed.letters() == []


def test_an_address_is_enough(newsroom, server):
    feed_url = server.say("/feed.xml", feed("one"))
    said = ["--set", 'fetching.allow_hosts=["127.0.0.1"]', "--site", feed_url]

    first = newsroom.run(*said, "run", "--once").stdout
    newsroom.run(*said, "run", "--once")

    assert first.startswith("The Harbour (")
    assert "1 there from the start (the baseline)" in first
    assert len(server.asked) == 1  # the second pass came too early
    (outbox,) = (path.name for path in newsroom.outbox.iterdir() if path.is_dir())
    assert outbox == "127.0.0.1-feed.xml"


def test_init_finds_the_feed_of_a_page_and_writes_it_down(newsroom, server):
    newsroom.config.unlink()
    feed_url = server.say("/feed.xml", feed("one", "two"))
    page = server.say("/", "<!doctype html><link rel='alternate' type='application/rss+xml' href='feed.xml'>")
    allowed = ["--set", 'fetching.allow_hosts=["127.0.0.1"]']

    said = newsroom.run(*allowed, "init", page).stdout

    assert said.startswith(f"The Harbour: a remote feed (RSS, 2 entries), {feed_url}\n")
    assert "set publish.base_url" in said
    assert tomllib.loads(newsroom.config.read_text(encoding="utf-8"))["site"]["feed"] == feed_url
    assert newsroom.pass_()["posts"]["found"] == 2


def test_an_address_of_this_machine_is_refused_in_one_line(newsroom, server):
    feed_url = server.say("/feed.xml", feed("one"))

    done = newsroom.run("--site", feed_url, "run", "--once", code=1)

    assert done.stderr == (
        f"error: {feed_url}: is no public address; where it is meant, name its host in fetching.allow_hosts\n"
    )
    assert server.asked == []


def test_nothing_is_fetched_by_who_only_looks(newsroom, configure, server):
    configure(CONFIG.format(feed=server.url("/feed.xml")) + ALLOWED)
    server.say("/feed.xml", feed("one"))

    done = newsroom.run("posts", code=1)

    assert "is not fetched yet; `syndicate build` fetches it" in done.stderr
    assert server.asked == []
    newsroom.run("build")
    assert newsroom.run("posts").stdout.endswith("one\n")
    assert len(server.asked) == 1


def test_a_store_is_one_feeds(subscribed, server):
    other = server.say("/other.xml", feed("nine").replace("harbour", "island"))

    done = subscribed.run("--set", f"site.feed={other}", "run", "--once", code=1)

    assert "give the other site an outbox of its own" in done.stderr
