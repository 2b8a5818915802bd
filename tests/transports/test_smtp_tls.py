# ruff: noqa: PLR0913, PLR0917, S106 - a test has as many arguments as vary in it, and its passwords are invented
import base64
import ssl
from datetime import timedelta

import pytest

from syndicate.errors import TransportError
from syndicate.settings.schema import MailSettings, Settings, SmtpSettings
from syndicate.transports import open_transport
from syndicate.transports.smtp_opening import is_private

CREDENTIALS = base64.b64encode(b"\0ada\0hunter2").decode()


def send(server, message, **options):
    """Hand one message over to a server, and give what became of it."""
    short = {"timeout": timedelta(seconds=3), "last_reply": timedelta(seconds=3), "connections": 1}
    smtp = SmtpSettings(**({"host": "localhost", "port": server.port} | short | options))
    transport = open_transport(Settings(mail=MailSettings(transport="smtp"), smtp=smtp))
    try:
        ((_, reply),) = transport.hand_over([message])
        return str(reply.outcome)
    finally:
        transport.close()


def words(server, message, **options):
    with pytest.raises(TransportError) as caught:
        send(server, message, **options)
    assert "\n" not in str(caught.value)
    assert not server.kept
    return str(caught.value).removeprefix(f"localhost:{server.port}: "), caught.value.permanent


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_is_in_order_is_trusted(serve, authority, letter, security):
    server = serve(tls=authority.context("localhost"), tls_at_once=security == "tls")

    assert send(server, letter(), security=security, ca_file=authority.file) == "accepted"


@pytest.mark.parametrize("security", ["starttls", "tls"])
@pytest.mark.parametrize(
    ("name", "trusted", "why"),
    [
        ("other.test", True, "hostname mismatch, certificate is not valid for 'localhost'"),
        ("localhost", False, "unable to get local issuer certificate"),
    ],
)
def test_a_certificate_that_is_not_in_order_is_refused(
    serve, authority, letter, security, name, trusted, why
):
    server = serve(tls=authority.context(name), tls_at_once=security == "tls")

    said = words(server, letter(), security=security, ca_file=authority.file if trusted else None)

    remedy = "correct smtp.host, or name the authority that signed it in smtp.ca_file"
    assert said == (f"its certificate can't be trusted ({why}); {remedy}", True)


def test_a_certificate_that_signs_itself_is_refused(serve, authority, letter):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.file, authority.folder / "ca.key")

    what, permanent = words(serve(tls=context), letter())

    assert what.startswith("its certificate can't be trusted (self-signed certificate);")
    assert permanent


def test_nothing_is_said_in_the_clear_where_starttls_is_missing(serve, letter):
    server = serve()

    what, permanent = words(server, letter())

    assert what.startswith("does not offer STARTTLS, and nothing is sent in the clear; ")
    assert permanent
    assert [line.split()[0] for line in server.lines()] == ["ehlo"]


@pytest.mark.parametrize(
    ("answer", "permanent"), [("454 4.7.0 TLS not available", False), ("554 5.7.0 no TLS for you", True)]
)
def test_nothing_is_said_in_the_clear_where_starttls_is_refused(serve, authority, letter, answer, permanent):
    server = serve(
        tls=authority.context("localhost"), behaviour=lambda at, *_: answer if at == "starttls" else None
    )

    what, found = words(server, letter(), ca_file=authority.file)

    assert what.startswith(f"refuses STARTTLS ({answer});")
    assert found is permanent
    assert not any(line.startswith("MAIL") for _, line in server.said)


def test_a_server_that_speaks_no_tls_at_that_port_is_one_clear_line(serve, letter):
    what, permanent = words(serve(), letter(), security="tls")

    assert what.startswith("can't be reached (TLS: wrong version number); the next pass tries again;")
    assert what.endswith("look at host, port and security under [smtp]")
    assert not permanent


def test_what_is_put_behind_the_clear_answer_is_thrown_away(serve, authority, letter):
    injected = "220 2.0.0 go on\r\n250-server.test\r\n250 AUTH PLAIN"
    server = serve(
        tls=authority.context("localhost"), behaviour=lambda at, *_: injected if at == "starttls" else None
    )

    assert send(server, letter(), ca_file=authority.file) == "accepted"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_signing_in_happens_behind_tls(serve, authority, letter, security):
    server = serve(auth=CREDENTIALS, tls=authority.context("localhost"), tls_at_once=security == "tls")

    outcome = send(
        server, letter(), security=security, ca_file=authority.file, user="ada", password="hunter2"
    )

    assert outcome == "accepted"
    assert f"AUTH PLAIN {CREDENTIALS}" in server.lines()


def test_the_password_may_come_from_a_file(serve, authority, letter, tmp_path):
    (tmp_path / "secret").write_text("hunter2\n")
    (tmp_path / "secret").chmod(0o600)
    server = serve(auth=CREDENTIALS, tls=authority.context("localhost"))

    outcome = send(server, letter(), ca_file=authority.file, user="ada", password_file=tmp_path / "secret")

    assert outcome == "accepted"


def test_a_server_that_knows_no_accounts_is_one_clear_line(serve, authority, letter):
    server = serve(tls=authority.context("localhost"))

    what, permanent = words(server, letter(), ca_file=authority.file, user="ada", password="hunter2")

    assert what.startswith("offers no way to sign in that we know")
    assert permanent
    assert not any("AUTH" in line for _, line in server.said)


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("192.168.0.9", True),
        ("::1", True),
        ("fd00::1", True),
        ("fe80::1%eth0", True),
        ("::ffff:10.0.0.1", True),
        ("::ffff:8.8.8.8", False),
        ("93.184.215.14", False),
        ("2606:4700::1111", False),
    ],
)
def test_the_clear_is_for_this_machine_and_private_networks(address, private):
    assert is_private(address) is private
