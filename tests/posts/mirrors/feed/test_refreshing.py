# ruff: noqa: D102 - the methods of Remote are the words that tests are written in
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from web_server import WebServer, web_server

from syndicate.errors import SiteError
from syndicate.posts.mirrors import Refreshed, located, refresh
from syndicate.settings.schema import FetchingSettings, Settings, SiteSettings

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class Remote:
    """A feed on a server, and the mirror of it."""

    server: WebServer
    settings: Settings
    now: datetime = NOON
    headers: dict[str, str] = field(default_factory=dict)

    def publish(self, *numbers: int, **said: object) -> None:
        """Let the feed show these entries, the newest first."""
        self.server.say("/feed.xml", feed(*numbers, **said), **self.headers)

    def pass_by(self, *, later: timedelta = timedelta(hours=2)) -> Refreshed:
        self.now += later
        return refresh(self.settings, now=self.now)

    @property
    def mirror(self) -> Path:
        return self.settings.outbox / "mirror" / "feed"

    def titles(self) -> list[str]:
        return sorted(json.loads(path.read_bytes())["title"] for path in self.mirror.glob("entries/*.json"))


def feed(*numbers: int, home: str = "https://harbour.example/", entry: str = "") -> str:
    made = "".join(
        f"<entry><id>{entry}tag:{number}</id><title>E{number}</title><link href='https://harbour.example/{number}/'/>"
        f"<updated>2026-01-01T00:00:{number:02d}Z</updated>"
        f"<content type='html'>Text {number}</content></entry>"
        for number in numbers
    )
    return (
        f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Harbour</title><link href='{home}'/>"
        f"<id>tag:feed</id><updated>2026-01-01T00:00:00Z</updated>{made}</feed>"
    )


@pytest.fixture
def remote(tmp_path: Path) -> Iterator[Remote]:
    with web_server() as server:
        site = SiteSettings(feed=server.url("/feed.xml"))
        fetching = FetchingSettings(allow_hosts=("127.0.0.1",), timeout=timedelta(seconds=5))
        yield Remote(server, Settings(outbox=tmp_path / "outbox", site=site, fetching=fetching))


def test_each_entry_is_kept_in_a_file_of_its_own(remote):
    remote.publish(2, 1)

    assert remote.pass_by() == Refreshed()

    assert remote.titles() == ["E1", "E2"]
    assert located(remote.settings).site.path == remote.mirror


def test_what_scrolls_off_the_feed_stays(remote):
    remote.publish(3, 2, 1)
    remote.pass_by()
    remote.publish(5, 4, 3)

    remote.pass_by()

    assert remote.titles() == ["E1", "E2", "E3", "E4", "E5"]


def test_what_the_site_takes_back_goes_when_it_stays_away(remote):
    remote.publish(4, 3, 2, 1)
    remote.pass_by()
    remote.publish(4, 2, 1)

    remote.pass_by()
    assert "E3" in remote.titles()
    remote.pass_by()

    assert remote.titles() == ["E1", "E2", "E4"]


def test_an_older_feed_from_a_cache_takes_nothing_back(remote):
    remote.publish(4, 3, 2, 1)
    remote.pass_by()
    remote.publish(3, 2, 1)
    remote.pass_by()
    remote.publish(4, 3, 2, 1)

    remote.pass_by()

    assert remote.titles() == ["E1", "E2", "E3", "E4"]


def test_an_answer_without_changes_confirms_what_was_taken_back(remote):
    remote.publish(3, 2, 1)
    remote.pass_by()
    remote.headers = {"ETag": '"b"'}
    remote.publish(3, 1)
    remote.pass_by()

    remote.pass_by()

    assert remote.server.asked[-1].headers["if-none-match"] == '"b"'
    assert remote.titles() == ["E1", "E3"]


def test_new_ids_for_old_entries_make_no_new_files(remote):
    remote.publish(3, 2, 1)
    remote.pass_by()
    before = {path.name for path in remote.mirror.glob("entries/*.json")}
    remote.publish(4, 3, 2, 1, entry="new-")

    remote.pass_by()

    assert before < {path.name for path in remote.mirror.glob("entries/*.json")}
    assert remote.titles() == ["E1", "E2", "E3", "E4"]


def test_an_unchanged_entry_is_not_written_again(remote):
    remote.publish(1)
    remote.pass_by()
    file = next(remote.mirror.glob("entries/*.json"))
    before = file.stat().st_mtime_ns
    remote.publish(2, 1)

    remote.pass_by()

    assert file.stat().st_mtime_ns == before


def test_a_token_that_changes_with_each_answer_is_no_edit(remote):
    remote.server.say("/feed.xml", feed(1).replace("Text 1", "Text &lt;img src='/a.png?token=1'&gt;"))
    remote.pass_by()
    file = next(remote.mirror.glob("entries/*.json"))
    before = file.stat().st_mtime_ns
    remote.server.say("/feed.xml", feed(1).replace("Text 1", "Text &lt;img src='/a.png?token=2'&gt;"))

    remote.pass_by()

    assert file.stat().st_mtime_ns == before


def test_an_entry_without_a_date_keeps_the_one_it_was_first_seen_at(remote):
    undated = "<rss version='2.0'><channel><title>T</title><item><title>A</title></item></channel></rss>"
    remote.server.say("/feed.xml", undated)
    remote.pass_by()
    remote.server.say("/feed.xml", undated.replace("</item>", "<category>x</category></item>"))

    remote.pass_by()

    kept = json.loads(next(remote.mirror.glob("entries/*.json")).read_bytes())
    assert kept["categories"] == ["x"]
    assert kept["published"] == "2026-11-23T14:00:00+00:00"


def test_it_is_asked_for_when_its_time_has_come_and_not_before(remote):
    remote.publish(1)

    for _ in range(4):
        remote.pass_by(later=timedelta(minutes=5))

    assert len(remote.server.asked) == 2


def test_a_server_may_ask_for_more_patience(remote):
    remote.headers = {"Cache-Control": "max-age=2400"}
    remote.publish(1)

    for _ in range(10):
        remote.pass_by(later=timedelta(minutes=5))

    assert len(remote.server.asked) == 2


def test_other_settings_are_tried_at_once(remote):
    remote.settings = replace(remote.settings, fetching=FetchingSettings())
    assert "no public address" in str(remote.pass_by().problems[0])
    remote.publish(1)
    remote.settings = replace(remote.settings, fetching=FetchingSettings(allow_hosts=("127.0.0.1",)))

    assert remote.pass_by(later=timedelta(seconds=1)).problems == ()
    assert remote.titles() == ["E1"]


def _html(server: WebServer) -> None:
    server.say("/feed.xml", "<!doctype html><title>Down for repairs</title>", Content_Type="text/html")


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        (lambda server: server.say("/feed.xml", "oops", status=500), "has trouble of its own (500)"),
        (lambda server: server.say("/feed.xml", status=410), "is gone for good (410)"),
        (lambda server: server.say("/feed.xml", "", ETag='"x"'), "is no feed that can be read"),
        (lambda server: server.say("/feed.xml", "{}"), "is no feed that can be read"),
        (_html, "is a web page, not a feed"),
        (
            lambda server: server.answers.update({"/feed.xml": lambda _c, over: over.wait(20)}),
            "takes too long",
        ),
    ],
)
def test_a_feed_that_fails_is_told_until_it_is_mended_and_what_is_kept_stays(remote, fails, said):
    remote.settings = replace(
        remote.settings, fetching=replace(remote.settings.fetching, timeout=timedelta(seconds=1))
    )
    remote.publish(1)
    remote.pass_by()
    fails(remote.server)

    for later in (timedelta(days=2), timedelta(seconds=15)):
        (problem,) = remote.pass_by(later=later).problems

        assert str(problem).startswith(remote.server.url("/feed.xml"))
        assert said in str(problem)
        assert len(str(problem).splitlines()) == 1
    assert remote.titles() == ["E1"]
    remote.publish(2, 1)
    assert remote.pass_by(later=timedelta(days=2)) == Refreshed()
    assert remote.titles() == ["E1", "E2"]


def test_a_busy_server_is_left_alone_as_long_as_it_asks(remote):
    remote.server.say("/feed.xml", status=503, Retry_After="7200")

    for _ in range(13):
        remote.pass_by(later=timedelta(minutes=10))

    assert len(remote.server.asked) == 2


def test_a_broken_feed_is_read_and_said_so(remote):
    remote.server.say("/feed.xml", feed(2, 1).replace("Text 1", "Text & more"))

    (warning,) = remote.pass_by().warnings

    assert warning.startswith(f"{remote.server.url('/feed.xml')}: is no proper XML")
    assert remote.titles() == ["E1", "E2"]


def test_an_empty_feed_is_no_reason_to_forget(remote):
    remote.publish(1)
    remote.pass_by()
    remote.publish()

    for _ in range(3):
        remote.pass_by()

    assert remote.titles() == ["E1"]


def test_a_web_page_leads_to_its_feed_to_begin_with(remote):
    remote.publish(1)
    page = "<!doctype html><link rel=alternate type='application/atom+xml' href='feed.xml'>"
    remote.settings = replace(
        remote.settings, site=SiteSettings(feed=remote.server.say("/", page, Content_Type="text/html"))
    )

    (warning,) = remote.pass_by().warnings
    remote.pass_by()

    assert warning.endswith(f'names its feed; set site.feed = "{remote.server.url("/feed.xml")}"')
    assert remote.titles() == ["E1"]
    assert [each.path for each in remote.server.asked] == ["/", "/feed.xml", "/feed.xml"]


def test_a_feed_that_has_moved_says_where(remote):
    remote.server.say("/feed.xml", status=301, Location="/new.xml")
    remote.server.say("/new.xml", feed(1))

    (warning,) = remote.pass_by().warnings

    assert warning.startswith(f"{remote.server.url('/new.xml')}: the feed has moved here for good")


def test_a_mirror_is_one_sites(remote):
    remote.publish(1)
    remote.pass_by()
    other = remote.server.say("/other.xml", feed(9, home="https://other.example/"))
    remote.settings = replace(remote.settings, site=SiteSettings(feed=other))

    (problem,) = remote.pass_by().problems

    assert "give the other site an outbox of its own" in str(problem)
    assert remote.titles() == ["E1"]


def test_of_a_feed_that_names_no_home_another_address_is_another_site(remote):
    remote.server.say("/feed.xml", feed(1, home=""))
    remote.pass_by()
    remote.settings = replace(
        remote.settings, site=SiteSettings(feed=remote.server.say("/other.xml", feed(2, home="")))
    )

    assert "give the other site an outbox of its own" in str(remote.pass_by().problems[0])


def test_a_feed_may_get_another_address(remote):
    remote.publish(1)
    remote.pass_by()
    moved = remote.server.say("/moved.xml", feed(2))
    remote.settings = replace(remote.settings, site=SiteSettings(feed=moved))

    assert remote.pass_by() == Refreshed()
    assert remote.titles() == ["E1", "E2"]


def test_before_anything_is_fetched_there_is_nothing_to_read(remote):
    with pytest.raises(SiteError, match="is not fetched yet; `syndicate build` fetches it"):
        located(remote.settings)
    remote.pass_by()
    with pytest.raises(SiteError, match="is not fetched yet"):
        located(remote.settings)


@pytest.mark.parametrize("memory", ["", "{}", "[]", '{"next_at": "2030-01-01"}', '{"next_at": 5}'])
def test_a_memory_that_is_damaged_costs_one_question(remote, memory):
    remote.publish(1)
    remote.pass_by()
    (remote.mirror / ".polling.json").write_text(memory, encoding="utf-8")

    assert remote.pass_by(later=timedelta(seconds=1)) == Refreshed()
    assert len(remote.server.asked) == 2


def test_a_disk_that_is_full_is_told_and_not_thrown(remote):
    remote.publish(1)
    remote.settings.outbox.mkdir()
    (remote.settings.outbox / "mirror").write_text("in the way", encoding="utf-8")

    (problem,) = remote.pass_by().problems

    assert "can't be written" in str(problem)


IDLE = """
import sys
from datetime import datetime
from pathlib import Path
from syndicate.posts.mirrors import located, refresh
from syndicate.posts.sources import open_source
from syndicate.settings.schema import FetchingSettings, Settings, SiteSettings

settings = Settings(
    outbox=Path(sys.argv[1]),
    site=SiteSettings(feed=sys.argv[2]),
    fetching=FetchingSettings(allow_hosts=("127.0.0.1",)),
)
refresh(settings, now=datetime.fromisoformat(sys.argv[3]))
assert len(list(open_source(located(settings)).candidates())) == 1
print(*sorted({"httpx2", "httpcore2", "feedparser", "nh3", "lxml"} & set(sys.modules)))
"""


def test_a_pass_before_its_time_loads_neither_client_nor_parser(remote):
    remote.publish(1)
    remote.settings = replace(remote.settings, fetching=FetchingSettings(allow_hosts=("127.0.0.1",)))
    remote.pass_by()

    arguments = [str(remote.settings.outbox), remote.settings.site.feed, remote.now.isoformat()]
    ran = subprocess.run(
        [sys.executable, "-c", IDLE, *arguments], capture_output=True, text=True, check=False
    )

    assert (ran.stdout.strip(), ran.stderr, ran.returncode) == ("", "", 0)
    assert len(remote.server.asked) == 1
