import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.system

CONTRACT = {
    "path",
    "id",
    "url",
    "title",
    "authors",
    "collection",
    "categories",
    "tags",
    "published",
    "updated",
    "summary",
    "excerpt_html",
    "excerpt_text",
    "excerpt_origin",
    "content_html",
    "image",
    "lang",
    "state",
    "arrival",
}


def test_init_writes_a_configuration_that_runs(newsroom):
    newsroom.config.unlink()

    said = newsroom.run("init", "example").stdout
    checked = newsroom.run("check", code=1)
    done = newsroom.pass_()

    assert "a Jekyll site" in said
    assert "list the-harbour-gazette: weekly on mon at 07:00, Europe/Lisbon" in checked.stdout
    assert "mail.postal_address" in checked.stderr
    assert done["posts"]["found"] == 13


def test_init_never_overwrites_unless_it_is_told_to(newsroom):
    before = newsroom.config.read_bytes()

    refused = newsroom.run("init", "example", code=2)
    assert newsroom.config.read_bytes() == before
    newsroom.run("init", "example", "--force")

    assert "--force" in refused.stderr
    assert newsroom.config.read_bytes() != before


def test_init_of_a_folder_without_a_site_says_what_it_looked_for(newsroom, tmp_path):
    (tmp_path / "empty").mkdir()

    done = newsroom.run("--config", "other.toml", "init", "empty", code=1)

    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "other.toml").exists()


def test_posts_prints_one_object_a_line_with_every_key_of_the_contract(newsroom):
    rows = [json.loads(line) for line in newsroom.run("posts", "--json").stdout.splitlines()]

    assert len(rows) == 13
    for row in rows:
        assert set(row) == CONTRACT


def test_raw_texts_are_for_programs_alone(newsroom):
    done = newsroom.run("posts", "--raw", code=2)

    assert "--json" in done.stderr
    assert done.stdout == ""


def test_posts_writes_nothing(newsroom):
    newsroom.run("posts")

    assert not newsroom.outbox.exists()


def test_posts_sees_the_site_as_it_is_now_and_remembers_nothing(newsroom):
    newsroom.pass_()
    newsroom.write_post("2026-11-22-fresh.md", title="Fresh", date="2026-11-22")

    first, second = newsroom.run("posts").stdout, newsroom.run("posts").stdout

    assert "settling" in first
    assert first == second


def test_posts_names_an_unreadable_file_and_lists_the_others(newsroom):
    (newsroom.site / "_posts" / "2026-11-20-bad.md").write_text("---\ntitle: [\n---\n", encoding="utf-8")

    done = newsroom.run("posts", "--json", code=1)

    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["path"] for row in rows if row["state"] == "unreadable"] == ["_posts/2026-11-20-bad.md"]
    assert len(rows) == 14
    assert "error: _posts/2026-11-20-bad.md:" in done.stderr


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("_posts/2026-11-14-the-slipway-vote.md", ["baseline", "in all (entry", "sent in edition 1 to 3"]),
        ("example/_posts/2026-11-14-the-slipway-vote.md", ["sent in edition 1 to 3"]),
        ("_posts/2026-09-19-regatta.md", ["owed to nobody: it was there before the list started"]),
        ("_drafts/the-mayor-and-the-goose.md", ["a draft, left out: it is in a folder `_drafts`"]),
        ("_posts/2099-06-01-our-hundred-and-fiftieth-year.md", ["left out until its date, 2099-"]),
        ("the SLIPWAY: nine", ["_posts/2026-11-14-the-slipway-vote.md", "sent in edition 1 to 3"]),
    ],
)
def test_why_answers_for_every_channel(published, path, said):
    answer = published.run("why", path).stdout

    for words in said:
        assert words in answer


def test_why_names_the_nearest_path_and_what_a_word_may_mean(published):
    wrong = published.run("why", "_posts/2026-11-14-the-slipway-note.md", code=1)
    many = published.run("why", "the", code=1)

    assert "there is no such file in the site" in wrong.stdout
    assert "nearest     _posts/2026-11-14-the-slipway-vote.md" in wrong.stdout
    assert "say which one" in many.stderr.splitlines()[0]


def test_plan_shows_every_occurrence_up_to_a_day(published):
    sends = [
        json.loads(line)
        for line in published.run("plan", "--until", "2099-01-31", "--json").stdout.splitlines()
    ]

    assert len(sends) > 52
    assert {(send["list"], send["cadence"], send["wall"][11:]) for send in sends} == {
        ("gazette", "weekly", "07:00")
    }


def test_a_preview_is_the_real_message_to_nobody(published):
    said = published.run("edition", "preview").stdout

    message = (published.outbox / "preview" / "gazette" / "message.eml").read_bytes()
    assert "nobody is owed anything yet" in said
    assert b"\r\nTo: gazette@harbour-gazette.example\r\n" in message
    assert b"SLOT" not in message
    assert "message.eml: nothing to find fault with" in said
    assert len(published.letters()) == 3


def test_an_edition_tells_one_readers_story(published):
    served = published.run("edition", "show", "1", "--reader", "olaf@example.org").stdout
    stranger = published.run("edition", "show", "1", "--reader", "nobody@example.org").stdout

    assert served.startswith("olaf@example.org: accepted")
    assert 'is not on the list "gazette"' in stranger


def test_an_edition_that_is_not_there_is_one_clear_line(newsroom):
    done = newsroom.run("edition", "show", "7", code=1)

    assert done.stderr == "error: edition 7: there is none of that number; see `syndicate edition list`\n"


def test_nobody_is_imported_who_has_not_confirmed(newsroom):
    done = newsroom.run("subscriber", "import", "example/readers.csv", "--consent", "x", code=1)

    assert "--confirmed" in done.stderr
    assert newsroom.run("subscriber", "list").stdout == ""


def test_an_import_may_be_run_again(newsroom):
    newsroom.add_readers()

    again = newsroom.run(
        "subscriber", "import", "example/readers.csv", "--confirmed", "--consent", "again"
    ).stdout

    assert again == "example/readers.csv: 3 there already\n"


@pytest.mark.parametrize(
    "words", [["frobnicate"], ["run", "--twice"], ["edition", "show"], ["--set", "x", "check"]]
)
def test_a_wrong_use_is_exit_code_2(newsroom, words):
    newsroom.run(*words, code=2)


def test_help_groups_the_commands(newsroom):
    said = newsroom.run("--help").stdout

    for heading in ("The pipeline", "See what happens", "Readers and editions", "Set up"):
        assert heading in said


def test_it_runs_as_a_module_too(newsroom):
    done = subprocess.run(
        [sys.executable, "-m", "syndicate", "--version"], capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("syndicate ")


def test_a_store_named_in_a_file_is_the_store(newsroom):
    secret = newsroom.folder / "store-url"
    secret.write_text(f"sqlite:///{newsroom.folder / 'elsewhere.db'}\n", encoding="utf-8")
    secret.chmod(0o600)

    newsroom.run("--set", "store.url_file=store-url", "run", "--once")

    assert (newsroom.folder / "elsewhere.db").exists()
    assert not (newsroom.outbox / "syndicate.db").exists()


def test_a_store_file_that_is_missing_is_one_line(newsroom):
    done = newsroom.run("--set", "store.url_file=nowhere", "run", "--once", code=2)

    assert done.stderr.startswith("error: store.url_file: nowhere can't be read")
    assert not (newsroom.outbox / "syndicate.db").exists()


def test_a_list_that_left_the_configuration_is_named_by_run_plan_and_check(published):
    text = published.config.read_text(encoding="utf-8")
    published.config.write_text(text.replace('name = "gazette"', 'name = "herald"'), encoding="utf-8")

    said = [
        published.run("run", "--once").stderr,
        published.run("plan").stderr,
        published.run("check", code=1).stderr,
    ]

    assert all(each.count('warning: list "gazette": it has 3 confirmed readers') == 1 for each in said)
    assert not any("herald" in each for each in said)


def test_one_reader_s_part_in_an_edition_is_told_to_scripts_too(published):
    reader = min(published.letters()).stem.partition("-")[2]

    def told(address):
        return json.loads(published.run("edition", "show", "1", "--reader", address, "--json").stdout)

    served, stranger = told(reader), told("nobody@example.org")

    assert (served["address"], served["state"], len(served["posts"])) == (reader, "accepted", 5)
    assert served["words"] == f"accepted: {served['reply']}"
    assert (stranger["state"], stranger["posts"]) == (None, [])


def test_a_post_that_is_not_held_is_named_and_nothing_else_is_released(published):
    done = published.run("posts", "release", "_posts/none.md", code=1)

    assert done.stderr == "error: _posts/none.md: no such post is held; see `syndicate posts`\n"
    assert done.stdout == ""
    assert published.run("posts", "release").stdout == "no post is held\n"
