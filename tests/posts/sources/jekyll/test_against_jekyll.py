"""Tiny sites of odd cases, and what Jekyll 4.3.1 made of them; ``sites/dump.rb`` says how that was noted."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from syndicate.model.post import Post
from syndicate.posts.sanitising import sanitise
from syndicate.posts.source import Source
from syndicate.posts.sources import open_source
from syndicate.settings.schema import PostsSettings, Settings, SiteSettings

SITES = Path(__file__).parent / "sites"
_COLOURS = re.compile(r"</?span>|<div>\s*<div>\s*(?=<pre>)|(?<=</pre>)\s*</div>\s*</div>")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def cases(site: str) -> list[Any]:
    return [pytest.param(site, path, id=path) for path in made_by_jekyll(site)]


def made_by_jekyll(site: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads((SITES / f"{site}.json").read_text(encoding="utf-8"))
    return found


def opened(site: str) -> Source:
    return open_source(Settings(site=SiteSettings(path=SITES / site), posts=PostsSettings(excerpt="jekyll")))


def read(source: Source, path: str) -> Post:
    found = source.read(path, (source.site.root / path).read_bytes(), now=NOW)
    assert isinstance(found, Post), found
    return found


def comparable(html: str, *, base: str) -> str:
    """Give HTML as readers get it, white space and the wrappers of coloured code aside."""
    safe = _COLOURS.sub("", sanitise(html, base=base).html).replace("&nbsp;", " ")
    return re.sub(r"\s+", " ", re.sub(r"\s*(<[^>]*>)\s*", r"\1", safe)).strip()


@pytest.mark.parametrize(("site", "path"), cases("liquid"))
def test_liquid_comes_to_what_it_comes_to_in_jekyll(site: str, path: str) -> None:
    source = opened(site)
    theirs = made_by_jekyll(site)[path]

    post = read(source, path)

    assert comparable(source.content_html(path), base=post.link) == comparable(
        theirs["content_html"], base=post.link
    )
    assert (post.title, post.url, post.warnings) == (theirs["title"], theirs["url"], ())


@pytest.mark.parametrize(("site", "path"), cases("markdown"))
def test_markdown_reads_as_kramdown_reads_it(site: str, path: str) -> None:
    source = opened(site)
    theirs = made_by_jekyll(site)[path]

    post = read(source, path)

    assert comparable(source.content_html(path), base=post.link) == comparable(
        theirs["content_html"], base=post.link
    )


@pytest.mark.parametrize(("site", "path"), cases("places"))
def test_every_document_has_the_place_that_jekyll_gives_it(site: str, path: str) -> None:
    theirs = made_by_jekyll(site)[path]

    post = read(opened(site), path)

    assert (post.url, unquote(post.generator_id), post.title) == (
        theirs["url"],
        unquote(f"https://{site}.example{theirs['id']}"),
        theirs["title"],
    )
    assert (post.categories, post.tags) == (tuple(theirs["categories"]), tuple(theirs["tags"]))
    assert f"{post.published:%Y-%m-%dT%H:%M:%SZ}" == theirs["published"]


def test_the_documents_are_those_that_jekyll_finds() -> None:
    source = opened("places")

    found = {
        each.path
        for each in source.candidates()
        if isinstance(source.read(each.path, (source.site.root / each.path).read_bytes(), now=NOW), Post)
    }

    assert found == set(made_by_jekyll("places"))
