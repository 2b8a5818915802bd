# ruff: noqa: D102 - the methods of Newsroom are the words that tests are written in
import os
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from syndicate.audience.importing import import_csv
from syndicate.model.cadence import Cadence, Every
from syndicate.model.edition import EditionState
from syndicate.pipeline import Pass, River, run_pass
from syndicate.pipeline.releasing import count_as_sent
from syndicate.posts.sources import open_source
from syndicate.reports.plan import plan
from syndicate.settings.completion import complete
from syndicate.settings.schema import (
    FeedSettings,
    ListSettings,
    MailSettings,
    RedirectSettings,
    Settings,
    SiteSettings,
)
from syndicate.store import copies, holding
from syndicate.store.engine import reading
from syndicate.web.application import application

PROJECT = Path(__file__).parents[1]
#: A Monday in winter; Lisbon's clocks show UTC.
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Newsroom:
    """The example site with a weekly list, and a clock that the test turns."""

    def __init__(self, river: River) -> None:
        self.river = river
        self.now = START

    def pass_(self, **later: int) -> Pass:
        self.now += timedelta(**later)
        return run_pass(self.river, clock=lambda: self.now, progress=lambda *_: None)

    def write(self, name: str, *, date: str) -> None:
        path = self.river.source.site.root / "_posts" / name
        path.write_text(f"---\ntitle: {name}\ndate: {date}\n---\nWords.\n", encoding="utf-8")

    def letters(self) -> list[Path]:
        return sorted((self.river.settings.outbox / "mail").rglob("*.eml"))


@pytest.fixture
def newsroom(engine, tmp_path) -> Newsroom:
    shutil.copytree(PROJECT / "example", tmp_path / "example")
    gazette = ListSettings(
        name="gazette", zone="Europe/Lisbon", cadences=(Cadence(every=Every.WEEKLY, on="mon"),)
    )
    settings = Settings(
        outbox=tmp_path / "outbox",
        site=SiteSettings(path=tmp_path / "example"),
        mail=MailSettings(sender="news@gazette.example", postal_address="Rua do Cais 12, 4490-012 Enseada"),
        lists=(gazette,),
    )
    source = open_source(settings)
    settings = complete(settings, source.site)
    readers = tmp_path / "example" / "readers.csv"
    import_csv(engine, readers, list_settings=settings.lists[0], consent="a test", who="eve", now=START)
    return Newsroom(River(settings=settings, source=source, engine=engine))


def test_a_week_of_posts_goes_out_once_on_monday_at_seven(newsroom):
    newsroom.pass_()
    newsroom.write("2026-08-01-old-date.md", date="2026-08-01")
    newsroom.pass_(days=1)
    newsroom.pass_(minutes=20)
    newsroom.write("2026-11-26-new.md", date="2026-11-26")
    newsroom.pass_(days=2)
    before = newsroom.pass_(hours=1)

    on_monday = newsroom.pass_(days=4)
    after = newsroom.pass_(minutes=1)

    assert before.editions == ()
    assert [(each.occurrence, each.state) for each in on_monday.editions] == [
        ("2026-11-30T07:00", EditionState.SENT)
    ]
    assert len(newsroom.letters()) == 3
    assert after.editions == ()


def test_a_week_without_posts_sends_nothing_and_says_so(newsroom):
    newsroom.pass_()

    done = newsroom.pass_(days=7)

    assert [each.state for each in done.editions] == [EditionState.SKIPPED]
    assert newsroom.letters() == []


def test_an_edition_that_is_too_late_waits_for_a_person_and_its_posts_are_not_lost(newsroom):
    newsroom.pass_()
    newsroom.write("2026-11-22-new.md", date="2026-11-22")
    newsroom.pass_(minutes=30)
    newsroom.pass_(minutes=30)

    missed = newsroom.pass_(days=8)
    a_week_later = newsroom.pass_(days=5, hours=22)

    assert [each.state for each in missed.editions] == [EditionState.MISSED]
    assert [each.state for each in a_week_later.editions] == [EditionState.SENT]
    assert len(newsroom.letters()) == 3


def test_the_plan_shows_what_the_next_edition_brings(newsroom):
    newsroom.pass_()
    newsroom.write("2026-11-22-new.md", date="2026-11-22")
    newsroom.pass_(minutes=1)
    newsroom.pass_(minutes=20)

    sends = plan(
        newsroom.river.engine, newsroom.river.settings, until=START + timedelta(days=14), now=newsroom.now
    )

    assert [(each.occurrence, len(each.posts), each.readers) for each in sends] == [
        ("2026-11-30T07:00", 1, 3),
        ("2026-12-07T07:00", 0, 0),
    ]


def test_a_pass_that_died_before_it_published_is_made_good_by_the_next(newsroom):
    newsroom.pass_()
    shutil.rmtree(newsroom.river.settings.outbox / "public" / "feeds" / "all")

    done = newsroom.pass_()

    assert done.publication is not None
    assert len(done.publication.written) == 4


def test_a_changed_setting_writes_the_feeds_anew(newsroom):
    newsroom.pass_()
    feeds = tuple(replace(feed, title="Another title") for feed in newsroom.river.settings.feeds)
    newsroom.river = replace(newsroom.river, settings=replace(newsroom.river.settings, feeds=feeds))

    done = newsroom.pass_()

    assert done.publication is not None


def test_a_setting_that_is_taken_back_after_a_pass_was_broken_off_is_nowhere_to_be_seen(
    newsroom, monkeypatch
):
    newsroom.pass_()
    as_it_was, moves, move = newsroom.river, count(), Path.replace

    def broken_off(path: Path, target: Path) -> Path:
        if next(moves) == 2:
            raise KeyboardInterrupt
        return move(path, target)

    tried = replace(as_it_was.settings, feeds=(FeedSettings(name="all", title="Tried"),))
    newsroom.river = replace(as_it_was, settings=tried)
    monkeypatch.setattr(Path, "replace", broken_off)
    with pytest.raises(KeyboardInterrupt):
        newsroom.pass_()
    monkeypatch.undo()
    newsroom.river = as_it_was

    newsroom.pass_()

    public = as_it_was.settings.outbox / "public"
    assert not [each for each in public.rglob("*") if each.is_file() and b"Tried" in each.read_bytes()]


def test_an_edition_has_a_page_with_nothing_personal_on_it(newsroom):
    lists = (replace(newsroom.river.settings.lists[0], start_with=5),)
    newsroom.river = replace(newsroom.river, settings=replace(newsroom.river.settings, lists=lists))

    newsroom.pass_()

    pages = list((newsroom.river.settings.outbox / "public" / "editions").rglob("index.html"))
    assert len(pages) == 1
    page = pages[0].read_text(encoding="utf-8")
    assert "SLOT" not in page
    assert "@example.org" not in page
    assert "/unsubscribe/" not in page


def with_start(newsroom: Newsroom) -> None:
    lists = (replace(newsroom.river.settings.lists[0], start_with=5),)
    newsroom.river = replace(newsroom.river, settings=replace(newsroom.river.settings, lists=lists))


def test_a_document_that_was_deleted_is_written_again(newsroom):
    newsroom.pass_()
    public = newsroom.river.settings.outbox / "public"
    for name in ("feeds/all/atom.xml", "feeds/feeds.opml", "style/page.css"):
        (public / name).unlink()

        newsroom.pass_()

        assert (public / name).is_file()


def test_pages_of_editions_that_went_out_are_written_again_from_the_store(newsroom):
    with_start(newsroom)
    newsroom.pass_()
    public = newsroom.river.settings.outbox / "public"
    (page,) = (public / "editions").rglob("index.html")
    before = page.read_bytes()
    shutil.rmtree(public)

    newsroom.pass_()

    assert page.read_bytes() == before


def test_a_post_that_was_unreadable_for_a_while_has_its_full_text_back(newsroom):
    newsroom.write("2026-11-22-new.md", date="2026-11-22")
    path = newsroom.river.source.site.root / "_posts" / "2026-11-22-new.md"
    good = "---\ntitle: New\ndate: 2026-11-22\n---\nThe opening.\n\n<!--more-->\n\nThe whole rest.\n"
    feed = newsroom.river.settings.outbox / "public" / "feeds" / "all" / "feed.json"
    path.write_text(good, encoding="utf-8")
    newsroom.pass_()
    path.write_text("---\ntitle: [\n---\nBroken.\n", encoding="utf-8")
    newsroom.write("2026-11-23-other.md", date="2026-11-23")
    newsroom.pass_(minutes=1)
    path.write_text(good, encoding="utf-8")

    newsroom.pass_(minutes=1)

    assert "The whole rest." in feed.read_text(encoding="utf-8")


def test_each_outbox_of_a_shared_store_has_feeds_of_its_own(newsroom, tmp_path):
    here = newsroom.river
    there = replace(here, settings=replace(here.settings, outbox=tmp_path / "another"))
    for newsroom.river in (here, there):
        newsroom.pass_()
    newsroom.write("2026-11-23-other.md", date="2026-11-23")

    for newsroom.river in (here, there):
        newsroom.pass_(minutes=1)

        feed = newsroom.river.settings.outbox / "public" / "feeds" / "all" / "feed.json"
        assert "2026-11-23-other.md" in feed.read_text(encoding="utf-8")


def test_a_broken_page_for_feeds_holds_up_no_mail(newsroom, tmp_path):
    template = tmp_path / "own" / "web" / "feed.html"
    template.parent.mkdir(parents=True)
    template.write_text("{% if %}", encoding="utf-8")
    settings = newsroom.river.settings
    lists = (replace(settings.lists[0], start_with=5),)
    newsroom.river = replace(
        newsroom.river, settings=replace(settings, templates=tmp_path / "own", lists=lists)
    )

    done = newsroom.pass_()

    assert len(newsroom.letters()) == 3
    assert ["feed.html:1:" in str(problem) for problem in done.problems] == [True]


def test_a_broken_template_of_the_mail_is_named_and_freezes_nothing(newsroom, tmp_path):
    template = tmp_path / "own" / "email" / "partials" / "footer.html"
    template.parent.mkdir(parents=True)
    template.write_text("<tr><td>Bye</td></tr>", encoding="utf-8")
    settings, river = newsroom.river.settings, newsroom.river
    lists = (replace(settings.lists[0], start_with=5),)
    newsroom.river = replace(river, settings=replace(settings, templates=tmp_path / "own", lists=lists))

    done = newsroom.pass_()

    assert newsroom.letters() == []
    assert [f"{template}: the page has no unsubscribe link" in str(each) for each in done.problems] == [True]
    newsroom.river = replace(river, settings=replace(settings, lists=lists))
    assert [each.state for each in newsroom.pass_(minutes=1).editions] == [EditionState.SENT]
    assert len(newsroom.letters()) == 3


def test_a_held_store_sends_nothing_and_goes_on_with_feeds(newsroom):
    newsroom.pass_()
    newsroom.write("2026-08-01-new.md", date="2026-08-01")
    newsroom.pass_(days=1)
    newsroom.pass_(minutes=20)
    with newsroom.river.engine.begin() as connection:
        holding.hold(connection, who="eve", why="moving house", at=newsroom.now)
    newsroom.write("2026-08-02-newer.md", date="2026-08-02")

    held = newsroom.pass_(days=6)

    assert held.publication is not None
    assert (held.editions, newsroom.letters()) == ((), [])
    with newsroom.river.engine.begin() as connection:
        holding.release(connection, who="eve", at=newsroom.now)
    assert [each.state for each in newsroom.pass_().editions] == [EditionState.SENT]


@pytest.mark.parametrize("many", [1, 12])
def test_what_counts_as_sent_is_never_mailed_whether_it_settles_or_is_held(newsroom, many):
    newsroom.pass_()
    with newsroom.river.engine.begin() as connection:
        holding.hold(connection, who="eve", why="put back", at=newsroom.now)
    for number in range(many):
        newsroom.write(f"2026-08-01-new{number}.md", date="2026-08-01")
    waiting = newsroom.pass_(minutes=1).detection
    newsroom.write("2026-08-01-not-seen-yet.md", date="2026-08-01")

    count_as_sent(newsroom.river, who="eve", why="it was", now=newsroom.now, progress=lambda *_: None)

    assert len(waiting.waiting) + len(waiting.held) == many
    with newsroom.river.engine.begin() as connection:
        holding.release(connection, who="eve", at=newsroom.now)
    newsroom.write("2026-08-02-newer.md", date="2026-08-02")
    newsroom.pass_(days=1)
    newsroom.pass_(minutes=20)
    newsroom.pass_(days=6)
    (letter,) = {each.read_bytes().partition(b"Subject: ")[2][:20] for each in newsroom.letters()}
    assert letter.startswith(b"2026-08-02-newer.md")
    assert len(newsroom.letters()) == 3


def test_the_lease_grows_before_while_and_after_something_is_sent(newsroom):
    newsroom.pass_()
    newsroom.write("2026-08-01-new.md", date="2026-08-01")
    newsroom.pass_(days=1)
    newsroom.pass_(minutes=20)
    newsroom.now += timedelta(days=6)
    ticks = (newsroom.now + timedelta(seconds=number) for number in count(0, 6))

    run_pass(newsroom.river, clock=lambda: next(ticks), progress=lambda *_: None)

    with reading(newsroom.river.engine) as connection:
        grown = copies.lease(connection)
    assert grown > 2
    assert (newsroom.river.settings.outbox / ".lease").read_text() == (
        f'{{"lease": {grown}, "edition": 1, "subscription": 3}}\n'
    )
    newsroom.pass_(hours=1)
    with reading(newsroom.river.engine) as connection:
        assert copies.lease(connection) == grown


def test_a_list_that_left_the_configuration_is_named_by_every_pass(newsroom):
    first = newsroom.pass_()
    newsroom.river = replace(newsroom.river, settings=replace(newsroom.river.settings, lists=()))

    second, third = newsroom.pass_(), newsroom.pass_()

    assert first.warnings == ()
    assert 'list "gazette": it has 3 confirmed readers' in second.warnings[0]
    assert second.warnings == third.warnings


def test_a_post_that_was_away_when_its_edition_was_put_together_goes_with_the_next(newsroom):
    newsroom.pass_()
    newsroom.write("2026-11-22-new.md", date="2026-11-22")
    newsroom.write("2026-11-22-other.md", date="2026-11-22")
    newsroom.pass_(minutes=1)
    newsroom.pass_(hours=1)
    post = newsroom.river.source.site.root / "_posts" / "2026-11-22-new.md"
    text = post.read_text(encoding="utf-8")

    post.unlink()
    without = newsroom.pass_(days=6, hours=21)
    post.write_text(text, encoding="utf-8")
    newsroom.pass_(minutes=1)
    newsroom.pass_(hours=1)
    with_it = newsroom.pass_(days=7)

    assert [each.state for each in without.editions] == [EditionState.SENT]
    assert [each.state for each in with_it.editions] == [EditionState.SENT]
    assert [each.subject for each in with_it.editions] == ["2026-11-22-new.md"]
    assert len(newsroom.letters()) == 6


def test_a_post_that_was_given_and_comes_back_is_given_to_nobody_again(newsroom):
    newsroom.pass_()
    newsroom.write("2026-11-22-new.md", date="2026-11-22")
    newsroom.pass_(minutes=1)
    newsroom.pass_(days=7)
    post = newsroom.river.source.site.root / "_posts" / "2026-11-22-new.md"
    text = post.read_text(encoding="utf-8")

    post.unlink()
    newsroom.pass_(minutes=1)
    post.write_text(text, encoding="utf-8")
    newsroom.pass_(minutes=1)
    newsroom.pass_(hours=1)
    newsroom.pass_(days=7)

    assert len(newsroom.letters()) == 3


def with_archives(newsroom: Newsroom) -> Path:
    """Ask for archives of every feed; give the folder of one."""
    settings = newsroom.river.settings
    feeds = tuple(replace(feed, archives=True) for feed in settings.feeds)
    publish = replace(settings.publish, base_url="https://gazette.example")
    newsroom.river = replace(newsroom.river, settings=replace(settings, feeds=feeds, publish=publish))
    return settings.outbox / "public" / "feeds" / "all" / "archive"


def test_a_pass_with_nothing_to_do_looks_at_no_archive(newsroom):
    archive = with_archives(newsroom)
    newsroom.pass_()
    shutil.rmtree(archive)

    done = newsroom.pass_(minutes=1)

    assert done.publication is None
    assert not archive.exists()


def test_an_archive_is_known_again_from_pass_to_pass(newsroom):
    archive = with_archives(newsroom)
    first = newsroom.pass_()
    newsroom.write("2026-11-26-new.md", date="2026-11-22")

    second = newsroom.pass_(minutes=1)

    assert {path.name for path in archive.iterdir()} == {"1"}
    assert second.publication.archives["all"].beginnings == first.publication.archives["all"].beginnings
    changed = {path.relative_to(archive.parents[1]).parts[0] for path in second.publication.archived}
    assert changed == {"all", "posts"}


@pytest.mark.parametrize("left", ["", "[]", '{"all": 3}', '{"all": {"beginnings": ["x"], "marks": {}}}'])
def test_how_archives_were_left_may_be_lost(newsroom, left):
    archive = with_archives(newsroom)
    newsroom.pass_()
    before = {path: path.read_bytes() for path in archive.rglob("*.*")}
    (newsroom.river.settings.outbox / ".archived").write_text(left, encoding="utf-8")
    (newsroom.river.settings.outbox / ".published").unlink()

    newsroom.pass_(minutes=1)

    assert {path: path.read_bytes() for path in archive.rglob("*.*")} == before


def test_each_tag_of_enough_posts_gets_a_feed_that_is_listed_with_the_others(newsroom):
    settings = newsroom.river.settings
    tags = FeedSettings(name="tag", title="The Gazette", each="tag", at_least=2)
    newsroom.river = replace(newsroom.river, settings=replace(settings, feeds=(tags,)))
    for number, tag in enumerate(["Café", "café", "港", "港", "once"]):
        path = newsroom.river.source.site.root / "_posts" / f"2026-11-2{number}-t.md"
        path.write_text(f"---\ntitle: T{number}\ntags: [{tag}]\n---\nWords.\n", encoding="utf-8")

    done = newsroom.pass_(days=10)

    names = {feed.name: feed.title for feed in done.publication.feeds}
    assert {"tag-café", "tag-港"} <= set(names)
    assert "tag-once" not in names
    assert names["tag-港"] == "The Gazette | 港"
    folder = settings.outbox / "public" / "feeds"
    for page in ("index.html", "feeds.opml"):
        assert "The Gazette | 港" in (folder / page).read_text(encoding="utf-8")
    assert newsroom.pass_(minutes=30).publication is None


def test_a_feed_for_each_tag_that_comes_to_none_says_so(newsroom):
    settings = newsroom.river.settings
    tags = FeedSettings(name="tag", each="tag", at_least=1_000)
    newsroom.river = replace(newsroom.river, settings=replace(settings, feeds=(*settings.feeds, tags)))

    done = newsroom.pass_()

    assert 'feeds: "tag": no tag has 1000 posts; lower at_least, or leave the feed out' in (
        done.publication.warnings
    )


def test_a_recording_that_changes_is_as_long_in_the_feed_as_it_is(newsroom):
    site = newsroom.river.source.site.root
    (site / "1.mp3").write_bytes(b"x" * 10)
    newsroom.write("2026-11-20-heard.md", date="2026-11-20\naudio: /1.mp3")
    feed = newsroom.river.settings.outbox / "public" / "feeds" / "all" / "rss.xml"
    newsroom.pass_()
    before = feed.read_text(encoding="utf-8")

    (site / "1.mp3").write_bytes(b"x" * 2_000)
    newsroom.pass_(minutes=1)
    after = feed.read_text(encoding="utf-8")
    (site / "1.mp3").unlink()
    newsroom.pass_(minutes=1)
    gone = feed.read_text(encoding="utf-8")
    (site / "static").mkdir()
    (site / "static" / "1.mp3").write_bytes(b"x" * 30)
    newsroom.pass_(minutes=1)

    assert 'length="10"' in before
    assert after == before.replace('length="10"', 'length="2000"')
    assert 'length="0"' in gone
    assert 'length="30"' in feed.read_text(encoding="utf-8")


def test_a_servers_redirects_come_back_when_they_are_deleted(newsroom):
    settings = newsroom.river.settings
    moved = (RedirectSettings(from_="/old.xml", status=410),)
    settings = replace(settings, publish=replace(settings.publish, static_host="nginx"), redirects=moved)
    newsroom.river = replace(newsroom.river, settings=settings)
    newsroom.pass_()
    written = settings.outbox / "nginx-redirects.conf"
    before = written.read_bytes()

    newsroom.pass_(minutes=1)
    written.unlink()
    newsroom.pass_(minutes=1)

    assert b"return 410;" in before
    assert written.read_bytes() == before


def validators(newsroom):
    """Give what a reader knows each feed's documents by, in each encoding."""
    client = TestClient(application(newsroom.river.settings, newsroom.river.engine))
    public = newsroom.river.settings.outbox / "public"
    documents = sorted(public.glob("feeds/*/*.xml")) + sorted(public.glob("feeds/*/feed.json"))
    polls = [
        (f"/{document.relative_to(public)}", coding)
        for document in documents
        for coding in ("identity", "gzip", "br")
    ]
    asked = {(path, coding): client.get(path, headers={"Accept-Encoding": coding}) for path, coding in polls}
    return {
        poll: {"If-None-Match": answer.headers["ETag"], "If-Modified-Since": answer.headers["Last-Modified"]}
        for poll, answer in asked.items()
    }


def age(newsroom):
    """Set the dates of what is published back: those of HTTP count seconds, and two passes may share one."""
    for path in (newsroom.river.settings.outbox / "public").rglob("*"):
        os.utime(path, (0, 0))


def polled_again(newsroom, known):
    """Give the status of each poll by one of its validators alone, and by both."""
    client = TestClient(application(newsroom.river.settings, newsroom.river.engine))
    return {
        (path, coding, *sorted(condition)): client.get(
            path, headers={"Accept-Encoding": coding, **condition}
        ).status_code
        for (path, coding), said in known.items()
        for condition in (said, *({name: value} for name, value in said.items()))
    }


def test_every_poll_of_what_did_not_change_is_answered_by_304(newsroom):
    newsroom.pass_()
    age(newsroom)
    known = validators(newsroom)

    newsroom.pass_(days=1)
    after_a_pass = polled_again(newsroom, known)
    (newsroom.river.settings.outbox / ".published").unlink()  # all is composed anew
    newsroom.pass_(days=1)
    after_all_anew = polled_again(newsroom, known)

    assert len(known) >= 4 * 3 * 3
    assert len(after_a_pass) == 3 * len(known)
    assert {*after_a_pass.values(), *after_all_anew.values()} == {304}


def test_a_new_post_costs_the_polls_of_its_own_feeds_alone(newsroom):
    newsroom.pass_()
    age(newsroom)
    known = validators(newsroom)

    newsroom.write("2026-11-26-new.md", date="2026-11-23")
    newsroom.pass_(days=1)

    statuses = polled_again(newsroom, known)
    changed = {path.split("/")[2] for (path, *_), status in statuses.items() if status == 200}
    assert changed == {"all", "posts"}
    assert {status for (path, *_), status in statuses.items() if "/all/" in path} == {200}
    assert {status for (path, *_), status in statuses.items() if "/posts/" not in path} == {200, 304}
