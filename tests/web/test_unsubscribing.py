from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from syndicate.audience.tokens import UNSUBSCRIBE, proof, token
from syndicate.model.subscriber import SubscriptionId, SubscriptionState
from syndicate.store import identity, subscriptions
from syndicate.store.engine import reading
from syndicate.web.application import application


@pytest.fixture
def link(river) -> str:
    river.join("ada")
    with reading(river.engine) as connection:
        return "/unsubscribe/" + token(identity.secret(connection), UNSUBSCRIBE, SubscriptionId(1))


@pytest.fixture
def client(river) -> TestClient:
    return TestClient(application(river.settings, river.engine), follow_redirects=False)


def state(river) -> SubscriptionState:
    with reading(river.engine) as connection:
        return subscriptions.get(connection, SubscriptionId(1)).state


def test_looking_at_the_link_changes_nothing(river, client, link):
    for _ in range(3):
        answer = client.get(link)
    client.head(link)

    assert answer.status_code == 200
    assert "Leave The Gazette?" in answer.text
    assert state(river) is SubscriptionState.CONFIRMED


def test_one_click_leaves_the_list_without_cookie_or_redirect(river, client, link):
    answer = client.post(link, data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert "left The Gazette" in answer.text
    assert "set-cookie" not in answer.headers
    assert state(river) is SubscriptionState.UNSUBSCRIBED


def test_a_second_click_is_told_the_same(client, link):
    first, second = client.post(link), client.post(link)

    assert (first.status_code, first.text) == (second.status_code, second.text)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_link_with_any_letter_changed_does_nothing(river, client, link, method):
    for place in range(len("/unsubscribe/"), len(link)):
        letter = "A" if link[place] != "A" else "B"

        answer = client.request(method, link[:place] + letter + link[place + 1 :])

        assert answer.status_code == 404
    assert state(river) is SubscriptionState.CONFIRMED


def test_the_page_is_kept_by_no_cache_and_told_to_no_other_site(client, link):
    headers = client.get(link).headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_a_broken_page_of_ones_own_keeps_nobody_on_a_list(river, link, tmp_path):
    page = tmp_path / "own" / "web" / "unsubscribe.html"
    page.parent.mkdir(parents=True)
    page.write_text("{{ nobody }}", encoding="utf-8")
    client = TestClient(application(replace(river.settings, templates=tmp_path / "own"), river.engine))

    asked, left = client.get(link), client.post(link)

    assert "Leave The Gazette?" in asked.text
    assert "left The Gazette" in left.text
    assert state(river) is SubscriptionState.UNSUBSCRIBED


@pytest.mark.parametrize(
    ("language", "spoken", "left"),
    [
        ("de-AT", "de", "Sie haben The Gazette abbestellt"),
        ("zh-TW", "zh-Hant", "您已取消訂閱「The Gazette」"),
        ("fr", "en", "left The Gazette"),
    ],
)
def test_the_page_speaks_the_sites_language(river, link, language, spoken, left):
    settings = replace(river.settings, site=replace(river.settings.site, language=language))
    client = TestClient(application(settings, river.engine))

    page = client.post(link).text

    assert f'<html lang="{spoken}" dir="ltr">' in page
    assert left in page


def test_a_broken_catalogue_of_ones_own_keeps_nobody_on_a_list(river, link, tmp_path):
    (tmp_path / "own" / "words").mkdir(parents=True)
    (tmp_path / "own" / "words" / "en.po").write_text("nonsense", encoding="utf-8")
    client = TestClient(application(replace(river.settings, templates=tmp_path / "own"), river.engine))

    assert "left The Gazette" in client.post(link).text
    assert state(river) is SubscriptionState.UNSUBSCRIBED


def test_the_self_test_is_answered_with_what_only_this_store_knows(river, client):
    with reading(river.engine) as connection:
        expected = proof(identity.secret(connection), "n" * 22)

    answer = client.get(f"/unsubscribe/proof/{'n' * 22}")

    assert (answer.status_code, answer.text) == (200, expected)
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["cache-control"] == "no-store"


def test_an_answer_to_the_self_test_is_no_key_to_a_subscription(river, client, link):
    given = link.removeprefix("/unsubscribe/")
    answer = client.get(f"/unsubscribe/proof/{given}").text

    for guess in (answer, answer[:22]):
        assert client.post(f"/unsubscribe/{guess}").status_code == 404
    assert client.post(f"/unsubscribe/proof/{given}").status_code == 405
    assert state(river) is SubscriptionState.CONFIRMED
