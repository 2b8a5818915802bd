from dataclasses import replace

import pytest

from syndicate.audience.selection import carries, chosen
from syndicate.settings.schema import ListSettings


@pytest.fixture
def post(river):
    (tracked,) = river.arrive("one", collection="News", categories=("Harbour",), tags=("Tide", "Fish"))
    return tracked.post


@pytest.mark.parametrize(
    ("settings", "carried"),
    [
        (ListSettings(), True),
        (ListSettings(collections=("news",)), True),
        (ListSettings(collections=("letters",)), False),
        (ListSettings(tags=("fish", "chips")), True),
        (ListSettings(collections=("news",), tags=("chips",)), False),
        (ListSettings(categories=("harbour",), tags=("tide",)), True),
    ],
)
def test_a_list_carries_what_fits_each_of_its_criteria(post, settings, carried):
    assert carries(settings, post) is carried


@pytest.mark.parametrize(
    ("topics", "wanted"),
    [(None, True), ((), False), (("news",), True), (("HARBOUR",), True), (("fish",), True), (("x",), False)],
)
def test_a_reader_chooses_collections_categories_or_tags(post, topics, wanted):
    assert chosen(topics, post) is wanted
    assert chosen(topics, replace(post, collection="x", categories=(), tags=())) is (
        topics is None or "x" in topics
    )
