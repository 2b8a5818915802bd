import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.transports.smtp_replies import (
    Answer,
    Step,
    Verdict,
    names_no_mailbox,
    verdict,
    without_addresses,
)


@pytest.mark.parametrize(
    ("step", "code", "text", "expected"),
    [
        (Step.RCPT, 250, "2.1.5 ok", Verdict.GOOD),
        (Step.RCPT, 251, "will forward", Verdict.GOOD),
        (Step.DATA, 354, "go on", Verdict.GOOD),
        (Step.DATA, 250, "ok", Verdict.NONSENSE),
        (Step.END, 250, "5.1.1 it says so and took it", Verdict.GOOD),
        (Step.END, 354, "go on", Verdict.NONSENSE),
        (Step.MAIL, 354, "go on", Verdict.NONSENSE),
        (Step.RCPT, -1, "garbage", Verdict.NONSENSE),
        (Step.RCPT, 550, "5.1.1 no such user", Verdict.REJECTED),
        (Step.RCPT, 550, "no such user", Verdict.REJECTED),
        (Step.RCPT, 450, "4.2.0 greylisted", Verdict.DEFERRED),
        (Step.RCPT, 452, "4.5.3 too many", Verdict.DEFERRED),
        (Step.RCPT, 550, "4.2.2 full", Verdict.DEFERRED),
        (Step.RCPT, 450, "5.2.1 disabled", Verdict.REJECTED),
        (Step.RCPT, 451, "4.4.4 no route to their server", Verdict.DEFERRED),
        (Step.RCPT, 552, "5.2.2 full", Verdict.REJECTED),
        (Step.END, 554, "5.7.1 spam", Verdict.REJECTED),
        (Step.END, 451, "4.7.1 later", Verdict.DEFERRED),
        (Step.RCPT, 421, "4.7.0 closing", Verdict.CONNECTION),
        (Step.END, 421, "closing", Verdict.CONNECTION),
        (Step.RCPT, 451, "4.3.2 not accepting", Verdict.CONNECTION),
        (Step.RCPT, 452, "4.3.1 disk full", Verdict.CONNECTION),
        (Step.MAIL, 451, "4.4.2 lost", Verdict.CONNECTION),
        (Step.MAIL, 450, "4.7.1 sender throttled", Verdict.CONNECTION),
        (Step.AUTH, 454, "4.7.0 later", Verdict.CONNECTION),
        (Step.AUTH, 535, "5.7.8 wrong", Verdict.CONFIGURATION),
        (Step.AUTH, 535, "wrong", Verdict.CONFIGURATION),
        (Step.MAIL, 530, "5.7.0 sign in", Verdict.CONFIGURATION),
        (Step.RCPT, 530, "sign in", Verdict.CONFIGURATION),
        (Step.RCPT, 550, "5.7.57 sign in", Verdict.CONFIGURATION),
        (Step.MAIL, 553, "5.7.1 not your address", Verdict.CONFIGURATION),
        (Step.MAIL, 552, "5.3.4 too big", Verdict.CONFIGURATION),
        (Step.EHLO, 550, "go away", Verdict.CONFIGURATION),
        (Step.GREETING, 554, "no mail here", Verdict.CONFIGURATION),
        (Step.STARTTLS, 454, "later", Verdict.CONNECTION),
    ],
)
def test_an_answer_means_what_its_place_makes_of_it(step, code, text, expected):
    assert verdict(step, Answer(code=code, text=text)) is expected


@given(st.sampled_from(Step), st.integers(-1, 999), st.text())
def test_whatever_a_server_says_has_a_meaning(step, code, text):
    answer = Answer(code=code, text=text)

    assert verdict(step, answer) in Verdict
    assert answer.words.isprintable()
    assert len(answer.words) <= 400


@given(st.sampled_from([Step.RCPT, Step.DATA, Step.END]), st.integers(400, 599), st.text())
def test_a_refusal_is_never_taken_for_acceptance(step, code, text):
    assert verdict(step, Answer(code=code, text=text)) not in {Verdict.GOOD, Verdict.NONSENSE}


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("550 5.1.1 <ada@example.org>: no such user", True),
        ("550 5.1.10 null MX", True),
        ("550 no such user", False),
        ("550 5.7.1 spam", False),
        ("552 5.2.2 full", False),
        ("the sender's address holds a line break", False),
        ("", False),
    ],
)
def test_only_a_plain_word_says_that_there_is_no_mailbox(reply, expected):
    assert names_no_mailbox(reply) is expected


def test_addresses_are_left_out_of_what_others_read():
    assert without_addresses("550 5.1.1 <ada@example.org>: unknown") == "550 5.1.1 … unknown"
