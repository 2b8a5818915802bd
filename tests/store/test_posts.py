import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from syndicate.model.post import (
    ArrivalNumber,
    Enclosure,
    EntryId,
    Excerpt,
    ExcerptOrigin,
    Image,
    Post,
    PostId,
    PostState,
    TrackedPost,
)
from syndicate.model.seen_file import SeenFile
from syndicate.store import files, meta, posts
from syndicate.store.documents import from_document, to_document
from syndicate.store.engine import reading

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
POST = Post(
    path="_posts/a.md",
    url="/a/",
    link="https://harbour.example/a/",
    generator_id="https://harbour.example/a",
    declared_id=None,
    title="A “title” 香港",
    authors=("Ann", "Bob"),
    collection="posts",
    categories=("news",),
    tags=(),
    published=NOON,
    updated=NOON,
    excerpt=Excerpt(html="<p>x</p>", text="x", origin=ExcerptOrigin.MORE, truncated=True),
    summary="x",
    image=Image(url="https://harbour.example/a.png", alt="A boat"),
    language="en",
    fingerprint="f",
    body_fingerprint="b",
    warnings=("one", "two"),
)


def tracked(
    number: int,
    *,
    state: PostState = PostState.ARRIVED,
    arrival: int | None = None,
    path: str = "",
    **facts: object,
) -> TrackedPost:
    return TrackedPost(
        id=PostId(number),
        post=replace(POST, path=path or f"_posts/{number}.md", **facts),
        entry_id=EntryId(f"entry-{number}"),
        state=state,
        arrival=ArrivalNumber(arrival) if arrival else None,
        first_seen_at=NOON,
        changed_at=NOON + timedelta(microseconds=1),
        updated=NOON,
    )


def test_a_document_gives_back_the_post_it_was_made_of() -> None:
    bare = replace(POST, image=None, published=NOON.astimezone(timezone(timedelta(hours=8))))

    assert from_document(to_document(POST)) == POST
    assert from_document(to_document(bare)) == bare
    heard = replace(POST, enclosure=Enclosure(url="https://harbour.example/a.mp3", media_type="audio/mpeg"))
    assert from_document(to_document(heard)) == heard
    assert to_document(POST) == to_document(from_document(to_document(POST)))


def test_a_document_of_another_version_is_read_without_what_it_lacks_and_what_is_no_more() -> None:
    document = json.loads(to_document(POST))
    del document["warnings"]
    older = json.dumps(document | {"version": 0, "mood": "calm"})

    assert from_document(older) == replace(POST, warnings=())
    assert document["version"] == 1


@pytest.mark.parametrize(
    ("field", "blank"),
    [("summary", ""), ("tags", ()), ("image", None), ("updated", datetime(1970, 1, 1, tzinfo=UTC))],
)
def test_a_required_field_that_a_document_lacks_is_blank(field: str, blank: object) -> None:
    document = json.loads(to_document(POST))
    del document[field]

    assert from_document(json.dumps(document)) == replace(POST, **{field: blank})


def test_a_document_without_an_excerpt_has_an_empty_one() -> None:
    document = json.loads(to_document(POST))
    del document["excerpt"]

    assert from_document(json.dumps(document)).excerpt.origin is ExcerptOrigin.NONE


def test_posts_come_back_as_they_were_written(engine: sa.Engine) -> None:
    first = tracked(1, arrival=1)
    with engine.begin() as connection:
        posts.add(connection, [first])
        changed = replace(first, state=PostState.GONE, post=replace(first.post, title="New"))
        posts.replace(connection, [changed])

    with reading(engine) as connection:
        assert posts.remembered(connection) == [changed]
        assert posts.tracked(connection, [PostId(7), PostId(1)]) == [changed]
        assert posts.live(connection) == []


def test_ties_go_by_code_point_whatever_the_database_s_language(postgresql_engine: sa.Engine) -> None:
    paths = ["_posts/B.md", "_posts/_c.md", "_posts/a.md", "_posts/é.md", "_posts/z.md"]
    with postgresql_engine.begin() as connection:
        connection.exec_driver_sql('ALTER TABLE post ALTER COLUMN path TYPE text COLLATE "und-x-icu"')
        found = [tracked(number, path=path) for number, path in enumerate(reversed(paths), start=1)]
        posts.add(connection, found)

    with reading(postgresql_engine) as connection:
        assert [each.post.path for each in posts.live(connection)] == sorted(paths)
        assert [each.post.path for each in posts.in_state(connection, PostState.ARRIVED)] == sorted(paths)


def test_the_newest_come_first_and_ties_go_by_path(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        posts.add(
            connection,
            [
                tracked(1, path="b.md"),
                tracked(2, path="a.md"),
                tracked(3, path="z.md", published=NOON + timedelta(hours=1)),
            ],
        )

    with reading(engine) as connection:
        assert [each.post.path for each in posts.live(connection)] == ["z.md", "a.md", "b.md"]


def test_arrivals_between_two_numbers_leave_out_what_is_gone_or_waits(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        posts.add(
            connection,
            [
                tracked(1, arrival=1, state=PostState.BASELINE),
                tracked(2, arrival=2),
                tracked(3, arrival=3, state=PostState.GONE),
                tracked(4, state=PostState.SETTLING),
                tracked(5, arrival=4),
                tracked(6, arrival=5),
            ],
        )

    with reading(engine) as connection:
        between = posts.arrived_between(connection, after=ArrivalNumber(0), through=ArrivalNumber(4))
        assert [each.id for each in between] == [1, 2, 5]
        later = posts.arrived_between(connection, after=ArrivalNumber(1), through=ArrivalNumber(4))
        assert [each.id for each in later] == [2, 5]
        assert posts.highest_arrival(connection) == 5
        assert posts.highest_id(connection) == 6
        assert posts.counts(connection)[PostState.ARRIVED] == 3


def test_the_live_post_at_a_path_comes_before_the_gone_one(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        posts.add(
            connection,
            [tracked(1, path="p.md"), tracked(2, path="p.md", state=PostState.GONE), tracked(3, path="q.md")],
        )

    with reading(engine) as connection:
        assert [each.id for each in posts.at_path(connection, "p.md")] == [1, 2]


def test_an_empty_store_has_no_numbers(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        assert posts.highest_arrival(connection) == 0
        assert posts.highest_id(connection) == 0


def test_files_are_remembered_and_forgotten(engine: sa.Engine) -> None:
    seen = SeenFile(path="a", size_bytes=1, modified_ns=2**62, digest="d", outcome="future", until=NOON)
    changed = replace(seen, outcome="unreadable", problem="a:1: what; remedy", until=None)
    with engine.begin() as connection:
        files.remember(connection, [seen, replace(seen, path="b")])
        files.remember(connection, [changed])
        files.forget(connection, ["b", "c"])

    with reading(engine) as connection:
        assert files.every(connection) == {"a": changed}
        assert files.at_path(connection, "a") == changed
        assert files.at_path(connection, "b") is None


def test_a_fact_is_written_over(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        meta.write(connection, "key", "one")
        meta.write(connection, "key", "two")

    with reading(engine) as connection:
        assert meta.read(connection, "key") == "two"
        assert meta.read(connection, "other") is None
