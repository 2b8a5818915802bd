"""Setting a digest asks nobody for anything, whatever its posts say: watched from three sides."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from web_server import WebServer, web_server

from syndicate.mail.inlining import INLINERS

SCRIPT = Path(__file__).with_name("hostile_posts.py")


@pytest.fixture
def listening():
    with web_server() as server:
        yield server


@pytest.fixture(params=sorted(INLINERS))
def inliner(request) -> str:
    if request.param == "css-inline":
        pytest.importorskip("css_inline", reason="the extra css-inline is not installed")
    return str(request.param)


def composed(server: WebServer, inliner: str, *before: str | Path) -> str:
    words = [*map(str, before), sys.executable, str(SCRIPT), server.url("").rstrip("/"), inliner]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout


def test_no_name_is_looked_up_and_nothing_connects(listening, inliner):
    said = composed(listening, inliner)

    assert re.fullmatch(r"\d+ bytes set\n", said)
    assert listening.asked == []


@pytest.mark.system
def test_the_system_sees_no_connection_either(listening, inliner, tmp_path):
    if shutil.which("strace") is None:
        reason = "strace is not installed (Debian: apt-get install strace)"
        (pytest.fail if os.environ.get("SYNDICATE_TEST_EVERYTHING") == "1" else pytest.skip)(reason)
    log = tmp_path / "strace.log"

    said = composed(
        listening, inliner, "strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", log
    )

    assert "bytes set" in said
    assert re.findall(r"(?:connect|sendto|sendmsg)\(.*AF_INET.*", log.read_text(encoding="utf-8")) == []
    assert listening.asked == []


def test_the_watch_would_see_a_connection(listening):
    """Else the tests above could not fail."""
    code = f"import urllib.request as u\nu.urlopen({listening.url('/seen')!r})"
    script = SCRIPT.read_text(encoding="utf-8").replace("digest = render(", f"{code}\ndigest = render(")
    words = [sys.executable, "-c", script, listening.url("").rstrip("/"), "premailer"]
    listening.say("/seen", "x")

    said = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120).stdout

    assert "socket.connect" in said
    assert [each.path for each in listening.asked] == ["/seen"]
