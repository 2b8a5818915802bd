from dataclasses import replace

import pytest

from syndicate.dispatch.sender import sender
from syndicate.errors import SettingsError
from syndicate.files import write_secret
from syndicate.mail.keys import new_rsa_key
from syndicate.settings.schema import DkimSettings, MailSettings, PublishSettings, Settings


@pytest.fixture(scope="module")
def signing(tmp_path_factory):
    """Give a function that makes settings whose mail from one domain is signed by another."""
    file = tmp_path_factory.mktemp("keys") / "s1.pem"
    write_secret(file, new_rsa_key())

    def settings(*, of: str, by: str) -> Settings:
        return Settings(
            publish=PublishSettings(base_url="https://gazette.example"),
            mail=MailSettings(sender=f"The Gazette <news@{of}>"),
            dkim=DkimSettings(domain=by, selector="s1", key_file=file),
        )

    return settings


@pytest.mark.parametrize(
    ("of", "by"),
    [
        ("gazette.example", "gazette.example"),
        ("news.gazette.example", "gazette.example"),
        ("gazette.example", "mail.gazette.example"),
        ("Gazette.Example", "gazette.example"),
    ],
)
def test_a_signature_by_the_sender_s_own_domain_counts(signing, of, by):
    assert [key.domain for key in sender(signing(of=of, by=by)).keys] == [by]


@pytest.mark.parametrize("by", ["relay.example", "notgazette.example"])
def test_a_signature_that_dmarc_would_not_count_is_refused(signing, by):
    with pytest.raises(
        SettingsError, match=r"^dkim\.domain: .* count for nothing on mail from gazette\.example"
    ):
        sender(signing(of="gazette.example", by=by))


def test_nothing_is_signed_unless_it_is_asked_for(signing):
    assert sender(replace(signing(of="a.example", by="b.example"), dkim=DkimSettings())).keys == ()
