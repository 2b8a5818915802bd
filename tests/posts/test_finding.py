from typing import Any

import pytest

from syndicate.posts.finding import Found, find
from syndicate.store.engine import reading

Folder = Any
OLD, NEWS = "_posts/2024-01-01-old.md", "_posts/2024-02-01-older-news.md"


def found(folder: Folder, said: str) -> Found:
    with reading(folder.engine) as connection:
        return find(connection, folder.source(), said)


@pytest.mark.parametrize(
    "said",
    [
        OLD,
        "2024-01-01-old.md",
        "/2024/01/01/old.html",
        "https://harbour.example/news/2024/01/01/old.html",
        "https://harbour.example/news/2024/01/01/old.html?from=mail#top",
        "OLD",
    ],
)
def test_a_post_is_found_by_path_address_or_title(watched: Folder, said: str) -> None:
    assert found(watched, said).paths in ((OLD,), [OLD])


def test_a_piece_of_a_title_gives_every_post_that_has_it(watched: Folder) -> None:
    watched.post("2026-11-01-old-boats")
    watched.detect()

    assert found(watched, "older").paths == [NEWS]
    assert sorted(found(watched, "ol").paths) == [OLD, NEWS, "_posts/2026-11-01-old-boats.md"]


def test_a_mistyped_path_names_the_nearest_ones(watched: Folder) -> None:
    near = found(watched, "_posts/2024-01-01-odl.md")

    assert near.paths == ()
    assert near.nearest[0] == OLD


def test_a_post_that_left_is_found_too_and_after_those_that_are_there(watched: Folder) -> None:
    (watched.root / OLD).unlink()
    watched.detect()

    assert found(watched, "older").paths == [NEWS]
    assert found(watched, "/2024/01/01/old.html").paths == [OLD]
