"""What is expected here, Pelican 4.12 wrote for the same files."""

import time
from datetime import UTC, datetime

import pytest

from syndicate.errors import SiteError

CONFIG = """\
import os
AUTHOR = "The Desk"
SITENAME = "The " "Gazette"
SITESUBTITLE = "Harbour news"
SITEURL = os.environ.get("SITEURL", "")
PATH = "content"
TIMEZONE = "Asia/Hong_Kong"
DEFAULT_LANG = "en"
ARTICLE_URL = "posts/{date:%Y}/{date:%b}/{date:%-d}/{category}/{slug}/"
ARTICLE_SAVE_AS = "posts/{date:%Y}/{date:%b}/{date:%-d}/{category}/{slug}/index.html"
EXTRA_PATH_METADATA = {"drafts": {"status": "draft"}, "harbour/x.md": {"slug": "from-extra"}}
raise SystemExit("this must never run")
"""
PUBLISH = """\
from pelicanconf import *
SITEURL = "https://gazette.example/news"
"""


@pytest.fixture
def site(tree):
    """Give a site with settings and no articles."""
    tree.said["url"] = ""
    tree.write("pelicanconf.py", CONFIG)
    tree.write("publishconf.py", PUBLISH)
    (tree.root / "content").mkdir()
    return tree


def configured(tree, **settings):
    lines = [f"{name} = {value!r}" for name, value in settings.items()]
    tree.write("pelicanconf.py", "\n".join(['PATH = "content"', *lines]))


def test_the_settings_are_read_and_never_run(site):
    found = site.source().site

    assert (found.kind, found.url, found.title) == ("pelican", "https://gazette.example/news", "The Gazette")
    assert (found.description, found.author, found.language, found.zone) == (
        "Harbour news",
        "The Desk",
        "en",
        "Asia/Hong_Kong",
    )


def test_articles_are_all_texts_but_pages(site):
    for path in (
        "a.md",
        "b/c.markdown",
        "b/d.mkd",
        "e.rst",
        "pages/f.md",
        "h.txt",
        "i.html",
        "J.MD",
    ):
        site.write(f"content/{path}")
    site.write("output/k.md")

    assert site.paths() == ["content/a.md", "content/b/c.markdown", "content/b/d.mkd", "content/e.rst"]
    assert site.passed_over("content/pages/f.md") == "hidden"
    assert site.passed_over("content/h.txt") == "not a post"
    assert site.passed_over("output/k.md") == "not a post"
    assert site.passed_over("content/a.md") == ""


def test_names_that_begin_with_a_dot_are_hidden_only_where_the_site_says_so(site):
    site.write("content/.a.md")

    assert site.paths() == ["content/.a.md"]  # fnmatch(".a.md", "**/.*") is false
    configured(site, IGNORE_FILES=[".*"])
    assert site.paths() == []
    assert site.passed_over("content/.a.md") == "hidden"


def test_articles_may_be_in_some_folders_only(site):
    configured(site, ARTICLE_PATHS=["blog", "news"], ARTICLE_EXCLUDES=["blog/old"])
    for path in ("a.md", "blog/b.md", "blog/old/c.md", "news/d.md"):
        site.write(f"content/{path}")

    assert site.paths() == ["content/blog/b.md", "content/news/d.md"]


@pytest.mark.parametrize(
    ("path", "head", "url"),
    [
        (
            "a.md",
            "Title: First: the *ferry*\nDate: 2024-05-06 07:08",
            "/posts/2024/May/6/misc/first-the-ferry/",
        ),
        (
            "harbour/b.md",
            "Title: Second & Ünïcode ß straße\nDate: 2024-05-06T23:30:00+00:00\nCategory: Big News",
            "/posts/2024/May/6/big-news/second-unicode-ss-strasse/",
        ),
        ("harbour/2024-06-07-c.md", "Title: Third\nLang: pt", "/third-pt.html"),
        ("harbour/x.md", "Title: Deep\nDate: 2024-01-02", "/posts/2024/Jan/2/harbour/from-extra/"),
        (
            "harbour/d e.md",
            "Title: C++\nDate: 2024-03-04 10:00:00 +0100\nSlug: Mixed Case Slug",
            "/posts/2024/Mar/4/harbour/Mixed%20Case%20Slug/",
        ),
        (
            "e.md",
            "Title: Hello 🎉 World — 50% off_now\nDate: 2024-03-06_10:20",
            "/posts/2024/Mar/6/misc/hello-world-50-off_now/",
        ),
        ("f.md", "Title: Own\nDate: 2024-02-05\nurl: my/own/\nsave_as: my/own/index.html", "/my/own/"),
    ],
)
def test_the_address_is_pelicans(site, path, head, url):
    site.write(f"content/{path}", f"{head}\n\nText.\n")

    assert site.post(f"content/{path}").url == url


def test_the_id_is_that_of_pelicans_feeds(site):
    site.write("content/a.md", "Title: A\nDate: 2024-05-06 23:30:00 +00:00\n\nText.\n")

    assert site.post("content/a.md").generator_id == (
        "tag:gazette.example,2024-05-06:/news/posts/2024/May/6/misc/a/"
    )


def test_facts_come_from_lines_of_pairs(site):
    site.write(
        "content/harbour/a.md",
        "Title: First: the *ferry*\nDate: 2024-05-06 07:08\nModified: 2024-05-07\nTags: sea, boats,, sea\n"
        "Authors: Doe, Jane; Roe, Rick\nSummary: A *short*\n    summary of two lines\n"
        "Cover: images/boat.png\n\nBody.\n",
    )

    post = site.post("content/harbour/a.md")

    assert post.title == "First: the *ferry*"
    assert post.published == datetime(2024, 5, 5, 23, 8, tzinfo=UTC)
    assert post.updated == datetime(2024, 5, 6, 16, 0, tzinfo=UTC)
    assert (post.tags, post.categories, post.authors) == (
        ("sea", "boats"),
        ("harbour",),
        ("Doe, Jane", "Roe, Rick"),
    )
    assert post.excerpt.html == "<p>A <em>short</em>\nsummary of two lines</p>"
    assert post.image is not None
    assert post.image.url == "https://gazette.example/news/images/boat.png"
    assert site.html("content/harbour/a.md") == "<p>Body.</p>"


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("---\nTitle: Yaml: no\nDate: 2024-02-03\n---\n\nText\n", "Yaml: no", "<p>Text</p>"),
        ('---\nTitle: "Quoted"\nDate: 2024-02-03\n---\nText\n', "Quoted", "<p>Text</p>"),
        (
            "---\nTitle: Meta\nDate: 2024-02-04\n\nText\n\n---\n\nMore\n",
            "Meta",
            "<p>Text</p>\n<hr>\n<p>More</p>",
        ),
        ("---\ntitle: Gap\n\ndate: 2024-02-04\n---\nText\n", "Gap", "<p>Text</p>"),
        ("title: T\r\ndate: 2024-02-04\r\n\r\nText\r\n", "T", "<p>Text</p>"),
        ("title: T\ndate: 2024-02-04\nText: yes\nand more\n", "T", "<p>and more</p>"),
        ("title: T\ndate: 2024-02-04", "T", ""),
    ],
)
def test_a_head_ends_where_pelicans_does(site, text, title, body):
    site.write("content/a.md", text)

    assert site.post("content/a.md").title == title
    assert site.html("content/a.md") == body


@pytest.mark.parametrize(
    ("path", "head", "why"),
    [
        ("a.md", "Title: A\nDate: 2024-01-02\nStatus: Draft", "draft"),
        ("a.md", "Title: A\nDate: 2024-01-02\nStatus: hidden", "unpublished"),
        ("a.md", "Title: A\nDate: 2024-01-02\nStatus: skip", "unpublished"),
        ("drafts/a.md", "Title: A\nDate: 2024-01-02", "draft"),
        ("a.md", "Just text.", "not a post"),
    ],
)
def test_what_is_not_published_is_left_out(site, path, head, why):
    site.write(f"content/{path}", f"{head}\n\nText.\n")

    assert site.left_out(f"content/{path}") == why


def test_the_future_is_published_unless_the_site_says_otherwise(site):
    site.write("content/a.md", "Title: A\nDate: 2040-01-02\n\nText.\n")

    assert site.post("content/a.md").published.year == 2040
    configured(site, WITH_FUTURE_DATES=False)
    assert site.left_out("content/a.md") == "future"


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        ("a.md", "Title: A\n\nText", 'content/a.md: has no date; add "Date: YYYY-MM-DD" to its head'),
        (
            "a.md",
            "Title: A\n\tDate: 2024-01-02\n\nText",
            'content/a.md: has no date; add "Date: YYYY-MM-DD" to its head',
        ),
        ("a.md", "Date: 2024-01-02\n\nText", 'content/a.md: has no title; add "Title: …" to its head'),
        (
            "a.md",
            "Title: A\nDate: 2024-01-02\nStatus: maybe\n\nText",
            'content/a.md:3: has the unknown status "maybe"; use published, draft or hidden',
        ),
        (
            "a.md",
            "Title: A\nDate: 2024-02-30\n\nText",
            'content/a.md:2: date "2024-02-30" is not a date; use YYYY-MM-DD HH:MM:SS +0000',
        ),
        (
            "a.md",
            "Title: 渡輪\nDate: 2024-02-03\n\nText",
            (
                'content/a.md: "渡輪" would have to be spelt in Latin letters for its address; '
                'add "Slug: …" to its head'
            ),
        ),
        (
            "a.rst",
            "A\n###\n",
            "content/a.rst: is reStructuredText, which isn't read; convert it (pandoc -t markdown)",
        ),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(site, path, text, problem):
    site.write(f"content/{path}", text)

    assert site.problem(f"content/{path}") == problem


def test_a_slug_in_other_letters_needs_no_dictionary(site):
    configured(site, SLUGIFY_USE_UNICODE=True)
    site.write("content/a.md", "Title: 渡輪 News\nDate: 2024-02-03\n\nText")

    assert site.post("content/a.md").url == "/%E6%B8%A1%E8%BC%AA-news.html"


@pytest.mark.parametrize(
    ("settings", "published"),
    [
        ({"DEFAULT_DATE": (2020, 1, 2, 3)}, datetime(2020, 1, 2, 3, tzinfo=UTC)),
        ({"DEFAULT_DATE": "2020-01-02", "TIMEZONE": "Asia/Hong_Kong"}, datetime(2020, 1, 1, 16, tzinfo=UTC)),
        ({"DEFAULT_METADATA": {"date": "2020-01-02"}}, datetime(2020, 1, 2, tzinfo=UTC)),
    ],
)
def test_the_site_may_say_a_date_for_all(site, settings, published):
    configured(site, **settings)
    site.write("content/a.md", "Title: A\n\nText.\n")

    assert site.post("content/a.md").published == published


def test_a_date_of_the_file_system_is_that_of_the_first_sight(site):
    configured(site, DEFAULT_DATE="fs", TIMEZONE="Asia/Hong_Kong")
    site.write("content/a.md", "Title: A\n\nText.\n")

    assert site.post("content/a.md").undated
    assert site.html("content/a.md") == "<p>Text.</p>"


def test_names_of_files_and_folders_say_what_the_settings_make_of_them(site):
    configured(
        site,
        FILENAME_METADATA=r"(?P<date>\d{4}-\d{2}-\d{2})_(?P<slug>.*)",
        PATH_METADATA=r"(?P<category>[^/]+)/.*",
        SLUGIFY_SOURCE="basename",
        ARTICLE_URL="{category}/{slug}.html",
    )
    site.write("content/news/deep/2024-05-06_ferry.md", "Title: A\n\nText.\n")
    site.write("content/news/The Tide.md", "Title: A\nDate: 2024-05-06\n\nText.\n")

    assert site.post("content/news/deep/2024-05-06_ferry.md").url == "/news/ferry.html"
    assert site.post("content/news/The Tide.md").url == "/news/the-tide.html"


def test_own_links_become_addresses(site):
    site.write("content/images/boat.png", "x")
    site.write("content/harbour/second.md", "Title: Second\nDate: 2024-05-06\n\nText.\n")
    site.write(
        "content/first.md",
        "Title: First\nDate: 2024-05-06\n\n"
        "[a]({filename}/harbour/second.md#x) [b]({filename}harbour/second.md) [e](<{tag}Big Boats>)\n"
        "![c]({static}/images/boat.png) [d]({attach}harbour/map.txt) [f](|filename|gone.md)\n"
        "[g]({index}) [h]({filename}../../../etc/passwd) [i](other.html) [j]({nothing}x)\n",
    )

    html = site.html("content/first.md")

    home = "https://gazette.example/news"
    for address in (
        f'<a href="{home}/posts/2024/May/6/harbour/second/#x">a</a>',
        f'<a href="{home}/posts/2024/May/6/harbour/second/">b</a>',
        f'src="{home}/images/boat.png"',
        f'<a href="{home}/posts/2024/May/6/misc/first/harbour/map.txt">d</a>',
        f'<a href="{home}/tag/big-boats.html">e</a>',
        f'<a href="{home}/">g</a>',
        f'<a href="{home}/posts/2024/May/6/misc/first/other.html">i</a>',
    ):
        assert address in html
    assert "filename" not in html


def test_quotes_stay_straight_unless_the_site_says_otherwise(site):
    site.write("content/a.md", 'Title: A\nDate: 2024-05-06\n\n"quoted" -- dash.{: .note}\n')

    assert site.html("content/a.md") == '<p>"quoted" -- dash.</p>'
    configured(site, TYPOGRIFY=True)
    assert "“quoted”" in site.html("content/a.md")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "PATH = 'content'\nARTICLE_URL = make()\n",
            r"pelicanconf.py:2: ARTICLE_URL is made by a program, which",
        ),
        ("TIMEZONE = 'Mars/Base'", r'pelicanconf.py: TIMEZONE "Mars/Base" is not known; use'),
        ("PATH = '../elsewhere'", r'pelicanconf.py: PATH "../elsewhere" leads out of the site; give'),
        ("x = = 1", r"pelicanconf.py:1: is not Python \(invalid syntax\); correct it"),
        ("FILENAME_METADATA = '(a+)+$'", r"pelicanconf.py: FILENAME_METADATA is no pattern, or one that"),
        ("x = " + "(" * 300, r"pelicanconf.py:1: is not Python \(too many nested"),
        ("\0", r"pelicanconf.py.*is not Python"),
    ],
)
def test_settings_that_cannot_be_read_are_one_clear_line(site, text, message):
    site.write("pelicanconf.py", text)

    with pytest.raises(SiteError, match=message) as caught:
        site.source()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "{date.__class__.__mro__}/{slug}",
        "{slug:>999999999}.html",
        "{slug.__init__.__globals__}",
        "{0}/{slug}",
        "{slug!r}",
        "{",
        "{date:{date}}",
    ],
)
def test_a_hostile_address_pattern_reaches_nothing(site, url):
    configured(site, ARTICLE_URL=url)
    site.write("content/a.md", "Title: A\nDate: 2024-05-06\n\nText.\n")

    found = site.read("content/a.md")

    assert len(str(found)) < 2_000
    assert "__main__" not in str(found)
    assert "class" not in str(getattr(found, "url", ""))


@pytest.mark.parametrize(
    "pattern",
    [".*.*.*.*.*.*=(?P<slug>x)", "a?" * 40 + "a" * 40 + "/(?P<slug>x)", "(a|a)" * 40 + "/(?P<slug>x)"],
)
def test_a_pattern_of_the_site_never_takes_long(site, pattern):
    configured(site, PATH_METADATA=pattern)
    path = f"content/{'a' * 39}/{'b' * 200}.md"
    site.write(path, "Title: A\nDate: 2024-05-06\n\nText.\n")
    started = time.process_time()

    assert site.post(path).url == "/a.html"
    assert time.process_time() - started < 2


def test_a_million_lines_of_head_take_no_time(site):
    site.write("content/a.md", "a: b\n" * 200_000)
    site.write("content/b.md", "---\n" + "\n" * 500_000)
    site.write("content/c.md", "a:" + " " * 1_000_000)
    started = time.process_time()

    for path in site.paths():
        site.read(path)

    assert time.process_time() - started < 5
