from email.parser import BytesParser
from email.policy import SMTP

from syndicate.reports.trial import marked


def parsed(content):
    return BytesParser(policy=SMTP).parsebytes(content)


def test_the_mark_stands_before_the_subject():
    message = b"From: a@b.example\r\nSubject: Fog over the pier\r\nTo: c@d.example\r\n\r\nSubject: x\r\n"

    assert parsed(marked(message))["Subject"] == "[TEST] Fog over the pier"
    assert marked(message).endswith(b"\r\n\r\nSubject: x\r\n")


def test_the_mark_stands_before_a_subject_in_encoded_words():
    message = b"From: a@b.example\r\nSubject: =?utf-8?q?Nevoeiro_no_p=C3=A3o?=\r\n\r\nx\r\n"

    assert parsed(marked(message))["Subject"] == "[TEST] Nevoeiro no pão"
