import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.feeds import hosting, server_rules
from syndicate.feeds.former_addresses import suggestions
from syndicate.settings.redirecting import problems
from syndicate.settings.schema import FeedSettings, PublishSettings, RedirectSettings, Settings

MOVED = (
    RedirectSettings(from_="/feed.xml", to="/feeds/all/atom.xml"),
    RedirectSettings(from_="/não/", to="https://other.example/é"),
    RedirectSettings(from_="/podcast.xml", status=410),
)


def settings(outbox: Path, **publish: str) -> Settings:
    return Settings(outbox=outbox, publish=PublishSettings(**publish), redirects=MOVED)


def test_nothing_is_written_for_a_host_that_reads_no_such_files(tmp_path):
    assert hosting.write(settings(tmp_path)) == ()
    assert list(tmp_path.rglob("*")) == []


def test_each_format_gets_its_type_and_may_be_read_from_anywhere(tmp_path):
    hosting.write(settings(tmp_path, static_host="netlify", hub="https://hub.example/"))

    rules = (tmp_path / "public" / "_headers").read_text(encoding="utf-8")
    assert rules.startswith(
        "/feeds/:feed/atom.xml\n"
        "  Content-Type: application/atom+xml; charset=utf-8\n"
        "  Cache-Control: public, max-age=900\n"
        "  Access-Control-Allow-Origin: *\n"
        "  X-Content-Type-Options: nosniff\n"
        '  Link: <https://hub.example/>; rel="hub"\n'
    )
    assert "/feeds/:feed/feed.json\n  Content-Type: application/feed+json\n" in rules


def test_the_volumes_of_an_archive_get_their_types_and_no_hub(tmp_path):
    wanted = settings(tmp_path, static_host="netlify", hub="https://hub.example/")
    hosting.write(replace(wanted, feeds=(FeedSettings(name="all", archives=True),)))

    rules = (tmp_path / "public" / "_headers").read_text(encoding="utf-8")
    _, _, volume = rules.partition("/feeds/:feed/archive/:volume/rss.xml\n")
    assert volume.startswith("  Content-Type: application/rss+xml; charset=utf-8\n")
    assert "hub" not in volume.partition("/feeds")[0]


def test_each_redirect_is_a_line_and_what_the_host_cannot_say_a_comment(tmp_path):
    hosting.write(settings(tmp_path, static_host="netlify"))

    assert (tmp_path / "public" / "_redirects").read_text(encoding="utf-8").splitlines() == [
        "/feed.xml /feeds/all/atom.xml 301",
        "/n%C3%A3o/ https://other.example/%C3%A9 301",
        "# /podcast.xml is gone (410), which this kind of host can't say; it answers 404",
    ]


@pytest.mark.parametrize(("host", "name"), [("nginx", "nginx-redirects.conf"), ("caddy", "caddy-redirects")])
def test_a_server_gets_its_redirects_outside_of_the_web_root(tmp_path, host, name):
    written = hosting.write(settings(tmp_path, static_host=host))

    assert written == (tmp_path / name,)
    text = written[0].read_text(encoding="utf-8")
    assert text.count("max-age=86400") == (3 if host == "caddy" else 6)
    assert "410" in text
    assert "https://other.example/%C3%A9" in text


@given(st.text(), st.text(), st.sampled_from([301, 410]))
def test_no_path_leads_out_of_its_word(path, target, status):
    """Give any path that the settings let through: each file has the lines of one redirect."""
    moved = RedirectSettings(from_=f"/{path}", to="" if status == 410 else f"/{target}", status=status)
    if list(problems(Settings(redirects=(moved,)), "")):
        return

    lines = server_rules.nginx((moved,)).splitlines()
    assert len(lines) == (11 if lines[1].startswith("location") else 2)
    for line in lines[1::5][:2]:
        assert re.fullmatch(r'location = "(?:[^"\\]|\\.)*" \{|# .*', line)
    assert len(server_rules.caddy((moved,)).splitlines()) == 5
    assert not set("{}") & set(server_rules.caddy((moved,)))


def test_what_is_there_already_is_left_alone(tmp_path):
    wanted = settings(tmp_path, static_host="netlify")

    first = [(path, path.stat().st_ino) for path in hosting.write(wanted)]
    second = [(path, path.stat().st_ino) for path in hosting.write(wanted)]

    assert first == second
    assert [path.name for path, _ in first] == ["_headers", "_redirects"]


def test_what_init_suggests_for_a_site_is_in_order():
    for kind in ("jekyll", "hugo", "eleventy", "zola", "pelican", "astro"):
        suggested = suggestions(kind)

        assert suggested
        assert not list(problems(Settings(feeds=(FeedSettings(name="all"),), redirects=suggested), ""))
    assert suggestions("another") == ()
