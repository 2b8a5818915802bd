from dataclasses import replace
from pathlib import Path

import pytest

from syndicate.errors import SettingsError
from syndicate.model.site import Site
from syndicate.settings.completion import complete
from syndicate.settings.schema import FeedSettings, ListSettings, MailSettings, PublishSettings, Settings


@pytest.fixture
def site() -> Site:
    return Site(
        kind="jekyll",
        root=Path("/site"),
        url="https://news.example/base",
        title='The "Gazette"',
        description="News",
        language="en",
        zone="Europe/Lisbon",
        author="",
        collections=("posts", "My_Letters", "all"),
        fingerprint="x",
    )


def test_a_site_has_a_feed_of_everything_and_one_of_each_collection(site):
    settings = complete(Settings(), site)

    assert [(feed.name, feed.collections, feed.title) for feed in settings.feeds] == [
        ("all", (), 'The "Gazette"'),
        ("posts", ("posts",), 'The "Gazette"'),
        ("my-letters", ("My_Letters",), 'The "Gazette" | My letters'),
        ("all-posts", ("all",), 'The "Gazette" | All'),
    ]


def test_collections_whose_names_make_one_folder_have_feeds_of_their_own(site):
    clashing = replace(
        site, collections=("posts", "field_notes", "field-notes", "日記", "雑記", "all", "all-posts")
    )

    settings = complete(Settings(), clashing)

    names = [feed.name for feed in settings.feeds]
    assert names == [
        "all",
        "posts",
        "field-notes",
        "field-notes-2",
        "unnamed-posts",
        "unnamed-posts-2",
        "all-posts",
        "all-posts-2",
    ]


def test_a_collections_feed_is_called_what_the_site_calls_the_collection(site):
    named = replace(site, collection_titles={"posts": "News", "My_Letters": "From our readers"})

    settings = complete(Settings(), named)

    assert [feed.title for feed in settings.feeds][1:3] == [
        'The "Gazette" | News',
        'The "Gazette" | From our readers',
    ]


def test_the_configured_feeds_replace_the_default_ones(site):
    settings = complete(Settings(feeds=(FeedSettings(name="x", title="T"),)), site)

    assert [(feed.name, feed.title, feed.description) for feed in settings.feeds] == [("x", "T", "News")]


def test_a_list_takes_its_title_and_zone_from_the_site(site):
    settings = complete(Settings(lists=(ListSettings(name="x"),)), site)

    assert (settings.lists[0].title, settings.lists[0].zone) == ('The "Gazette"', "Europe/Lisbon")


def test_mail_comes_from_the_host_it_is_published_on(site):
    settings = complete(Settings(), site)

    assert settings.mail.sender == '"The \\"Gazette\\"" <news@news.example>'
    assert settings.mail.reply_to == settings.mail.sender


def test_what_the_config_says_is_kept(site):
    settings = complete(
        Settings(
            publish=PublishSettings(base_url="https://x.example/"), mail=MailSettings(sender="a@b.example")
        ),
        site,
    )

    assert settings.publish.base_url == "https://x.example"
    assert settings.mail.sender == "a@b.example"


@pytest.mark.parametrize(
    "url", ["https://[::1", "//[", "https://a.example/\n", "https://a.example/?b", "javascript://x"]
)
def test_a_site_whose_address_can_carry_no_link_is_named(site, url):
    with pytest.raises(SettingsError, match=r"^site: its url .* is not a web address; correct it"):
        complete(Settings(), replace(site, url=url))


@pytest.mark.parametrize(
    ("url", "published"),
    [
        ("https://bücher.example/über/", "https://xn--bcher-kva.example/%C3%BCber"),
        ("https://straße.example:80", "https://xn--strae-oqa.example:80"),
        ("https://news.example:8443/a%20b", "https://news.example:8443/a%20b"),
        ("https://[::1]:8000", "https://[::1]:8000"),
        ("", ""),
    ],
)
def test_links_into_the_web_root_are_ascii_since_headers_carry_them(site, url, published):
    settings = complete(Settings(), replace(site, url=url))

    assert settings.publish.base_url == published
    assert settings.mail.sender.isascii()
