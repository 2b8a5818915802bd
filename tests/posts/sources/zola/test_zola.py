"""What is expected here stands in Zola's code and its tests; the docstrings of the modules name the files."""

import time
from datetime import UTC, datetime

import pytest

from syndicate.errors import SiteError
from syndicate.model.post import ExcerptOrigin

CONFIG = """\
base_url = "https://harbour.example/news/"
title = "The Harbour Post"
description = "Boats."
author = "The Desk"
default_language = "en"
ignored_content = ["*.secret.md", "attic"]

[languages.fr]
title = "Le Port"
"""
HEAD = '+++\ntitle = "T"\ndate = 2024-05-06\n+++\n'


@pytest.fixture
def site(tree):
    """Give a site with a configuration and no pages."""
    tree.said["url"] = ""
    tree.write("config.toml", CONFIG)
    return tree


def page(site, path, head="", body="Text.\n"):
    site.write(f"content/{path}", f'+++\ntitle = "T"\ndate = 2024-05-06\n{head}\n+++\n{body}')
    return site.post(f"content/{path}")


def test_the_site_speaks_its_configs_words(site):
    page(site, "blog/a.md")
    page(site, "b.md")
    page(site, "notes/index.md")

    found = site.source().site

    assert (found.kind, found.url, found.title) == (
        "zola",
        "https://harbour.example/news",
        "The Harbour Post",
    )
    assert (found.author, found.language, found.description) == ("The Desk", "en", "Boats.")
    assert found.collections == ("posts", "blog")


def test_a_language_may_say_what_the_site_does_not(site):
    site.write("config.toml", 'base_url = "https://x.example"\n[languages.en]\ntitle = "English"\n')

    assert site.source().site.title == "English"


def test_pages_are_the_markdown_files_of_the_content(site):
    for path in (
        "a.md",
        "b/c.md",
        "b/index.md",
        "b/_index.md",
        "b/_index.fr.md",
        ".d.md",
        "e.markdown",
        "f.secret.md",
    ):
        site.write(f"content/{path}", HEAD)
    for path in ("content/attic/g.md", "static/h.md"):
        site.write(path, HEAD)

    assert site.paths() == ["content/a.md", "content/b/c.md", "content/b/index.md"]
    assert site.passed_over("content/b/_index.fr.md") == "not a post"
    assert site.passed_over("content/attic/g.md") == "hidden"
    assert site.passed_over("content/f.secret.md") == "hidden"
    assert site.passed_over("static/h.md") == "not a post"
    assert site.passed_over("content/a.md") == ""


@pytest.mark.parametrize(
    ("path", "head", "url"),
    [
        ("posts/intro/start.md", 'slug = "hello-world"', "/posts/intro/hello-world/"),
        ("start.md", "", "/start/"),
        ("start.md", 'slug = "hello-&-world"', "/hello-world/"),
        ("posts/intro/start.md", 'path = "hello-world"', "/hello-world/"),
        ("posts/intro/start.md", 'path = "/hello-world"', "/hello-world/"),
        (" file with space.md", "", "/file-with-space/"),
        ("posts/with-assets/index.md", "", "/posts/with-assets/"),
        ("posts/with-assets/index.md", 'slug = "other"', "/posts/other/"),
        ("2018-10-08_hello.md", "", "/hello/"),
        ("2018-10-08 - hello.md", "", "/hello/"),
        ("2018-10-02T15:00:00Z-hello.md", "", "/hello/"),
        ("2018-10-08.md", "", "/2018-10-08/"),
        ("blog/2018-10-08-hello/index.md", "", "/blog/hello/"),
        ("héhé (hey) straße.md", "", "/hehe-hey-strasse/"),
        ("blog/x.fr.md", "", "/fr/blog/x/"),
        ("blog/x.en.md", "", "/blog/x-en/"),
        ("blog/y/index.fr.md", "", "/fr/blog/y/"),
    ],
)
def test_the_address_is_zolas(site, path, head, url):
    found = page(site, path, head)

    assert found.url == url
    assert found.link == found.generator_id == f"https://harbour.example/news{url}"


@pytest.mark.parametrize(
    ("strategy", "name", "url"),
    [
        ("safe", "日本: a?.md", "/%E6%97%A5%E6%9C%AC%20a/"),
        ("safe", "dot. .md", "/dot/"),
        ("off", "Te s*t.md", "/Te%20s*t/"),
    ],
)
def test_slugs_may_be_safe_or_left_alone(site, strategy, name, url):
    site.write("zola.toml", f'base_url = "https://x.example"\n[slugify]\npaths = "{strategy}"\n')

    assert page(site, name).url == url


def test_dates_in_names_may_be_kept(site):
    site.write("zola.toml", 'base_url = "https://x.example"\n[slugify]\npaths_keep_dates = true\n')

    assert page(site, "2018-10-08_hello.md").url == "/2018-10-08-hello/"


def test_the_language_is_the_files(site):
    assert page(site, "blog/x.fr.md").language == "fr"
    assert page(site, "blog/x.md").language == "en"


@pytest.mark.parametrize(
    ("path", "text", "problem"),
    [
        (
            "a.md",
            "Text.\n",
            "content/a.md: has no front matter; begin it with +++ lines around its title and date",
        ),
        ("a.md", "+++\ntitle = T\n+++\n", "content/a.md:2: front matter is not valid TOML (invalid value"),
        (
            "a.md",
            '+++\ntitle = "T"\ndate = "2002-14-01"\n+++\n',
            'content/a.md:3: date "2002-14-01" is not a date; use',
        ),
        (
            "a.it.md",
            HEAD,
            'content/a.it.md: its name ends in the language "it", which the configuration doesn\'t have; add',
        ),
        (
            "日本.md",
            HEAD,
            'content/日本.md: "日本" would have to be spelt in Latin letters for its address; add slug = "…"',
        ),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(site, path, text, problem):
    site.write(f"content/{path}", text)

    assert site.problem(f"content/{path}").startswith(problem)
    assert "\n" not in site.problem(f"content/{path}")


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("date = 2024-05-06\ndraft = true", "draft"),
        ("date = 2024-05-06\nrender = false", "unpublished"),
        ("", "not a post"),
    ],
)
def test_what_zolas_feeds_leave_out_is_left_out(site, head, why):
    site.write("content/a.md", f'+++\ntitle = "T"\n{head}\n+++\nText.\n')

    assert site.left_out("content/a.md") == why


def test_a_section_that_is_a_draft_keeps_its_pages_back(site):
    site.write("content/blog/a.md", HEAD)
    before = site.source().site.fingerprint
    site.write("content/blog/_index.md", "+++\ndraft = true\n+++\n")

    assert site.left_out("content/blog/a.md") == "draft"
    assert site.source().site.fingerprint != before


@pytest.mark.parametrize(
    ("path", "head", "published"),
    [
        ("a.md", "date = 2024-05-06", datetime(2024, 5, 6, tzinfo=UTC)),
        ("a.md", "date = 2002-10-02T15:00:00", datetime(2002, 10, 2, 15, tzinfo=UTC)),
        ("a.md", "date = 2002-10-02 15:00:00+02:00", datetime(2002, 10, 2, 13, tzinfo=UTC)),
        ("a.md", 'date = "2016-10-10"', datetime(2016, 10, 10, tzinfo=UTC)),
        ("2018-10-08_hello.md", "date = 2017-01-01", datetime(2017, 1, 1, tzinfo=UTC)),
        ("2018-10-08_hello.md", "", datetime(2018, 10, 8, tzinfo=UTC)),
        ("2018-10-02T15:00:00Z-hello.md", "", datetime(2018, 10, 2, 15, tzinfo=UTC)),
        ("2018-10-08-hello/index.md", "", datetime(2018, 10, 8, tzinfo=UTC)),
        ("a.md", "date = 2040-01-01", datetime(2040, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_date_is_the_heads_or_the_names(site, path, head, published):
    site.write(f"content/{path}", f'+++\ntitle = "T"\n{head}\n+++\nText.\n')

    assert site.post(f"content/{path}").published == published


def test_facts_come_from_the_head_its_taxonomies_and_extra(site):
    found = page(
        site,
        "blog/boats/index.md",
        'authors = ["Ann"]\nupdated = 2024-05-07\ndescription = "Short."\n'
        '[taxonomies]\ntags = ["sea", "old boats"]\ncategories = ["news"]\n[extra]\ncover = "boat.png"',
    )

    assert (found.authors, found.tags, found.categories) == (("Ann",), ("sea", "old boats"), ("news",))
    assert (found.updated, found.summary, found.collection) == (
        datetime(2024, 5, 7, tzinfo=UTC),
        "Short.",
        "blog",
    )
    assert found.image is not None
    assert found.image.url == "https://harbour.example/news/blog/boats/boat.png"


def test_a_picture_of_a_page_without_a_folder_is_the_sites(site):
    found = page(site, "a.md", '[extra]\nimage = "img/boat.png"')

    assert found.image is not None
    assert found.image.url == "https://harbour.example/news/img/boat.png"


def test_yaml_heads_are_read_too(site):
    site.write("content/a.md", "\n---\ntitle: Y\ndate: 2024-05-06\n---\nText.\n")

    assert site.post("content/a.md").title == "Y"


@pytest.mark.parametrize("mark", ["<!-- more -->", "<!--more-->", "<!--  MORE\n-->"])
def test_the_excerpt_stops_at_zolas_mark(site, mark):
    found = page(site, "a.md", "", f"`<!-- more -->` Opening.\n\n{mark}\n\nRest.\n")

    assert (found.excerpt.text, found.excerpt.truncated) == ("<!-- more --> Opening.", True)
    assert found.excerpt.origin in {ExcerptOrigin.SITE_SEPARATOR, ExcerptOrigin.MORE}
    assert site.html("content/a.md").count("more") == 1


def test_internal_links_become_addresses(site):
    page(site, "blog/2020-01-02-b.md")
    page(
        site,
        "a.md",
        "",
        "[b](@/blog/2020-01-02-b.md#tide) [s](@/blog/_index.md) [gone](@/gone.md) [up](@/../x) [x](/y)\n",
    )

    assert site.html("content/a.md") == (
        '<p><a href="https://harbour.example/news/blog/b/#tide">b</a> '
        '<a href="https://harbour.example/news/blog/">s</a> <a>gone</a> <a>up</a> '
        '<a href="https://harbour.example/y">x</a></p>'
    )


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ('Before {{ youtube(id="a}b", x=[1, 2]) }} after', "<p>Before  after</p>"),
        ('{% quote(author="Vincent") %}\nA *quote*\n{% end %}', "<p>A <em>quote</em></p>"),
        ("{%- a() -%}x{%- end -%}", "<p>x</p>"),
        ("{% a() %}{% b() %}x{% end %}{% end %}", "<p>x</p>"),
        ("{{/* youtube() */}}", "<p>{{ youtube() }}</p>"),
        ("{%/* quote() */%}x{%/* end */%}", "<p>{% quote() %}x{% end %}</p>"),
        ("{{ var }} {% end %}", "<p>{{ var }} {% end %}</p>"),
    ],
)
def test_shortcodes_are_reduced_to_the_text_inside(site, body, html):
    page(site, "a.md", "", body)

    assert site.html("content/a.md") == html


def test_a_shortcode_that_was_taken_out_is_named(site):
    found = page(site, "a.md", "", 'Text {{ youtube(id="x") }}\n')

    assert found.warnings == (
        'content/a.md: {{ youtube(id="x") }} can\'t be rendered and was left out; write it out',
    )


def test_quotes_stay_straight_unless_the_site_says_otherwise(site):
    page(site, "a.md", "", '"quoted"\n\nTerm\n: Meaning\n')

    assert site.html("content/a.md") == '<p>"quoted"</p>\n<p>Term\n: Meaning</p>'
    site.write("config.toml", f"{CONFIG}\n[markdown]\nsmart_punctuation = true\ndefinition_list = true\n")
    assert site.html("content/a.md").startswith("<p>“quoted”</p>\n<dl>")


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ("base_url = ", r"zola.toml:1: is not valid TOML"),
        (b"a = '\xff'", r"zola.toml: is not UTF-8 \(byte 5\)"),
    ],
)
def test_a_bad_config_is_one_clear_line(site, config, message):
    site.write("zola.toml", config)

    with pytest.raises(SiteError, match=message) as caught:
        site.source()
    assert "\n" not in str(caught.value)


def test_another_generators_config_is_not_zolas(tree):
    tree.write("config.toml", 'baseURL = "https://x.example"')
    tree.write("content/a.md", HEAD)

    assert tree.source().site.kind != "zola"


@pytest.mark.parametrize(
    "body",
    ["{{ a(" * 200_000, '{{ a("' * 200_000, "{% a() %}" * 100_000, "<!-- more" * 200_000, "{{" + " " * 10**6],
)
def test_hostile_shortcodes_take_no_time(site, body):
    started = time.process_time()

    page(site, "a.md", "", body)

    assert time.process_time() - started < 5
