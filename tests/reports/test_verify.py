from dataclasses import replace

import pytest
import sqlalchemy as sa

from syndicate.errors import EditionError
from syndicate.reports.verify import verify


@pytest.fixture
def sent(river):
    river.configure(start_with=1)
    river.arrive("one", baseline=True)
    river.join("ada", "ben")
    (edition,) = river.turn()
    return edition


def files(river):
    return sorted(river.settings.outbox.glob("mail/**/*.eml"))


def test_an_edition_that_was_sent_agrees_with_its_ledger_and_its_files(river, sent):
    found = verify(river.engine, river.settings, sent.id)

    assert (found.words, found.files, found.problems) == ("2 accepted", 2, ())


def test_a_file_that_is_gone_is_named_with_its_reader(river, sent):
    files(river)[0].unlink()

    (problem,) = verify(river.engine, river.settings, sent.id).problems

    assert "is not there (ada@example.org)" in problem


def test_a_file_with_another_message_is_named(river, sent):
    first, second = files(river)
    first.write_bytes(second.read_bytes())

    (problem,) = verify(river.engine, river.settings, sent.id).problems

    assert problem == f"{first}: it is another message than the ledger's (ada@example.org)"


def test_a_file_that_nothing_stands_behind_is_named(river, sent):
    stray = files(river)[0].with_name("000099-eve@example.org.eml")
    stray.write_bytes(b"")

    assert verify(river.engine, river.settings, sent.id).problems == (
        f"{stray}: no accepted delivery stands behind it",
    )


def accepted_by_a_server(river, *numbers):
    with river.engine.begin() as connection:
        for number in numbers:
            statement = sa.text("UPDATE delivery SET reply = '250 2.0.0 kept' WHERE id = :id")
            connection.execute(statement, {"id": number})


def test_what_a_server_took_is_not_looked_for_as_a_file_whatever_the_transport_is_now(river, sent):
    first, second = files(river)
    first.unlink()
    accepted_by_a_server(river, 1)

    mixed = verify(river.engine, river.settings, sent.id)
    accepted_by_a_server(river, 2)
    served = verify(river.engine, river.settings, sent.id)

    assert second.exists()
    assert (mixed.files, mixed.problems) == (1, ())
    assert (served.files, served.problems) == (None, ())


def test_what_left_as_files_is_compared_though_mail_leaves_through_a_server_now(river, sent):
    files(river)[0].unlink()
    settings = replace(river.settings, mail=replace(river.settings.mail, transport="smtp"))

    found = verify(river.engine, settings, sent.id)

    assert (found.files, len(found.problems)) == (2, 1)


def test_a_claim_that_the_ledger_denies_is_named(river, sent):
    with river.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE delivery SET state = 'uncertain' WHERE id = 1")

    problems = verify(river.engine, river.settings, sent.id).problems

    assert 'it says "sent", but its ledger has 1 accepted, 1 uncertain' in problems[0]


def test_a_reader_who_was_given_a_post_twice_is_named(river, sent):
    with river.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE subscription SET cursor = 0")
    river.arrive("two")
    river.now = river.now.replace(day=30)
    (second,) = river.turn()

    problems = verify(river.engine, river.settings, second.id).problems

    assert problems[0] == (
        "ada@example.org: was given _posts/00001-one.md by edition 1 too; look at both with --reader"
    )


def test_there_is_no_edition_of_that_number(river):
    with pytest.raises(EditionError, match="edition 7: there is none of that number"):
        verify(river.engine, river.settings, 7)
