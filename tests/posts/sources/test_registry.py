import subprocess
import sys

import pytest

from syndicate.errors import SettingsError, SiteError
from syndicate.posts.sources import SOURCES, detect_kind

MARKS = {
    "astro": {
        "astro.config.mjs": "export default {}",
        "src/content/blog/a.md": "---\npubDate: 2024-05-06\n---\nx",
    },
    "eleventy": {".eleventy.js": "", "posts/posts.json": '{"tags": "posts"}', "posts/2024-05-06-a.md": "x"},
    "pelican": {"pelicanconf.py": "", "content/a.md": "Title: A\nDate: 2024-05-06\n\nx"},
    "zola": {
        "config.toml": 'base_url = "https://x.example"',
        "content/a.md": "+++\ndate = 2024-05-06\n+++\nx",
    },
    "hugo": {"config.toml": "title = 'X'", "content/a.md": "+++\ndate = 2024-05-06\n+++\nx"},
    "jekyll": {"_config.yml": "title: x", "_posts/2024-05-06-a.md": "---\n---\nx"},
    "plain": {"notes/a.md": "x"},
}
OPENED = """
import sys
from pathlib import Path
from syndicate.posts.sources import open_source
from syndicate.settings.schema import Settings, SiteSettings

source = open_source(Settings(site=SiteSettings(path=Path(sys.argv[1]))))
assert len(list(source.candidates())) == 1
print(*sorted({"comrak", "nh3", "lxml", "frontmatter", "premailer", "feedgen", "liquid"} & set(sys.modules)))
"""
#: Finds the site as the command line does, and says what that took.
RECOGNISED = """
import sys
from pathlib import Path
from syndicate.posts.mirrors import located
from syndicate.posts.sources import detect_kind
from syndicate.settings.schema import Settings, SiteSettings

detect_kind(located(Settings(site=SiteSettings(path=Path(sys.argv[1])))).site.path)
print(*sys.modules)
"""


@pytest.fixture(params=list(MARKS))
def site(request, tree):
    """Give a site of each kind with one post."""
    for path, text in MARKS[request.param].items():
        tree.write(path, text)
    return request.param, tree


def test_each_kind_is_recognised_and_reads_its_post(site):
    kind, tree = site

    assert detect_kind(tree.root) == kind == tree.source().site.kind
    assert len(tree.posts()) == 1


def test_opening_a_site_loads_no_renderer(site):
    _, tree = site

    ran = subprocess.run(
        [sys.executable, "-c", OPENED, str(tree.root)], capture_output=True, text=True, check=False
    )

    assert (ran.stdout.strip(), ran.stderr, ran.returncode) == ("", "", 0)


def test_recognising_a_kind_loads_no_other(site):
    kind, tree = site
    # Their configurations have the same name, so that it has to be opened.
    others = set(MARKS) - {kind} - ({"zola"} if kind == "hugo" else set())

    ran = subprocess.run(
        [sys.executable, "-c", RECOGNISED, str(tree.root)], capture_output=True, text=True, check=True
    )

    loaded = set(ran.stdout.split())
    assert loaded.isdisjoint(f"syndicate.posts.sources.{each}" for each in others)
    assert loaded.isdisjoint({"syndicate.fetching.values", "syndicate.posts.mirrors.feed.document"})


def test_the_plain_folder_is_tried_last():
    assert list(SOURCES)[-1] == "plain"


def test_a_generators_marks_come_before_a_folder_that_looks_like_jekylls(tree):
    tree.write("_posts/2024-05-06-a.md")
    tree.write(".eleventy.js", "")

    assert detect_kind(tree.root) == "eleventy"


def test_a_kind_that_is_said_is_not_looked_for(tree):
    tree.write("_posts/2024-05-06-a.md")
    tree.write("a.md")
    tree.said["kind"] = "plain"

    assert tree.paths() == ["a.md"]
    tree.said["kind"] = "wordstar"
    with pytest.raises(SettingsError, match=r'site.kind = "wordstar" is not known; use one of auto, .*plain'):
        tree.source()


def test_a_kind_that_is_said_needs_a_folder(tree):
    tree.said["kind"] = "plain"
    tree.root.rmdir()

    with pytest.raises(SiteError, match="there is no such folder; give"):
        tree.source()
