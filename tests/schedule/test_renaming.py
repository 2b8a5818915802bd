from dataclasses import replace
from datetime import timedelta

import pytest

from syndicate.errors import AudienceError
from syndicate.schedule.renaming import rename_lists


@pytest.fixture
def owing(river):
    """Give a list that owes its reader a post, after one edition went out."""
    river.start()
    river.tick()
    river.join("ada")
    river.arrive("one")
    week(river)
    river.arrive("two")
    return river


def week(river):
    river.now = (river.now + timedelta(days=7)).replace(hour=12)
    river.turn()


def test_what_a_renamed_list_owes_is_given_once_under_its_new_name(owing):
    owing.configure(name="courier", formerly="gazette")

    renamed = [rename_lists(owing.engine, owing.settings.lists) for _ in range(2)]
    week(owing)

    assert renamed == [["courier"], []]
    assert owing.mail() == {"ada": ["two", "one"]}  # in the order of folders: courier, gazette
    assert [state for _, state in owing.editions()] == ["sent", "sent"]


def test_a_collecting_edition_is_renamed_too(owing):
    owing.now = (owing.now + timedelta(days=7)).replace(hour=12)
    owing.tick()
    owing.configure(name="courier", formerly="gazette")

    rename_lists(owing.engine, owing.settings.lists)
    owing.turn()

    assert owing.mail() == {"ada": ["two", "one"]}


def test_two_lists_do_not_become_one(owing):
    both = (owing.list_settings, replace(owing.list_settings, name="courier"))
    owing.settings = replace(owing.settings, lists=tuple(reversed(both)))
    owing.start()
    owing.join("bob")

    with pytest.raises(AudienceError, match="two lists don't become one"):
        rename_lists(owing.engine, [replace(both[1], formerly="gazette")])
