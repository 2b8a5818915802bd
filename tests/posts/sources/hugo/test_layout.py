import pytest

from syndicate.errors import SiteError
from syndicate.model.post import Omission, Unreadable

HEAD = "---\ntitle: T\ndate: 2024-01-22\n---\ntext"


def write(site, *paths):
    for path in paths:
        site.write(path, HEAD)


def paths(site):
    return [candidate.path for candidate in site.source().candidates()]


def test_pages_are_regular_files_of_the_content(site):
    write(site, "content/about.md", "content/posts/a.md", "content/posts/b.markdown", "content/posts/C.MD")
    write(site, "content/posts/sub/_under.md", "content/docs/_dir/x.md", "content/posts/h.html", "other/x.md")

    assert paths(site) == [
        "content/about.md", "content/docs/_dir/x.md", "content/posts/C.MD", "content/posts/a.md",
        "content/posts/b.markdown", "content/posts/h.html", "content/posts/sub/_under.md",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("content/posts/_index.md", Omission.NOT_A_POST),
        ("content/index.md", Omission.NOT_A_POST),
        ("content/posts/.hidden.md", Omission.HIDDEN),
        ("content/.dir/a.md", Omission.HIDDEN),
        ("content/posts/#a#.md", Omission.HIDDEN),
        ("content/posts/a.md~", Omission.HIDDEN),
        ("content/posts/a.txt", Omission.NOT_A_POST),
        ("content/posts/bundle/other.md", Omission.NOT_A_POST),
        ("content/posts/bundle/sub/deep.md", Omission.NOT_A_POST),
        ("content/posts/skip/a.md", Omission.HIDDEN),
        ("README.md", Omission.NOT_A_POST),
    ],
)
def test_what_is_no_page_says_why(site, configured, path, why):
    configured('ignoreFiles = ["/skip/"]\n')
    write(site, "content/posts/bundle/index.md", path)

    assert path not in paths(site)
    assert site.source().omission(path).why is why


def test_a_page_is_none_of_these(site):
    write(site, "content/posts/bundle/index.md", "content/posts/a.md")

    assert site.source().omission("content/posts/a.md") is None
    assert site.source().omission("content/posts/bundle/index.md") is None


def test_html_is_a_page_only_with_a_front_matter(site):
    site.write("content/posts/a.html", "<p>bare</p>")
    site.write("content/posts/b.html", "---\ntitle: T\n---\n<p>*hi*</p>")

    assert site.read("content/posts/a.html").why is Omission.NOT_A_POST
    assert site.read_post("content/posts/b.html").excerpt.html == "<p>*hi*</p>"


def test_what_other_programs_render_is_named(site):
    site.write("content/posts/a.org", "#+title: T\n\ntext")

    assert site.read("content/posts/a.org") == Unreadable(
        path="content/posts/a.org",
        line=None,
        problem="content/posts/a.org: is written as .org; only Markdown and HTML are read here",
    )


def test_sections_are_collections_by_the_titles_of_their_pages(site):
    write(site, "content/zoo/a.md", "content/posts/a.md", "content/A B/a.md", "content/about.md")
    site.write("content/zoo/_index.md", "---\ntitle: The <b>Zoo</b>\n---\n")
    write(site, "content/empty/_index.md")

    found = site.source().site

    assert found.collections == ("posts", "a-b", "zoo", "pages")
    assert found.collection_titles == {"zoo": "The Zoo"}
    assert site.read_post("content/A B/a.md").collection == "a-b"
    assert site.read_post("content/about.md").collection == "pages"


@pytest.mark.parametrize("key", ["mainSections", "params.mainSections"])
def test_a_sites_main_sections_are_its_posts(site, configured, key):
    configured(f'{key} = ["Zoo", "news"]\n')
    write(site, "content/zoo/a.md", "content/posts/a.md", "content/about.md", "content/news/a.md")

    assert paths(site) == ["content/news/a.md", "content/zoo/a.md"]
    assert site.source().site.collections == ("zoo", "news")
    omitted = site.source().omission("content/posts/a.md")
    assert (omitted.why, omitted.rule) == (
        Omission.NOT_A_POST,
        'its section "posts" is none of `mainSections`',
    )


def test_the_content_may_be_elsewhere(site, configured):
    configured('contentDir = "src"\n')
    write(site, "src/posts/a.md", "content/posts/b.md")

    assert paths(site) == ["src/posts/a.md"]


def test_content_may_be_mounted(site, configured):
    configured(
        '[[module.mounts]]\nsource = "src"\ntarget = "content/posts"\n'
        '[[module.mounts]]\nsource = "/usr/share/icons"\ntarget = "assets"\n'
    )
    write(site, "src/a.md", "content/posts/b.md")

    assert paths(site) == ["src/a.md"]
    assert site.read_post("src/a.md").url == "/news/posts/a/"


@pytest.mark.parametrize("outside", ["../elsewhere", "/etc", "a/../../b"])
def test_content_outside_of_the_site_is_refused(site, configured, outside):
    configured(f'contentDir = "{outside}"\n')

    with pytest.raises(SiteError, match="outside of the site; move it into the site"):
        site.source()


def test_a_page_that_leads_out_of_the_site_is_not_read(site, tmp_path):
    (tmp_path / "secret.md").write_text(HEAD)
    (site.root / "content").mkdir()
    (site.root / "content" / "a.md").symlink_to(tmp_path / "secret.md")

    assert paths(site) == ["content/a.md"]  # it is named when it is opened
