import os
import shutil
import subprocess
from datetime import timedelta

import pytest

from syndicate.errors import SiteError
from syndicate.model.cadence import Every
from syndicate.reports.replay.replaying import Kind

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUARTER = timedelta(minutes=15)


def test_what_was_there_first_is_the_baseline_and_what_comes_later_is_mailed_whatever_its_date(repository):
    repository.post("new")
    repository.commit(later=HOUR)

    events, tally = repository.replayed(Every.EACH)

    assert [(each.kind, [post.post.title for post in each.posts]) for each in events] == [
        (Kind.BASELINE, ["old"]),
        (Kind.MAILED, ["new"]),
    ]
    assert events[1].at == repository.now + QUARTER
    assert (tally.commits, tally.baseline, tally.new, tally.editions, tally.mailed) == (2, 1, 1, 1, 1)


def test_a_week_is_mailed_on_its_monday(repository):
    repository.post("one")
    repository.commit(later=DAY)
    repository.post("two")
    repository.commit(later=DAY)

    ((at, titles),) = repository.mailed(Every.WEEKLY)

    assert f"{at:%a %Y-%m-%d %H:%M}" == "Mon 2024-01-08 07:00"
    assert titles == ["one", "two"]


def test_renames_and_edits_mail_nobody(repository):
    repository.post("new")
    repository.commit(later=HOUR)
    repository.git("mv", "_posts/2019-01-01-new.md", "_posts/2019-01-02-newer.md")
    words = (repository.root / "_posts/2019-01-02-newer.md").read_text()
    repository.write("_posts/2019-01-02-newer.md", f"{words}Edited.\n")
    repository.commit(later=DAY)
    repository.post("old", "Edited wholly.")
    repository.commit(later=DAY)

    events, tally = repository.replayed(Every.EACH)

    assert [each.kind for each in events] == [Kind.BASELINE, Kind.MAILED, Kind.MOVED]
    assert events[2].before == ("_posts/2019-01-01-new.md",)
    assert (tally.edited, tally.moved, tally.mailed) == (2, 1, 1)


def test_ninety_posts_in_one_commit_wait_for_a_yes(repository):
    for number in range(90):
        repository.post(f"n{number}")
    repository.commit(later=HOUR)

    held, answered = repository.replayed(Every.EACH), repository.replayed(Every.WEEKLY, releasing=True)

    assert [each.kind for each in held[0]] == [Kind.BASELINE, Kind.HELD]
    assert (held[1].held, held[1].mailed) == (90, 0)
    assert [each.kind for each in answered[0]] == [Kind.BASELINE, Kind.HELD, Kind.RELEASED, Kind.MAILED]
    assert (answered[1].held, answered[1].mailed) == (0, 90)


def test_a_repository_in_which_every_post_is_renamed_mails_none_again(repository):
    for number in range(30):
        repository.post(f"n{number}", f"The text of number {number}.")
    repository.commit(later=HOUR)
    repository.git("mv", "_posts", "content")
    repository.write(
        "_config.yml",
        "url: https://post.example\ncollections_dir: all\ncollections: {content: {output: true}}\n",
    )
    (repository.root / "all").mkdir()
    (repository.root / "content").rename(repository.root / "all/_content")
    repository.commit(later=DAY)

    _, tally = repository.replayed(Every.WEEKLY, releasing=True)

    assert (tally.mailed, tally.moved, tally.gone, tally.held) == (30, 31, 0, 0)


def test_a_baseline_may_begin_later(repository):
    repository.post("before")
    repository.commit(later=DAY)
    repository.post("after")
    repository.commit(later=3 * DAY)

    assert [titles for _, titles in repository.mailed(Every.EACH, since=repository.now - DAY)] == [["after"]]


def test_time_alone_brings_a_post_of_the_future(repository):
    repository.write("_posts/2024-02-01-soon.md", "---\ntitle: soon\n---\nWords.")
    repository.commit(later=HOUR)

    ((at, _),) = repository.mailed(Every.EACH)

    assert f"{at:%Y-%m-%d %H:%M}" == "2024-02-01 00:15"


def test_a_merge_is_one_step(repository):
    repository.git("checkout", "-q", "-b", "side")
    for name in ("one", "two"):
        repository.post(name)
        repository.commit(later=HOUR)
    repository.git("checkout", "-q", "main")
    repository.now += DAY
    repository.git("merge", "-q", "--no-ff", "-m", "words", "side")

    mailed = repository.mailed(Every.EACH)

    assert [titles for _, titles in mailed] == [["one"], ["two"]]
    assert {at for at, _ in mailed} == {repository.now + QUARTER}


def test_a_commit_that_breaks_the_configuration_stops_that_pass_and_no_other(repository):
    good = (repository.root / "_config.yml").read_text()
    repository.write("_config.yml", "a: [")
    repository.post("one")
    repository.commit(later=HOUR)
    repository.post("two")
    repository.commit(later=HOUR)
    repository.write("_config.yml", good)
    repository.commit(later=HOUR)

    events, _ = repository.replayed(Every.EACH)

    assert [each.kind for each in events] == [Kind.BASELINE, Kind.STOPPED, Kind.MAILED, Kind.MAILED]
    assert events[1].reason.startswith(f"{repository.root}/_config.yml:2: ")


def test_nothing_of_the_repository_is_run_or_changed(repository, tmp_path):
    trap = tmp_path / "sprung"
    script = tmp_path / "trap.sh"
    script.write_text(f"#!/bin/sh\ntouch {trap}\n")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "diff.external", "gpg.program", "core.sshCommand"):
        repository.git("config", key, str(script))
    repository.git("config", "log.showSignature", "true")
    repository.write("_posts/2019-01-01-uncommitted.md", "words")
    before = repository.git("-c", f"core.fsmonitor={False}", "status", "--porcelain")
    trap.unlink(missing_ok=True)

    repository.replayed(Every.EACH)

    assert not trap.exists()
    assert repository.git("-c", f"core.fsmonitor={False}", "status", "--porcelain") == before


def test_a_link_out_of_the_site_and_a_picture_are_not_read(repository, tmp_path):
    secret = tmp_path / "secret.md"
    secret.write_text("secret words")
    (repository.root / "_posts/2019-01-03-link.md").symlink_to(secret)
    repository.write("_posts/picture.png", os.urandom(2_000))
    repository.post("big", "x" * 6_000_000)
    repository.post("good")
    repository.commit(later=HOUR)

    assert [titles for _, titles in repository.mailed(Every.EACH)] == [["good"]]


def test_a_site_in_a_folder_of_its_repository_is_read_from_there(repository, tmp_path):
    outer = tmp_path / "outer"
    shutil.move(repository.root, outer / "site")
    shutil.move(outer / "site/.git", outer / ".git")
    repository.root = outer
    repository.write("elsewhere/_posts/2019-01-01-other.md", "words")
    repository.commit(later=HOUR)
    repository.root = outer / "site"
    repository.post("new")
    repository.commit(later=HOUR)

    events, _ = repository.replayed(Every.EACH, since=repository.now - timedelta(minutes=1))

    assert [[post.post.title for post in each.posts] for each in events] == [["old"], ["new"]]


def test_where_there_is_no_history_is_one_clear_line(repository, tmp_path):
    shallow, empty, bare = tmp_path / "shallow", tmp_path / "empty", tmp_path / "plain"
    repository.commit(later=HOUR)
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{repository.root}", shallow], check=True, timeout=60
    )
    subprocess.run(["git", "init", "-q", "-b", "main", empty], check=True, timeout=60)
    bare.mkdir()

    for root, said in (
        (shallow, "fetch --unshallow"),
        (empty, "no commit yet"),
        (bare, "not a git repository"),
    ):
        repository.root = root
        with pytest.raises(SiteError, match=said):
            repository.history().commits()
