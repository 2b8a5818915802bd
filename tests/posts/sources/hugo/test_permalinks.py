import pytest

from syndicate.model.post import Unreadable

TARGETED = """\
[[permalinks]]
pattern = "/p/:slug/"
[permalinks.target]
path = "/posts/**"
[[permalinks]]
pattern = "/r/:slug/"
[permalinks.target]
path = "/*"
kind = "page"
"""
DATED = "date: 2024-03-05T06:07:08Z\ntitle: 'My Title: é & Co'"


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("about.md", "about/"),
        ("posts/a.b.md", "posts/a.b/"),
        ("posts/A B/c.md", "posts/a-b/c/"),
        ("posts/x/index.md", "posts/x/"),
        ("posts/UPPER/Deep/Index.md", "posts/upper/deep/"),
        ("posts/_under.md", "posts/_under/"),
        ("posts/page.en.md", "posts/page/"),
        ("posts/page.de.md", "posts/page.de/"),
        ("posts/café Ünï.md", "posts/caf%C3%A9-%C3%BCn%C3%AF/"),
        ("posts/a_b+c~d#e.md", "posts/a_b+c~d%23e/"),
        ("posts/it's & co (1), [x] @y!.md", "posts/its--co-1-x-@y/"),
        ("posts/100%.md", "posts/100/"),
        ("posts/%41b.md", "posts/%41b/"),
        ("posts/a--b  c.md", "posts/a--b--c/"),
    ],
)
def test_a_page_is_addressed_by_where_it_stands(page, path, url):
    assert page(path=path).url == f"/news/{url}"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("slug: a/b", "posts/a/b/"),
        ("slug: Ä b.c", "posts/%C3%A4-b.c/"),
        ("slug: /lead/", "posts/lead/"),
        ("slug: 123", "posts/123/"),
        ("slug: ''", "posts/a/"),
        ("slug: '. x .'", "posts/.-x-./"),
        ("url: foo", "foo/"),
        ("url: /foo3.html", "foo3.html"),
        ("url: foo/bar/index.html", "foo/bar/"),
        ("url: '/:year/:slug/X Y/'", "2024/my-title-%C3%A9-co/X%20Y/"),
        ("url: '/Ünï code/?q#f'", "%C3%9Cn%C3%AF%20code/?q%23f/"),
        ("url: ../up", "up/"),
        ("url: /a/../b/", "b/"),
        ("url: /a//b/", "a/b/"),
        ("url: /", ""),
        ("url: ''", "posts/a/"),
        ("outputs: [json]", "posts/a/index.json"),
        ("outputs: [html, json]", "posts/a/"),
    ],
)
def test_a_page_may_say_its_address(page, head, url):
    assert page(f"{DATED}\n{head}").url == f"/news/{url}"


@pytest.mark.parametrize(
    ("pattern", "url"),
    [
        ("/:year/:month/:day/:title/", "2024/03/05/my-title-%C3%A9-co/"),
        ("/:monthname/:weekday/:weekdayname/:yearday/:filename", "march/2/tuesday/65/file-name/"),
        ("/:section/:sections/:slug/", "posts/posts/sub/deep/my-title-%C3%A9-co/"),
        ("/:slugorfilename.html", "file-name.html/"),
        ("/:contentbasename/:slugorcontentbasename/", "file-name/file-name/"),
        ("/x/:sections[1:]/:sections[last]/:sections[0]/:sections[:2]/", "x/sub/deep/deep/posts/posts/sub/"),
        ("/:sections[5]/:sections[1:9]/:sections[last:]/", "sub/deep/deep/"),
        ("/:sectionslug/:sectionslugs/:sectionslugs[last]/", "my-posts/my-posts/subslug/deep/deep/"),
        ("/:2006/:Jan/:02/:15:04/:Monday/", "2024/mar/05/0607/tuesday/"),
        ("a\\\\:b/:title", "ab/my-title-%C3%A9-co/"),
        ("/fixed/", "fixed/"),
    ],
)
def test_the_site_may_say_how_a_section_is_addressed(page, site, configured, pattern, url):
    configured(f'permalinks.page.posts = "{pattern}"\n')
    site.write("content/posts/_index.md", "---\ntitle: My Posts\n---\n")
    site.write("content/posts/sub/_index.md", "---\ntitle: Sub\nslug: subslug\n---\n")
    site.write("content/posts/sub/deep/_index.md", "---\ntitle: Deep\n---\n")

    assert page(DATED, path="posts/sub/deep/nodir/file Name.md").url == f"/news/{url}"
    assert page(DATED, path="root.md").url == "/news/root/"


@pytest.mark.parametrize(
    "config",
    [
        '[permalinks]\nposts = "/p/:slug/"\n"/" = "/r/:slug/"\n',
        '[permalinks.page]\nposts = "/p/:slug/"\n"/" = "/r/:slug/"\n',
        TARGETED,
    ],
)
def test_all_three_ways_to_say_it_are_read(page, configured, config):
    configured(config)

    assert page("slug: s\ndate: 2024-01-01", path="posts/sub/a.md").url == "/news/p/s/"
    assert page("slug: s\ndate: 2024-01-01", path="a.md").url == "/news/r/s/"
    assert page("slug: s\ndate: 2024-01-01", path="postscript/a.md").url == "/news/postscript/s/"


@pytest.mark.parametrize("where", ["url: /:nonsense/", "url: '/:nonsense[1]/'"])
def test_a_placeholder_that_hugo_lacks_is_named_with_its_line(page, where):
    found = page(f"title: T\n{where}")

    assert isinstance(found, Unreadable)
    assert found.problem.startswith("content/posts/a.md:3: its address")
    assert "which Hugo doesn't have; use one of Hugo's placeholders" in found.problem


@pytest.mark.parametrize(
    ("config", "path", "url"),
    [
        ("uglyURLs = true\n", "posts/a.md", "posts/a.html"),
        ("uglyURLs = true\n", "posts/b/index.md", "posts/b.html"),
        ("[uglyURLs]\nposts = true\n", "posts/a.md", "posts/a.html"),
        ("[uglyURLs]\nposts = true\n", "docs/a.md", "docs/a/"),
        ("disablePathToLower = true\n", "posts/A.md", "posts/A/"),
        ("removePathAccents = true\n", "posts/é Ü.md", "posts/e-u/"),
    ],
)
def test_the_site_may_change_what_addresses_look_like(page, configured, config, path, url):
    configured(config)

    assert page(path=path).url == f"/news/{url}"


def test_the_guid_is_the_permalink_and_percent_encoded(page):
    post = page(path="posts/ü.md")

    assert post.link == post.generator_id == "https://harbour.example/news/posts/%C3%BC/"
