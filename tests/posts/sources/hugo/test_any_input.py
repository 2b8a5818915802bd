"""Whatever stands in a page or in the configuration, it is read, left out or refused in one line."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syndicate.errors import SiteError
from syndicate.model.post import Omitted, Post, Unreadable
from syndicate.posts.sources import open_source
from syndicate.settings.schema import PostsSettings, Settings, SiteSettings

IN_A_FIXTURE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
WORDS = st.sampled_from(
    ["", "a", "2024-01-22", "true", "/x/:slug/", ":nonsense", "http://[", "..", "🙂", "<b>", "**", "-1"]
)
SCALARS = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False)
VALUES = st.recursive(
    SCALARS | WORDS | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(WORDS | st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
PAGE_KEYS = st.sampled_from(
    (  # noqa: SIM905 - a list of names reads best as a text
        "title date publishDate lastmod expiryDate draft slug url author authors tags categories images "
        "cover build headless outputs params summary description id isCJKLanguage markup cascade published"
    ).split()
)
SITE_KEYS = st.sampled_from(
    (  # noqa: SIM905 - a list of names reads best as a text
        "baseURL title timeZone languages permalinks frontmatter cascade markup params module uglyURLs "
        "mainSections taxonomies contentDir ignoreFiles summaryLength author languageCode buildFuture "
        "defaultContentLanguage disableLanguages hasCJKLanguage"
    ).split()
)
NESTED_KEYS = st.sampled_from(
    (  # noqa: SIM905 - a list of names reads best as a text
        "en de page posts date target path goldmark extensions extras passthrough enable delimiters block "
        "mounts source weight baseURL parser attribute footnote name"
    ).split()
)
NESTED = st.dictionaries(NESTED_KEYS, VALUES, max_size=4)


@given(st.dictionaries(PAGE_KEYS, VALUES | NESTED, max_size=6), st.text(max_size=40))
@IN_A_FIXTURE
def test_any_front_matter_makes_a_page_or_a_reason(site, head, body):
    content = f"{json.dumps(head)}\n{body}".encode("utf-8", "replace")

    for rule in ("best", "hugo"):
        said = Settings(site=SiteSettings(path=site.root), posts=PostsSettings(excerpt=rule))
        found = open_source(said).read("content/posts/a.md", content, now=site.now)
        assert isinstance(found, Post | Omitted | Unreadable)
        assert not isinstance(found, Unreadable) or "\n" not in found.problem


@given(st.dictionaries(SITE_KEYS, VALUES | NESTED, max_size=5))
@IN_A_FIXTURE
def test_any_configuration_opens_a_site_or_is_refused(site, config):
    (site.root / "hugo.toml").unlink(missing_ok=True)
    site.write("hugo.json", json.dumps(config))
    site.write("content/posts/a.md", "---\ntitle: T\ndate: 2024-01-22\n---\n# a {#b}\n\ntext $$x$$\n")

    problem = ""
    try:
        site.read("content/posts/a.md")
    except SiteError as error:
        problem = str(error)

    assert "\n" not in problem


@pytest.mark.parametrize(
    "text", ["- " * 40_000, "{" * 60_000, '{"a":' * 20_000, "+++\n" + "[" * 60_000 + "\n+++\n"]
)
def test_a_hostile_head_is_one_line(site, text):
    found = site.source().read("content/posts/a.md", text.encode(), now=site.now)

    assert isinstance(found, Post | Unreadable)
    assert not isinstance(found, Unreadable) or "\n" not in found.problem
