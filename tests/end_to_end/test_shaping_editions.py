import json
from email.parser import BytesParser
from email.policy import default

import pytest

pytestmark = pytest.mark.system

CONFIG = """
[site]
path = "example"
[posts]
settle = "0 s"
[mail]
sender = "The Gazette <news@gazette.example>"
postal_address = "Rua do Cais 12, 4490-012 Vila da Enseada"
[[lists]]
name = "gazette"
zone = "UTC"
cadences = [{ every = "monthly", day = 1, at = "07:00" }]
"""


@pytest.fixture
def coming(each_post):
    """Give a newsroom whose monthly list has four new posts to bring."""
    each_post.config.write_text(CONFIG, encoding="utf-8")
    each_post.pass_()
    for title in ("Fog", "Rain", "Snow", "Tide"):
        each_post.write_post(f"2026-11-20-{title.lower()}.md", title=title, date="2026-11-20")
    each_post.pass_()
    return each_post


@pytest.mark.parametrize(
    ("options", "said"),
    [(["1", "--list", "gazette"], "not both"), (["--serve", "--json"], "--serve shows a page")],
)
def test_a_preview_passes_over_nothing_that_was_asked_for(coming, options, said):
    assert said in " ".join(coming.run("edition", "preview", *options, code=2).stderr.split())


def letter(newsroom):
    path = newsroom.letters()[0]
    message = BytesParser(policy=default).parsebytes(path.read_bytes())
    return message, message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_an_editor_shapes_an_edition_and_it_goes_out_so(coming):
    intro = coming.folder / "intro.md"
    intro.write_text("Dear readers, this month it *rained*.\n", encoding="utf-8")

    coming.run("edition", "intro", "gazette", "--file", "intro.md")
    coming.run("edition", "pin", "gazette", "tide", "example/_posts/2026-11-20-rain.md")
    coming.run("edition", "drop", "1", "fog", "--why", "not ripe")
    coming.run("edition", "drop", "1", "snow", "--for-good", "--why", "another list's")
    coming.run("edition", "subject", "1", "No. {number}: {first_title}")
    coming.run("edition", "preheader", "1", "What fell from the sky")
    preview = coming.run("edition", "preview").stdout
    shown = coming.run("edition", "show", "1").stdout
    coming.run("edition", "send", "1")
    message, text = letter(coming)

    assert "introduction, own subject, own preheader, 2 pinned, 1 dropped" in preview
    assert "_posts/2026-11-20-fog.md: dropped by " in shown
    assert message["Subject"] == "No. 1: Tide"
    assert text.index("it rained") < text.index("\nTide\n") < text.index("\nRain\n")
    assert "Fog" not in text
    assert "Snow" not in text
    page = coming.outbox / "public/editions/gazette/1/index.html"
    assert "Dear readers" in page.read_text(encoding="utf-8")
    assert "gazette     dropped from edition 1 by " in coming.run("why", "fog").stdout
    assert "edition 1: it is over" in coming.run("edition", "preview", "1", code=1).stderr
    assert 'edition 1: it is "sent"' in coming.run("edition", "pin", "1", "fog", code=1).stderr
    coming.run("edition", "create", "gazette")
    coming.pass_()
    after = coming.run("edition", "list", "--json").stdout.splitlines()
    assert [json.loads(each)["subject"] for each in after] == ["Fog · The Harbour Gazette", "No. 1: Tide"]


def test_what_was_ordered_is_undone_also_when_its_post_has_moved_or_left(coming):
    coming.run("edition", "pin", "gazette", "tide", "rain")
    coming.run("edition", "drop", "1", "fog", "--why", "not ripe")
    coming.run("edition", "drop", "1", "snow", "--for-good", "--why", "another list's")
    posts = coming.site / "_posts"
    for name in ("fog", "snow", "tide"):
        (posts / f"2026-11-20-{name}.md").unlink()
    (posts / "2026-11-20-rain.md").rename(posts / "2026-11-20-showers.md")
    coming.pass_()

    coming.run("edition", "pin", "1", "_posts/2026-11-20-tide.md", "_posts/2026-11-20-rain.md", "--undo")
    where = ("example/_posts/2026-11-20-fog.md", "2026-11-20-snow.md")
    coming.run("edition", "drop", "1", *where, "--undo", "--why", "gone")

    shown = json.loads(coming.run("edition", "show", "1", "--json").stdout)
    assert shown["choices"] == []
    again = coming.run("edition", "pin", "1", "_posts/2026-11-20-tide.md", "--undo", code=1).stderr
    assert "2026-11-20-tide.md: the site has no such post" in " ".join(again.split())


def test_plan_and_show_say_it_to_scripts_too(coming):
    coming.run("edition", "intro", "gazette", "--text", "Dear readers")
    coming.run("edition", "pin", "1", "tide")

    (send,) = [json.loads(line) for line in coming.run("plan", "--json").stdout.splitlines()][:1]
    shown = json.loads(coming.run("edition", "show", "1", "--json").stdout)
    made = json.loads(coming.run("edition", "preview", "1", "--json").stdout)

    assert send["shaping"]["introduction"] == "Dear readers"
    assert send["shaping"]["pinned"] == ["_posts/2026-11-20-tide.md"]
    assert (made["edition"], made["shaping"]) == (1, send["shaping"])
    assert made["posts"] == send["posts"]
    assert shown["introduction"] == "Dear readers"
    assert shown["would_bring"][0] == "_posts/2026-11-20-tide.md"
    assert [(each["post"], each["what"]) for each in shown["choices"]] == [
        ("_posts/2026-11-20-tide.md", "pinned")
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["intro", "gazette"], 2, "say one of --file, --text and --clear"),
        (["intro", "gazette", "--file", "none.md"], 1, "none.md: can't be read (No such file or directory)"),
        (["intro", "gazette", "--file", "latin.md"], 1, "latin.md: is not UTF-8 (byte 6)"),
        (["intro", "gazette", "--text", " "], 1, "it is empty; --clear takes away what is there"),
        (["intro", "gazete", "--text", "x"], 1, 'there is no list "gazete"'),
        (["subject", "gazette", "{nr}"], 2, "{nr} is not known; use {title}"),
        (["pin", "gazette", "none.md"], 1, "none.md: the site has no such post"),
        (
            ["pin", "gazette", "regatta"],
            1,
            "it brings _posts/2026-09-19-regatta.md to nobody; `syndicate why",
        ),
        (["drop", "gazette", "a", "--why", "x"], 1, "a: means"),
        (["pin", "gazette", "tide", "--why", " "], 1, "every move is logged with its reason"),
        (["drop", "gazette", "tide", "--undo", "--why", "x"], 1, "tide.md is not dropped in it"),
        (["pin", "99", "tide"], 1, "edition 99: there is none of that number"),
    ],
)
def test_what_cannot_be_done_is_one_line_that_says_what_to_do(coming, words, code, said):
    (coming.folder / "latin.md").write_bytes("Dear é".encode("latin-1"))

    problem = coming.run("edition", *words, code=code).stderr

    assert said in " ".join(problem.split())
    assert coming.run("edition", "list", "--json").stdout == ""
