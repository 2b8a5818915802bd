import pytest

from syndicate.errors import SiteError
from syndicate.model.post import Omission


def section(site, path, head):
    site.write(f"content/{path}", f"---\n{head}\n---\n")


def test_a_page_inherits_from_the_nearest_section(site, page):
    section(site, "_index.md", "cascade: {title: home, tags: [home]}")
    section(site, "posts/_index.md", "cascade: {title: posts}")

    found = page("date: 2024-01-01")

    assert (found.title, found.tags) == ("posts", ("home",))
    assert page("title: own").title == "own"
    assert page("x: 1", path="docs/a.md").title == "home"


def test_a_section_may_hide_what_is_below(site, page):
    section(site, "posts/_index.md", "cascade: {draft: true}")

    assert page("title: T", path="posts/sub/a.md").why is Omission.DRAFT
    assert page("draft: false").title == ""


def test_what_a_section_says_of_itself_is_not_handed_down(site, page):
    section(site, "posts/_index.md", "draft: true\nexpiryDate: 2020-01-01\nbuild: {list: never}")

    assert page().title == "T"


@pytest.mark.parametrize(
    ("path", "title", "listed"),
    [
        ("posts/a.md", "deep", True),
        ("posts/sub/x.md", "deep", True),
        ("posts/b.md", "deep", False),
        ("docs/e.md", "docs", False),
        ("docs/sub/e.md", "params", True),
        ("F X.md", "params", True),
    ],
)
def test_of_several_targets_the_first_that_has_a_value_counts(site, page, path, title, listed):
    section(
        site,
        "_index.md",
        """\
cascade:
- target: {path: "/posts/**"}
  title: deep
- target: {path: "{/docs/*,/posts/b*}", kind: page}
  title: docs
  build: {list: never}
- target: {path: "/posts/a", kind: section}
  title: section
- target: {environment: production}
  tags: [production]
- target: {environment: staging}
  tags: [staging]
- params: {q: 1, title: params}""",
    )

    found = page("date: 2024-01-01", path=path)

    if listed:
        assert (found.title, found.tags) == (title, ("production",))
    else:
        assert found.why is Omission.UNPUBLISHED


def test_the_sites_cascade_comes_last(site, page, configured):
    configured('[[cascade]]\ntitle = "config"\ntags = ["config"]\n[cascade.target]\npath = "/posts/**"\n')
    section(site, "posts/_index.md", "cascade: {title: section}")

    found = page("date: 2024-01-01")

    assert (found.title, found.tags) == ("section", ("config",))
    assert page("date: 2024-01-01", path="docs/a.md").title == ""


def test_each_language_has_its_own_sections(site, page, configured):
    configured("[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n")
    section(site, "posts/_index.md", "cascade: {title: english}")
    section(site, "posts/_index.de.md", "cascade: {title: german}")

    assert page("date: 2024-01-01").title == "english"
    assert page("date: 2024-01-01", path="posts/a.de.md").title == "german"
    section(site, "docs/_index.md", "cascade: {title: english}")
    assert page("date: 2024-01-01", path="docs/a.de.md").title == ""


def test_a_change_of_a_section_makes_every_page_be_read_anew(site):
    section(site, "posts/_index.md", "title: A")
    before = site.source().site.fingerprint
    site.write("content/posts/_index.md", "---\ntitle: A\n---\nAnother text.")
    same = site.source().site.fingerprint
    section(site, "posts/_index.md", "title: A\ncascade: {draft: true}")

    assert before == same != site.source().site.fingerprint


def test_a_section_that_cannot_be_read_stops_everything_for_it_may_hide_pages(site):
    section(site, "posts/_index.md", "cascade: {draft: true")

    with pytest.raises(SiteError, match=r"content/posts/_index.md:\d: front matter is not valid YAML"):
        site.source()
