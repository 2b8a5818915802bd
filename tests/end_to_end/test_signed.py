"""A key made by the command, and the messages of an edition signed with it, as dkimpy sees them."""

import json
import stat

import dkim
import pytest

pytestmark = pytest.mark.system


@pytest.fixture
def signed(newsroom):
    """Give the newsroom, its configuration signing, and the records it was told to publish."""
    made = json.loads(newsroom.run("dkim", "new", "--selector", "s1", "--ed25519", "--json").stdout)
    keys = (
        '[dkim]\ndomain = "harbour-gazette.example"\nselector = "s1"\nkey_file = "outbox/dkim/s1.pem"\n'
        'ed25519_selector = "s1-ed25519"\ned25519_key_file = "outbox/dkim/s1-ed25519.pem"\n'
    )
    config = newsroom.config.read_text(encoding="utf-8").replace("[dkim]\n", keys)
    newsroom.config.write_text(config, encoding="utf-8")
    return newsroom, {f"{each['name']}.".encode(): each["value"].encode() for each in made["records"]}


def test_every_message_of_the_outbox_is_signed_by_both_keys(signed):
    newsroom, records = signed
    newsroom.add_readers()
    newsroom.pass_()

    messages = [path.read_bytes() for path in newsroom.letters()]
    assert len(messages) == 3
    for message in messages:
        for number in (0, 1):
            assert dkim.DKIM(message).verify(number, dnsfunc=lambda name, timeout=5: records[name])


def test_a_test_message_is_signed_with_its_mark(signed):
    newsroom, records = signed
    newsroom.pass_()
    newsroom.run("edition", "test", "gazette", "--to", "eve@example.org")

    (letter,) = newsroom.letters()
    assert b"Subject: [TEST]" in letter.read_bytes()
    assert dkim.DKIM(letter.read_bytes()).verify(0, dnsfunc=lambda name, timeout=5: records[name])


def test_a_key_is_for_its_owner_alone_and_never_replaced(signed):
    newsroom, _ = signed
    file = newsroom.outbox / "dkim" / "s1.pem"
    before = file.read_bytes()

    said = newsroom.run("dkim", "new", "--selector", "s1", code=2)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "there is a key of this name; choose another with --selector" in said.stderr
    assert file.read_bytes() == before


def test_check_says_what_signs_and_where_the_records_are(signed):
    newsroom, records = signed

    said = newsroom.run("check").stdout
    shown = newsroom.run("dkim", "record").stdout

    assert "signed by harbour-gazette.example: RSA 2048 as s1, Ed25519 as s1-ed25519; `syndicate dkim" in said
    assert all(value.decode() in shown for value in records.values())


def test_check_names_a_key_that_does_not_fit_the_sender(signed):
    newsroom, _ = signed

    said = newsroom.run("--set", "dkim.domain=relay.example", "check", code=1)

    assert "dkim.domain: signatures by relay.example count for nothing on mail from harbour" in said.stderr


def test_without_a_key_there_is_no_record_and_one_clear_line(newsroom):
    said = newsroom.run("dkim", "record", code=2)

    assert said.stderr == "error: dkim.domain: no key is configured; `syndicate dkim new` makes one\n"
