from pathlib import Path

import pytest

from syndicate.posts.mirrors.naming import folder_name, site_named
from syndicate.settings.schema import SiteSettings


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("blog", SiteSettings(path=Path("blog"))),
        ("/home/ana/blog.git", SiteSettings(path=Path("/home/ana/blog.git"))),
        ("https://harbour.example/feed.xml", SiteSettings(feed="https://harbour.example/feed.xml")),
        ("https://harbour.example", SiteSettings(feed="https://harbour.example")),
        ("https://git.example/ana/blog.git", SiteSettings(git="https://git.example/ana/blog.git")),
        ("ssh://git@git.example/ana/blog", SiteSettings(git="ssh://git@git.example/ana/blog")),
        ("git@git.example:ana/blog.git", SiteSettings(git="git@git.example:ana/blog.git")),
        ("ext::sh -c id", SiteSettings(path=Path("ext::sh -c id"))),
    ],
)
def test_a_site_is_a_folder_a_feed_or_a_repository(text, site):
    assert site_named(text) == site


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sites/blog/", "blog"),
        ("https://harbour.example/feed.xml?lang=pt", "harbour.example-feed.xml-lang-pt"),
        ("https://harbour.example/", "harbour.example"),
        ("git@git.example:ana/blog.git", "git.example-ana-blog.git"),
        ("https://例え.example/../../x", "example-..-..-x"),
    ],
)
def test_its_outbox_is_called_by_where_it_lives(text, name):
    assert folder_name(text) == name
    assert "/" not in folder_name(text)
