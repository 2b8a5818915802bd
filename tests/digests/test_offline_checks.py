"""Editions of real posts under the offline message checks that lie beside the checkout, where they do."""

import importlib.util
import os
import random
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from syndicate.mail.linting import lint
from syndicate.mail.wire import Wire
from syndicate.model.post import ArrivalNumber, EntryId, Post, PostId, PostState, TrackedPost
from syndicate.posts.source import Source
from syndicate.posts.sources import open_source
from syndicate.settings.schema import Settings, SiteSettings, ThemeSettings

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
    return tracked_posts(source, SITE)


def tracked_posts(source: Source, site: Path) -> list[TrackedPost]:
    readings = [
        source.read(each.path, (site / each.path).read_bytes(), now=NOW) for each in source.candidates()
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


@pytest.fixture(params=["paper", "signal"])
def theme(request: pytest.FixtureRequest) -> str:
    """Give each shipped theme."""
    return str(request.param)


@pytest.fixture
def message(source, digest, settings, personal, theme: str) -> Callable[..., bytes]:
    """Give a function that renders posts in the theme, and gives the message of a reader."""
    themed = replace(settings, theme=ThemeSettings(name=theme))

    def filled(*chosen: TrackedPost) -> bytes:
        edition = digest(
            *chosen, settings=themed, contents=lambda tracked: source.content_html(tracked.post.path)
        )
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


@pytest.mark.system
@pytest.mark.parametrize("number", range(7, 120, 12))
def test_an_edition_of_any_post_has_no_failures(failures, posts, number: int) -> None:
    assert failures(posts[number]) == []


@pytest.mark.parametrize("count", [2, 5, 12, 20, 100])
def test_an_edition_of_many_posts_has_no_failures(failures, posts, count: int) -> None:
    chosen = random.Random(count).sample(posts, count)  # noqa: S311 - a repeatable choice, no secret

    assert failures(*chosen) == []


#: The named post, then one of every tenth.
SLOWLY_CHECKED = ("2024-01-22-iran-pakistan-conflict", *range(4, 114, 11))


@pytest.mark.system
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # a file that it never closes
@pytest.mark.parametrize("which", SLOWLY_CHECKED)
def test_a_browser_spamassassin_and_caniemail_find_nothing_in_an_edition(
    slow_checker, message, posts, which: str | int
) -> None:
    named = [each for each in posts if str(which) in each.post.path]
    chosen = named[:1] if isinstance(which, str) else posts[which : which + 1]

    assert slow_checker.check(message(*chosen), browser=True, sa=True, lint=True) == []


@pytest.mark.system
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # as above
def test_they_find_nothing_in_an_edition_of_many_posts(slow_checker, message, posts) -> None:
    assert slow_checker.check(message(*posts[20:32]), browser=True, sa=True, lint=True) == []


@pytest.fixture
def slow_checker(checker: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Give the checker with all that its slow checks need; its own modules stand beside it."""
    monkeypatch.syspath_prepend(CHECKS.parent)
    for name in ("AXE", "NODE_DIR"):
        if not os.environ.get(name):
            pytest.skip(f"{name} is not set (npm install axe-core caniemail)")
    for program in ("spamassassin", "node", "chromium"):
        if not shutil.which(program):
            pytest.skip(f"{program} is not installed")
    return checker


@pytest.mark.system
def test_editions_of_200_posts_of_three_sites_have_no_failures(digest, settings, personal, checker) -> None:
    chosen = random.Random(200).sample(everywhere(), 200)  # noqa: S311 - as above
    failed = {}
    for theme in ("paper", "signal"):
        themed = replace(settings, theme=ThemeSettings(name=theme))
        for source, post in chosen:
            contents = partial(content_of, source)
            edition = digest(post, settings=themed, contents=contents)
            found = checker.check(Wire.parse(edition.wire).fill(personal))
            if found:
                failed[theme, post.post.path] = found

    assert failed == {}


def everywhere() -> list[tuple[Source, TrackedPost]]:
    """Give every post of the real sites."""
    found = []
    for name in ("pen0-120", "elixir", "grpc-hugo"):
        site = SHARED / "data" / name / "site"
        source = open_source(Settings(site=SiteSettings(path=site)))
        found += [(source, each) for each in tracked_posts(source, site)]
    return found


def content_of(source: Source, tracked: TrackedPost) -> str:
    return source.content_html(tracked.post.path)


@pytest.mark.system
@pytest.mark.parametrize("number", range(1, 120, 6))
def test_our_own_linter_finds_nothing_in_an_edition_of_a_post(message, posts, number: int) -> None:
    assert [(each.rule, each.what) for each in lint(message(posts[number]))] == []


@pytest.mark.parametrize("count", [2, 5, 12, 20, 100])
def test_our_own_linter_finds_nothing_in_an_edition_of_many_posts(message, posts, count: int) -> None:
    chosen = random.Random(count).sample(posts, count)  # noqa: S311 - as above

    assert [(each.rule, each.what) for each in lint(message(*chosen))] == []
