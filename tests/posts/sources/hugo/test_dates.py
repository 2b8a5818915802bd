from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.model.post import Omission, Omitted, Unreadable
from syndicate.posts.sources.hugo.dates import parse_instant

HONG_KONG = ZoneInfo("Asia/Hong_Kong")


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2024-01-22", utc(2024, 1, 21, 16)),
        ("2024-01-22 12:00:00", utc(2024, 1, 22, 4)),
        ("2024-01-22T12:00:00", utc(2024, 1, 22, 4)),
        ("2024-01-22 1:02:03", utc(2024, 1, 21, 17, 2, 3)),
        ("2024-01-22 12:00:00.5", utc(2024, 1, 22, 4)),
        ("2024-01-22T12:00:00Z", utc(2024, 1, 22, 12)),
        ("2024-01-22 12:00:00Z", utc(2024, 1, 22, 12)),
        ("2024-01-22T12:00:00+08:00", utc(2024, 1, 22, 4)),
        ("2024-01-22T12:00:00+0800", utc(2024, 1, 22, 4)),
        ("2024-01-22 12:00:00 +0800", utc(2024, 1, 22, 4)),
        ("2024-01-22 12:00:00 +08:00", utc(2024, 1, 22, 4)),
        ("2024-01-22 12:00:00 +0800 HKT", utc(2024, 1, 22, 4)),
        ("Mon, 22 Jan 2024 12:00:00 +0100", utc(2024, 1, 22, 11)),
        ("Mon, 22 Jan 2024 12:00:00 GMT", utc(2024, 1, 22, 4)),
        ("22 Jan 2024", utc(2024, 1, 21, 16)),
        ("02 Jan 06 15:04 MST", utc(2006, 1, 2, 7, 4)),
        ("Mon Jan 22 12:00:00 2024", utc(2024, 1, 22, 4)),
        ("Mon Jan 22 12:00:00 UTC 2024", utc(2024, 1, 22, 4)),
        (1705896000, utc(2024, 1, 22, 4)),
    ],
)
def test_a_date_is_read_as_hugo_reads_it_and_without_a_zone_in_the_sites(written, instant):
    assert parse_instant(written, HONG_KONG).astimezone(UTC) == instant


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-22 12:00", "2024-01-22T12:00Z", "2024-01-22T12:00:00 +0800", "2024-01-22 12:00:00 Z",
        "2024-01-22 12:00:00 PST", "January 22, 2024", "2024-1-2", "2024/01/22", "2024-02-30", "0000-00-00",
        "2024-01", "12:00", "Mon, 22 Foo 2024 12:00:00 GMT", "9999-12-31T23:59:59-08:00",
        1705896000.5, True, None, 10**30,
    ],
)  # fmt: skip
def test_what_stops_hugos_build_is_no_date(written):
    assert parse_instant(written, HONG_KONG) is None


@given(st.text(alphabet="0123456789-:TZ +JanMon,.", max_size=40))
def test_any_text_is_a_date_or_none(text):
    found = parse_instant(text, HONG_KONG)

    assert found is None or found.tzinfo is not None


@pytest.mark.parametrize(
    ("head", "published", "updated"),
    [
        ("date: 2024-01-22\nlastmod: 2024-03-01", utc(2024, 1, 21, 16), utc(2024, 2, 29, 16)),
        ("date: 2024-01-22\nmodified: 2024-03-01", utc(2024, 1, 21, 16), utc(2024, 2, 29, 16)),
        ("publishDate: 2024-01-22", utc(2024, 1, 21, 16), utc(2024, 1, 21, 16)),
        ("pubdate: 2024-01-22", utc(2024, 1, 21, 16), utc(2024, 1, 21, 16)),
        ("lastmod: 2024-01-22", utc(2024, 1, 21, 16), utc(2024, 1, 21, 16)),
        ("DATE: 2024-01-22", utc(2024, 1, 21, 16), utc(2024, 1, 21, 16)),
    ],
)
def test_one_date_stands_in_for_another_that_is_missing(page, head, published, updated):
    post = page(head)

    assert (post.published, post.updated) == (published, updated)


def test_a_page_without_a_date_is_published_and_named(page):
    post = page("title: T")

    assert post.published == utc(1970, 1, 1)
    assert post.warnings == (
        'content/posts/a.md: has no date, and is shown as of 1970-01-01; add "date: YYYY-MM-DD"',
    )


def test_a_date_that_is_none_is_named_with_its_line(page):
    found = page("title: T\nDate: yesterday")

    assert found == Unreadable(
        path="content/posts/a.md",
        line=3,
        problem='content/posts/a.md:3: date "yesterday" is not a date; '
        "use YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS+00:00",
    )


def test_the_date_of_publication_decides_whether_a_page_is_out(page):
    assert page("date: 2024-01-01\npublishDate: 2099-01-01") == Omitted(
        path="content/posts/a.md", why=Omission.FUTURE, until=utc(2098, 12, 31, 16)
    )
    assert page("date: 2099-01-01\npublishDate: 2024-01-01").published == utc(2098, 12, 31, 16)


def test_an_expired_page_is_left_out_and_one_that_will_expire_says_when(page):
    assert page("date: 2024-01-01\nexpiryDate: 2024-02-01").why is Omission.EXPIRED
    assert page("date: 2024-01-01\nunpublishdate: 2024-02-01").why is Omission.EXPIRED
    assert page("date: 2024-01-01\nexpiryDate: 2099-01-01").until == utc(2098, 12, 31, 16)


def test_the_site_may_ask_for_all_of_them(page, configured):
    configured("buildDrafts = true\nbuildFuture = true\nbuildExpired = true\n")

    assert page("draft: true\ndate: 2099-01-01\nexpiryDate: 2024-01-01").until is None


@pytest.mark.parametrize(
    ("path", "head", "published", "url"),
    [
        ("2024-05-06-some-slug.md", "title: A", utc(2024, 5, 5, 16), "some-slug/"),
        ("2024-05-06-x.md", "slug: own", utc(2024, 5, 5, 16), "own/"),
        ("2024-05-07_under/index.md", "title: A", utc(2024, 5, 6, 16), "under/"),
        ("2024-05-06.md", "date: 2020-01-01", utc(2024, 5, 5, 16), "2024-05-06/"),
        ("c.md", "created: 2021-02-03", utc(2021, 2, 2, 16), "c/"),
        ("2024-13-40-bad.md", "date: 2020-01-01", utc(2019, 12, 31, 16), "2024-13-40-bad/"),
    ],
)
def test_the_site_says_which_keys_are_dates(dated_by_name, path, head, published, url):
    post = dated_by_name(head, path=f"posts/{path}")

    assert (post.published, post.url) == (published, f"/news/posts/{url}")


@pytest.fixture
def dated_by_name(page, configured):
    configured('[frontmatter]\ndate = [":filename", "created", ":default"]\n')
    return page
