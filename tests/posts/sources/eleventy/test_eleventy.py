# ruff: noqa: RUF001 - titles have the quotes and dashes that people write
"""What is expected here, Eleventy 3.1.8 made of the same files."""

import time
from datetime import UTC, datetime

import pytest

from syndicate.errors import SiteError

CONFIG = """\
import x from "node:path";
export default function (c) {
  process.exit(1); // nothing of this may run
  return { pathPrefix: "/", dir: { input: "src", /* output: "no" */ output: "public" } };
}
"""
METADATA = """{
  "title": "The Gazette", "url": "https://gazette.example/", "language": "pt", "author": {"name": "Desk"}
}"""


@pytest.fixture
def site(tree):
    """Give a site with a configuration, and a folder of posts without any."""
    tree.said["url"] = ""
    tree.write("eleventy.config.mjs", CONFIG)
    tree.write("src/_data/metadata.json", METADATA)
    tree.write("src/posts/posts.json", '{"tags": "posts", "permalink": "/blog/{{ page.fileSlug }}/"}')
    tree.write(
        "src/notes/notes.11tydata.js", 'export default { tags: ["note"], eleventyComputed: { a: (d) => d } };'
    )
    return tree


def test_the_site_speaks_its_datas_words(site):
    found = site.source().site

    assert (found.kind, found.url, found.title) == ("eleventy", "https://gazette.example", "The Gazette")
    assert (found.language, found.author, found.collections) == ("pt", "Desk", ("posts", "note"))


@pytest.mark.parametrize(
    ("name", "config"),
    [
        (".eleventy.js", "module.exports = function (c) { return { dir: { input: 'src' } } };"),
        ("eleventy.config.js", "export default (c) => { c.setInputDirectory('src'); };"),
        ("eleventy.config.cjs", "exports.config = { x: 1, dir: { input: `src` } };"),
    ],
)
def test_the_input_folder_is_read_in_each_form(tree, name, config):
    tree.write(name, config)
    tree.write("src/a.md")
    tree.write("b.md")

    assert tree.paths() == ["src/a.md"]


def test_data_and_layouts_may_be_beside_the_input_folder(tree):
    tree.said["url"] = ""
    tree.write(
        "eleventy.config.js",
        "export default async function (c) { c.addPlugin(feed, { metadata: { title: 'No' } }); };\n"
        'export const config = {\n  markdownTemplateEngine: "njk", // as in the base blog\n'
        '  dir: { input: "content", includes: "../_includes", data: "../_data", output: "_site" },\n};\n',
    )
    tree.write(
        "_data/metadata.js", 'export default { title: "Base Blog", url: "https://x.example/", n: f() }'
    )
    tree.write("content/blog/blog.11tydata.js", 'export default { tags: ["posts"], layout: "post.njk" };')
    tree.write("content/blog/first.md", "---\ndate: 2018-05-01\ntags:\n  - another tag\n---\nText\n")
    tree.write("content/about.md", "---\ntitle: About\n---\nText\n")

    site, posts = tree.source().site, tree.posts()

    assert (site.title, site.url, site.collections) == ("Base Blog", "https://x.example", ("posts",))
    assert [(post.link, post.tags) for post in posts.values()] == [
        ("https://x.example/blog/first/", ("another tag",))
    ]


def test_a_package_that_asks_for_eleventy_is_such_a_site(tree):
    tree.write("package.json", '{"devDependencies": {"@11ty/eleventy": "^3.0.0"}}')
    tree.write("a.md")

    assert tree.source().site.kind == "eleventy"
    assert tree.paths() == ["a.md"]


def test_pages_are_markdown_but_for_data_layouts_and_what_was_built(site):
    site.write(".eleventyignore", "# old\nsrc/attic/**\nREADME.md\n")
    for path in ("src/a.md", "src/_drafts/b.md", "src/posts/c.md"):
        site.write(path)
    for path in (
        "src/_data/d.md",
        "src/_includes/e.md",
        "src/attic/f.md",
        "src/README.md",
        "src/node_modules/g.md",
        "public/h.md",
        "i.md",
        "src/j.html",
    ):
        site.write(path)

    assert sorted(site.paths()) == ["src/_drafts/b.md", "src/a.md", "src/posts/c.md"]
    assert site.passed_over("src/_data/d.md") == "hidden"
    assert site.passed_over("src/attic/f.md") == "hidden"
    assert site.passed_over("i.md") == "not a post"
    assert site.passed_over("src/j.html") == "not a post"
    assert site.passed_over("src/a.md") == ""


@pytest.mark.parametrize(
    ("path", "head", "collection", "tags"),
    [
        ("src/posts/a.md", "title: A", "posts", ()),
        ("src/posts/a.md", "tags: [sea, boats]", "posts", ("sea", "boats")),
        ("src/notes/a.md", "tags: x", "note", ("x",)),
        ("src/notes/deep/a.md", "title: A", "note", ()),
        ("src/a.md", "tags: posts,sea", "posts", ("sea",)),
        ("src/a.md", "tags: [blog, sea]", "posts", ("sea",)),
    ],
)
def test_tags_and_data_files_of_folders_say_what_is_a_post(site, path, head, collection, tags):
    site.write(path, f"---\n{head}\n---\nText.\n")

    post = site.post(path)

    assert (post.collection, post.tags) == (collection, tags)


def test_what_nothing_makes_a_post_is_none(site):
    site.write("src/pages/about.md", "---\ntags: [sea]\n---\nText.\n")

    assert site.left_out("src/pages/about.md") == "not a post"


def test_folders_may_be_named_instead(site):
    site.said["posts"] = ("src/pages",)
    site.write("src/pages/about.md", "---\ndate: 2024-05-06\n---\nText.\n")
    site.write("src/posts/a.md")

    assert {path: post.collection for path, post in site.posts().items()} == {"src/pages/about.md": "pages"}
    assert site.source().site.collections == ("pages",)


@pytest.mark.parametrize(
    ("path", "head", "url"),
    [
        ("src/posts/2024-05-06-ferry.md", "title: F", "/blog/ferry/"),
        ("src/posts/b/index.md", "title: B", "/blog/b/"),
        ("src/notes/foo-2024-01-02-bar.md", "title: N", "/notes/foo-2024-01-02-bar/"),
        ("src/notes/2024-03-04-x/index.md", "title: D", "/notes/2024-03-04-x/"),
        ("src/notes/notes.md", "title: D", "/notes/"),
        ("src/2023-04-05-root.md", "tags: posts", "/2023-04-05-root/"),
        ("src/index.md", "tags: posts", "/"),
        ("src/notes/a.md", "permalink: foo.html", "/foo.html"),
        ("src/notes/a.md", "permalink: /x/index.html", "/x/"),
        ("src/notes/a.md", "permalink: {build: /y/}", "/y/"),
        ("src/notes/2024-05-06-a.md", 'permalink: "{{ page.filePathStem }}.html"', "/notes/a.html"),
        (
            "src/notes/2024-05-06-a.md",
            (
                'title: Ünïque & "Own" it’s Ärger\npermalink: '
                "\"/{{ page.date | date: '%Y/%m' }}/{{ title | slugify }}/\""
            ),
            "/2024/05/uenique-and-own-it-s-aerger/",
        ),
        ("src/notes/a.md", "permalink: ../../x/", "/x/"),
    ],
)
def test_the_address_is_eleventys(site, path, head, url):
    site.write(path, f"---\n{head}\n---\nText.\n")

    assert site.post(path).url == url


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("it's don't dogs' x", "its-dont-dogs-x"),
        ("fooBar 50% off", "foobar-50-off"),
        ("Straße – ok", "strasse-ok"),
        ("C++ / C#", "c-c"),
        ("Łódź ø æ", "lodz-o-ae"),
        ("🎉 party", "party"),
        ("R&D", "r-and-d"),
    ],
)
def test_titles_are_slugified_as_the_filter_does(site, text, slug):
    site.write(
        "src/notes/a.md", f'---\ntitle: "{text}"\npermalink: "/{{{{ title | slugify }}}}/"\n---\nText.\n'
    )

    assert site.post("src/notes/a.md").url == f"/{slug}/"


def test_an_address_that_only_eleventy_knows_is_one_clear_line(site):
    site.write("src/notes/a.md", '---\ntitle: x\npermalink: "/{{ title | mine }}/"\n---\nText.\n')

    assert site.problem("src/notes/a.md") == (
        'src/notes/a.md:3: its permalink asks for "title | mine", which only Eleventy can work out; '
        "write it out, or set site.permalink"
    )


def test_the_settings_may_say_the_address(site):
    site.said["permalink"] = "/:collection/:year/:slug/"
    site.write("src/posts/2024-05-06-a.md")
    site.write("src/posts/own.md", "---\npermalink: /own/\n---\nText.\n")

    assert site.post("src/posts/2024-05-06-a.md").url == "/posts/2024/a/"
    assert site.post("src/posts/own.md").url == "/own/"


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("permalink: false", "unpublished"),
        ("eleventyExcludeFromCollections: true", "unpublished"),
        ("eleventyExcludeFromCollections: [posts]", "unpublished"),
        ("draft: true", "draft"),
    ],
)
def test_what_collections_leave_out_is_left_out(site, head, why):
    site.write("src/posts/a.md", f"---\n{head}\n---\nText.\n")

    assert site.left_out("src/posts/a.md") == why


@pytest.mark.parametrize(
    ("path", "head", "published"),
    [
        ("src/posts/a.md", "date: 2024-05-07T08:09:10+02:00", datetime(2024, 5, 7, 6, 9, 10, tzinfo=UTC)),
        ("src/posts/a.md", "date: 2024-05-07", datetime(2024, 5, 7, tzinfo=UTC)),
        ("src/posts/2024-05-06-a.md", "title: x", datetime(2024, 5, 6, tzinfo=UTC)),
        ("src/notes/2024-03-04-dir/index.md", "title: x", datetime(2024, 3, 4, tzinfo=UTC)),
        ("src/posts/a.md", "date: 2040-01-01", datetime(2040, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_date_is_the_heads_or_the_paths(site, path, head, published):
    site.write(path, f"---\n{head}\n---\nText.\n")

    assert site.post(path).published == published


@pytest.mark.parametrize("date", ["Last Modified", "created", "git Last Modified", "git Created"])
def test_a_date_asked_of_the_machine_is_named(site, date):
    site.write("src/posts/a.md", f"---\ntitle: x\ndate: {date}\n---\nText.\n")

    post = site.post("src/posts/a.md")

    assert post.undated
    assert post.warnings[0].startswith(f'src/posts/a.md:3: date "{date}" would be asked of the machine')


def test_data_files_stand_below_the_head_the_nearer_above_the_farther(site):
    site.write("src/notes/deep/deep.json", '{"author": "Deep", "lang": "fr"}')
    site.write("src/notes/deep/a.json", '{"author": "Own"}')
    site.write("src/notes/deep/a.md", "---\nlang: en\n---\nText.\n")
    site.write("src/notes/deep/b.md", "Text.\n")

    assert (site.post("src/notes/deep/a.md").authors, site.post("src/notes/deep/a.md").language) == (
        ("Own",),
        "en",
    )
    assert (site.post("src/notes/deep/b.md").authors, site.post("src/notes/deep/b.md").language) == (
        ("Deep",),
        "fr",
    )


def test_a_change_of_a_data_file_is_a_change_of_the_rules(site):
    before = site.source().site.fingerprint
    site.write("src/notes/notes.json", '{"author": "Ann"}')

    assert site.source().site.fingerprint != before


def test_no_template_reaches_a_reader(site):
    site.write(
        "src/posts/a.md",
        'Text {{ title }} [a]({{ "/x/" | url }})\n\n{% callout %}Inside{% endcallout %}\n\n'
        "{% raw %}{{ shown }}{% endraw %}\n\n```js\n{{ title }}\n```\n",
    )

    assert site.html("src/posts/a.md") == (
        '<p>Text  <a href="https://gazette.example/x/">a</a></p>\n<p>Inside</p>\n<p>{{ shown }}</p>\n'
        '<pre><code class="language-js">\n</code></pre>'
    )
    assert "{{ title }} can't be rendered" in site.post("src/posts/a.md").warnings[0]


def test_markdown_without_an_engine_keeps_its_braces(site):
    site.write(
        "eleventy.config.mjs",
        "export default () => { return { markdownTemplateEngine: false, dir: { input: 'src' } } }",
    )
    site.write("src/posts/a.md", "A {{ b }} c\n")

    assert site.html("src/posts/a.md") == "<p>A {{ b }} c</p>"


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("src/posts/posts.json", '{"tags": }', r"src/posts/posts.json:1: is not valid JSON"),
        ("src/_data/site.json", "[]", r"src/_data/site.json:1: is not valid JSON"),
        (
            "eleventy.config.mjs",
            "export default { dir: { input: '../up' } }",
            r'the folder "../up" of the config',
        ),
    ],
)
def test_data_that_cannot_be_read_is_one_clear_line(site, path, text, message):
    site.write(path, text)

    with pytest.raises(SiteError, match=message) as caught:
        site.source()
    assert "\n" not in str(caught.value)


def test_a_hostile_permalink_takes_no_time(site):
    site.write("src/posts/a.md", "---\npermalink: '" + "{{ a | " * 5_000 + "'\n---\n" + "{{" * 100_000)
    started = time.process_time()

    site.read("src/posts/a.md")

    assert time.process_time() - started < 3
