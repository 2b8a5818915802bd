import fcntl
import os
import shutil

import pytest

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


def test_a_broken_template_of_ones_own_is_named_with_its_line(newsroom):
    template = newsroom.folder / "templates" / "email" / "digest.html"
    template.parent.mkdir(parents=True)
    template.write_text("<html>\n{% if %}\n", encoding="utf-8")
    newsroom.add_readers()

    done = newsroom.run("run", "--once", code=1)

    assert "templates/email/digest.html:2:" in done.stderr
    assert newsroom.letters() == []


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
