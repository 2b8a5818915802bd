import json
from typing import Any

from syndicate.posts.listing import rows
from syndicate.store import files, posts
from syndicate.store.engine import reading

Folder = Any


def listed(folder: Folder) -> list[dict[str, Any]]:
    source = folder.source()
    with reading(folder.engine) as connection:
        unreadable = [seen for seen in files.every(connection).values() if seen.problem]
        return list(rows(posts.live(connection), unreadable, source.site, content=source.content_html))


def test_a_row_holds_what_the_contract_names(watched: Folder) -> None:
    watched.post("2026-11-01-a", "Intro.\n\n<!--more-->\n\nRest.", "title: T\nauthor: Ann\nimage: /i.png")
    watched.detect()

    row = listed(watched)[0]

    json.dumps(row)
    assert row == {
        "path": "_posts/2026-11-01-a.md",
        "id": "https://harbour.example/news/2026/11/01/a",
        "url": "/2026/11/01/a.html",
        "title": "T",
        "authors": ["Ann"],
        "collection": "posts",
        "categories": [],
        "tags": [],
        "published": "2026-10-31T16:00:00+00:00",
        "updated": "2026-10-31T16:00:00+00:00",
        "summary": "Intro.",
        "excerpt_html": "<p>Intro.</p>",
        "excerpt_text": "Intro.",
        "excerpt_origin": "more marker",
        "content_html": "<p>Intro.</p>\n<p>Rest.</p>",
        "image": "/i.png",
        "lang": "en",
        "state": "settling",
        "arrival": None,
    }


def test_an_unreadable_file_has_its_problem_and_nothing_else(watched: Folder) -> None:
    watched.post("2026-11-01-a", head="- x")
    watched.detect()

    row = listed(watched)[-1]

    assert row["state"] == "unreadable"
    assert row["problem"].startswith("_posts/2026-11-01-a.md:2: front matter holds no")
    assert set(row) == {"path", "state", "problem"}


def test_a_post_that_became_unreadable_shows_its_last_good_form_once(watched: Folder) -> None:
    watched.post("2024-01-01-old", head="- x")
    watched.detect()

    (row,) = [row for row in listed(watched) if row["path"] == "_posts/2024-01-01-old.md"]

    assert (row["state"], row["title"]) == ("unreadable", "Old")
    assert row["content_html"] == row["excerpt_html"] == "<p>An old story about the ferry.</p>"


def test_what_the_generator_leaves_out_is_not_there(watched: Folder) -> None:
    watched.post("2026-11-01-a", head="published: false")
    watched.detect()

    assert len(listed(watched)) == 2


SCRIPT = '<p>Seen.</p>\n\n<script src="/counter.js"></script>\n\n[On](/next)'


def test_a_text_as_its_generator_writes_it_has_all_of_it(watched: Folder) -> None:
    watched.post("2026-11-01-a", SCRIPT)
    watched.detect()

    raw = watched.source().raw_html("_posts/2026-11-01-a.md")

    assert '<script src="/counter.js"></script>' in raw
    assert '<a href="/next">On</a>' in raw
    assert "<script" not in listed(watched)[0]["content_html"]
