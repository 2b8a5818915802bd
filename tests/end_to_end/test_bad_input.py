import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("syndicate")
UNREADABLE = {
    "2026-11-20-yaml.md": (b"---\ntitle: [unclosed\n---\nx\n", "_posts/2026-11-20-yaml.md:"),
    "2026-11-20-latin.md": (b"---\ntitle: x\n---\ncaf\xe9\n", "_posts/2026-11-20-latin.md:"),
    "2026-11-20-date.md": (b"---\ntitle: x\ndate: 2026-02-30\n---\nx\n", "_posts/2026-11-20-date.md:"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_bad_post_is_named_and_leaves_every_other_untouched(published, name):
    content, place = UNREADABLE[name]
    before = published.files()
    (published.site / "_posts" / name).write_bytes(content)

    done = published.run("run", "--once", code=1)

    assert f"error: {place}" in done.stderr
    assert "1 unreadable" in done.stdout
    assert published.files() == before


def test_a_missing_site_is_one_clear_line(newsroom):
    shutil.rmtree(newsroom.site)

    done = newsroom.run("run", "--once", code=1)

    assert len(done.stderr.splitlines()) == 1
    assert "example" in done.stderr
    assert not newsroom.outbox.exists()


def test_a_second_process_on_the_same_outbox_is_refused(published):
    with (published.outbox / ".lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        done = published.run("run", "--once", code=1)

    assert len(done.stderr.splitlines()) == 1
    assert "is working on this outbox" in done.stderr


def test_a_store_of_another_site_is_refused(published, tmp_path):
    other = tmp_path / "other"
    (other / "_posts").mkdir(parents=True)
    (other / "_config.yml").write_text("title: Other\nurl: https://other.example\n", encoding="utf-8")
    before = published.files()

    done = published.run("--site", "other", "--outbox", "outbox", "run", "--once", code=1)

    assert len(done.stderr.splitlines()) == 1
    assert "other.example" in done.stderr
    assert published.files() == before


@pytest.mark.system
def test_a_broken_template_of_ones_own_is_named_with_its_line(newsroom):
    template = newsroom.folder / "templates" / "email" / "digest.html"
    template.parent.mkdir(parents=True)
    template.write_text("<html>\n{% if %}\n", encoding="utf-8")
    newsroom.add_readers()

    done = newsroom.run("run", "--once", code=1)

    assert "templates/email/digest.html:2:" in done.stderr
    assert newsroom.letters() == []


@pytest.mark.system
def test_what_a_broken_template_held_back_goes_out_when_it_is_mended(newsroom):
    template = newsroom.folder / "templates" / "email" / "digest.html"
    template.parent.mkdir(parents=True)
    template.write_text("{% if %}", encoding="utf-8")
    newsroom.add_readers()
    newsroom.pass_(code=1)
    template.unlink()

    done = newsroom.pass_()

    assert [edition["state"] for edition in done["editions"]] == ["sent"]
    assert len(newsroom.letters()) == 3


def test_an_outbox_that_is_a_file_is_one_clear_line(newsroom):
    newsroom.outbox.write_text("", encoding="utf-8")

    done = newsroom.run("run", "--once", code=1)

    assert len(done.stderr.splitlines()) == 1
    assert "outbox" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; an unprivileged run tests it")
def test_an_unwritable_outbox_is_one_clear_line(newsroom):
    newsroom.outbox.mkdir(mode=0o500)

    done = newsroom.run("run", "--once", code=1)

    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            '[sit]\npath = "example"\n',
            'config/syndicate.toml:1: sit: "sit" is not a key; did you mean "site"?',
        ),
        ('[site]\npath = "example"\nkind = "drupal"\n', "jekyll"),
        ('[site]\npath = "example"\n[mail]\ntransport = "pigeon"\n', "outbox"),
    ],
)
def test_a_mistake_in_the_configuration_is_named_with_the_right_thing(newsroom, configure, text, said):
    configure(text)

    done = newsroom.run("check", code=2 if "sit]" in text[:5] else done_code(text))

    assert said in done.stderr


def done_code(text):
    return 1 if "pigeon" in text else 2


def test_no_readers_file_is_one_clear_line(newsroom):
    done = newsroom.run("subscriber", "import", "none.csv", "--confirmed", "--consent", "x", code=1)

    assert done.stderr.startswith("error: none.csv: ")


def run_with(newsroom, *words, **variables):
    return subprocess.run(
        [COMMAND, *words],
        cwd=newsroom.folder,
        env={**os.environ, **variables},
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_a_terminal_that_shows_no_accents_gets_their_numbers(published):
    done = run_with(published, "posts", PYTHONIOENCODING="ascii")

    assert done.returncode == 0
    assert rb"A barca\xe7a volta" in done.stdout


def test_json_is_json_in_any_encoding(published):
    done = run_with(published, "posts", "--json", PYTHONIOENCODING="latin-1")

    titles = [json.loads(line)["title"] for line in done.stdout.splitlines()]
    assert "A barcaça volta a casa" in titles


def test_a_full_disk_behind_the_output_is_one_line(published):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [COMMAND, "posts"], cwd=published.folder, stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert done.returncode == 1
    assert b"no space left on device" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_that_was_taken_away_is_one_line(published, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    command = f"rmdir {gone}; exec {COMMAND} --site ../example check"

    done = subprocess.run(["/bin/sh", "-c", command], cwd=gone, capture_output=True, check=False)

    assert done.returncode == 1
    assert b"fault of syndicate" not in done.stderr


@pytest.mark.parametrize("words", [("show",), ("verify",), ("approve",), ("resume",)])
def test_an_edition_number_no_store_can_hold_is_wrong_usage(published, words):
    done = published.run("edition", *words, "99999999999999999999999", code=2)

    assert "is not in the range" in done.stderr


def test_a_plan_for_the_end_of_time_is_wrong_usage(published):
    done = published.run("plan", "--until", "9999-12-31", code=2)

    assert "plans reach 100 years ahead" in done.stderr


def test_an_address_that_is_taken_is_one_line(published):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = published.run("serve", "--port", str(taken.getsockname()[1]), code=2)

    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "can't be listened on (address already in use" in done.stderr


def test_a_path_that_is_not_utf_8_is_one_line(published):
    done = run_with(published, "why", os.fsdecode(b"_posts/\xff.md"))

    assert done.returncode == 1
    assert done.stderr == b"error: _posts/\\xff.md: is not UTF-8, and no store can hold it; rename it\n"
