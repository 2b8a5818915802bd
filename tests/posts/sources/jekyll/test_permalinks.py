from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.sources.jekyll.permalinks import (
    STYLES,
    Addressed,
    PlaceholderError,
    generator_path,
    template_for,
    url_of,
)
from syndicate.posts.sources.jekyll.slugs import titleize

ADDRESSED = Addressed(
    collection="posts",
    path="2024-03-05-Ferry day",
    slug="Ferry day",
    basename="Ferry day",
    suffix=".html",
    categories=("Alpha Beta", "news", "news"),
    date=datetime(2024, 3, 5, 7, 8, 9, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("template", "url"),
    [
        (STYLES["date"], "/alpha%20beta/news/2024/03/05/Ferry-day.html"),
        (STYLES["pretty"], "/alpha%20beta/news/2024/03/05/Ferry-day/"),
        (STYLES["ordinal"], "/alpha%20beta/news/2024/065/Ferry-day.html"),
        (STYLES["weekdate"], "/alpha%20beta/news/2024/W10/Tue/Ferry-day.html"),
        (STYLES["none"], "/alpha%20beta/news/Ferry-day.html"),
        ("/:collection/:path:output_ext", "/posts/2024-03-05-Ferry%20day.html"),
        ("/:slugified_categories/:slug", "/alpha-beta/news/ferry-day"),
        ("/:i_month-:i_day-:short_year/:long_month/:name", "/3-5-24/March/ferry-day"),
        ("/:hour:minute:second", "/070809"),
        ("/:year_:month/:short_month/:w_year/:w_day/:long_day", "/2024_03/Mar/2024/2/Tuesday"),
        ("/../../etc//passwd", "/etc/passwd"),
        ("no-slash/", "/no-slash/"),
    ],
)
def test_every_placeholder_is_filled_in(template: str, url: str) -> None:
    assert url_of(template, ADDRESSED) == url


def test_an_unknown_placeholder_is_named() -> None:
    with pytest.raises(PlaceholderError, match=r"^nonsense$"):
        url_of("/:nonsense/", ADDRESSED)


@pytest.mark.parametrize(
    ("collection", "site", "own", "template"),
    [
        ("posts", "date", None, STYLES["date"]),
        ("posts", "/blog/:title/", None, "/blog/:title/"),
        ("letters", "date", None, "/:collection/:path:output_ext"),
        ("letters", "pretty", None, "/:collection/:path/"),
        ("letters", "/x/:title/", None, "/:collection/:path/"),
        ("letters", "/x/:title", None, "/:collection/:path"),
        ("letters", "date", "/l/:name", "/l/:name"),
    ],
)
def test_a_collection_follows_its_own_template_else_the_sites_style(
    collection: str, site: str, own: str | None, template: str
) -> None:
    assert template_for(collection=collection, site_permalink=site, own=own) == template


def test_jekylls_id_is_the_folder_and_the_slug() -> None:
    assert generator_path("/custom/here/", "permalink") == "/custom/permalink"
    assert generator_path("/2024/01/a.html", "My Slug") == "/2024/01/My Slug"


def test_a_title_is_made_of_the_name() -> None:
    assert titleize("no-title") == "No Title"


@given(st.text(), st.text())
def test_no_address_leaves_the_site(template: str, slug: str) -> None:
    try:
        url = url_of(template, replace(ADDRESSED, slug=slug))
    except PlaceholderError:
        return
    assert url.startswith("/")
    assert "//" not in url
    assert ".." not in url


@given(
    url=st.text("ab./", max_size=8).map("/".__add__),
    slug=st.text("ab./\n", max_size=6),
)
def test_the_generators_id_is_the_path_that_pathlib_makes(url, slug):
    address = url.replace("//", "/")

    expected = PurePosixPath(address.rstrip("/") or "/").parent / slug.lstrip("/")
    assert generator_path(address, slug) == str(expected)
