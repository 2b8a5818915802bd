from pathlib import Path

from syndicate.model.site import Site
from syndicate.posts.mirrors import whereabouts
from syndicate.settings.schema import Settings, SiteSettings

SITE = Site(
    kind="feed",
    root=Path("/srv/outbox/mirror/feed"),
    url="",
    title="",
    description="",
    language="en",
    zone="UTC",
    author="",
    collections=(),
    fingerprint="",
)


def test_an_editor_is_told_where_a_site_lives_and_not_where_its_copy_is():
    settings = Settings(site=SiteSettings(feed="https://anna:secret@harbour.example/feed.xml"))

    where = whereabouts(settings, SITE)

    assert where.endswith("harbour.example/feed.xml")
    assert "secret" not in where


def test_a_site_of_this_machine_lives_in_its_folder():
    assert whereabouts(Settings(), SITE) == "/srv/outbox/mirror/feed"
