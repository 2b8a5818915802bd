"""Readers whose names need SMTPUTF8, from the list to a mail server and to files."""

from dataclasses import replace
from email.parser import BytesParser
from email.policy import SMTPUTF8

import pytest

from syndicate.audience.subscribing import add
from syndicate.model.delivery import DeliveryState
from syndicate.settings.schema import SmtpSettings
from syndicate.store import deliveries
from syndicate.store.engine import reading

OFFERED = ("PIPELINING", "8BITMIME", "SMTPUTF8")


@pytest.fixture
def readers(river):
    """Give a list whose first edition is due: for Ada, and for 阿明 at a domain that isn't ASCII either."""
    river.join("ada")
    given = {"list_settings": river.list_settings, "consent": "in a test", "who": "eve", "now": river.now}
    add(river.engine, "阿明@bücher.example", **given)
    river.configure(start_with=1)
    river.arrive("fog", baseline=True)
    return river


def by_smtp(river, server) -> None:
    smtp = SmtpSettings(host="127.0.0.1", port=server.port, security="none", connections=1)
    mail = replace(river.settings.mail, transport="smtp")
    river.settings = replace(river.settings, mail=mail, smtp=smtp)


def replies(river, edition) -> dict[str, str]:
    with reading(river.engine) as connection:
        found = deliveries.of_edition(connection, edition.id, states=tuple(DeliveryState))
        return {address: each.reply for each, address in found}


def test_a_server_that_offers_it_is_given_the_name_as_it_is(readers, serve):
    server = serve(offers=OFFERED)
    by_smtp(readers, server)

    (edition,) = readers.turn()

    assert edition.state == "sent"
    assert dict(server.recipients) == {"ada@example.org": 1, "阿明@xn--bcher-kva.example": 1}
    content = next(content for _, to, content in server.kept if not to.isascii())
    assert "To: 阿明@xn--bcher-kva.example\r\n".encode() in content


def test_by_a_server_that_does_not_that_reader_is_named_and_the_others_are_served(readers, serve):
    server = serve()
    by_smtp(readers, server)

    (edition,) = readers.turn()

    assert edition.state == "sent with exceptions"
    assert readers.ledger(edition.id) == {DeliveryState.ACCEPTED: 1, DeliveryState.REJECTED: 1}
    assert "offer SMTPUTF8" in replies(readers, edition)["阿明@bücher.example"]
    assert list(server.recipients) == ["ada@example.org"]


def test_a_file_holds_what_would_have_been_sent(readers):
    (edition,) = readers.turn()

    assert edition.state == "sent"
    (letter,) = readers.settings.outbox.glob("mail/**/*__@xn--bcher-kva.example.eml")
    message = BytesParser(policy=SMTPUTF8).parsebytes(letter.read_bytes())
    assert str(message["To"]) == "阿明@xn--bcher-kva.example"
