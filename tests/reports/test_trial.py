from dataclasses import replace
from email.parser import BytesParser
from email.policy import SMTP

import pytest

from syndicate.errors import SettingsError
from syndicate.files import write_secret
from syndicate.mail.keys import new_rsa_key
from syndicate.pipeline import River
from syndicate.reports.trial import marked, try_edition
from syndicate.settings.schema import DkimSettings


def parsed(content):
    return BytesParser(policy=SMTP).parsebytes(content)


def test_the_mark_stands_before_the_subject():
    message = b"From: a@b.example\r\nSubject: Fog over the pier\r\nTo: c@d.example\r\n\r\nSubject: x\r\n"

    assert parsed(marked(message))["Subject"] == "[TEST] Fog over the pier"
    assert marked(message).endswith(b"\r\n\r\nSubject: x\r\n")


def test_the_mark_stands_before_a_subject_in_encoded_words():
    message = b"From: a@b.example\r\nSubject: =?utf-8?q?Nevoeiro_no_p=C3=A3o?=\r\n\r\nx\r\n"

    assert parsed(marked(message))["Subject"] == "[TEST] Nevoeiro no pão"


def test_an_edition_from_before_the_sender_moved_is_not_tried_with_a_signature_that_counts_for_nothing(
    river, tmp_path
):
    write_secret(tmp_path / "s1.pem", new_rsa_key())
    river.configure(start_with=1)
    river.arrive("fog", baseline=True)
    river.join("ada")
    river.start()
    river.tick()
    river.freeze()
    dkim = DkimSettings(domain="herald.example", selector="s1", key_file=tmp_path / "s1.pem")
    mail = replace(river.settings.mail, sender="The Herald <news@herald.example>")
    moved = River(
        settings=replace(river.settings, mail=mail, dkim=dkim),
        source=None,  # what is frozen asks no site
        engine=river.engine,
    )

    with pytest.raises(SettingsError, match=r"count for nothing on mail from gazette\.example"):
        try_edition(moved, "1", to="eve@example.org", now=river.now)
