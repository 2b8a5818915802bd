import gzip
import itertools
import socket
import ssl
import threading
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import brotli
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from syndicate.errors import FetchError
from syndicate.fetching import Request, fetch, shown
from syndicate.settings.schema import FetchingSettings


def failure(ask, url: str, **said: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        ask(url, **said)
    return caught.value


def test_an_answer_comes_whole_with_its_headers(server, ask):
    url = server.say("/feed", "<feed/>", Content_Type="application/atom+xml", ETag='"a"')

    answer = ask(url)

    assert (answer.status, answer.content, answer.url) == (200, b"<feed/>", url)
    assert answer.headers["content-type"] == "application/atom+xml"
    assert answer.headers["etag"] == '"a"'


def test_we_say_who_we_are_and_keep_no_cookies(server, ask):
    server.say("/a", status=302, Location="/b", Set_Cookie="id=1; Path=/")
    server.say("/b", "ok")
    ask(server.url("/a"))

    ask(server.url("/b"))

    assert [each.path for each in server.asked] == ["/a", "/b", "/b"]
    for each in server.asked:
        assert each.headers["user-agent"].startswith("syndicate/")
        assert "https://" in each.headers["user-agent"]
        assert "cookie" not in each.headers


def test_what_has_not_changed_is_not_sent_again(server, ask):
    url = server.say("/feed", "<feed/>", ETag='"a"')

    answer = ask(url, etag='"a"', last_modified="Mon, 23 Nov 2026 12:00:00 GMT")

    assert answer.unchanged
    assert answer.content == b""
    assert server.asked[0].headers["if-modified-since"] == "Mon, 23 Nov 2026 12:00:00 GMT"


def test_a_validator_of_two_lines_makes_no_second_header(server, ask):
    url = server.say("/feed", "<feed/>")

    ask(url, etag='"a"\r\nX-Evil: 1')

    assert "x-evil" not in server.asked[0].headers


def test_a_post_carries_its_body(server, ask):
    url = server.say("/hub", status=204)

    answer = ask(
        url, method="POST", content=b"hub.mode=publish", content_type="application/x-www-form-urlencoded"
    )

    assert answer.status == 204
    assert server.asked[0].body == b"hub.mode=publish"
    assert server.asked[0].headers["content-type"] == "application/x-www-form-urlencoded"


def test_a_redirect_is_followed_and_a_lasting_one_is_told(server, ask):
    server.say("/old", status=301, Location="/older")
    server.say("/older", status=308, Location=server.url("/new"))
    server.say("/new", "here")

    answer = ask(server.url("/old"))

    assert answer.content == b"here"
    assert answer.moved_to == server.url("/new")


def test_a_passing_redirect_is_no_move(server, ask):
    server.say("/a", status=302, Location="/b")
    server.say("/b", status=301, Location="/c")
    server.say("/c", "here")

    assert ask(server.url("/a")).moved_to == ""


def test_a_post_becomes_a_get_but_for_the_redirects_that_forbid_it(server, ask):
    server.say("/see-other", status=303, Location="/done")
    server.say("/moved", status=307, Location="/done")
    server.say("/done", "ok")

    ask(server.url("/see-other"), method="POST", content=b"x")
    ask(server.url("/moved"), method="POST", content=b"x")

    assert [(each.method, each.body) for each in server.asked if each.path == "/done"] == [
        ("GET", b""),
        ("POST", b"x"),
    ]


def test_five_redirects_are_enough(server, ask):
    for number in range(7):
        server.say(f"/{number}", status=302, Location=f"/{number + 1}")

    error = failure(ask, server.url("/0"))

    assert error.permanent
    assert "leads from one address to the next" in str(error)
    assert len(server.asked) == 6


@pytest.mark.parametrize("target", ["ftp://example.org/a", "file:///etc/passwd", "https://", "javascript:1"])
def test_a_redirect_leads_to_http_only(server, ask, target):
    server.say("/a", status=302, Location=target)

    assert "is not a web address" in str(failure(ask, server.url("/a")))


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        (400, True),
        (403, True),
        (404, True),
        (410, True),
        (408, False),
        (429, False),
        (500, False),
        (503, False),
    ],
)
def test_permanent_tells_whether_to_ask_again(server, ask, status, permanent):
    url = server.say("/feed", "sorry", status=status)

    error = failure(ask, url)

    assert (error.status, error.permanent) == (status, permanent)
    assert str(error).startswith(f"{url}: ")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("120", timedelta(minutes=2)),
        ("99999999999999999999", timedelta(days=365)),
        ("Mon, 23 Nov 2026 13:00:00 GMT", timedelta(hours=1)),
        ("Mon, 23 Nov 2026 11:00:00 GMT", timedelta()),
        ("soon", None),
    ],
)
def test_a_busy_server_says_when_to_come_again(server, ask, said, expected):
    url = server.say("/feed", status=503, Retry_After=said, Date="Mon, 23 Nov 2026 12:00:00 GMT")

    assert failure(ask, url).retry_after == expected


def test_without_a_date_of_its_own_a_date_is_seen_from_now(server, ask):
    soon = format_datetime(datetime.now(UTC) + timedelta(minutes=10), usegmt=True)
    url = server.say("/feed", status=429, Retry_After=soon)

    waits = failure(ask, url).retry_after

    assert timedelta(minutes=9) < waits <= timedelta(minutes=10)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1"],
)
def test_this_machine_is_never_asked(server, host):
    url = f"http://{host}:{server.port}/"

    with pytest.raises(FetchError) as caught:
        fetch(Request(url=url), settings=FetchingSettings())

    assert caught.value.permanent or "can't be reached" in str(
        caught.value
    )  # not every resolver knows 0x7f.1
    assert server.asked == []


def test_a_redirect_can_not_lead_to_this_machine(server, ask):
    server.say("/a", status=302, Location=f"http://localhost:{server.port}/secret")
    server.say("/secret", "the crown jewels")

    error = failure(ask, server.url("/a"))

    assert error.permanent
    assert "is no public address" in str(error)
    assert [each.path for each in server.asked] == ["/a"]


def test_a_host_is_allowed_by_its_name_alone(server, ask):
    server.say("/a", "ok")

    assert "no public address" in str(failure(ask, server.url("/a"), allow_hosts=("localhost",)))
    assert ask(server.url("/a"), allow_hosts=("127.0.0.1",)).content == b"ok"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "gopher://x/", "http://", "x", "http://a b/", "https://[::1"]
)
def test_only_web_addresses_are_fetched(ask, url):
    assert "is not a web address" in str(failure(ask, url))


def test_a_password_in_an_address_is_refused_and_not_repeated(ask):
    error = failure(ask, "https://me:hunter2@example.org/feed?token=hunter3")

    assert "hunter" not in str(error)
    assert str(error).startswith("https://example.org/feed: ")


def test_an_address_is_shown_without_what_may_be_secret():
    assert shown("https://me:pw@example.org:8443/feed.xml?key=1#x") == "https://example.org:8443/feed.xml"
    assert shown("http://[::1]:80/") == "http://[::1]:80/"
    assert shown("http://[::1") == "an address"


@pytest.mark.parametrize("kind", ["gzip", "deflate", "br", "gzip, gzip"])
def test_a_bomb_goes_off_within_the_limit(server, ask, kind):
    zeros = bytes(50_000_000)
    packed = {
        "gzip": gzip.compress(zeros),
        "deflate": zlib.compress(zeros),
        "br": brotli.compress(zeros, quality=1),
        "gzip, gzip": gzip.compress(gzip.compress(zeros)),
    }[kind]
    url = server.say("/feed", packed, Content_Encoding=kind)

    error = failure(ask, url, max_bytes=1_000_000)

    assert len(packed) < 1_000_000
    assert error.permanent
    assert "larger than fetching.max_bytes (1,000,000)" in str(error)


def test_an_answer_of_the_very_limit_is_taken(server, ask):
    url = server.say("/feed", gzip.compress(bytes(1000)), Content_Encoding="gzip")

    assert len(ask(url, max_bytes=1000).content) == 1000
    assert failure(ask, url, max_bytes=999).permanent


def test_what_is_no_gzip_is_no_crash(server, ask):
    url = server.say("/feed", b"plain", Content_Encoding="gzip")

    assert not failure(ask, url).permanent


def test_an_endless_answer_ends_at_the_limit(server, ask):
    def endless(connection: socket.socket, over: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while not over.is_set():
            connection.sendall(bytes(65536))

    server.answers["/feed"] = endless

    assert "larger than" in str(failure(ask, server.url("/feed"), max_bytes=300_000))


def _stalls(connection: socket.socket, over: threading.Event) -> None:
    del connection
    over.wait(30)


def _trickles_headers(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not over.wait(0.05):
        connection.sendall(b"x")


def _trickles_body(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    while not over.wait(0.05):
        connection.sendall(b"x")


@pytest.mark.parametrize("slow", [_stalls, _trickles_headers, _trickles_body])
def test_no_server_holds_us_longer_than_the_limit(server, ask, slow):
    server.answers["/feed"] = slow
    begun = time.monotonic()

    error = failure(ask, server.url("/feed"), timeout=timedelta(seconds=1))

    assert not error.permanent
    assert "takes too long" in str(error)
    assert time.monotonic() - begun < 15


def test_the_time_counts_through_all_redirects(server):
    server.say("/a", status=302, Location="/a")
    ticks = itertools.count(step=10)
    settings = FetchingSettings(allow_hosts=("127.0.0.1",), timeout=timedelta(seconds=75))

    with pytest.raises(FetchError, match="takes too long"):
        fetch(Request(url=server.url("/a")), settings=settings, clock=lambda: float(next(ticks)))

    assert 0 < len(server.asked) < 6


def test_a_broken_or_absent_server_is_one_line(server, ask):
    def hangs_up(connection: socket.socket, _over: threading.Event) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")

    server.answers["/half"] = hangs_up
    server.answers["/garbage"] = lambda connection, _over: connection.sendall(b"\0\1\2 garbage\r\n\r\n")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{probe.getsockname()[1]}/"

        for url in (server.url("/half"), server.url("/garbage"), nobody):
            error = failure(ask, url)

            assert not error.permanent
            assert "can't be reached" in str(error)
            assert len(str(error).splitlines()) == 1


def test_a_name_that_is_none_is_one_line(ask):
    error = failure(ask, "https://no-such-host.invalid/feed")

    assert not error.permanent
    assert "can't be reached" in str(error)


def test_the_environment_names_no_proxy(server, ask, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    url = server.say("/feed", "ok")

    assert ask(url).content == b"ok"


def test_a_certificate_that_nobody_signed_is_refused(server, ask, tmp_path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path, "127.0.0.1"))
    server.speak_tls(context)
    server.say("/", "secret")

    error = failure(ask, f"https://127.0.0.1:{server.port}/")

    assert "CERTIFICATE_VERIFY_FAILED" in str(error)
    assert server.asked == []


def test_a_trusted_certificate_is_asked_for_by_the_hosts_name(server, ask, tmp_path, monkeypatch):
    certificate = self_signed(tmp_path, "localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.speak_tls(context)
    server.say("/", "hello")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    answer = ask(f"https://localhost:{server.port}/", allow_hosts=("localhost",))

    assert answer.content == b"hello"
    assert "can't be reached" in str(failure(ask, f"https://127.0.0.1:{server.port}/"))


def self_signed(folder: Path, host: str) -> Path:
    """Give a file with a key and a certificate for ``host``."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = folder / "certificate.pem"
    pem = serialization.Encoding.PEM
    path.write_bytes(key.private_bytes(pem, *form) + certificate.public_bytes(pem))
    return path
