from dataclasses import replace

import pytest

from syndicate.dispatch.published import unpublished
from syndicate.errors import FetchError
from syndicate.files import write_secret
from syndicate.mail.keys import new_ed25519_key, new_rsa_key, record, signing_keys
from syndicate.settings.schema import DkimSettings, MailSettings, Settings

S1, S2, NEWS = "s1._domainkey.gazette.example", "s2._domainkey.gazette.example", "news.gazette.example"


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    folder = tmp_path_factory.mktemp("keys")
    write_secret(folder / "s1.pem", new_rsa_key())
    write_secret(folder / "s2.pem", new_ed25519_key())
    keys = DkimSettings(
        domain="gazette.example",
        selector="s1",
        key_file=folder / "s1.pem",
        ed25519_selector="s2",
        ed25519_key_file=folder / "s2.pem",
    )
    return Settings(mail=MailSettings(sender="news@news.gazette.example"), dkim=keys)


@pytest.fixture
def records(settings) -> dict[str, list[str]]:
    """Give what should stand in the DNS; DMARC above the sender's domain counts."""
    keys = map(record, signing_keys(settings.dkim))
    return {
        "news.gazette.example": ["some-site-verification=1", "v=spf1 include:relay.example -all"],
        "_dmarc.gazette.example": ["v=DMARC1; p=none"],
        **{each.name: [each.value] for each in keys},
    }


def lines(settings, records) -> list[str]:
    return list(unpublished(settings, lambda name: records.get(name, [])))


def test_where_all_is_published_nothing_is_said(settings, records):
    assert lines(settings, records) == []


def test_a_key_may_be_written_with_spaces_and_in_another_order(settings, records):
    value = records["s2._domainkey.gazette.example"][0]
    public = value.rpartition("p=")[2]
    records["s2._domainkey.gazette.example"] = [f"p={public[:9]} {public[9:]} ; k=ed25519;v=DKIM1"]

    assert lines(settings, records) == []


@pytest.mark.parametrize(
    ("name", "published", "words"),
    [
        (S1, [], "the key isn't published; put there what `syndicate dkim record`"),
        (S1, ["v=DKIM1; p=AAAA"], "another key is published"),
        (S1, ["v=DKIM1; p="], "another key is published"),
        (S2, ["v=DKIM1; k=rsa; p=A", "v=DKIM1; p=B"], "another key is published"),
        ("_dmarc.gazette.example", ["v=spf1"], "there is no DMARC record"),
        (NEWS, ["x"], "there is no SPF record"),
        (NEWS, ["v=spf1 -all", "V=SPF1 +all"], "there are 2 SPF records, and so none counts"),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_one_line(settings, records, name, published, words):
    (line,) = lines(settings, records | {name: published})

    assert words in line


def test_a_name_nobody_answers_for_hinders_no_other(settings, records):
    def look_up(name):
        if name.startswith("s1."):
            raise FetchError(f"{name}: the DNS doesn't answer (Timeout); try again later", permanent=False)
        return []

    said = list(unpublished(settings, look_up))

    assert [line.partition(":")[0] for line in said] == [
        "s1._domainkey.gazette.example",
        "s2._domainkey.gazette.example",
        "_dmarc.news.gazette.example",
        "news.gazette.example",
    ]


def test_without_a_key_of_ours_the_relay_s_isn_t_asked_for(settings, records):
    assert lines(replace(settings, dkim=DkimSettings()), records) == []
