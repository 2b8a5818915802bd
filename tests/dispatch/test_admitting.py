"""What keeps an edition from leaving by a mail server: through freeze and delivery, to real servers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import uvicorn
from web_server import web_server

from syndicate.files import write_secret
from syndicate.mail.keys import new_rsa_key
from syndicate.settings.schema import DispatchSettings, DkimSettings, PublishSettings, SmtpSettings
from syndicate.store import editions
from syndicate.store.engine import reading
from syndicate.web.application import application


@pytest.fixture
def due(river):
    """Give a list with a reader and a post for them, its first edition due."""
    river.configure(start_with=1)
    river.arrive("fog", baseline=True)
    river.join("ada")
    return river


@pytest.fixture
def by_smtp(due, serve):
    """Give the same with a mail server; the self-test holds."""
    server = serve()
    due.settings = replace(
        due.settings,
        mail=replace(due.settings.mail, transport="smtp"),
        smtp=SmtpSettings(host="127.0.0.1", port=server.port, security="none", connections=1),
        dispatch=DispatchSettings(self_test="hold"),
    )
    return due, server


@contextmanager
def website(river, authority) -> Iterator[int]:
    """Serve the river's own web part by https on localhost; give the port."""
    authority.context("localhost")
    config = uvicorn.Config(
        application(river.settings, river.engine),
        port=0,
        log_level="critical",
        lifespan="off",
        ssl_certfile=str(authority.folder / "localhost.pem"),
        ssl_keyfile=str(authority.folder / "localhost.key"),
    )
    server = uvicorn.Server(config)
    listening = config.bind_socket()
    listening.listen()  # who asks before the server is up, waits
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def at(river, url: str) -> None:
    river.settings = replace(river.settings, publish=PublishSettings(base_url=url))


def problems(river) -> list[str]:
    """Freeze and send what is due; give what stopped it."""
    river.start()
    river.tick()
    found = (*river.freeze().problems, *river.send().problems)
    return [line for each in found for line in str(each).splitlines()]


def state(river) -> str:
    ((_, state),) = river.editions()
    return str(state)


@pytest.mark.parametrize(
    ("key", "value"),
    [("postal_address", ""), ("sender", "gazette@gmail.com")],
)
def test_what_is_lacking_keeps_an_edition_unfrozen_until_it_is_there(by_smtp, key, value):
    river, server = by_smtp
    ready = replace(river.settings, dispatch=DispatchSettings(self_test="off"))
    river.settings = replace(ready, mail=replace(ready.mail, **{key: value}))

    (line,) = problems(river)

    assert line.startswith(f"mail.{key}: ")
    assert (state(river), server.connections) == ("collecting", 0)
    river.settings = ready
    assert problems(river) == []
    assert (state(river), dict(server.recipients)) == ("sent", {"ada@example.org": 1})


def test_what_went_missing_since_the_freeze_keeps_it_scheduled(by_smtp):
    river, server = by_smtp
    ready = replace(river.settings, dispatch=DispatchSettings(self_test="off"))
    river.settings = ready
    river.start()
    river.tick()
    river.freeze()
    at(river, "http://gazette.example")

    (line,) = problems(river)

    assert "http://gazette.example is not https" in line
    assert (state(river), server.connections) == ("scheduled", 0)
    river.settings = ready
    assert problems(river) == []
    assert state(river) == "sent"


def test_an_edition_that_was_put_together_without_an_address_never_leaves_by_smtp(by_smtp):
    river, server = by_smtp
    ready = replace(river.settings, dispatch=DispatchSettings(self_test="off"))
    river.settings = replace(ready, mail=replace(ready.mail, transport="outbox", postal_address=""))
    river.start()
    river.tick()
    river.freeze()
    river.settings = ready

    (line,) = problems(river)

    assert line == (
        "edition 1: it was put together without a postal address, and doesn't leave by SMTP so; "
        "`syndicate edition cancel 1` leaves its posts to the next one"
    )
    assert (state(river), server.connections) == ("scheduled", 0)


def test_files_are_written_all_the_same_and_a_line_says_what_is_lacking(due):
    due.settings = replace(due.settings, mail=replace(due.settings.mail, postal_address=""))
    due.start()
    due.tick()
    due.freeze()

    sent = due.send()

    assert (state(due), sent.problems) == ("sent", ())
    (line,) = sent.warnings
    assert line.startswith(
        "written to outbox/mail/, and no mail server would be given it: mail.postal_address"
    )


def test_a_key_that_is_gone_keeps_editions_and_stops_nothing_else(due, tmp_path):
    ready = due.settings
    gone = DkimSettings(domain="gazette.example", selector="s1", key_file=tmp_path / "gone.pem")
    due.start()
    due.tick()
    due.freeze()
    due.settings = replace(ready, dkim=gone)

    sent = due.send()

    assert (state(due), [str(each)[:14] for each in sent.problems]) == ("scheduled", ["dkim.key_file:"])
    due.settings = ready
    due.send()
    assert state(due) == "sent"


@pytest.fixture
def frozen_before(by_smtp, tmp_path):
    """Give an edition that was put together as mail from gazette.example, and the settings to change."""
    river, server = by_smtp
    file = tmp_path / "s1.pem"
    write_secret(file, new_rsa_key())
    river.settings = replace(
        river.settings,
        dispatch=DispatchSettings(self_test="off"),
        dkim=DkimSettings(domain="gazette.example", selector="s1", key_file=file),
    )
    river.start()
    river.tick()
    river.freeze()
    return river, server


def move(river, *, sender: str, signer: str) -> None:
    mail = replace(river.settings.mail, sender=f"The Gazette <news@{sender}>")
    river.settings = replace(river.settings, mail=mail, dkim=replace(river.settings.dkim, domain=signer))


def test_an_edition_from_a_domain_that_nothing_is_signed_for_any_more_waits(frozen_before):
    river, server = frozen_before
    move(river, sender="herald.example", signer="herald.example")

    (line,) = problems(river)

    assert line == (
        "edition 1: it was put together as mail from gazette.example, and signatures by herald.example count "
        "for nothing on it (DMARC); set mail.sender and dkim back until it has gone, or `syndicate edition "
        "cancel 1` leaves its posts to the next one"
    )
    assert (state(river), server.connections) == ("scheduled", 0)
    move(river, sender="gazette.example", signer="gazette.example")
    assert problems(river) == []
    assert (state(river), dict(server.recipients)) == ("sent", {"ada@example.org": 1})


def test_an_edition_whose_own_domain_the_key_fits_leaves_signed(frozen_before):
    river, server = frozen_before
    move(river, sender="mail.gazette.example", signer="gazette.example")

    assert problems(river) == []
    ((_, _, content),) = server.kept
    assert state(river) == "sent"
    assert b"From: The Gazette <news@gazette.example>" in content
    assert b"\n d=gazette.example;" in content


def test_as_a_file_it_bears_no_signature_that_counts_for_nothing(frozen_before):
    river, _ = frozen_before
    move(river, sender="herald.example", signer="herald.example")
    river.settings = replace(river.settings, mail=replace(river.settings.mail, transport="outbox"))

    sent = river.send()

    (file,) = river.settings.outbox.glob("mail/**/*.eml")
    assert (state(river), sent.problems) == ("sent", ())
    assert b"DKIM-Signature" not in file.read_bytes()
    (line,) = sent.warnings
    assert "no mail server would be given it: edition 1: it was put together as mail from" in line


def test_links_that_lead_here_let_it_go(by_smtp, authority, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    river, server = by_smtp
    with website(river, authority) as port:
        at(river, f"https://localhost:{port}")

        assert problems(river) == []

    assert (state(river), dict(server.recipients)) == ("sent", {"ada@example.org": 1})


def test_a_site_that_is_down_lets_it_wait_and_go_when_it_is_back(by_smtp, authority, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    river, server = by_smtp
    with website(river, authority) as port:
        pass
    at(river, f"https://localhost:{port}")

    (line,) = problems(river)
    (again,) = problems(river)

    assert line.startswith(
        f"publish.base_url: unsubscribe links don't work now: https://localhost:{port} can't be"
    )
    assert line.endswith("(docs/serving.md); until then what is due waits (dispatch.self_test)")
    assert again == line  # so that it is named once, and not in every pass
    assert (state(river), server.connections) == ("scheduled", 0)
    with website(river, authority) as port:
        at(river, f"https://localhost:{port}")
        assert problems(river) == []
    assert state(river) == "sent"


def test_a_site_that_stays_down_makes_it_late_and_a_person_is_asked(by_smtp, authority, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    river, server = by_smtp
    at(river, "https://localhost:1")
    problems(river)
    river.now += timedelta(days=3)
    with website(river, authority) as port:
        at(river, f"https://localhost:{port}")
        problems(river)

    with reading(river.engine) as connection:
        first = editions.every(connection)[-1]
    assert (str(first.state), server.connections) == ("missed", 0)


def test_somebody_else_s_site_is_no_proof(by_smtp, authority, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    river, server = by_smtp
    with web_server() as other:
        other.speak_tls(authority.context("localhost"))
        at(river, f"https://localhost:{other.port}")
        other.say("/", "hello")

        (line,) = problems(river)

    assert line.startswith("publish.base_url: unsubscribe links")
    assert (state(river), server.connections) == ("scheduled", 0)


def test_with_a_mail_server_in_the_house_a_line_is_enough(by_smtp):
    river, _ = by_smtp
    river.settings = replace(river.settings, dispatch=DispatchSettings())
    at(river, "https://localhost:1")
    river.start()
    river.tick()
    river.freeze()

    sent = river.send()

    assert (state(river), sent.problems) == ("sent", ())
    assert sent.warnings[0].startswith("publish.base_url: unsubscribe links don't work now")


def test_nobody_is_asked_under_a_name_for_examples(by_smtp):
    river, _ = by_smtp
    river.settings = replace(river.settings, dispatch=DispatchSettings())
    river.start()
    river.tick()
    river.freeze()

    sent = river.send()

    assert (state(river), sent.problems, sent.warnings) == ("sent", (), ())


def test_what_has_begun_is_not_asked_about_again(by_smtp):
    river, _ = by_smtp
    server_away = replace(river.settings.smtp, port=1)
    river.settings = replace(river.settings, smtp=server_away, dispatch=DispatchSettings(self_test="off"))
    problems(river)
    river.settings = replace(river.settings, dispatch=DispatchSettings(self_test="hold"))

    (line,) = problems(river)

    assert line.startswith("127.0.0.1:1: can't be reached")
