"""A Hugo site in a folder."""

import pytest

CONFIG = """\
baseURL = "https://harbour.example/news/"
title = "The Harbour Post"
timeZone = "Asia/Hong_Kong"
"""


@pytest.fixture
def site(folder):
    """Give a site with a configuration and no pages; ``site.config`` is what it says."""
    (folder.root / "_config.yml").unlink()
    folder.write("hugo.toml", CONFIG)
    return folder


@pytest.fixture
def page(site):
    """Give what writes a page and reads it: its front matter, its text, its path in ``content``."""

    def written(head="title: T\ndate: 2024-01-22", body="Text.", path="posts/a.md"):
        site.write(f"content/{path}", f"---\n{head}\n---\n{body}\n")
        return site.read(f"content/{path}")

    return written


@pytest.fixture
def configured(site):
    """Give what adds lines to the site's configuration."""

    def add(text):
        site.write("hugo.toml", CONFIG + text)
        return site

    return add
