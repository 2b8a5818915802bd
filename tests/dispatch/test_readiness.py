from dataclasses import replace

import pytest

from syndicate.dispatch.readiness import for_examples, in_house, lacking, require
from syndicate.errors import SettingsError
from syndicate.settings.schema import MailSettings, PublishSettings, Settings, SmtpSettings

READY = Settings(
    publish=PublishSettings(base_url="https://gazette.org"),
    mail=MailSettings(
        sender="The Gazette <news@gazette.org>", postal_address="4 Rope Walk", transport="smtp"
    ),
    smtp=SmtpSettings(host="smtp.relay.com"),
)


def but(*, base_url: str = "https://gazette.org", host: str = "smtp.relay.com", **mail: str) -> Settings:
    return replace(
        READY,
        publish=PublishSettings(base_url=base_url),
        smtp=SmtpSettings(host=host),
        mail=replace(READY.mail, **mail),
    )


def test_what_is_ready_lacks_nothing():
    assert lacking(READY) == ()
    require(READY)


@pytest.mark.parametrize("address", ["", "  \n"])
def test_a_postal_address_is_asked_for(address):
    (line,) = lacking(but(postal_address=address))

    assert line.startswith("mail.postal_address: is missing, and most countries' law wants one")
    assert line.endswith("; set it under [mail]")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "is missing, and unsubscribe links would lead nowhere"),
        ("http://gazette.org", "http://gazette.org is not https, and unsubscribing by one click needs it"),
        ("https://localhost:8000", "is nowhere that readers can reach"),
        ("https://gazette.local", "is nowhere that readers can reach"),
        ("https://192.168.1.4", "is nowhere that readers can reach"),
    ],
)
def test_an_https_address_is_asked_for_that_readers_can_reach(url, words):
    (line,) = lacking(but(base_url=url))

    assert line.startswith("publish.base_url: ")
    assert words in line
    assert line.endswith('; set base_url = "https://…" under [publish]')


@pytest.mark.parametrize(
    "domain", ["gmail.com", "GMAIL.com", "yahoo.co.uk", "outlook.com", "live.com", "gmx.de", "icloud.com"]
)
def test_a_sender_at_a_mailbox_for_everybody_is_refused(domain):
    (line,) = lacking(but(sender=f"Gazette <gazette@{domain}>"))

    assert line.startswith(f"mail.sender: only {domain.lower()}'s own servers may send for it")


@pytest.mark.parametrize(
    ("domain", "host"),
    [
        ("gmail.com", "smtp.gmail.com"),
        ("hotmail.com", "smtp-mail.outlook.com"),
        ("icloud.com", "smtp.mail.me.com"),
        ("gmx.de", "mail.gmx.net"),
    ],
)
def test_through_its_own_server_it_may(domain, host):
    assert lacking(but(sender=f"gazette@{domain}", host=host)) == ()


def test_a_server_that_is_only_called_alike_is_another():
    assert lacking(but(sender="gazette@gmail.com", host="notgmail.com")) != ()


def test_a_sender_at_no_real_domain_is_refused():
    (line,) = lacking(but(sender="news@localhost.invalid"))

    assert line.startswith("mail.sender: localhost.invalid is no domain that has SPF, DKIM and DMARC")


@pytest.mark.parametrize(
    ("host", "private"),
    [("127.0.0.1", True), ("localhost", True), ("10.1.2.3", True), ("mail", True), ("smtp.relay.com", False)],
)
def test_a_rehearsal_by_a_server_in_the_house_may_have_names_of_the_house(host, private):
    settings = but(host=host, base_url="https://gazette.example", sender="news@gazette.example")

    assert in_house(settings) is private
    assert (lacking(settings) == ()) is private


def test_all_that_is_lacking_is_named_in_one_go():
    settings = but(base_url="", postal_address="", sender="gazette@gmail.com")

    with pytest.raises(SettingsError) as caught:
        require(settings)

    keys = [line.partition(":")[0] for line in str(caught.value).splitlines()]
    assert keys == ["mail.postal_address", "publish.base_url", "mail.sender"]


def test_files_may_be_written_without_any_of_it():
    require(but(base_url="", postal_address="", transport="outbox"))


@pytest.mark.parametrize(
    ("url", "so"),
    [
        ("https://gazette.example", True),
        ("https://www.example.com/news", True),
        ("https://a.test:8443", True),
        ("https://myexample.com", False),
        ("https://example.press", False),
        ("https://localhost", False),
        ("", False),
    ],
)
def test_names_for_examples_are_known(url, so):
    assert for_examples(url) is so
