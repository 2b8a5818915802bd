"""Which linter looks at what."""

from datetime import UTC, datetime

import pytest

from syndicate.reports.linting import Fetched, inspect

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.eml", b""),
        ("A.EML", b"<rss/>"),
        ("saved", b"From: a@b.example\r\n"),
        ("saved", b"DKIM-Signature: v=1\r\n"),
        ("saved", b"X-Original-To : a@b.example\r\n"),
        ("saved", b"From a@b.example Mon Nov 23\n"),
    ],
)
def test_a_message_is_held_to_the_rules_of_messages(name, content):
    rules = {each.rule for each in inspect(Fetched(name=name, content=content), now=NOW)}

    assert rules & {"message", "to", "header-lines"}


@pytest.mark.parametrize(
    "content", [b"", b"<rss/>", b'{"version": 1}', b"title: a post\n", b"Fromage: brie\n"]
)
def test_whatever_else_it_is_is_held_to_the_rules_of_feeds(content):
    rules = {each.rule for each in inspect(Fetched(name="feed", content=content), now=NOW)}

    assert not rules & {"message", "to", "header-lines"}
    assert rules
