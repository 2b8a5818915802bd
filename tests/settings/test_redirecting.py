import pytest

from syndicate.settings.redirecting import problems
from syndicate.settings.schema import FeedSettings, RedirectSettings, Settings


def said(*redirects: RedirectSettings) -> list[str]:
    settings = Settings(feeds=(FeedSettings(name="all"),), redirects=redirects)
    return [each.text for each in problems(settings, "https://gazette.example/news")]


def moved(path: str, to: str) -> RedirectSettings:
    return RedirectSettings(from_=path, to=to)


@pytest.mark.parametrize(
    "redirect",
    [
        moved("/feed.xml", "/feeds/all/atom.xml"),
        moved("/feed/", "/feeds/all/rss.xml"),
        moved("/rss/", "https://other.example/rss.xml?full=1"),
        moved("/notícias/feed", "/feeds/all/atom.xml"),
        RedirectSettings(from_="/podcast.xml", status=410),
    ],
)
def test_a_move_within_the_site_or_to_another_is_fine(redirect):
    assert said(redirect) == []


@pytest.mark.parametrize(
    "to", ["", "feeds/all", "//evil.example/x", "/\\evil.example", "javascript:alert(1)", "/a/../b", "/a b"]
)
def test_a_target_that_a_client_may_take_for_something_else_is_refused(to):
    assert any("neither a path nor a web address" in text for text in said(moved("/feed.xml", to)))


@pytest.mark.parametrize("path", ["", "feed.xml", "/feed.xml?full=1", "/blog/*", "/:year/x", "//x", "/a#b"])
def test_a_path_that_no_request_can_have_is_refused(path):
    assert any("is no path of this site" in text for text in said(moved(path, "/feeds/all/atom.xml")))


@pytest.mark.parametrize(
    "path", ["/", "/feeds/", "/feeds/all", "/feeds/all/atom.xml", "/feeds/feeds.opml", "/unsubscribe/"]
)
def test_an_address_in_use_is_never_redirected(path):
    assert any("an address that is in use" in text for text in said(moved(path, "/elsewhere")))


def test_a_path_written_with_escapes_is_the_same_path():
    texts = said(moved("/not%C3%ADcias", "/feeds/all/atom.xml"), moved("/notícias", "/feeds/all/rss.xml"))

    assert texts == ['"/notícias" stands twice; take one of them out']


def test_a_path_stands_once():
    texts = said(moved("/feed", "/feeds/all/atom.xml"), moved("/feed/", "/feeds/all/rss.xml"))

    assert texts == ['"/feed/" stands twice; take one of them out']


@pytest.mark.parametrize(
    "chain",
    [
        [("/a", "/a/")],
        [("/a", "/b"), ("/b", "/a")],
        [("/a", "/b"), ("/b", "/c"), ("/c", "https://gazette.example/news/a")],
        [("/a", "/b#x"), ("/b", "/a?y")],
    ],
)
def test_redirects_that_lead_round_are_refused(chain):
    texts = said(*(moved(*link) for link in chain))

    assert len(texts) == len(chain)
    assert all("leads back to itself" in text for text in texts)


def test_a_chain_that_ends_is_no_circle():
    assert said(moved("/a", "/b"), moved("/b", "/feeds/all/atom.xml")) == []


def test_what_is_gone_leads_nowhere():
    assert said(RedirectSettings(from_="/a", to="/b", status=410)) == [
        "what is gone (410) leads nowhere; leave it out"
    ]
