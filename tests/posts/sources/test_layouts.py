"""What a walk over a site gives, and what is said of a single path, can't disagree."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.posts.sources import open_source
from syndicate.settings.schema import Settings, SiteSettings

FILES = {
    "astro": {"astro.config.mjs": "export default {}"},
    "eleventy": {
        "eleventy.config.js": "export default () => ({ dir: { input: 'content' } })",
        ".eleventyignore": "c\nposts/**\n",
    },
    "pelican": {
        "pelicanconf.py": "PATH = 'content'\nARTICLE_EXCLUDES = ['posts/c']\nIGNORE_FILES = ['.*']\n"
    },
    "zola": {"zola.toml": "base_url = 'https://x.example'\nignored_content = ['posts/c', 'index.md']\n"},
    "hugo": {"hugo.toml": "ignoreFiles = ['posts/c']\nmainSections = ['posts', 'c']\n[languages.fr]\n"},
    "plain": {},
}
PARTS = ["src", "content", "posts", "c", "_d", ".e", "node_modules", "pages", "_includes", "_data"]
NAMES = [
    "a.md",
    "index.md",
    "_index.md",
    "README.md",
    ".f.md",
    "_g.md",
    "h.mdx",
    "i.txt",
    "j.markdown",
    "k.fr.md",
]
PATHS = st.builds(
    lambda folders, name: "/".join([*folders, name]),
    st.lists(st.sampled_from(PARTS), max_size=3),
    st.sampled_from(NAMES),
)
TREES = st.lists(
    st.one_of(
        PATHS, PATHS.map(lambda path: f"content/{path}"), PATHS.map(lambda path: f"src/content/{path}")
    ),
    min_size=1,
    max_size=12,
    unique=True,
)


@pytest.mark.parametrize("kind", list(FILES))
@settings(max_examples=60, deadline=None)
@given(paths=TREES)
def test_a_file_is_a_candidate_when_no_rule_leaves_it_out(kind, paths):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        for path, text in (FILES[kind] | dict.fromkeys(paths, "Text.\n")).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        source = open_source(Settings(site=SiteSettings(path=root, kind=kind)))

        found = {candidate.path for candidate in source.candidates()}

        assert found == {path for path in paths if source.omission(path) is None}
