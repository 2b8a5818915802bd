from pathlib import Path

import pytest

from syndicate.errors import OutboxError, SettingsError
from syndicate.model.message import Envelope, Message
from syndicate.settings.schema import MailSettings, Settings
from syndicate.transports import open_transport
from syndicate.transports.outbox import message_path


def message(number=1, to="ada@example.org", content=b"Subject: x\r\n\r\nHello\r\n"):
    return Message(
        delivery_id=number,
        edition_id=7,
        list_name="gazette",
        envelope=Envelope(sender="news@example.org", recipient=to),
        message_id=f"<{number}@example.org>",
        content=content,
    )


@pytest.fixture
def outbox(tmp_path):
    transport = open_transport(Settings(outbox=tmp_path))
    yield transport
    transport.close()


def test_a_message_is_a_file_for_its_owner_alone(outbox, tmp_path):
    ((delivery_id, reply),) = outbox.hand_over([message()])

    path = tmp_path / "mail/gazette/7/000001-ada@example.org.eml"
    assert path.read_bytes() == b"Subject: x\r\n\r\nHello\r\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert (delivery_id, str(reply.outcome)) == (1, "accepted")
    assert reply.text == "gazette/7/000001-ada@example.org.eml"


def test_the_same_message_again_is_the_same_file(outbox, tmp_path):
    for _ in range(2):
        list(outbox.hand_over([message(), message(2, "ben@example.org")]))

    assert len(list(tmp_path.glob("mail/**/*"))) == 2 + 2


@pytest.mark.parametrize("to", ["a/../../b@example.org", "-rf@example.org", ".x@example.org", "a" * 250])
def test_an_address_never_leads_out_of_the_folder(to):
    path = Path(message_path(message(to=to)))

    assert path.parent == Path("gazette/7")
    assert path.name.startswith("000001-")
    assert len(path.name) < 140


def test_a_folder_that_can_not_be_made_is_one_clear_line(outbox, tmp_path):
    (tmp_path / "mail").write_text("a file where the folder should be")

    with pytest.raises(OutboxError, match=r"can't be written \(.*\); free the disk") as caught:
        list(outbox.hand_over([message()]))
    assert "\n" not in str(caught.value)


def test_a_group_that_fails_leaves_nothing_half_written(outbox, tmp_path):
    blocked = tmp_path / "mail/gazette/7/.000002-ben@example.org.eml.part"
    blocked.mkdir(parents=True)

    with pytest.raises(OutboxError):
        list(outbox.hand_over([message(), message(2, "ben@example.org")]))

    assert [path for path in tmp_path.glob("mail/**/*") if path.is_file()] == []


def test_an_unknown_transport_is_one_clear_line():
    with pytest.raises(SettingsError, match='there is no transport "pigeon"; use one of outbox'):
        open_transport(Settings(mail=MailSettings(transport="pigeon")))
