from dataclasses import replace
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

import pytest

from syndicate.model.post import Excerpt, ExcerptOrigin, Post
from syndicate.posts.entry_ids import mint

POST = Post(
    path="_posts/a.md",
    url="/a/",
    link="https://harbour.example/a/",
    generator_id="https://harbour.example/a",
    declared_id=None,
    title="A",
    authors=(),
    collection="posts",
    categories=(),
    tags=(),
    published=datetime(2026, 1, 1, tzinfo=UTC),
    updated=datetime(2026, 1, 1, tzinfo=UTC),
    excerpt=Excerpt(html="", text="", origin=ExcerptOrigin.NONE, truncated=False),
    summary="",
    image=None,
    language="en",
    fingerprint="",
    body_fingerprint="",
)


@pytest.mark.parametrize(
    ("changes", "entry_id"),
    [
        ({}, "https://harbour.example/a"),
        ({"declared_id": "tag:harbour.example,2026:7"}, "tag:harbour.example,2026:7"),
        ({"declared_id": "7"}, "https://harbour.example/a"),
        ({"declared_id": "x: not an <iri>"}, "https://harbour.example/a"),
        ({"generator_id": "/a"}, uuid5(NAMESPACE_URL, "/a/").urn),
    ],
)
def test_an_entry_is_called_what_the_generator_called_it(changes: dict[str, str], entry_id: str) -> None:
    assert mint(replace(POST, **changes), set()) == entry_id


def test_a_clash_gets_a_suffix_that_depends_on_the_path_alone() -> None:
    first = mint(POST, {"https://harbour.example/a"})
    second = mint(POST, {"https://harbour.example/a", "https://harbour.example/b"})
    other = mint(replace(POST, path="_posts/b.md"), {"https://harbour.example/a"})

    assert first == second
    assert first.startswith("https://harbour.example/a#")
    assert other != first


def test_every_clash_ends_in_an_id_nobody_has() -> None:
    taken: set[str] = set()
    for _ in range(10):
        found = mint(POST, taken)
        assert found not in taken
        taken.add(found)
