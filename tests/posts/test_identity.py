"""Which file is which post, on a real folder: what is mailed again, what is lost, and what is asked."""

from datetime import timedelta
from typing import Any

import pytest

from syndicate.model.post import ArrivalNumber, PostState
from syndicate.posts.detection import release, release_to_feeds
from syndicate.store import former_paths, posts
from syndicate.store.engine import reading

Folder = Any

QUARTER = timedelta(minutes=15)
FERRY = (
    "The ferry is late again. Nobody on the quay was surprised, and nobody was told.\n\n"
    "The harbour master blames the wind; the wind blames nobody.\n\n"
    "Passengers waited for two hours, in the rain, without a roof."
)
MARKET = (
    "The market moves to the square. Fish will be sold by the fountain, bread by the church.\n\n"
    "The mayor promises shade; the traders ask for water, and for bins.\n\n"
    "It opens on Saturday, at seven."
)


@pytest.fixture
def harbour(watched: Folder) -> Folder:
    """Give a site whose two posts of substance arrived long ago."""
    watched.post("2026-10-01-ferry", FERRY, "title: The ferry is late")
    watched.post("2026-10-02-market", MARKET, "title: The market moves")
    watched.detect()
    watched.detect(later=QUARTER)
    watched.now += timedelta(days=9)
    return watched


def move(folder: Folder, old: str, new: str, *, edit: tuple[str, str] = ("", "")) -> None:
    source, target = folder.root / old, folder.root / new
    text = source.read_text()
    source.unlink()
    folder.write(new, text.replace(*edit) if edit[0] else text)
    assert target.is_file()


def by_path(folder: Folder) -> dict[str, Any]:
    with reading(folder.engine) as connection:
        return {each.post.path: each for each in posts.live(connection)}


EDIT = ("without a roof", "and the roof leaked")


@pytest.mark.parametrize(
    ("new", "edit"),
    [
        ("_posts/2026-10-01-late-ferry.md", ("", "")),
        ("_posts/2026-10-01-late-ferry.md", EDIT),
        ("_posts/2026-10-09-ferry.md", EDIT),
        ("_posts/2026-10-01-ferry.markdown", EDIT),
        ("_posts/2026-10-01-FERRY.md", ("", "")),
        ("_posts/2026-10-01-FERRY.md", EDIT),
        ("_letters/2026-10-01-ferry.md", EDIT),
        ("news/_posts/2026-10-01-ferry.md", EDIT),
        ("_posts/2026-10-01-ferry.md", ("title: The ferry is late", "permalink: /elsewhere/")),
        ("_posts/2026-10-03-ferry.md", ("title: The ferry is late", "title: Late, the ferry")),
        ("_posts/2026-10-03-ferries.md", ("The harbour master blames the wind", "They blame the wind")),
        ("_posts/2026-10-01-boats.md", ("title: The ferry is late", "title: Boats")),
    ],
)
def test_a_post_that_moved_and_was_edited_in_one_go_is_mailed_to_nobody(
    harbour: Folder, new: str, edit: tuple[str, str]
) -> None:
    before = harbour.remembered()["2026-10-01-ferry.md"]
    move(harbour, "_posts/2026-10-01-ferry.md", new, edit=edit)

    found = harbour.detect()
    settled = harbour.detect(later=QUARTER)

    after = by_path(harbour)[new]
    assert (found.new, found.gone, settled.arrived, settled.held) == ((), (), (), ())
    assert (after.id, after.entry_id, after.arrival) == (before.id, before.entry_id, before.arrival)


def test_a_new_post_in_the_same_commit_as_a_deletion_is_new(harbour: Folder) -> None:
    (harbour.root / "_posts/2026-10-01-ferry.md").unlink()
    harbour.post("2026-10-10-lights", "The lights on the quay are broken, and stay so.", "title: Lights out")

    harbour.detect()

    assert [each.post.title for each in harbour.detect(later=QUARTER).arrived] == ["Lights out"]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("title: The ferry is late", "Wholly other words, about another evening. Nobody wrote them before."),
        ("title: Crossing", FERRY.replace("the wind", "the tide")),
    ],
)
def test_a_post_that_may_be_one_that_just_left_waits_for_a_person(
    harbour: Folder, head: str, body: str
) -> None:
    (harbour.root / "_posts/2026-10-01-ferry.md").unlink()
    harbour.post("2026-10-20-crossing", body, f"date: 2026-10-20\n{head}")

    found = harbour.detect()
    later = harbour.detect(later=timedelta(days=1))
    released = release(harbour.engine, paths=["_posts/2026-10-20-crossing.md"])

    assert [each.post.path for each in found.held] == ["_posts/2026-10-20-crossing.md"]
    assert later.arrived == ()
    assert [each.arrival for each in released] == [5]


def test_two_files_that_change_places_keep_their_posts(harbour: Folder) -> None:
    ferry, market = harbour.remembered()["2026-10-01-ferry.md"], harbour.remembered()["2026-10-02-market.md"]
    move(harbour, "_posts/2026-10-01-ferry.md", "_posts/swap.tmp")
    move(harbour, "_posts/2026-10-02-market.md", "_posts/2026-10-01-ferry.md")
    move(harbour, "_posts/swap.tmp", "_posts/2026-10-02-market.md")

    found = harbour.detect()

    after = by_path(harbour)
    assert (found.new, found.gone) == ((), ())
    assert after["_posts/2026-10-02-market.md"].entry_id == ferry.entry_id
    assert after["_posts/2026-10-01-ferry.md"].entry_id == market.entry_id


def test_files_that_declare_ids_and_change_places_keep_their_posts(watched: Folder) -> None:
    watched.post("2026-10-01-a", "One.", "id: one")
    watched.post("2026-10-02-b", "Two.", "id: two")
    watched.detect()
    before = {each.post.declared_id: each.id for each in watched.remembered().values()}
    watched.post("2026-10-01-a", "Two, edited.", "id: two")
    watched.post("2026-10-02-b", "One, edited.", "id: one")

    found = watched.detect()

    assert (found.new, found.gone) == ((), ())
    assert {each.post.declared_id: each.id for each in watched.remembered().values()} == before


def test_a_file_that_moves_over_another_takes_its_post_along(harbour: Folder) -> None:
    ferry = harbour.remembered()["2026-10-01-ferry.md"]
    move(harbour, "_posts/2026-10-01-ferry.md", "_posts/2026-10-02-market.md")

    found = harbour.detect()

    assert found.new == ()
    assert [each.post.title for each in found.gone] == ["The market moves"]
    assert by_path(harbour)["_posts/2026-10-02-market.md"].id == ferry.id


def test_files_that_move_each_into_the_place_of_the_next_mail_nobody(harbour: Folder) -> None:
    move(harbour, "_posts/2026-10-02-market.md", "_posts/2026-10-03-third.md")
    move(harbour, "_posts/2026-10-01-ferry.md", "_posts/2026-10-02-market.md")

    found = harbour.detect()

    assert (found.new, found.gone) == ((), ())


def test_a_text_copied_away_before_its_place_is_written_anew_is_the_old_post(harbour: Folder) -> None:
    ferry = harbour.remembered()["2026-10-01-ferry.md"]
    text = (harbour.root / "_posts/2026-10-01-ferry.md").read_text()
    harbour.write("_posts/2026-10-01-archived.md", text)
    harbour.post("2026-10-01-ferry", "A new timetable hangs on the quay. It is a good one.", "title: On time")

    found = harbour.detect()

    assert [each.post.title for each in found.new] == ["On time"]
    assert by_path(harbour)["_posts/2026-10-01-archived.md"].id == ferry.id


def test_a_copy_is_a_second_post_and_the_first_stays_itself(harbour: Folder) -> None:
    ferry = harbour.remembered()["2026-10-01-ferry.md"]
    text = (harbour.root / "_posts/2026-10-01-ferry.md").read_text()
    harbour.write("_posts/2026-10-08-copy.md", text)

    found = harbour.detect()
    settled = harbour.detect(later=QUARTER)

    assert [each.post.path for each in found.new] == ["_posts/2026-10-08-copy.md"]
    assert [each.post.path for each in settled.arrived] == ["_posts/2026-10-08-copy.md"]
    assert harbour.remembered()["2026-10-01-ferry.md"] == ferry
    assert any("has title and text of _posts/2026-10-01-ferry.md" in each for each in found.warnings)


def test_a_move_in_two_commits_is_a_move(harbour: Folder) -> None:
    ferry = harbour.remembered()["2026-10-01-ferry.md"]
    text = (harbour.root / "_posts/2026-10-01-ferry.md").read_text()
    harbour.write("_letters/2026-10-01-ferry.md", text)
    harbour.detect()
    (harbour.root / "_posts/2026-10-01-ferry.md").unlink()

    harbour.detect(later=timedelta(minutes=5))
    settled = harbour.detect(later=QUARTER)

    assert settled.arrived == ()
    live = by_path(harbour)
    assert len(live) == 4
    assert live["_letters/2026-10-01-ferry.md"].entry_id == ferry.entry_id


def test_a_renamed_collection_mails_nobody(watched: Folder) -> None:
    config = watched.root / "_config.yml"
    for number in range(20):
        watched.write(
            f"_letters/{number}.md",
            f"---\ntitle: Letter {number}\ndate: 2026-01-01\n---\nDear number {number}.",
        )
    watched.detect()
    release(watched.engine)
    config.write_text(config.read_text().replace("letters:", "notes:"))
    (watched.root / "_letters").rename(watched.root / "_notes")

    found = watched.detect()

    assert (found.new, found.gone, found.held, found.arrived) == ((), (), (), ())


def test_a_post_without_a_text_is_known_by_the_rest_of_it(watched: Folder) -> None:
    watched.post("2026-10-01-link", "", "title: A link\ndescription: To the harbour's web cam.")
    watched.detect()
    before = watched.remembered()["2026-10-01-link.md"]
    move(watched, "_posts/2026-10-01-link.md", "_posts/2026-10-05-web-cam.md")

    found = watched.detect()

    assert found.new == ()
    assert watched.remembered()["2026-10-05-web-cam.md"].id == before.id


def test_a_place_that_another_post_takes_long_after_is_that_other_post(watched: Folder) -> None:
    head = "permalink: /latest/\ntitle: {}\ndate: {}"
    watched.post("2026-10-01-a", FERRY, head.format("The ferry", "2026-10-01"))
    watched.detect()
    (watched.root / "_posts/2026-10-01-a.md").unlink()
    watched.detect(later=timedelta(days=30))
    watched.post("2026-11-20-b", MARKET, head.format("The market", "2026-11-20"))

    found = watched.detect(later=timedelta(days=1))

    assert [each.post.title for each in found.new] == ["The market"]


def test_a_post_that_comes_back_edited_is_itself(harbour: Folder) -> None:
    text = (harbour.root / "_posts/2026-10-01-ferry.md").read_text()
    (harbour.root / "_posts/2026-10-01-ferry.md").unlink()
    harbour.detect(later=timedelta(days=1))
    harbour.write("_posts/2026-10-11-ferry.md", text.replace("without a roof", "without a cover"))

    found = harbour.detect(later=timedelta(days=1))

    assert found.new == ()


def test_the_same_pattern_filled_anew_a_week_after_it_was_deleted_is_a_new_post(watched: Folder) -> None:
    minutes = "Present: {0}.\nRead: the minutes.\nDecided: {1}.\nNext: in a week.\nClosed: {0}."
    watched.post("2026-10-01-minutes", minutes.format("ana", "to paint"), "title: Minutes")
    watched.detect()
    watched.detect(later=QUARTER)
    (watched.root / "_posts/2026-10-01-minutes.md").unlink()
    watched.detect(later=timedelta(days=1))
    watched.post("2026-10-08-minutes", minutes.format("rui", "to wait"), "title: Minutes")

    found = watched.detect(later=timedelta(days=1))

    assert [each.post.path for each in found.new] == ["_posts/2026-10-08-minutes.md"]


def test_a_number_is_never_given_to_another_post(harbour: Folder) -> None:
    """Else it would lie below readers who were served up to it, and nobody would be mailed."""
    text = (harbour.root / "_posts/2026-10-02-market.md").read_text()
    (harbour.root / "_posts/2026-10-02-market.md").unlink()
    harbour.detect()
    harbour.write("_posts/2026-10-02-market.md", text)
    harbour.detect()
    harbour.post("2026-10-12-quick", "Quick.")
    harbour.configure(settle=timedelta())

    found = harbour.detect()

    assert sorted((each.post.title, each.arrival) for each in found.arrived) == [
        ("Quick", 6),
        ("The market moves", 5),
    ]


def test_a_doubt_is_named_with_both_paths_and_what_to_do(harbour: Folder) -> None:
    (harbour.root / "_posts/2026-10-01-ferry.md").unlink()
    harbour.post("2026-10-20-crossing", "Other words.", "date: 2026-10-20\ntitle: The ferry is late")

    found, next_pass = harbour.detect(), harbour.detect()

    (told,) = (each for each in found.warnings if "may be" in each)
    assert told == (
        "_posts/2026-10-20-crossing.md: may be _posts/2026-10-01-ferry.md, moved and edited; it is held: "
        "`syndicate posts release` mails it as a new post, "
        "`syndicate posts release --feeds-only` mails it to nobody"
    )
    assert next_pass.warnings == ()


def test_what_is_released_to_the_feeds_only_is_owed_to_nobody_also_when_it_comes_back(
    watched: Folder,
) -> None:
    watched.configure(flood_guard=0, settle=timedelta())
    path = watched.post("2026-11-01-import", "An old text, brought along.")
    watched.detect()

    (released,) = release_to_feeds(watched.engine, paths=["_posts/2026-11-01-import.md"])
    text = path.read_bytes()
    path.unlink()
    watched.detect()
    path.write_bytes(text)
    watched.detect()
    watched.configure(flood_guard=10)
    watched.post("2026-11-02-new", "A new one.")
    arrived = watched.detect().arrived

    assert released.state is by_path(watched)["_posts/2026-11-01-import.md"].state is PostState.BASELINE
    assert [(each.post.title, each.arrival) for each in arrived] == [("New", 3)]
    with reading(watched.engine) as connection:
        owed = posts.arrived_between(connection, after=ArrivalNumber(0), through=ArrivalNumber(9))
    assert [each.post.title for each in owed] == ["Old", "Older News", "New"]


def test_where_a_post_stood_before_is_remembered(harbour: Folder) -> None:
    ferry = harbour.remembered()["2026-10-01-ferry.md"]
    move(harbour, "_posts/2026-10-01-ferry.md", "_posts/2026-10-02-ferry.md")
    harbour.detect()
    move(harbour, "_posts/2026-10-02-ferry.md", "_letters/2026-10-02-ferry.md")
    harbour.detect(later=QUARTER)

    with reading(harbour.engine) as connection:
        before = former_paths.of_post(connection, ferry.id)
        assert [each.post_id for each in former_paths.at_path(connection, before[1].path)] == [ferry.id]

    assert [(each.path, each.left_at) for each in before] == [
        ("_posts/2026-10-02-ferry.md", harbour.now),
        ("_posts/2026-10-01-ferry.md", harbour.now - QUARTER),
    ]


def test_a_file_that_moves_over_another_and_is_edited_takes_its_post_along(harbour: Folder) -> None:
    ferry = harbour.remembered()["2026-10-01-ferry.md"]
    move(harbour, "_posts/2026-10-01-ferry.md", "_posts/2026-10-02-market.md", edit=EDIT)

    found = harbour.detect()

    assert found.new == ()
    assert by_path(harbour)["_posts/2026-10-02-market.md"].id == ferry.id


def test_of_two_that_left_one_place_the_last_one_comes_back(harbour: Folder) -> None:
    """A copy that its first form took the place of was nobody's post; it would be mailed as new."""
    ferry = harbour.remembered()["2026-10-01-ferry.md"]
    text = (harbour.root / "_posts/2026-10-01-ferry.md").read_text()
    harbour.write("_letters/2026-10-01-ferry.md", text)
    harbour.detect()
    (harbour.root / "_posts/2026-10-01-ferry.md").unlink()
    harbour.detect()
    (harbour.root / "_letters/2026-10-01-ferry.md").unlink()
    harbour.detect(later=timedelta(hours=1))
    harbour.write("_letters/2026-10-01-ferry.md", text)

    harbour.detect(later=timedelta(hours=1))

    assert by_path(harbour)["_letters/2026-10-01-ferry.md"].id == ferry.id
