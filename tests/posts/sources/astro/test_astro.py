"""What is expected here, Astro 5 with @astrojs/mdx 4 made of the same files."""

from datetime import UTC, datetime

import pytest

from syndicate.errors import SiteError

CONFIG = """\
import { defineConfig } from 'astro/config';
process.exit(1); // nothing of this may run
export default defineConfig({
  site: 'https://harbour.example',
  base: '/news',
  i18n: { locales: ["pt", "en"], defaultLocale: "pt" },
  integrations: [mdx()],
});
"""
COLLECTIONS = """\
const blog = defineCollection({ loader: glob({ base: './src/content/blog', pattern: '**/*.{md,mdx}' }) });
const notes = defineCollection({ loader: glob({ pattern: '**/[^_]*.md', base: "src/notes" }) });
const people = defineCollection({ loader: file("src/people.json") });
const far = defineCollection({ loader: glob({ pattern: "*", base: "../far" }) });
"""


@pytest.fixture
def site(tree):
    """Give a site with a configuration and no entries."""
    tree.said["url"] = ""
    tree.write("astro.config.mjs", CONFIG)
    return tree


def entry(site, path="src/content/blog/a.md", head="", body="Text.\n"):
    site.write(path, f"---\ntitle: T\npubDate: 2024-05-06\n{head}\n---\n{body}")
    return site.post(path)


def test_the_site_speaks_its_configs_words(site):
    site.write(
        "src/consts.ts",
        "export const SITE_TITLE = 'The Gazette';\nexport const SITE_DESCRIPTION = \"Boats.\";\n",
    )
    entry(site)
    entry(site, "src/content/news/a.md")

    found = site.source().site

    assert (found.kind, found.url, found.title) == ("astro", "https://harbour.example/news", "The Gazette")
    assert (found.description, found.language, found.collections) == ("Boats.", "pt", ("blog", "news"))


def test_an_address_that_code_makes_is_not_known(site):
    site.write(
        "astro.config.mjs", "export default defineConfig({ site: process.env.URL ?? 'https://x.example' });"
    )

    assert site.source().site.url == ""


def test_a_package_that_asks_for_astro_is_such_a_site(tree):
    tree.write("package.json", '{"dependencies": {"astro": "^5.0.0"}}')
    tree.write("src/content/blog/a.md", "---\npubDate: 2024-05-06\n---\nText.\n")

    assert tree.source().site.kind == "astro"
    assert list(tree.posts()) == ["src/content/blog/a.md"]


def test_entries_are_markdown_and_mdx_in_the_folders_of_content(site):
    for path in ("src/content/blog/a.md", "src/content/blog/deep/b.mdx", "src/content/docs/c.md"):
        site.write(path)
    for path in (
        "src/content/blog/_d.md",
        "src/content/blog/_deep/e.md",
        "src/content/blog/f.json",
        "src/content/g.md",
        "src/pages/h.md",
    ):
        site.write(path)

    assert site.paths() == ["src/content/blog/a.md", "src/content/blog/deep/b.mdx", "src/content/docs/c.md"]
    assert site.passed_over("src/content/blog/_d.md") == "hidden"
    assert site.passed_over("src/content/blog/f.json") == "not a post"
    assert site.passed_over("src/pages/h.md") == "not a post"
    assert site.passed_over("src/content/blog/a.md") == ""


def test_folders_that_a_loader_names_are_read_instead(site):
    site.write("src/content.config.ts", COLLECTIONS)
    for path in ("src/content/blog/_a.md", "src/notes/b.md", "src/notes/_c.md", "src/content/other/d.md"):
        site.write(path)

    assert site.paths() == ["src/content/blog/_a.md", "src/notes/b.md"]
    assert site.source().site.collections == ("blog", "notes")


@pytest.mark.parametrize(
    ("path", "head", "url"),
    [
        ("First Post.md", "", "/blog/first-post/"),
        ("2024-05-06-UPPER_case.v2.md", "", "/blog/2024-05-06-upper_casev2/"),
        ("deep/Nested Dir/index.md", "", "/blog/deep/nested-dir/"),
        ("own.md", "slug: My/Own Slug", "/blog/My/Own%20Slug/"),
        ("ünï.md", "", "/blog/%C3%BCn%C3%AF/"),
        ("C++ & “more” — it's 50%.md", "", "/blog/c--more--its-50/"),
        ("渡輪.mdx", "", "/blog/%E6%B8%A1%E8%BC%AA/"),
        ("up.md", "slug: ../../x", "/blog/x/"),
    ],
)
def test_the_address_is_the_collections_and_the_id(site, path, head, url):
    found = entry(site, f"src/content/blog/{path}", head)

    assert (found.url, found.link) == (url, f"https://harbour.example/news{url}")


def test_addresses_may_end_without_a_slash(site):
    site.write("astro.config.mjs", "export default { trailingSlash: 'never' }")

    assert entry(site).url == "/blog/a"


def test_the_settings_may_say_the_address(site):
    site.said["permalink"] = "/:year/:slug/"

    assert entry(site, "src/content/blog/deep/a.md").url == "/2024/a/"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('pubDate: "Jul 08 2022"', datetime(2022, 7, 8, tzinfo=UTC)),
        ("pubDate: 2024-05-06T07:08:09+02:00", datetime(2024, 5, 6, 5, 8, 9, tzinfo=UTC)),
        ("publishDate: 2024-05-07 08:09", datetime(2024, 5, 7, 8, 9, tzinfo=UTC)),
        ("date: 2040-01-01", datetime(2040, 1, 1, tzinfo=UTC)),
        ("published: true\npubDatetime: 2024-05-06T00:00:00Z", datetime(2024, 5, 6, tzinfo=UTC)),
    ],
)
def test_the_date_has_many_names(site, head, published):
    site.write("src/content/blog/a.md", f"---\n{head}\n---\nText.\n")

    assert site.post("src/content/blog/a.md").published == published


def test_an_entry_without_a_date_is_a_post_only_where_the_settings_say_so(site):
    site.write("src/content/docs/a.md", "---\ntitle: T\n---\nText.\n")

    assert site.left_out("src/content/docs/a.md") == "not a post"
    site.said["posts"] = ("src/content/docs",)
    assert site.post("src/content/docs/a.md").undated


@pytest.mark.parametrize(("head", "why"), [("draft: true", "draft"), ("published: false", "unpublished")])
def test_drafts_are_left_out(site, head, why):
    site.write("src/content/blog/a.md", f"---\npubDate: 2024-05-06\n{head}\n---\nText.\n")

    assert site.left_out("src/content/blog/a.md") == why


def test_facts_come_from_the_head(site):
    found = entry(
        site,
        head="description: Short.\nupdatedDate: May 7, 2024\nheroImage: /boat.png\ntags: [sea]\nauthor: Ann\n"
        "lang: fr",
    )

    assert (found.summary, found.tags, found.authors, found.language) == ("Short.", ("sea",), ("Ann",), "fr")
    assert found.updated == datetime(2024, 5, 7, tzinfo=UTC)
    assert found.image is not None
    assert found.image.url == "https://harbour.example/news/boat.png"


@pytest.mark.parametrize(
    "address", ["../../assets/boat.png", "./boat.png", "/src/assets/boat.png", "~/boat.png"]
)
def test_a_picture_that_astro_renames_is_none(site, address):
    assert entry(site, head=f'heroImage: "{address}"').image is None


def test_pictures_that_astro_renames_are_named(site):
    found = entry(site, body="![a](./boat.png) ![b](/sea.png) [c](other/) ![d](https://x.example/y.png)\n")

    assert site.html("src/content/blog/a.md") == (
        '<p><img alt="a"> <img src="https://harbour.example/sea.png" alt="b"> '
        '<a href="https://harbour.example/news/blog/a/other/">c</a> '
        '<img src="https://x.example/y.png" alt="d"></p>'
    )
    assert found.warnings == (
        "src/content/blog/a.md: only Astro knows the address of ./boat.png; put it into public/",
    )


def test_markdown_is_githubs_with_typographic_quotes(site):
    entry(site, body='"Quoted" https://x.example ~~s~~\n\nA\n: b\n')

    assert site.html("src/content/blog/a.md") == (
        '<p>“Quoted” <a href="https://x.example">https://x.example</a> <del>s</del></p>\n<p>A\n: b</p>'
    )


def test_braces_in_markdown_are_text(site):
    entry(site, body="A {b} <Box>c</Box>\n")

    assert site.html("src/content/blog/a.md") == "<p>A {b} c</p>"


def test_mdx_is_reduced_and_what_was_lost_is_named(site):
    found = entry(
        site,
        "src/content/blog/a.mdx",
        body='import Box from "../Box.astro";\n\n# Head {n}\n\n<Box title="a > b">\n    Inside\n</Box>\n',
    )

    assert site.html("src/content/blog/a.mdx") == "<h1>Head</h1>\n<p>Inside</p>"
    assert found.warnings == (
        "src/content/blog/a.mdx: {n} can't be rendered and was left out; write it out",
        "src/content/blog/a.mdx: <Box> can't be rendered and was left out; write it out",
    )


def test_a_config_that_is_too_large_is_one_clear_line(site):
    site.write("astro.config.mjs", "x" * 300_000)

    with pytest.raises(SiteError, match=r"astro.config.mjs: is larger than"):
        site.source()
