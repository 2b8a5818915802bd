from dataclasses import replace

from syndicate.audience.tokens import UNSUBSCRIBE, token
from syndicate.audience.unconfigured import unconfigured
from syndicate.audience.unsubscribing import unsubscribe
from syndicate.store import identity
from syndicate.store.engine import reading


def test_lists_that_are_configured_need_no_word(river):
    river.join("ada")

    assert unconfigured(river.engine, river.settings.lists) == ()


def test_a_list_that_left_the_configuration_is_named_with_what_it_has_and_the_remedy(river):
    river.configure(start_with=1)
    river.arrive("one", baseline=True)
    river.join("ada", "ben")
    river.start()
    river.tick()
    readers_alone = replace(river.list_settings, name="almanac")
    river.settings = replace(river.settings, lists=(readers_alone,))
    river.join("eve")

    lines = unconfigured(river.engine, ())

    assert [line.partition(", and is passed over")[0] for line in lines] == [
        'list "almanac": it has 1 confirmed reader',
        'list "gazette": it has 2 confirmed readers and 1 open edition',
    ]
    assert lines[0].endswith('put it back, or say formerly = "almanac" in the list that takes its place')


def test_a_list_that_has_another_name_by_now_is_not_named(river):
    river.join("ada")
    renamed = replace(river.list_settings, name="herald", formerly="gazette")

    assert unconfigured(river.engine, (renamed,)) == ()


def test_a_list_whose_readers_left_and_whose_editions_are_over_is_not_named(river):
    river.configure(start_with=1)
    river.arrive("one", baseline=True)
    river.join("ada")
    river.turn()
    with reading(river.engine) as connection:
        given = token(identity.secret(connection), UNSUBSCRIBE, 1)
    unsubscribe(river.engine, given, now=river.now)

    assert unconfigured(river.engine, ()) == ()
