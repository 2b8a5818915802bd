from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from syndicate.settings.schema import RedirectSettings, Settings
from syndicate.web.application import application
from syndicate.web.redirects import Redirects


@pytest.fixture
def client(tmp_path, sqlite_engine) -> TestClient:
    (tmp_path / "public" / "old").mkdir(parents=True)
    (tmp_path / "public" / "old" / "atom.xml").write_bytes(b"<feed/>")
    settings = Settings(
        outbox=tmp_path,
        redirects=(
            RedirectSettings(from_="/feed.xml", to="/feeds/all/atom.xml"),
            RedirectSettings(from_="/blog/feed/", to="/feeds/all/rss.xml"),
            RedirectSettings(from_="/old/atom.xml", to="https://other.example/atom.xml"),
            RedirectSettings(from_="/não.xml", to="/notícias/atom.xml?é=1"),
            RedirectSettings(from_="/podcast.xml", status=410),
        ),
    )
    return TestClient(application(settings, sqlite_engine), follow_redirects=False)


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ("/feed.xml", "/feeds/all/atom.xml"),
        ("/feed.xml/", "/feeds/all/atom.xml"),
        ("/blog/feed/", "/feeds/all/rss.xml"),
        ("/blog/feed", "/feeds/all/rss.xml"),
        ("/n%C3%A3o.xml", "/not%C3%ADcias/atom.xml?%C3%A9=1"),
        ("/old/atom.xml", "https://other.example/atom.xml"),
    ],
)
def test_an_old_path_leads_to_the_new_one_for_good(client, asked, where):
    answer = client.get(asked)

    found = urljoin(f"https://gazette.example{asked}", answer.headers["Location"])
    assert answer.status_code == 301
    assert found == urljoin("https://gazette.example/", where)


def test_a_redirect_holds_below_the_prefix_of_a_proxy(client):
    answer = client.get("/blog/feed/")

    assert urljoin("https://x.example/news/blog/feed/", answer.headers["Location"]) == (
        "https://x.example/news/feeds/all/rss.xml"
    )


def test_what_is_gone_says_so(client):
    answer = client.get("/podcast.xml")

    assert (answer.status_code, answer.headers["Content-Type"]) == (410, "text/plain; charset=utf-8")
    assert "Location" not in answer.headers


def test_a_redirect_answers_head_and_nothing_but_reading(client):
    assert client.head("/feed.xml").status_code == 301
    assert client.post("/feed.xml").status_code == 405


def test_nothing_of_the_request_reaches_the_address_it_is_sent_to(client):
    answer = client.get("/feed.xml?next=https://evil.example//", headers={"Host": "evil.example"})

    assert answer.headers["Location"] == "./feeds/all/atom.xml"


@given(path=st.text(st.sampled_from("/\\.:@?#%evilfdx\r\n"), max_size=30))
def test_no_path_leads_to_another_host(path):
    known = Redirects((RedirectSettings(from_="/feed", to="/feeds/all/atom.xml"),))
    answer = known.answer(f"/{path}")

    assert answer is None or answer.headers["Location"].lstrip("./") == "feeds/all/atom.xml"
