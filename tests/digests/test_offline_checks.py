"""Editions of real posts under the offline message checks that lie beside the checkout, where they do."""

import importlib.util
import random
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from syndicate.mail.linting import lint
from syndicate.mail.wire import Wire
from syndicate.model.post import ArrivalNumber, EntryId, Post, PostId, PostState, TrackedPost
from syndicate.posts.source import Source
from syndicate.posts.sources import open_source
from syndicate.settings.schema import Settings, SiteSettings

SHARED = Path(__file__).parents[3] / "shared"
CHECKS = SHARED / "checks" / "mail" / "check_email.py"
SITE = SHARED / "data" / "pen0-120" / "site"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
pytestmark = pytest.mark.skipif(not CHECKS.is_file(), reason="the shared checks are not beside this checkout")


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    pytest.importorskip("html5lib", reason="html5lib is not installed")
    specification = importlib.util.spec_from_file_location("check_email", CHECKS)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    specification.loader.exec_module(module)
    sys.dont_write_bytecode = writes
    return module


@pytest.fixture(scope="module")
def source() -> Source:
    return open_source(Settings(site=SiteSettings(path=SITE)))


@pytest.fixture(scope="module")
def posts(source: Source) -> list[TrackedPost]:
    readings = [
        source.read(each.path, (SITE / each.path).read_bytes(), now=NOW) for each in source.candidates()
    ]
    found = sorted((each for each in readings if isinstance(each, Post)), key=lambda post: post.path)
    return [
        TrackedPost(
            id=PostId(number),
            post=post,
            entry_id=EntryId(post.path),
            state=PostState.ARRIVED,
            arrival=ArrivalNumber(number),
            first_seen_at=NOW,
            changed_at=NOW,
            updated=NOW,
        )
        for number, post in enumerate(found, 1)
    ]


@pytest.fixture
def message(source, digest, personal) -> Callable[..., bytes]:
    """Give a function that renders posts, and gives the message of a reader."""

    def filled(*chosen: TrackedPost) -> bytes:
        edition = digest(*chosen, contents=lambda tracked: source.content_html(tracked.post.path))
        return Wire.parse(edition.wire).fill(personal)

    return filled


@pytest.fixture
def failures(checker, message) -> Callable[..., list[tuple[str, str]]]:
    """Give a function that gives what the checks find in the message of these posts."""

    def found(*chosen: TrackedPost) -> list[tuple[str, str]]:
        problems: list[tuple[str, str]] = checker.check(message(*chosen))
        return problems

    return found


def test_an_edition_of_one_named_post_has_no_failures(failures, posts) -> None:
    post = next(each for each in posts if "2024-01-22-iran-pakistan-conflict" in each.post.path)

    assert failures(post) == []


@pytest.mark.parametrize("number", range(7, 120, 12))
def test_an_edition_of_any_post_has_no_failures(failures, posts, number: int) -> None:
    assert failures(posts[number]) == []


@pytest.mark.parametrize("count", [2, 5, 12, 20, 100])
def test_an_edition_of_many_posts_has_no_failures(failures, posts, count: int) -> None:
    chosen = random.Random(count).sample(posts, count)  # noqa: S311 - a repeatable choice, no secret

    assert failures(*chosen) == []


@pytest.mark.parametrize("number", range(1, 120, 6))
def test_our_own_linter_finds_nothing_in_an_edition_of_a_post(message, posts, number: int) -> None:
    assert [(each.rule, each.what) for each in lint(message(posts[number]))] == []


@pytest.mark.parametrize("count", [2, 5, 12, 20, 100])
def test_our_own_linter_finds_nothing_in_an_edition_of_many_posts(message, posts, count: int) -> None:
    chosen = random.Random(count).sample(posts, count)  # noqa: S311 - as above

    assert [(each.rule, each.what) for each in lint(message(*chosen))] == []
