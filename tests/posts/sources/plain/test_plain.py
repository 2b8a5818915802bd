from datetime import UTC, datetime, timedelta

import pytest

from syndicate.errors import SiteError
from syndicate.model.post import ExcerptOrigin
from syndicate.posts.sources import detect_kind


def test_every_markdown_file_is_a_post_but_hidden_ones_and_readmes(tree):
    for path in ("a.md", "deep/er/b.markdown", "deep/c.MD", "deep/index.md"):
        tree.write(path)
    for path in (
        "README.md",
        "deep/readme.md",
        "index.md",
        "_drafts/d.md",
        "deep/_e.md",
        ".git/f.md",
        "node_modules/g/h.md",
        "i.txt",
    ):
        tree.write(path)

    assert sorted(tree.paths()) == ["a.md", "deep/c.MD", "deep/er/b.markdown", "deep/index.md"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("notes/a.md", ""),
        ("_notes/a.md", "hidden"),
        ("notes/.a.md", "hidden"),
        ("notes/README.md", "not a post"),
        ("notes/a.txt", "not a post"),
        ("index.md", "not a post"),
    ],
)
def test_a_file_that_is_no_candidate_has_its_reason(tree, path, why):
    tree.write("a.md")

    assert tree.passed_over(path) == why


def test_only_the_folders_that_were_chosen_are_read(tree):
    tree.said["posts"] = ("content/blog/", "letters")
    for path in ("content/blog/a.md", "content/pages/b.md", "letters/2024/c.md", "d.md"):
        tree.write(path)

    posts = tree.posts()

    assert {path: post.collection for path, post in posts.items()} == {
        "content/blog/a.md": "blog",
        "letters/2024/c.md": "letters",
    }
    assert tree.source().site.collections == ("blog", "letters")
    assert tree.passed_over("d.md") == "not a post"


def test_folders_are_collections(tree):
    for path in ("a.md", "notes/b.md", "notes/deep/c.md", "pictures/d.png", "empty/README.md"):
        tree.write(path)

    assert tree.source().site.collections == ("posts", "notes")
    assert [post.collection for post in tree.posts().values()] == ["posts", "notes", "notes"]


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("a.md", "/a/"),
        ("notes/2024-05-06-ferry.md", "/notes/2024-05-06-ferry/"),
        ("notes/ferry/index.md", "/notes/ferry/"),
        ("notes/The Ferry.md", "/notes/The%20Ferry/"),
        ("notes/渡輪.md", "/notes/%E6%B8%A1%E8%BC%AA/"),
    ],
)
def test_the_address_is_the_path(tree, path, url):
    tree.write(path)

    post = tree.post(path)

    assert (post.url, post.link, post.generator_id) == (url, *(f"https://harbour.example{url}",) * 2)


def test_the_settings_may_say_another_address(tree):
    tree.said["permalink"] = "/:collection/:year/:month/:slug.html"
    tree.write("notes/2024-05-06-ferry.md")
    tree.write("notes/undated.md")

    assert tree.post("notes/2024-05-06-ferry.md").url == "/notes/2024/05/ferry.html"
    assert tree.problem("notes/undated.md") == (
        "notes/undated.md: has no date, and its address asks for a year; "
        'add "date: YYYY-MM-DD" to its front matter'
    )


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("permalink: /x/y", "/x/y"),
        ("permalink: ../../../etc/passwd", "/etc/passwd"),
        ("slug: crossing", "/notes/crossing/"),
    ],
)
def test_the_head_may_say_another_address(tree, head, url):
    tree.write("notes/ferry.md", f"---\n{head}\n---\nText.")

    assert tree.post("notes/ferry.md").url == url


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("---\ntitle: The head's\n---\n# Another\n\nText.", "The head's", "<h1>Another</h1>\n<p>Text.</p>"),
        ("---\ntitle: The ferry\n---\n# The *ferry*\n\nText.", "The ferry", "<p>Text.</p>"),
        ("# The *ferry* & [the tide](x.md) #\n\nText.", "The ferry & the tide", "<p>Text.</p>"),
        ("The ferry\n=========\n\nText.", "The ferry", "<p>Text.</p>"),
        ("Before.\n\n# The ferry\n\nText.", "The ferry", "<p>Before.</p>\n<p>Text.</p>"),
        ("```\n# not this\n```\n\nText.", "Harbour walk", None),
        ("## Second\n\nText.", "Harbour walk", "<h2>Second</h2>\n<p>Text.</p>"),
        ("#\n\nText.", "Harbour walk", None),
        ("", "Harbour walk", ""),
    ],
)
def test_the_title_is_the_heads_the_first_heading_or_the_files_name(tree, text, title, body):
    tree.write("2024-05-06-harbour-walk.md", text)

    assert tree.post("2024-05-06-harbour-walk.md").title == title
    if body is not None:
        assert tree.html("2024-05-06-harbour-walk.md") == body


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("2024-05-06.md", "2024-05-06"),
        ("The harbour-side walk.md", "The harbour-side walk"),
        ("harbour/index.md", "Harbour"),
    ],
)
def test_a_files_name_is_made_fit_for_people(tree, path, title):
    tree.write(path)

    assert tree.post(path).title == title


@pytest.mark.parametrize(
    ("path", "head", "published"),
    [
        ("a.md", "date: 2024-05-06 07:08:09 +0800", datetime(2024, 5, 5, 23, 8, 9, tzinfo=UTC)),
        ("2023-01-02-a.md", "date: 2024-05-06 07:08", datetime(2024, 5, 6, 7, 8, tzinfo=UTC)),
        ("2023-01-02-a.md", "title: x", datetime(2023, 1, 2, tzinfo=UTC)),
        ("2023-01-02 a.md", "title: x", datetime(2023, 1, 2, tzinfo=UTC)),
        ("journal/2023/01/02/a.md", "title: x", datetime(2023, 1, 2, tzinfo=UTC)),
    ],
)
def test_the_date_is_the_heads_or_the_names(tree, path, head, published):
    tree.write(path, f"---\n{head}\n---\nText.")

    post = tree.post(path)

    assert (post.published, post.undated) == (published, False)


def test_what_is_no_date_is_one_clear_line(tree):
    tree.write("a.md", "---\ntitle: x\ndate: next week\n---\nText.")

    assert tree.problem("a.md") == 'a.md:3: date "next week" is not a date; use YYYY-MM-DD HH:MM:SS +0000'


def test_a_name_that_only_looks_like_a_date_is_none(tree):
    tree.write("2024-13-45-a.md")

    assert tree.post("2024-13-45-a.md").undated


def test_the_last_change_is_the_authors_word(tree):
    tree.write("a.md", "---\ndate: 2024-05-06\nupdated: 2024-05-07\n---\nText.")
    tree.write("b.md", "---\ndate: 2024-05-06\nupdated: soon\n---\nText.")

    assert tree.post("a.md").updated == datetime(2024, 5, 7, tzinfo=UTC)
    assert tree.post("b.md").updated == datetime(2024, 5, 6, tzinfo=UTC)
    assert 'b.md:3: updated "soon" is not a date' in tree.post("b.md").warnings[0]


@pytest.mark.parametrize(
    ("head", "why"),
    [("draft: true", "draft"), ("published: false", "unpublished"), ("date: 2030-01-01", "future")],
)
def test_drafts_and_the_future_wait(tree, head, why):
    tree.write("a.md", f"---\n{head}\n---\nText.")

    assert tree.left_out("a.md") == why


def test_names_and_a_picture_come_in_any_shape(tree):
    tree.write(
        "notes/a.md",
        "---\nauthor: Ann, Bob\ntags: [sea, 7]\ncategory: news\nimage: /boat.png\nlang: pt\nid: urn:x:1\n"
        "description: Short.\n---\nText.",
    )

    post = tree.post("notes/a.md")

    assert (post.authors, post.tags, post.categories) == (("Ann", "Bob"), ("sea", "7"), ("news",))
    assert post.image is not None
    assert post.image.url == "https://harbour.example/boat.png"
    assert (post.language, post.declared_id, post.summary) == ("pt", "urn:x:1", "Short.")


def test_the_excerpt_stops_at_the_mark(tree):
    tree.write("a.md", "# Title\n\nOpening.\n\n<!--more-->\n\nRest.")

    excerpt = tree.post("a.md").excerpt

    assert (excerpt.html, excerpt.origin) == ("<p>Opening.</p>", ExcerptOrigin.MORE)


def test_links_to_files_become_addresses(tree):
    tree.write("notes/b.md", "---\npermalink: /the-ferry/\n---\nText.")
    tree.write("notes/_hidden.md")
    tree.write(
        "notes/deep/a.md",
        "[b](../b.md#tide) [gone](gone.md) [hidden](../_hidden.md) [web](https://x.example/a.md) [part](#p)\n"
        "![boat](boat.png) [root](/notes/b.md) [up](../../../../etc/passwd.md) <me@x.example>",
    )

    html = tree.html("notes/deep/a.md")

    assert 'href="https://harbour.example/the-ferry/#tide"' in html
    assert 'href="https://harbour.example/notes/deep/a/gone.md"' in html
    assert 'href="https://harbour.example/notes/deep/a/#p"' in html
    assert 'src="https://harbour.example/notes/deep/boat.png"' in html
    assert html.count("https://harbour.example/the-ferry/") == 2
    assert 'href="https://x.example/a.md"' in html


def test_a_post_may_link_to_itself_and_back(tree):
    tree.write("a.md", "[b](b.md) [a](a.md)")
    tree.write("b.md", "[a](a.md)")

    assert 'href="https://harbour.example/a/"' in tree.html("a.md")


def test_a_folder_without_posts_is_no_site(tree):
    tree.write("README.md")

    with pytest.raises(SiteError, match="no site found here"):
        detect_kind(tree.root)


def test_a_folder_around_a_site_is_a_mistake_until_it_is_said(tree):
    tree.write("a.md")
    tree.write("blog/_config.yml", "title: x")

    with pytest.raises(SiteError, match=r'holds a site in blog; give .* site\.kind = "plain"'):
        detect_kind(tree.root)
    tree.said["kind"] = "plain"
    assert tree.paths() == ["a.md"]


def test_the_site_is_called_after_its_folder(tree):
    tree.write("a.md")

    site = tree.source().site

    assert (site.kind, site.called, site.title, site.zone) == ("plain", "plain folder", "site", "UTC")


def test_an_undated_post_is_dated_when_it_is_read(tree):
    tree.write("a.md")

    assert tree.post("a.md").published == tree.now
    tree.now += timedelta(days=1)
    assert tree.post("a.md").undated
