from itertools import count

import pytest

from syndicate.feeds.workshop import Texts


def test_what_was_rendered_under_a_key_is_not_rendered_again() -> None:
    texts = Texts()
    texts.of(lambda: "key", lambda: "text")

    assert texts.of(lambda: "key", lambda: pytest.fail("rendered again")) == "text"


def test_another_key_is_another_text() -> None:
    texts = Texts()
    texts.of(lambda: "key", lambda: "text")

    assert texts.of(lambda: "other", lambda: "other text") == "other text"


def test_what_changed_while_it_was_rendered_is_not_remembered() -> None:
    texts, keys = Texts(), count()
    texts.of(lambda: next(keys), lambda: "torn")

    assert [texts.of(lambda key=key: key, lambda: "whole") for key in (0, 1)] == ["whole", "whole"]


def test_what_was_asked_for_longest_ago_is_forgotten_first() -> None:
    texts = Texts(room=10)
    for key in ("a", "b", "a", "c"):
        texts.of(lambda key=key: key, lambda: "12345")

    assert texts.of(lambda: "a", lambda: "anew") == "12345"
    assert texts.of(lambda: "b", lambda: "anew") == "anew"


def test_a_text_larger_than_the_room_is_given_and_not_kept() -> None:
    texts = Texts(room=3)

    assert texts.of(lambda: "a", lambda: "12345") == "12345"
    assert texts.of(lambda: "a", lambda: "anew") == "anew"
    assert texts.of(lambda: "b", lambda: "123") == "123"
    assert texts.of(lambda: "b", lambda: "anew") == "123"
