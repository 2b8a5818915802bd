"""Through a real Postfix on the loopback, the way mail leaves on most servers."""

import json
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from tempfile import mkdtemp

import dkim
import pytest

pytestmark = pytest.mark.system

MAIN = """
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
meta_directory = /etc/postfix
mail_owner = postfix
setgid_group = postdrop
myhostname = relay.example
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
mydestination =
local_recipient_maps =
alias_maps =
smtpd_relay_restrictions = reject_unauth_destination
virtual_mailbox_domains = example.org
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = texthash:{folder}/mailboxes
default_transport = error:nothing leaves this machine
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
"""
#: The services that take a message in and put it into a mailbox, none in a chroot.
MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
"""
#: Who has a mailbox.
MAILBOXES = ("amina", "leonor", "olaf")
#: Who needs SMTPUTF8 to have one.
BEYOND_ASCII = "阿明"


@dataclass(frozen=True)
class Postfix:
    """A relay of our own."""

    folder: Path
    port: int

    def settings(self) -> list[str]:
        """Give the options that make a command send through it."""
        keys = ("mail.transport=smtp", "smtp.host=127.0.0.1", f"smtp.port={self.port}", "smtp.security=none")
        return [word for key in keys for word in ("--set", key)]

    def mail(self) -> dict[str, list[EmailMessage]]:
        """Give what lies in each mailbox."""
        parse = BytesParser(policy=policy.default).parsebytes
        found: dict[str, list[EmailMessage]] = {}
        for path in sorted((self.folder / "mail").glob("*/new/*")):
            found.setdefault(path.parts[-3], []).append(parse(path.read_bytes()))
        return found

    def wait_for(self, mailboxes: int, *, seconds: float = 30) -> None:
        """Wait until so many mailboxes hold something."""
        end = time.monotonic() + seconds
        while len(self.mail()) < mailboxes:
            assert time.monotonic() < end, (self.folder / "log").read_text(encoding="utf-8")
            time.sleep(0.1)


@pytest.fixture
def postfix() -> Iterator[Postfix]:
    if shutil.which("postfix") is None or os.geteuid() != 0:
        reason = "Postfix is not installed, or this is not root, as whom alone it starts"
        if os.environ.get("SYNDICATE_TEST_EVERYTHING") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(mkdtemp(prefix="syndicate-postfix-"))
    relay = Postfix(folder, _free_port())
    _set_up(relay)
    _postfix(folder, "start")
    try:
        yield relay
    finally:
        _postfix(folder, "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _set_up(relay: Postfix) -> None:
    owner = pwd.getpwnam("nobody").pw_uid
    relay.folder.chmod(0o755)
    for name in ("queue", "data", "mail"):
        (relay.folder / name).mkdir()
    shutil.chown(relay.folder / "data", "postfix")
    os.chown(relay.folder / "mail", owner, owner)
    values = {"folder": relay.folder, "port": relay.port, "uid": owner}
    (relay.folder / "main.cf").write_text(MAIN.format(**values), encoding="utf-8")
    (relay.folder / "master.cf").write_text(MASTER.format(**values), encoding="utf-8")
    (relay.folder / "mailboxes").write_text(
        "".join(f"{name}@example.org {name}/\n" for name in (*MAILBOXES, BEYOND_ASCII)), encoding="utf-8"
    )


def _postfix(folder: Path, word: str) -> None:
    subprocess.run(["postfix", "-c", folder, word], check=True, capture_output=True, text=True, timeout=60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_an_edition_reaches_every_mailbox_once_and_names_the_one_that_is_not_there(newsroom, postfix):
    newsroom.add_readers()
    newsroom.run("-q", "subscriber", "add", "nobody@example.org", "--consent", "a test")
    relay = postfix.settings()

    first = newsroom.pass_(*relay)
    second = newsroom.pass_(*relay)
    postfix.wait_for(3)

    assert [edition["state"] for edition in first["editions"]] == ["sent with exceptions"]
    assert second["editions"] == []
    assert {name: len(messages) for name, messages in postfix.mail().items()} == dict.fromkeys(MAILBOXES, 1)
    told = newsroom.run(*relay, "edition", "show", "1").stdout
    assert "nobody@example.org: rejected (550 5.1.1" in told
    assert "3 accepted, 1 rejected" in newsroom.run(*relay, "edition", "verify", "1").stdout


def test_what_the_mailbox_holds_is_what_the_edition_shows(newsroom, postfix):
    newsroom.add_readers()

    newsroom.pass_(*postfix.settings())
    postfix.wait_for(3)

    message = postfix.mail()["olaf"][0]
    assert message["To"] == "olaf@example.org"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Return-Path"] == "<gazette@harbour-gazette.example>"
    assert "The lighthouse gets its voice back" in message.get_body(("plain",)).get_content()


def test_signatures_are_good_as_postfix_delivers_them_also_for_a_name_in_utf_8(newsroom, postfix):
    made = json.loads(newsroom.run("dkim", "new", "--selector", "s1", "--ed25519", "--json").stdout)
    records = {f"{each['name']}.".encode(): each["value"].encode() for each in made["records"]}
    keys = {
        "domain": "harbour-gazette.example",
        "selector": "s1",
        "key_file": "outbox/dkim/s1.pem",
        "ed25519_selector": "s1-ed25519",
        "ed25519_key_file": "outbox/dkim/s1-ed25519.pem",
    }
    signing = [word for key, value in keys.items() for word in ("--set", f"dkim.{key}={value}")]
    newsroom.add_readers()
    newsroom.run("-q", "subscriber", "add", f"{BEYOND_ASCII}@example.org", "--consent", "a test")

    newsroom.pass_(*postfix.settings(), *signing)
    postfix.wait_for(4)

    delivered = sorted((postfix.folder / "mail").glob("*/new/*"))
    assert [path.parts[-3] for path in delivered] == [*MAILBOXES, BEYOND_ASCII]
    for path in delivered:
        message = path.read_bytes().replace(b"\n", b"\r\n")  # a Maildir has bare ones
        for number in (0, 1):
            assert dkim.DKIM(message).verify(number, dnsfunc=lambda name, timeout=5: records[name])
