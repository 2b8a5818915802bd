"""The shipped configurations of nginx and Caddy, run as they stand but for name, folder and port."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NoReturn

import brotli
import pytest

PROJECT = Path(__file__).parents[2]
CHECKER = PROJECT.parent / "shared" / "checks" / "feeds" / "check_serving.py"
COMMAND = Path(sys.executable).with_name("syndicate")
FORMATS = {
    "atom.xml": "application/atom+xml; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json",
}
CONFIG = """\
outbox = "{folder}/outbox"
site.path = "{example}"
publish.hub = "https://hub.example/"
[[redirects]]
from = "/feed.xml"
to = "/feeds/all/atom.xml"
[[redirects]]
from = "/não/"
to = "https://other.example/é?a=$uri&b=%7B"
[[redirects]]
from = "/od'd;$uri{{x}}%22%5C%2A"
to = "/feeds/all/rss.xml"
[[redirects]]
from = "/podcast.xml"
status = 410
"""
NGINX = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
events {{}}
http {{
  access_log off;
  include /etc/nginx/mime.types;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  {site}
}}
"""

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def gazette() -> Iterator[Path]:
    """Give a folder that another user may read, as web servers run as one: the example, published."""
    folder = Path(tempfile.mkdtemp(prefix="syndicate-serving-"))
    folder.chmod(0o755)
    config = folder / "config.toml"
    config.write_text(CONFIG.format(folder=folder, example=PROJECT / "example"), encoding="utf-8")
    for host in ("nginx", "caddy"):
        named = ["--set", f"publish.static_host={host}"]
        subprocess.run([COMMAND, "--quiet", "--config", config, *named, "build"], check=True)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module", params=["nginx", "caddy", "serve"])
def server(request: pytest.FixtureRequest, gazette: Path) -> Iterator[int]:
    """Give the port on which each of them serves the gazette."""
    port = free_port()
    with {"nginx": nginx, "caddy": caddy, "serve": serve}[request.param](gazette, port):
        answering(port)
        yield port


@contextmanager
def nginx(folder: Path, port: int) -> Iterator[None]:
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") or absent("nginx")
    shipped = (PROJECT / "docs" / "serving" / "nginx.conf").read_text(encoding="utf-8")
    site = shipped.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/gazette", str(folder))
    config = folder / "nginx.conf"
    config.write_text(NGINX.format(folder=folder, site=site), encoding="utf-8")
    with running([program, "-c", config, "-e", folder / "error.log"], folder):
        yield


@contextmanager
def caddy(folder: Path, port: int) -> Iterator[None]:
    program = shutil.which("caddy") or absent("caddy")
    shipped = (PROJECT / "docs" / "serving" / "Caddyfile").read_text(encoding="utf-8")
    site = shipped.replace("\ngazette.example {", f"\nhttp://127.0.0.1:{port} {{")
    config = folder / "Caddyfile"
    config.write_text(
        "{\n\tadmin off\n\tauto_https off\n}\n" + site.replace("/srv/gazette", str(folder)), encoding="utf-8"
    )
    with running([program, "run", "--config", config, "--adapter", "caddyfile"], folder):
        yield


@contextmanager
def serve(folder: Path, port: int) -> Iterator[None]:
    options = ["--quiet", "--config", folder / "config.toml"]
    with running([COMMAND, *options, "serve", "--port", str(port)], folder):
        yield


@contextmanager
def running(command: list[str | Path], folder: Path) -> Iterator[None]:
    environment = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def absent(program: str) -> NoReturn:
    reason = f"{program} is not installed (Debian: apt-get install {program})"
    if os.environ.get("SYNDICATE_TEST_EVERYTHING") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def answering(port: int) -> None:
    patience = threading.Event()
    for _ in range(400):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            patience.wait(0.05)
        else:
            return
    raise AssertionError("the server didn't come up")


@pytest.fixture
def ask(server: int) -> Callable[..., tuple[http.client.HTTPResponse, bytes]]:
    """Give a client that does no more than it is told to."""

    def _ask(path: str, *, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", server, timeout=10)
        connection.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    return _ask


@pytest.mark.parametrize("name", FORMATS)
def test_the_outside_checker_finds_no_rule_broken(server, name):
    if not CHECKER.exists():
        if os.environ.get("SYNDICATE_TEST_EVERYTHING") == "1":
            pytest.fail(f"{CHECKER}: is missing, and everything was asked for")
        pytest.skip("the shared checks are not beside this checkout")

    address = f"http://127.0.0.1:{server}/feeds/all/{name}"
    done = subprocess.run([sys.executable, CHECKER, address], capture_output=True, text=True, check=False)

    assert [line for line in done.stdout.splitlines() if not line.startswith("PASS")] == []
    assert done.stdout.count("PASS") == 26


@pytest.mark.parametrize(("name", "kind"), FORMATS.items())
def test_a_feed_is_served_with_its_type_and_where_it_is(ask, name, kind):
    answer, body = ask(f"/feeds/all/{name}")

    assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
    assert answer.headers["Cache-Control"] == "public, max-age=900"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert f'/feeds/all/{name}>; rel="self", <https://hub.example/>; rel="hub"' in answer.headers["Link"]
    assert parsedate_to_datetime(answer.headers["Last-Modified"])
    assert body


@pytest.mark.parametrize("coding", ["identity", "gzip", "br, gzip"])
def test_every_repeated_poll_costs_no_body(ask, coding):
    first, _ = ask("/feeds/all/atom.xml", Accept_Encoding=coding)

    polls = [
        ask("/feeds/all/atom.xml", Accept_Encoding=coding, **condition)
        for condition in (
            {"If_None_Match": first.headers["ETag"]},
            {"If_Modified_Since": first.headers["Last-Modified"]},
            {"If_None_Match": first.headers["ETag"], "If_Modified_Since": first.headers["Last-Modified"]},
        )
        for _ in range(3)
    ]

    assert {(answer.status, body) for answer, body in polls} == {(304, b"")}


def test_brotli_is_what_was_written(ask, request):
    answer, body = ask("/feeds/all/atom.xml", Accept_Encoding="br")
    _, plain = ask("/feeds/all/atom.xml")

    if "nginx" in request.node.name:  # needs a module that isn't everywhere
        assert answer.headers["Content-Encoding"] is None
    else:
        assert brotli.decompress(body) == plain


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/feed.xml", "feeds/all/atom.xml"),
        ("/feed.xml/", "feeds/all/atom.xml"),
        ("/n%C3%A3o", "https://other.example/%C3%A9?a=$uri&b=%7B"),
        ("/n%C3%A3o/", "https://other.example/%C3%A9?a=$uri&b=%7B"),
        ("/od'd;$uri%7Bx%7D%22%5C%2A", "feeds/all/rss.xml"),
        ("/od%27d%3B%24uri%7Bx%7D%22%5C%2A", "feeds/all/rss.xml"),
    ],
)
def test_an_old_address_leads_to_the_new_one(ask, path, target):
    answer, _ = ask(path)

    assert answer.status == 301
    assert answer.headers["Location"].lstrip("./").replace("%24", "$") == target
    assert answer.headers["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize("path", ["/podcast.xml", "/podcast.xml/"])
def test_what_is_gone_is_said_to_be_gone(ask, path):
    answer, _ = ask(path)

    assert answer.status == 410
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["/feed.xmlx", "/xfeed.xml", "/feed.xml/x", "/podcastxxml", "/od'd"])
def test_no_other_address_leads_anywhere(ask, path):
    answer, _ = ask(path)

    assert answer.status == 404


def test_nothing_is_written_over_http(ask):
    for method in ("PUT", "DELETE", "POST"):
        answer, _ = ask("/feeds/all/atom.xml", method=method)
        assert (answer.status, "GET" in answer.headers["Allow"]) == (405, True)


@pytest.mark.parametrize("path", ["/_headers", "/_redirects", "/../syndicate.db", "/%2e%2e/syndicate.db"])
def test_what_is_not_for_readers_is_not_there(ask, path):
    answer, _ = ask(path)

    assert answer.status in {400, 404}
