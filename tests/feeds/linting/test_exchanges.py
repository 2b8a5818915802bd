"""Each rule for servers has an exchange that breaks it, made of a faultless one by one change."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicate.feeds.linting import Exchange, exchange_rules, lint

ATOM = Path(__file__).parents[1] / "golden" / "feeds" / "all" / "atom.xml"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
SELF = "https://feeds.example/web/feeds/all/atom.xml"
HEADERS = {
    "content-type": "application/atom+xml; charset=utf-8",
    "etag": '"a"',
    "last-modified": "Sun, 03 May 2026 12:00:00 GMT",
    "cache-control": "public, max-age=900",
    "content-encoding": "gzip",
    "vary": "Accept-Encoding",
    "access-control-allow-origin": "*",
}


def came(*, second: int = 304, moved_to: str = "", answered_by: str = "", **headers: str | None) -> Exchange:
    """Give a faultless exchange, but for what is said; ``None`` takes a header out."""
    given = {**HEADERS, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Exchange(
        address=SELF,
        answered_by=answered_by or SELF,
        moved_to=moved_to,
        headers={name: value for name, value in given.items() if value is not None},
        second_status=second,
    )


#: To each rule, the exchanges that break it.
BROKEN = {
    "http-content-type": came(content_type="text/xml; charset=utf-8"),
    "http-charset": came(content_type="application/atom+xml"),
    "http-validators": came(etag=None, last_modified=None),
    "http-not-modified": came(second=200),
    "http-cache-control": came(cache_control=None),
    "http-compression": came(content_encoding=None),
    "http-vary": came(vary=None),
    "http-moved": came(answered_by="https://a.example/atom.xml", moved_to="https://a.example/atom.xml"),
    "http-cookie": came(set_cookie="a=b"),
    "http-cors": came(access_control_allow_origin=None),
}


def ids(feed: bytes, exchange: Exchange) -> list[str]:
    return [finding.rule for finding in lint(feed, now=NOW, exchange=exchange)]


def test_a_faultless_exchange_has_no_finding():
    assert ids(ATOM.read_bytes(), came()) == []


@pytest.mark.parametrize(("rule", "exchange"), BROKEN.items())
def test_a_server_that_breaks_a_rule_is_caught(rule, exchange):
    assert rule in ids(ATOM.read_bytes(), exchange)


def test_a_feed_that_says_it_is_elsewhere_is_caught():
    feed = ATOM.read_bytes().replace(b"feeds/all/atom.xml", b"feeds/other/atom.xml")

    assert ids(feed, came()) == ["self-elsewhere"]


def test_one_that_came_by_way_of_a_redirect_may_name_either_address():
    assert ids(ATOM.read_bytes(), came(answered_by="https://gazette.example/x")) == ["http-moved"]


def test_an_address_that_is_only_written_otherwise_is_no_move():
    assert ids(ATOM.read_bytes(), came(answered_by=SELF.replace("example/", "example:443/"))) == []


def test_every_rule_has_an_exchange_that_breaks_it():
    assert {rule.id for rule in exchange_rules.RULES} == set(BROKEN)
