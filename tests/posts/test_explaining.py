from datetime import timedelta
from typing import Any

import pytest

from syndicate.posts.detection import release_to_feeds
from syndicate.posts.explaining import Asking, Standing, explain
from syndicate.store.engine import reading

Folder = Any


def told(folder: Folder, path: str) -> tuple[Standing, str]:
    with reading(folder.engine) as connection:
        asking = Asking(source=folder.source(), settings=folder.settings, now=folder.now)
        found = explain(connection, asking, path)
    assert "\n" not in found.text
    return found.standing, found.text


def test_a_baseline_post_says_so(watched: Folder) -> None:
    assert told(watched, "_posts/2024-01-01-old.md") == (
        Standing.BASELINE,
        "in the feeds since 2026-11-23 12:00 UTC; baseline, number 1: it was there at the first run",
    )


def test_a_new_post_says_when_it_settles_then_its_number(watched: Folder) -> None:
    watched.post("2026-11-01-a")
    watched.detect()
    settling = told(watched, "_posts/2026-11-01-a.md")
    watched.detect(later=timedelta(hours=1))

    assert settling == (
        Standing.SETTLING,
        (
            "in the feeds since 2026-11-23 12:00 UTC; "
            "mail waits until 2026-11-23 12:15 UTC for its edits to stop"
        ),
    )
    assert told(watched, "_posts/2026-11-01-a.md")[1].endswith("; arrived as number 3")


def test_a_flood_a_deletion_and_a_mistake_are_told(watched: Folder) -> None:
    watched.configure(flood_guard=0)
    watched.post("2026-11-01-held")
    watched.post("2026-11-01-bad", head="title: a: b")
    (watched.root / "_posts/2024-01-01-old.md").unlink()
    watched.detect()

    assert told(watched, "_posts/2026-11-01-held.md")[0] is Standing.HELD
    assert told(watched, "_posts/2024-01-01-old.md") == (
        Standing.GONE,
        "left the site, noticed 2026-11-23 12:00 UTC, it was arrival 1",
    )
    standing, text = told(watched, "_posts/2026-11-01-bad.md")
    assert standing is Standing.UNREADABLE
    assert text.startswith("can't be read: _posts/2026-11-01-bad.md:2: front matter")


@pytest.mark.parametrize(
    ("head", "standing", "text"),
    [
        ("draft: true", Standing.DRAFT, "a draft, left out: `draft: true` on line 2"),
        ("published: false", Standing.UNPUBLISHED, "unpublished, left out: `published: false` on line 2"),
        (
            "date: 2027-01-01 00:00:00",
            Standing.FUTURE,
            "left out until its date, 2027-01-01 00:00 UTC: `date` on line 2",
        ),
    ],
)
def test_what_the_site_leaves_out_has_its_reason(
    watched: Folder, head: str, standing: Standing, text: str
) -> None:
    watched.post("2026-11-01-a", head=head)
    watched.detect()

    assert told(watched, "_posts/2026-11-01-a.md") == (standing, text)


@pytest.mark.parametrize(
    ("path", "standing"),
    [
        ("_posts/_old/2024-01-01-x.md", Standing.HIDDEN),
        ("_drafts/x.md", Standing.DRAFT),
        ("about.md", Standing.NOT_A_POST),
        ("_posts/2026-11-01-new.md", Standing.NOT_READ_YET),
    ],
)
def test_a_file_nobody_has_read_has_its_reason(watched: Folder, path: str, standing: Standing) -> None:
    watched.write(path, "---\n---\nx")

    assert told(watched, path)[0] is standing


def test_no_such_file_is_told(watched: Folder) -> None:
    assert told(watched, "_posts/2026-11-01-none.md")[0] is Standing.NO_SUCH_FILE
    assert told(watched, "../../etc/passwd")[0] in {
        Standing.NO_SUCH_FILE,
        Standing.NOT_A_POST,
        Standing.HIDDEN,
    }


def test_a_post_that_changed_since_the_last_pass_says_so(watched: Folder) -> None:
    watched.post("2026-11-01-a", head="draft: true")
    watched.detect()
    watched.post("2026-11-01-a")

    assert told(watched, "_posts/2026-11-01-a.md")[1] == (
        "a draft, left out; it has changed since, run `syndicate build`"
    )


def test_a_path_that_a_post_left_leads_to_where_it_is_now(watched: Folder) -> None:
    posts = watched.root / "_posts"
    (posts / "2024-01-01-old.md").rename(posts / "2024-01-02-story.md")
    watched.detect()
    (posts / "2024-01-02-story.md").rename(posts / "2024-01-03-tale.md")
    watched.detect()

    standing, text = told(watched, "_posts/2024-01-01-old.md")

    assert standing is Standing.BASELINE
    assert text.startswith(
        "moved to _posts/2024-01-03-tale.md, noticed 2026-11-23 12:00 UTC: in the feeds since"
    )


def test_a_post_held_for_doubt_names_the_one_that_left(watched: Folder) -> None:
    (watched.root / "_posts/2024-01-01-old.md").unlink()
    watched.post("2026-11-01-other", "Other words.", "title: Old")
    watched.detect()

    standing, text = told(watched, "_posts/2026-11-01-other.md")

    assert standing is Standing.HELD
    assert "held for a yes: it may be _posts/2024-01-01-old.md, which left in the same pass" in text


def test_a_post_released_to_the_feeds_only_says_that_nobody_is_mailed(watched: Folder) -> None:
    watched.configure(flood_guard=0)
    watched.post("2026-11-01-a")
    watched.detect()
    release_to_feeds(watched.engine)

    assert told(watched, "_posts/2026-11-01-a.md")[1].endswith(
        "mailed to nobody: an editor released it to the feeds only"
    )
