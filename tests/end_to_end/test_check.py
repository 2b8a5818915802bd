"""``syndicate check`` on feeds (ours, broken ones, empty ones, one at an address) and on messages."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.system

COMMAND = Path(sys.executable).with_name("syndicate")


@pytest.fixture
def feeds(published) -> list[Path]:
    folder = published.outbox / "public" / "feeds"
    return sorted(path for name in ("atom.xml", "rss.xml", "feed.json") for path in folder.rglob(name))


def test_no_feed_of_the_example_has_a_finding(published, feeds):
    said = published.run("check", *feeds)

    assert said.stderr == ""
    assert said.stdout.count("nothing to find fault with") == len(feeds) == 12


def test_a_broken_feed_is_named_with_line_remedy_and_source(published, feeds):
    feed = feeds[0]
    feed.write_text(feed.read_text(encoding="utf-8").replace("<id>", "<id>/", 3), encoding="utf-8")

    said = published.run("check", feed, code=1)

    assert f"error: {feed}:1" in said.stderr
    assert "is no absolute IRI; write a whole address, or tag:…" in said.stderr
    assert "RFC 4287 §4.2.6 [relative-id]" in said.stderr
    assert said.stdout == f"{feed}: 3 errors\n"


def test_scripts_get_each_finding_on_a_line(published, feeds):
    feed = feeds[0]
    feed.write_text(feed.read_text(encoding="utf-8").replace("<updated>20", "<updated>30"), encoding="utf-8")

    said = published.run("check", "--json", feed)

    found = [json.loads(line) for line in said.stdout.splitlines()]
    assert {each["rule"] for each in found} == {"future-date"}
    assert {each["severity"] for each in found} == {"warning"}
    assert set(found[0]) == {
        *("file", "rule", "severity", "line", "part"),
        *("what", "remedy", "why", "source"),
    }


def test_a_fault_in_every_entry_is_told_five_times(published, feeds):
    feed = next(path for path in feeds if path.match("all/atom.xml"))
    text = feed.read_text(encoding="utf-8")
    feed.write_text(text.replace('<content type="html"', '<content type="CDATA"'), encoding="utf-8")

    said = published.run("check", feed, code=1)

    assert said.stderr.count("has the type 'CDATA'") == 5
    assert f"error: {feed}: and 8 more of these [text-type]" in said.stderr


def test_what_cannot_be_read_stops_no_other(published, feeds):
    said = published.run("check", "nothing.xml", feeds[0], code=1)

    assert said.stderr == "error: nothing.xml: can't be read (no such file or directory); correct the path\n"
    assert f"{feeds[0]}: nothing to find fault with" in said.stdout


def test_an_empty_feed_of_ours_says_why_it_is_empty(published):
    text = published.config.read_text(encoding="utf-8")
    published.config.write_text(f'{text}\n[[feeds]]\nname = "fish"\ntags = ["unicorns"]\n', encoding="utf-8")
    published.run("build")

    said = published.run("check", "outbox/public/feeds/fish/atom.xml")

    assert 'the feed is empty; no post has the tag "unicorns"; choose among' in said.stderr


def test_a_feed_at_an_address_is_asked_for_as_readers_do(published):
    server = subprocess.Popen(
        [COMMAND, "serve", "--port", "0"], cwd=published.folder, stdout=subprocess.PIPE, text=True
    )
    try:
        address = server.stdout.readline().split(" on ")[1].split("/ ")[0]
        base = ["--set", f"publish.base_url={address}"]
        published.run(*base, "build")
        good = published.run("check", f"{address}/feeds/all/atom.xml", f"{address}/feeds/all/feed.json")
        page = published.run("check", f"{address}/feeds/", code=1)
        gone = published.run("check", f"{address}/nothing", code=1)
    finally:
        server.kill()
        server.communicate()

    assert good.stderr == ""
    assert "it is an HTML page, and no feed" in page.stderr
    assert "/nothing: is not there (404)" in gone.stderr


def test_no_message_of_the_example_has_a_finding(published):
    letters = sorted((published.outbox / "mail").rglob("*.eml"))

    said = published.run("check", *letters)

    assert said.stderr == ""
    assert said.stdout.count("nothing to find fault with") == len(letters) == 3


def test_an_edition_without_a_finding_is_frozen_without_a_remark(published):
    said = published.run("edition", "show", "1").stdout

    assert "in 1 variant" in said
    assert "syndicate check" not in said


def test_a_broken_message_is_named_with_line_remedy_and_source(published):
    letter = next((published.outbox / "mail").rglob("*.eml"))
    letter.write_bytes(letter.read_bytes().replace(b"=One-Click", b"=one-click"))

    said = published.run("check", letter, code=1)

    assert (
        f"error: {letter}:10: header: List-Unsubscribe-Post is 'List-Unsubscribe=one-click'; write"
        in said.stderr
    )
    assert "RFC 8058 §3.1" in said.stderr
    assert said.stdout == f"{letter}: 1 error\n"
