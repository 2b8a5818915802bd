# ruff: noqa: D102 - the methods of Desk are the words that tests are written in
"""Proofs of the example's next edition, from a store that isn't touched."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from syndicate.audience.subscribing import add
from syndicate.errors import TemplateError
from syndicate.model.cadence import Cadence, Every
from syndicate.pipeline import River, run_pass
from syndicate.posts.sources import open_source
from syndicate.reports.rehearsal import Opening, Rehearsal
from syndicate.schedule import shaping
from syndicate.schedule.coming import next_edition
from syndicate.settings.completion import complete
from syndicate.settings.schema import ListSettings, MailSettings, Settings, SiteSettings
from syndicate.store import posts
from syndicate.store.opening import open_store

EXAMPLE = Path(__file__).parents[2] / "example"
NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


class Desk:
    """A site with a store, readers, and somebody who looks at its next edition."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "example"
        shutil.copytree(EXAMPLE, self.root)
        self.settings = Settings(
            outbox=folder / "outbox",
            templates=folder / "templates",
            site=SiteSettings(path=self.root),
            mail=MailSettings(
                sender="news@gazette.example", postal_address="4 Rope Walk, 10000 Example Harbour"
            ),
            lists=(ListSettings(name="gazette", zone="UTC", cadences=(Cadence(every=Every.DAILY),)),),
        )

    def look(self) -> Opening:
        source = open_source(self.settings)
        settings = complete(self.settings, source.site)
        return Opening(
            settings=settings,
            source=source,
            site_key=source.site.url,
            site_place=str(self.root),
            list_settings=settings.lists[0],
        )

    def change(self, **changes: object) -> None:
        """Change the list's settings."""
        self.settings = replace(self.settings, lists=(replace(self.settings.lists[0], **changes),))

    def work(self, *readers: str) -> None:
        """Make a pass, and put readers on the list."""
        opening = self.look()
        engine = open_store(opening.settings, site_key=opening.site_key, folder=opening.site_place)
        river = River(settings=opening.settings, source=opening.source, engine=engine)
        run_pass(river, clock=lambda: NOW, progress=lambda *_: None)
        engine.dispose()
        self.join(*readers)

    def join(self, *readers: str) -> None:
        opening = self.look()
        engine = open_store(opening.settings, site_key=opening.site_key, folder=opening.site_place)
        for name in readers:
            address = f"{name}@example.org"
            add(engine, address, list_settings=opening.list_settings, consent="asked", who="eve", now=NOW)
        engine.dispose()

    def change_posts(self, **changes: object) -> None:
        """Change the settings of posts."""
        self.settings = replace(self.settings, posts=replace(self.settings.posts, **changes))

    def shape(self, introduction: str, *, drop: str) -> None:
        """Give the list's next edition an introduction, and leave a post out of it."""
        opening = self.look()
        engine = open_store(opening.settings, site_key=opening.site_key, folder=opening.site_place)
        hand = shaping.Hand(who="eve", why="because", now=NOW)
        with engine.begin() as connection:
            number = next_edition(connection, opening.list_settings, now=NOW).id
            (dropped,) = posts.at_path(connection, drop)
            shaping.give_introduction(connection, number, introduction, hand=hand)
            shaping.drop(connection, number, [dropped.id], for_good=False, hand=hand)
        engine.dispose()

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def stored(self) -> list[tuple[object, ...]]:
        """Give every row of the store, table by table."""
        engine = sa.create_engine(f"sqlite:///{self.settings.outbox / 'syndicate.db'}")
        with engine.connect() as connection:
            names = sa.inspect(connection).get_table_names()
            tables = [(name, sa.text(f'SELECT * FROM "{name}"')) for name in names]  # noqa: S608 - its own names
            rows = [(name, *row) for name, query in tables for row in connection.execute(query)]
        engine.dispose()
        return rows


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def rehearsal(desk: Desk) -> Iterator[Rehearsal]:
    with closing(Rehearsal(desk.look)) as made:
        yield made


NEW = "---\ntitle: {title}\n---\n\nIt came at nine.\n"


def test_a_site_that_no_pass_has_seen_shows_its_newest_posts_and_gets_no_store(desk, rehearsal) -> None:
    _, proof = rehearsal.proof(now=NOW)

    assert proof.specimen
    assert "lighthouse" in proof.subject
    assert not desk.settings.outbox.exists()


def test_a_new_post_is_in_the_next_edition_at_once_and_its_readers_are_counted(desk, rehearsal) -> None:
    desk.work("ada", "ben")
    desk.write("_posts/2026-11-24-late.md", NEW.format(title="The tide was late"))

    _, proof = rehearsal.proof(now=NOW)

    assert proof.subject == "The tide was late"
    assert [(each.titles, each.readers) for each in proof.variants] == [(("The tide was late",), 2)]
    assert proof.send is not None
    assert not proof.specimen
    assert (proof.send.readers, proof.send.audience) == (2, 2)


def test_a_list_that_sends_each_post_at_once_shows_the_new_one(desk, rehearsal) -> None:
    desk.change(cadences=(Cadence(every=Every.EACH),))
    desk.work("ada")
    desk.write("_posts/2026-11-24-late.md", NEW.format(title="The tide was late"))

    _, proof = rehearsal.proof(now=NOW)

    assert proof.subject == "The tide was late"
    assert [each.readers for each in proof.variants] == [1]


def test_a_list_that_has_not_started_shows_its_first_edition(desk, rehearsal) -> None:
    desk.work("ada")
    desk.change(name="new", start_with=2)
    desk.settings = replace(
        desk.settings, lists=(*desk.settings.lists, ListSettings(name="gazette", zone="UTC"))
    )
    desk.join("ben")

    _, proof = rehearsal.proof(now=NOW)

    assert [(len(each.titles), each.readers) for each in proof.variants] == [(2, 1)]


def test_an_edit_shows_in_the_next_proof(desk, rehearsal) -> None:
    desk.work("ada")
    desk.write("_posts/2026-11-24-late.md", NEW.format(title="The tide was late"))
    _, before = rehearsal.proof(now=NOW)
    desk.write("_posts/2026-11-24-late.md", NEW.format(title="The tide was early"))

    _, after = rehearsal.proof(now=NOW + timedelta(seconds=9))

    assert (before.subject, after.subject) == ("The tide was late", "The tide was early")


def test_nothing_in_the_store_or_the_outbox_changes(desk, rehearsal) -> None:
    desk.work("ada")
    files = {path: path.stat().st_mtime_ns for path in desk.settings.outbox.rglob("*") if path.is_file()}
    rows = desk.stored()
    desk.write("_posts/2026-11-24-late.md", NEW.format(title="The tide was late"))

    rehearsal.proof(now=NOW)

    assert desk.stored() == rows
    assert {path: path.stat().st_mtime_ns for path in files} == files


def test_what_a_pass_does_meanwhile_is_seen(desk, rehearsal) -> None:
    desk.work()
    desk.write("_posts/2026-11-24-late.md", NEW.format(title="The tide was late"))
    _, alone = rehearsal.proof(now=NOW)
    desk.work("ada")

    _, read = rehearsal.proof(now=NOW)

    assert (alone.variants, [each.readers for each in read.variants]) == ((), [1])


def test_what_an_editor_gives_the_edition_meanwhile_is_seen(desk, rehearsal) -> None:
    desk.work("ada")
    desk.write("_posts/2026-11-24-late.md", NEW.format(title="The tide was late"))
    desk.write("_posts/2026-11-24-low.md", NEW.format(title="The tide was low"))
    desk.change_posts(settle=timedelta())
    desk.work()
    _, before = rehearsal.proof(now=NOW)
    desk.shape("Dear *readers*", drop="_posts/2026-11-24-late.md")

    _, after = rehearsal.proof(now=NOW)

    assert (len(before.send.posts), before.send.shaping.in_words) == (2, "")
    assert (after.subject, after.send.shaping.in_words) == ("The tide was low", "introduction, 1 dropped")
    assert "Dear <em" in after.html
    assert [each.post.title for each in after.send.dropped] == ["The tide was late"]


def test_a_store_that_has_changed_and_rests_is_to_be_copied_again(desk, rehearsal) -> None:
    desk.work()
    asked = [rehearsal.outdated()]  # before the first proof there is nothing to follow
    rehearsal.proof(now=NOW)
    asked += [rehearsal.outdated(), rehearsal.outdated()]
    desk.work("ada")

    asked += [rehearsal.outdated(), rehearsal.outdated()]
    rehearsal.proof(now=NOW)
    asked += [rehearsal.outdated(), rehearsal.outdated()]

    assert asked == [False, False, False, False, True, False, False]


def test_a_broken_template_is_one_line_and_the_next_proof_is_whole_again(desk, rehearsal) -> None:
    broken = desk.settings.templates / "email" / "digest.html"
    broken.parent.mkdir(parents=True)
    broken.write_text("fine\n{% if %}\n", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"digest\.html:2: "):
        rehearsal.proof(now=NOW)
    broken.unlink()

    _, proof = rehearsal.proof(now=NOW)

    assert "lighthouse" in proof.subject


def test_the_size_is_that_of_the_page_a_reader_gets(rehearsal) -> None:
    _, proof = rehearsal.proof(now=NOW)

    assert proof.size_bytes == len(proof.html.encode())
    assert "SLOT" not in proof.html + proof.text
    assert proof.limit_bytes == 102_000
