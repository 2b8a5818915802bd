from datetime import timedelta


def test_a_started_list_owes_nothing_old(river):
    river.arrive("one", "two", baseline=True)
    river.join("ada")

    assert river.turn() == []
    assert river.mail() == {}


def test_the_first_edition_holds_the_newest_few_posts(river):
    river.configure(start_with=2)
    river.arrive("one", "two", "three", baseline=True)
    river.join("ada", "ben")

    (edition,) = river.turn()

    assert (edition.occurrence, edition.state) == ("start", "sent")
    assert river.mail() == {"ada": ["three, two"], "ben": ["three, two"]}


def test_who_comes_after_the_start_gets_only_what_is_new(river):
    river.configure(start_with=2)
    river.arrive("one", "two", baseline=True)
    river.join("ada")
    river.turn()
    river.join("ben")
    river.arrive("three")

    river.now += timedelta(days=7)
    river.turn()

    assert river.mail() == {"ada": ["two, one", "three"], "ben": ["three"]}


def test_a_second_turn_sends_nothing(river):
    river.configure(start_with=2)
    river.arrive("one", "two", baseline=True)
    river.join("ada")
    river.turn()

    assert river.turn() == []
    assert river.mail() == {"ada": ["two, one"]}
