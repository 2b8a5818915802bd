import os
import shutil
from datetime import timedelta
from typing import Any

import pytest

from syndicate.errors import SiteError
from syndicate.model.post import PostState
from syndicate.posts.detection import release
from syndicate.store import meta

# The fixtures' type is in conftest, which no test module can import by name.
Folder = Any

QUARTER = timedelta(minutes=15)


def test_the_first_look_is_a_baseline_numbered_from_the_oldest(folder: Folder, engine: Any) -> None:
    folder.engine = engine
    folder.post("2024-03-01-c")
    folder.post("2022-03-01-a")
    folder.post("2023-03-01-b")

    found = folder.detect()

    assert found.baseline
    assert found.touched
    assert [each.post.title for each in found.new] == ["A", "B", "C"]
    assert [each.arrival for each in found.new] == [1, 2, 3]
    assert {each.state for each in found.new} == {PostState.BASELINE}
    assert found.arrived == ()


def test_a_second_look_finds_nothing(watched: Folder) -> None:
    found = watched.detect()

    assert (found.found, found.new, found.changed, found.gone) == (2, (), (), ())
    assert not found.baseline
    assert not found.touched


def test_a_new_post_settles_then_arrives_whatever_its_date(watched: Folder) -> None:
    watched.post("2019-01-01-late", "Written long ago, published today.")

    first = watched.detect()
    early = watched.detect(later=timedelta(minutes=14))
    last = watched.detect(later=timedelta(minutes=1))

    assert [each.state for each in first.new] == [PostState.SETTLING]
    assert first.touched
    assert [each.post.title for each in early.waiting] == ["Late"]
    assert early.arrived == ()
    assert [(each.post.title, each.arrival) for each in last.arrived] == [("Late", 3)]
    assert not last.touched


def test_without_a_settle_window_a_post_arrives_at_once(watched: Folder) -> None:
    watched.configure(settle=timedelta())
    watched.post("2026-11-01-now")

    assert [each.arrival for each in watched.detect().arrived] == [3]


def test_an_edit_starts_the_settle_window_anew(watched: Folder) -> None:
    watched.post("2026-11-01-draft-ish", "First words.")
    watched.detect()
    watched.post("2026-11-01-draft-ish", "Better words.")

    edited = watched.detect(later=timedelta(minutes=14))
    still = watched.detect(later=timedelta(minutes=14))

    assert [each.post.title for each in edited.changed] == ["Draft Ish"]
    assert still.arrived == ()
    assert len(watched.detect(later=timedelta(minutes=1)).arrived) == 1


def test_an_edit_of_an_arrived_post_moves_updated_and_nothing_else(watched: Folder) -> None:
    before = watched.remembered()["2024-01-01-old.md"]
    watched.post("2024-01-01-old", "An old story, corrected.")

    found = watched.detect(later=timedelta(days=1))

    after = watched.remembered()["2024-01-01-old.md"]
    assert found.touched
    assert (after.id, after.entry_id, after.arrival, after.state) == (
        before.id,
        before.entry_id,
        before.arrival,
        before.state,
    )
    assert after.updated == watched.now
    assert found.arrived == ()


def test_a_resave_is_no_edit(watched: Folder) -> None:
    path = watched.root / "_posts/2024-01-01-old.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")

    found = watched.detect()

    assert found.changed == ()


def test_a_touch_or_a_clone_changes_nothing(watched: Folder) -> None:
    copy = watched.root.with_name("clone")
    shutil.copytree(watched.root, copy)
    shutil.rmtree(watched.root)
    copy.rename(watched.root)
    os.utime(watched.root / "_posts/2024-01-01-old.md", ns=(1, 1))

    found = watched.detect()

    assert not found.touched
    assert found.new == found.changed == found.gone == ()


@pytest.mark.parametrize("edit", [False, True])
def test_a_renamed_post_is_the_same_post(watched: Folder, edit: bool) -> None:  # noqa: FBT001 - a parameter
    head = "permalink: /ferry/"
    watched.post("2026-10-01-ferry", "The ferry is late again.", head)
    watched.detect()
    before = watched.remembered()["2026-10-01-ferry.md"]
    (watched.root / "_posts/2026-10-01-ferry.md").unlink()
    watched.post("2026-10-02-late-ferry", "The ferry was late." if edit else "The ferry is late again.", head)

    found = watched.detect(later=timedelta(minutes=1))

    after = watched.remembered()["2026-10-02-late-ferry.md"]
    assert found.new == found.gone == ()
    assert (after.id, after.entry_id) == (before.id, before.entry_id)


def test_a_post_moved_with_its_text_alone_is_known_by_its_text(watched: Folder) -> None:
    before = watched.remembered()["2024-01-01-old.md"]
    (watched.root / "_posts/2024-01-01-old.md").rename(watched.root / "_letters_new.tmp")
    watched.write("_letters/story.md", "---\ndate: 2024-01-01\n---\nAn old story about the ferry.\n")

    found = watched.detect()

    assert found.new == ()
    assert watched.remembered()["story.md"].entry_id == before.entry_id


def test_a_declared_id_outlives_everything_else(watched: Folder) -> None:
    watched.post("2026-10-01-a", "One text.", "id: harbour-7")
    watched.detect()
    before = watched.remembered()["2026-10-01-a.md"]
    (watched.root / "_posts/2026-10-01-a.md").unlink()
    watched.post("2025-05-05-b", "Another text.", "id: harbour-7")

    found = watched.detect()

    assert found.new == ()
    assert watched.remembered()["2025-05-05-b.md"].id == before.id


def test_a_deleted_post_is_gone_and_comes_back_as_itself(watched: Folder) -> None:
    path = watched.root / "_posts/2024-01-01-old.md"
    content = path.read_bytes()
    path.unlink()

    gone = watched.detect()
    path.write_bytes(content)
    back = watched.detect(later=timedelta(days=3))

    assert [each.post.title for each in gone.gone] == ["Old"]
    assert gone.found == 1
    assert (back.new, back.arrived, back.found) == ((), (), 2)
    assert watched.remembered()["2024-01-01-old.md"].state is PostState.BASELINE
    assert watched.remembered()["2024-01-01-old.md"].arrival == 1


def test_a_post_in_a_folder_with_an_underscore_has_left_the_site(watched: Folder) -> None:
    (watched.root / "_posts/_archive").mkdir()
    (watched.root / "_posts/2024-01-01-old.md").rename(watched.root / "_posts/_archive/2024-01-01-old.md")

    found = watched.detect()

    assert [each.post.title for each in found.gone] == ["Old"]


def test_a_flood_waits_for_a_person(watched: Folder) -> None:
    for number in range(11):
        watched.post(f"2020-01-{number + 1:02d}-n{number}", f"Text {number}.")

    found = watched.detect()
    later = watched.detect(later=timedelta(days=1))
    released = release(watched.engine, paths=["_posts/2020-01-03-n2.md"])
    rest = release(watched.engine)

    assert len(found.held) == 11
    assert later.arrived == ()
    assert [(each.post.title, each.arrival) for each in released] == [("N2", 3)]
    assert [each.arrival for each in rest] == list(range(4, 14))
    assert watched.detect().held == ()


def test_a_flood_that_comes_in_drops_is_a_flood(watched: Folder) -> None:
    for number in range(11):
        watched.post(f"2020-01-{number + 1:02d}-n{number}", f"Text {number}.")
        found = watched.detect(later=timedelta(seconds=30))

    assert len(found.held) == 11


def test_ten_new_posts_are_no_flood(watched: Folder) -> None:
    for number in range(10):
        watched.post(f"2020-01-{number + 1:02d}-n{number}", f"Text {number}.")
    watched.detect()

    assert len(watched.detect(later=QUARTER).arrived) == 10


def test_a_future_post_comes_of_age_by_time_alone(watched: Folder) -> None:
    watched.post("2026-11-25-soon", "Patience.")

    before = watched.detect()
    after = watched.detect(later=timedelta(days=2))

    assert (before.found, before.omitted) == (2, 1)
    assert [each.post.title for each in after.new] == ["Soon"]
    assert after.omitted == 0


def test_a_post_that_becomes_unreadable_keeps_its_last_good_form(watched: Folder) -> None:
    watched.post("2024-01-01-old", "x", "title: Foo: bar")

    broken = watched.detect()
    again = watched.detect()
    watched.post("2024-01-01-old", "An old story about the ferry.")
    mended = watched.detect()

    (problem,) = broken.problems
    assert problem.startswith("_posts/2024-01-01-old.md:2: front matter is not valid YAML")
    assert problem.endswith("(until then its last good form stays in the feeds)")
    assert again.problems == broken.problems
    assert broken.found == 2
    assert not broken.touched
    assert mended.problems == ()
    assert mended.changed == ()


def test_one_bad_post_never_stops_the_others(watched: Folder) -> None:
    watched.post("2026-11-01-bad", "x", "- a list")
    os.mkfifo(watched.root / "_posts/2026-11-02-fifo.md")
    outside = watched.root.parent / "secret.md"
    outside.write_text("secret")
    (watched.root / "_posts/2026-11-03-link.md").symlink_to(outside)
    (watched.root / "_posts/2026-11-04-dangling.md").symlink_to("nowhere.md")
    (watched.root / "_posts/2026-11-05-loop.md").symlink_to("2026-11-05-loop.md")
    watched.write("_posts/2026-11-06-big.md", b"x" * 2_000)
    watched.write(os.fsdecode(b"_posts/2026-11-07-caf\xe9.md"), "text")
    watched.configure(max_file_bytes=1_000)
    watched.post("2026-11-08-good")

    found = watched.detect()

    assert [each.post.title for each in found.new] == ["Good"]
    assert len(found.problems) == 7
    for problem in found.problems:
        where, _, rest = problem.partition(": ")
        assert where.startswith("_posts/2026-11-0")
        assert "; " in rest


def test_two_posts_with_one_address_are_both_kept_and_named(watched: Folder) -> None:
    watched.post("2026-11-01-a", "Text a.", "permalink: /same/")
    watched.post("2026-11-02-b", "Text b.", "permalink: /same/")

    found = watched.detect()

    assert len({each.entry_id for each in found.new}) == 2
    assert len(found.warnings) == 1
    assert 'has the address "/same/" of' in found.warnings[0]


def test_entry_ids_are_the_generators_own_and_unique(watched: Folder) -> None:
    watched.write("_letters/2024-01-06-dup.md", "---\ntitle: a\n---\nFirst.")
    watched.write("_letters/2024-01-07-dup.md", "---\ntitle: b\n---\nSecond.")

    ids = [each.entry_id for each in watched.detect().new]

    assert ids[0] == "https://harbour.example/news/letters/dup"
    assert ids[1].startswith("https://harbour.example/news/letters/dup#")


def test_a_changed_configuration_reads_every_post_anew_and_edits_none(watched: Folder) -> None:
    before = watched.remembered()["2024-01-01-old.md"]
    config = watched.root / "_config.yml"
    config.write_text(config.read_text().replace("harbour.example", "port.example"))

    found = watched.detect(later=timedelta(days=1))

    after = watched.remembered()["2024-01-01-old.md"]
    assert found.touched
    assert (found.new, found.changed, found.gone, found.arrived) == ((), (), (), ())
    assert after.post.link.startswith("https://port.example/")
    assert (after.entry_id, after.updated) == (before.entry_id, before.updated)


def test_another_excerpt_rule_is_no_edit(watched: Folder) -> None:
    watched.configure(excerpt="jekyll")

    found = watched.detect()

    assert found.touched
    assert found.changed == ()


def test_a_pass_hears_how_far_the_reading_is(watched: Folder) -> None:
    from syndicate.posts.detection import detect

    watched.rest()
    watched.post("2026-11-01-a")
    watched.post("2026-11-02-b")
    heard: list[tuple[int, int]] = []

    detect(
        watched.engine,
        watched.source(),
        settings=watched.settings,
        now=watched.now,
        progress=lambda done, total: heard.append((done, total)),
    )

    assert heard == [(1, 2), (2, 2)]


def test_a_site_that_vanishes_is_one_clear_line(watched: Folder) -> None:
    source = watched.source()
    shutil.rmtree(watched.root)

    with pytest.raises(SiteError, match="there is no such folder"):
        list(source.candidates())


def test_a_renamed_repository_mails_nothing_again(watched: Folder) -> None:
    watched.configure(settle=timedelta())
    for number in range(30):
        watched.post(f"2020-01-{number + 1:02d}-n{number}", f"Its own text {number}.")
    watched.detect()
    release(watched.engine)
    for number in range(30):
        (watched.root / f"_posts/2020-01-{number + 1:02d}-n{number}.md").rename(
            watched.root / f"_posts/2021-02-{number % 28 + 1:02d}-m{number}.md"
        )

    found = watched.detect()

    assert (found.new, found.arrived, found.gone, found.held) == ((), (), (), ())


def test_a_path_taken_over_by_another_declared_id_is_another_post(watched: Folder) -> None:
    watched.post("2026-11-01-slot", "First.", "id: one")
    watched.detect()
    watched.post("2026-11-01-slot", "Second.", "id: two")

    found = watched.detect()

    assert [each.post.declared_id for each in found.new] == ["two"]
    assert [each.post.declared_id for each in found.gone] == ["one"]


def test_a_store_of_a_version_that_kept_less_of_a_post_is_filled_from_the_files(watched: Folder) -> None:
    before = watched.remembered()
    with watched.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE post SET document = json_remove(document, '$.collection')")
        meta.write(connection, "posts.read_under", "what that version said")

    first, second = watched.detect(), watched.detect()

    assert watched.remembered() == before
    assert (first.touched, first.changed, second.touched) == (True, (), False)
