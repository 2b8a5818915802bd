# ruff: noqa: PLR0913, PLR0917 - a test has as many arguments as there are things that vary in it
import socket
import threading
from dataclasses import dataclass
from datetime import timedelta

import pytest

from syndicate.errors import SettingsError, TransportError
from syndicate.settings.schema import MailSettings, Settings, SmtpSettings
from syndicate.transports import open_transport

SHORT = {"timeout": timedelta(seconds=2), "last_reply": timedelta(seconds=2)}


@pytest.fixture
def connect():
    """Give a function that opens the transport to a server."""
    opened = []

    def connect(server, **options):
        given = (
            {"host": "127.0.0.1", "port": server.port, "security": "none", "connections": 2} | SHORT | options
        )
        transport = open_transport(Settings(mail=MailSettings(transport="smtp"), smtp=SmtpSettings(**given)))
        opened.append(transport)
        return transport

    yield connect
    for each in opened:
        each.close()


def carried(transport, messages):
    """Hand over, and give every outcome and its words, by delivery."""
    replies = dict(transport.hand_over(messages))
    while len(replies) < len(messages):
        replies |= dict(transport.hand_over(()))
    return {number: (str(reply.outcome), reply.text) for number, reply in replies.items()}


def broken_off(transport, messages, match):
    """Hand over until it gives up; give that error, and the replies there were by then."""
    replies = {}
    with pytest.raises(TransportError, match=match) as caught:
        replies.update(_all_replies(transport, messages))
    return caught.value, replies


def _all_replies(transport, messages):
    yield from transport.hand_over(messages)
    for _ in messages:
        yield from transport.hand_over(())


def outcomes(replies):
    return {number: outcome for number, (outcome, _) in replies.items()}


def fault(at, action, times=1000):
    """Give a behaviour that does this at one step to reader1."""

    def behaviour(step, recipient, nth):
        return action if (step, recipient) == (at, "reader1@example.org") and nth < times else None

    return behaviour


def test_a_message_arrives_as_it_was(serve, connect, letter):
    server = serve()

    replies = carried(connect(server), [letter()])

    assert replies == {1: ("accepted", "250 2.0.0 kept")}
    assert server.kept == [(1, "reader1@example.org", b"Subject: x\r\n\r\nHello\r\n")]


@pytest.mark.parametrize(
    ("content", "wire"),
    [
        (b".a\r\n..b\r\nc.\r\n.\r\n", b"..a\r\n...b\r\nc.\r\n..\r\n"),
        (b"no end", b"no end\r\n"),
        (b"a\r\n.\r\nMAIL FROM:<x@y>\r\n", b"a\r\n..\r\nMAIL FROM:<x@y>\r\n"),
    ],
)
def test_a_dot_that_begins_a_line_is_doubled(serve, connect, letter, content, wire):
    server = serve()

    carried(connect(server), [letter(content=content)])

    assert server.kept == [(1, "reader1@example.org", wire)]


@pytest.mark.parametrize(
    "to", ["a@b\r\nRSET", "a@b\0", "a b@c", "a@b> SIZE=1 <c@d", "a@ä", "\u202ea@b", "", "a@b\n"]
)
def test_an_address_that_could_say_more_is_not_shown_to_the_server(serve, connect, letter, to):
    server = serve()

    replies = carried(connect(server), [letter(to=to), letter(2)])

    assert outcomes(replies) == {1: "rejected", 2: "accepted"}
    assert replies[1][1].startswith("the address holds a line break, a space")
    assert list(server.recipients) == ["reader2@example.org"]


OFFERS_UTF8 = ("PIPELINING", "SIZE 1000000", "8BITMIME", "SMTPUTF8")


def test_letters_of_any_script_go_to_a_server_that_offers_them(serve, connect, letter):
    server = serve(offers=OFFERS_UTF8)
    content = "To: 阿明@example.org\r\n\r\nHello\r\n".encode()

    replies = carried(
        connect(server, connections=1), [letter(to="阿明@example.org", content=content), letter(2)]
    )

    assert outcomes(replies) == {1: "accepted", 2: "accepted"}
    assert server.kept[0] == (1, "阿明@example.org", content)
    size = len(content)
    assert f"MAIL FROM:<news@example.org> SIZE={size} BODY=8BITMIME SMTPUTF8" in server.lines()
    assert "MAIL FROM:<news@example.org> SIZE=21" in server.lines()  # who doesn't need it doesn't ask for it


@pytest.mark.parametrize("offers", [("PIPELINING",), ("PIPELINING", "8BITMIME"), ("SMTPUTF8",), ()])
def test_where_they_are_not_offered_that_person_alone_is_refused(serve, connect, letter, offers):
    server = serve(offers=offers)
    people = [letter(number, to=f"阿{number}@example.org") for number in range(1, 15)]

    replies = carried(connect(server), [*people, letter(15)])

    assert outcomes(replies) == dict.fromkeys(range(1, 15), "rejected") | {15: "accepted"}
    assert replies[1][1].startswith("the mail server doesn't offer SMTPUTF8, which letters outside ASCII")
    assert list(server.recipients) == ["reader15@example.org"]


def test_what_a_server_offers_before_tls_does_not_count(serve, connect, letter, authority):
    server = serve(offers=(), tls=authority.context("127.0.0.1"))

    replies = carried(
        connect(server, security="starttls", ca_file=authority.file), [letter(to="jörg@example.org")]
    )

    assert outcomes(replies) == {1: "rejected"}


def test_a_sender_that_could_say_more_burns_nobody(serve, connect, letter):
    server = serve()

    error, replies = broken_off(
        connect(server), [letter(sender="a@b\r\nRSET")], r"mail\.sender: holds a line"
    )

    assert error.permanent
    assert {str(reply.outcome) for reply in replies.values()} == {"returned"}
    assert not server.said


def test_the_envelope_goes_out_at_once_where_the_server_takes_that(serve, connect, letter):
    server = serve()

    carried(connect(server), [letter()])

    assert server.lines()[1:4] == [
        "MAIL FROM:<news@example.org> SIZE=21",
        "RCPT TO:<reader1@example.org>",
        "DATA",
    ]


def test_connections_are_reused_and_renewed(serve, connect, letter):
    server = serve()

    carried(connect(server, connections=1, messages_per_connection=3), [letter(n) for n in range(8)])

    assert [sum(1 for number, *_ in server.kept if number == each) for each in (1, 2, 3)] == [3, 3, 2]
    assert server.lines(1)[-1].upper() == "QUIT"


def test_no_more_connections_than_allowed(serve, connect, letter):
    server = serve()

    carried(connect(server, connections=3), [letter(n) for n in range(60)])

    assert server.most_open <= 3
    assert server.recipients == {f"reader{n}@example.org": 1 for n in range(60)}


def test_closing_takes_leave(serve, connect, letter):
    server = serve()
    transport = connect(server)
    carried(transport, [letter()])

    transport.close()

    assert server.lines()[-1].upper() == "QUIT"


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize(
    ("step", "action", "outcome"),
    [
        ("rcpt", "550 5.1.1 no such user", "rejected"),
        ("rcpt", "450 4.2.0 greylisted", "deferred"),
        ("data", "451 4.3.0 busy", "deferred"),
        ("dot", "554 5.7.1 spam", "rejected"),
        ("dot", "452 4.2.2 full", "deferred"),
    ],
)
def test_a_refusal_is_one_readers_and_in_the_servers_words(
    serve, connect, letter, step, action, outcome, pipelining
):
    offers = ("PIPELINING",) if pipelining else ("8BITMIME",)
    server = serve(behaviour=fault(step, action), offers=offers)

    replies = carried(connect(server, connections=1), [letter(n) for n in range(4)])

    assert replies[1] == (outcome, action)
    assert outcomes(replies) == {0: "accepted", 1: outcome, 2: "accepted", 3: "accepted"}


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize("step", ["rcpt", "data"])
@pytest.mark.parametrize("action", ["drop", "stall", "garbage", "421 4.3.2 closing"])
def test_what_breaks_before_the_dot_is_tried_over_another_connection(
    serve, connect, letter, step, action, pipelining
):
    offers = ("PIPELINING",) if pipelining else ("8BITMIME",)
    server = serve(behaviour=fault(step, action, times=1), offers=offers)

    replies = carried(connect(server, timeout=timedelta(milliseconds=700)), [letter(n) for n in range(4)])

    if action == "stall":  # the time for this message is up
        assert replies.pop(1)[0] in {"returned", "accepted"}
    assert set(outcomes(replies).values()) == {"accepted"}
    assert max(server.recipients.values()) == 1


@pytest.mark.parametrize("step", ["rcpt", "data"])
def test_who_breaks_every_connection_waits_and_delays_nobody(serve, connect, letter, step):
    server = serve(behaviour=fault(step, "drop"))

    replies = carried(connect(server), [letter(n) for n in range(20)])

    assert replies[1] == (
        "deferred",
        "the connection broke before the message was complete (it closed the connection)",
    )
    assert len(server.kept) == 19


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("drop", "it was handed over whole, and no answer came (it closed the connection)"),
        ("keep and drop", "it was handed over whole, and no answer came (it closed the connection)"),
        ("keep and stall", "it was handed over whole, and no answer came (timed out)"),
        ("garbage", "it was handed over whole, and what came back is no answer (-1 \ufffd garbage)"),
        ("354 go on", "it was handed over whole, and what came back is no answer (354 go on)"),
    ],
)
def test_what_breaks_after_the_dot_is_uncertain_and_not_tried_again(serve, connect, letter, action, words):
    server = serve(behaviour=fault("dot", action))
    transport = connect(server, connections=1, last_reply=timedelta(milliseconds=300))

    replies = carried(transport, [letter(n) for n in range(3)])

    assert replies[1][0] == "uncertain"
    assert "handed over whole" in words
    assert replies[1][1].startswith(words[:60])
    assert outcomes(replies) == {0: "accepted", 1: "uncertain", 2: "accepted"}
    assert server.recipients["reader1@example.org"] <= 1


def test_past_354_nothing_but_the_message_is_written(serve, connect, letter):
    server = serve(behaviour=fault("dot", "garbage"))

    carried(connect(server, connections=1), [letter(1), letter(2)])

    assert server.lines(1)[1:] == [
        "MAIL FROM:<news@example.org> SIZE=21",
        "RCPT TO:<reader1@example.org>",
        "DATA",
    ]


def test_a_354_to_nobody_closes_the_connection_without_a_dot(serve, connect, letter):
    def behaviour(step, recipient, _nth):
        if step == "rcpt" and recipient == "reader1@example.org":
            return "550 5.1.1 no such user"
        return "354 go on" if step == "data" else None

    server = serve(behaviour=behaviour)

    replies = carried(connect(server, connections=1), [letter(1), letter(2)])

    assert outcomes(replies) == {1: "rejected", 2: "accepted"}
    assert [number for number, *_ in server.kept] == [2]


def test_a_server_that_says_no_and_goes_is_heard(serve, connect, letter):
    server = serve(behaviour=fault("rcpt", "550 5.1.1 no such user"), offers=("8BITMIME",))

    replies = carried(connect(server, connections=1), [letter(1)])

    assert replies == {1: ("rejected", "550 5.1.1 no such user")}


def test_one_that_stalls_delays_nobody_else(serve, connect, letter):
    server = serve(behaviour=fault("dot", "keep and stall"))
    transport = connect(server, connections=2, last_reply=timedelta(seconds=1))
    first = dict(transport.hand_over([letter(1), letter(2)]))
    known = first
    for n in range(3, 40):
        known |= dict(transport.hand_over([letter(n)]))

    assert 1 not in known
    assert len(known) >= 30


@pytest.mark.parametrize(
    ("step", "answer", "words"),
    [
        ("mail", "550 5.7.1 who are you", "refuses MAIL FROM"),
        ("mail", "530 5.7.0 sign in", "refuses MAIL FROM"),
        ("rcpt", "530 5.7.0 sign in", "refuses RCPT TO"),
        ("ehlo", "550 5.7.1 go away", "refuses EHLO"),
        ("connect", "554 5.3.2 no mail here", "refuses the greeting"),
    ],
)
def test_what_would_meet_everybody_burns_nobody(serve, connect, letter, step, answer, words):
    server = serve(behaviour=lambda at, _to, _nth: answer if at == step else None)
    transport = connect(server)

    error, replies = broken_off(transport, [letter(n) for n in range(6)], words)

    assert error.permanent
    assert answer in str(error)
    assert {str(reply.outcome) for reply in replies.values()} == {"returned"}
    assert len(replies) == 6
    assert not server.kept


def test_a_wrong_password_is_tried_once(serve, connect, letter, authority):
    server = serve(auth="never", tls=authority.context("127.0.0.1"))
    transport = connect(
        server,
        security="starttls",
        ca_file=authority.file,
        user="ada",
        password="wrong",  # noqa: S106 - invented
        connections=5,
    )

    with pytest.raises(
        TransportError, match=r"refuses AUTH \(535 5\.7\.8 wrong\); correct smtp\.user"
    ) as caught:
        carried(transport, [letter(n) for n in range(10)])

    assert caught.value.permanent
    assert server.connections == 1


def test_a_server_that_is_away_burns_nobody_and_is_tried_again(connect, letter):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        transport = connect(MailServerAt(nobody.getsockname()[1]))

        error, replies = broken_off(
            transport, [letter(n) for n in range(4)], r"can't be reached \(connection refused\)"
        )

    assert not error.permanent
    assert {str(reply.outcome) for reply in replies.values()} == {"returned"}


@dataclass
class MailServerAt:
    """Only an address."""

    port: int


def test_a_name_nobody_knows_is_one_clear_line(serve, connect, letter):
    transport = connect(serve(), host="mail.invalid")

    with pytest.raises(
        TransportError, match=r"mail\.invalid:\d+: can't be reached \(.+\); the next pass"
    ) as caught:
        carried(transport, [letter()])

    assert not caught.value.permanent


def test_the_same_refusal_again_and_again_trips(serve, connect, letter):
    server = serve(
        behaviour=lambda at, _to, _nth: "554 5.7.1 <a@b.c>: relay denied" if at == "rcpt" else None
    )
    transport = connect(server)

    error, replies = broken_off(
        transport, [letter(n) for n in range(30)], "10 messages in a row ended alike, at RCPT TO"
    )

    refused = [reply for reply in replies.values() if str(reply.outcome) == "rejected"]
    assert error.permanent
    assert "a@b.c" not in str(error)
    assert 10 <= len(refused) <= 11
    assert len(replies) == 30


def test_a_server_that_never_answers_trips_before_everybody_is_in_doubt(serve, connect, letter):
    server = serve(behaviour=lambda at, _to, _nth: "keep and drop" if at == "dot" else None)
    transport = connect(server)

    error, _ = broken_off(transport, [letter(n) for n in range(30)], "ended alike, at the whole message")

    assert error.permanent
    assert len(server.kept) <= 11


def test_a_message_that_waited_too_long_for_its_turn_goes_back(serve, connect, letter):
    server = serve(behaviour=fault("rcpt", "stall"))
    transport = connect(server, connections=1, timeout=timedelta(milliseconds=300))

    replies = carried(transport, [letter(1), letter(2)])

    assert outcomes(replies) == {1: "returned", 2: "returned"}
    assert replies[2][1] == "its turn did not come"


def test_a_reply_that_trickles_is_not_waited_for_for_ever(serve, connect, letter):
    server = serve(behaviour=fault("dot", "250-" + "x" * 70_000))

    replies = carried(connect(server), [letter(1)])

    assert outcomes(replies) == {1: "uncertain"}


def test_closing_in_the_middle_ends_every_thread(serve, connect, letter):
    server = serve(behaviour=lambda at, _to, _nth: "keep and stall" if at == "dot" else None)
    transport = connect(server, last_reply=timedelta(minutes=10))
    before = threading.active_count()
    answers = transport.hand_over([letter(n) for n in range(4)])
    threading.Thread(target=lambda: list(answers), daemon=True)
    waiting = iter(answers)
    starter = threading.Thread(target=lambda: next(waiting, None), daemon=True)
    starter.start()
    while len(server.kept) < 2:
        pass

    transport.close()

    starter.join(5)
    assert threading.active_count() <= before


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"host": ""}, "smtp.host: mail.transport is"),
        ({"user": "ada", "security": "tls"}, "smtp.user: has no password"),
        ({"user": "ada", "password": "ä", "security": "tls"}, "outside ASCII"),
    ],
)
def test_settings_that_can_never_send_are_one_clear_line(serve, connect, options, message):
    with pytest.raises(SettingsError, match=message):
        connect(serve(), **options)


def test_a_file_without_certificates_is_one_clear_line(serve, connect, tmp_path):
    (tmp_path / "ca.pem").write_text("none")

    with pytest.raises(SettingsError, match=r"smtp\.ca_file: .*ca\.pem holds no certificates"):
        connect(serve(), ca_file=tmp_path / "ca.pem")
