# ruff: noqa: D102 - the methods of Mirror are the words that tests are written in
import os
import shutil
import stat
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from git_repository import GitRepository, served
from web_server import web_server

from syndicate.errors import SiteError
from syndicate.posts.mirrors import Refreshed, located, refresh
from syndicate.posts.mirrors.git import tree
from syndicate.settings.schema import FetchingSettings, Settings, SiteSettings

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class Mirror:
    """A repository, and the mirror of it."""

    repository: GitRepository
    settings: Settings
    now: datetime = NOON

    def say(self, **said: object) -> None:
        self.settings = replace(self.settings, site=replace(self.settings.site, **said))

    def pass_by(self, *, later: timedelta = timedelta(hours=1)) -> Refreshed:
        self.now += later
        return refresh(self.settings, now=self.now)

    def failure(self) -> str:
        (problem,) = self.pass_by().problems
        assert len(str(problem).splitlines()) == 1
        return str(problem)

    @property
    def root(self) -> Path:
        return located(self.settings).site.path

    def files(self) -> dict[str, str]:
        """Give what lies in the mirror's tree."""
        found = (path for path in self.root.rglob("*") if path.is_file())
        return {path.relative_to(self.root).as_posix(): path.read_text(encoding="utf-8") for path in found}


@pytest.fixture
def mirror(tmp_path: Path) -> Mirror:
    repository = GitRepository.begin(tmp_path / "harbour.git-work")
    settings = Settings(outbox=tmp_path / "outbox", site=SiteSettings(git=str(repository.folder)))
    return Mirror(repository, settings)


def test_the_files_of_the_last_commit_are_laid_out_and_nothing_else(mirror):
    mirror.repository.commit(a="1", b="2")
    mirror.repository.write("a", "being written")
    mirror.repository.write("c", "being written")

    assert mirror.pass_by() == Refreshed()

    assert mirror.files() == {"a": "1", "b": "2"}
    assert mirror.root.name == "harbour.git-work"


def test_a_new_commit_changes_the_files_at_once_and_wholly(mirror):
    mirror.repository.commit(a="1", b="2")
    mirror.pass_by()
    (mirror.repository.folder / "b").unlink()
    mirror.repository.commit(a="3", c="4")

    mirror.pass_by(later=timedelta(seconds=15))

    assert mirror.files() == {"a": "3", "c": "4"}


def test_without_a_new_commit_no_file_is_touched(mirror):
    mirror.repository.commit(a="1")
    mirror.pass_by()
    before = (mirror.root / "a").stat()

    mirror.pass_by()

    assert (mirror.root / "a").stat() == before


def test_a_rewritten_history_is_no_trouble(mirror):
    mirror.repository.commit(a="1")
    mirror.repository.commit(a="2")
    mirror.pass_by()
    mirror.repository.git("reset", "--hard", "--quiet", "HEAD~1")
    mirror.repository.commit(a="3")

    assert mirror.pass_by() == Refreshed()
    assert mirror.files() == {"a": "3"}


def test_a_branch_is_followed_by_its_name(mirror):
    mirror.repository.commit(a="1")
    mirror.repository.git("switch", "--quiet", "--create", "draft/next")
    mirror.repository.commit(a="2")
    mirror.say(branch="main")

    mirror.pass_by()
    assert mirror.files() == {"a": "1"}
    mirror.say(branch="draft/next")
    mirror.pass_by()

    assert mirror.files() == {"a": "2"}
    mirror.say(branch="nowhere")
    assert 'has no branch "nowhere"; correct site.branch' in mirror.failure()
    assert mirror.files() == {"a": "2"}


def test_the_site_may_be_a_folder_of_the_repository(mirror):
    mirror.repository.commit(**{"blog/a": "1", "other": "2"})
    mirror.say(path=Path("blog"))

    mirror.pass_by()

    assert mirror.files() == {"a": "1"}


def test_a_folder_that_the_repository_has_not_is_named(mirror):
    mirror.repository.commit(a="1")
    mirror.say(path=Path("blog"))

    assert mirror.pass_by() == Refreshed()

    with pytest.raises(SiteError, match=r'harbour\.git-work: has no folder "blog"; correct site\.path'):
        located(mirror.settings)


def test_of_a_working_copy_only_what_is_committed_is_taken(mirror):
    mirror.repository.commit(**{"blog/a": "1", "other": "2"})
    mirror.repository.write("blog/b", "being written")
    mirror.say(git="", path=mirror.repository.folder / "blog", committed_only=True)

    mirror.pass_by()
    assert mirror.files() == {"a": "1"}
    mirror.repository.commit()
    mirror.pass_by(later=timedelta(seconds=15))

    assert mirror.files() == {"a": "1", "b": "being written"}


def test_a_linked_worktree_is_a_working_copy_too(mirror, tmp_path):
    mirror.repository.commit(a="1")
    mirror.repository.git("worktree", "add", "--quiet", "-b", "side", tmp_path / "side")
    side = GitRepository(tmp_path / "side")
    side.commit(a="2")
    mirror.say(git="", path=side.folder, committed_only=True)

    mirror.pass_by()

    assert mirror.files() == {"a": "2"}


def test_a_folder_that_is_no_working_copy_is_named(mirror, tmp_path):
    (tmp_path / "plain").mkdir()
    mirror.say(git="", path=tmp_path / "plain", committed_only=True)

    assert "is in no Git working copy" in mirror.failure()


def test_a_repository_over_the_network_is_asked_when_its_time_has_come(mirror, tmp_path):
    mirror.repository.commit(a="1")
    with served(mirror.repository, tmp_path / "www") as url:
        mirror.say(git=url)

        assert mirror.pass_by() == Refreshed()

        assert mirror.files() == {"a": "1"}
        assert mirror.root.name == "harbour"
    for _ in range(3):  # nobody is there any more, and nobody asks
        assert mirror.pass_by(later=timedelta(minutes=4)) == Refreshed()
    assert f"{url}: can't be pulled (unable to access" in mirror.failure()
    assert mirror.files() == {"a": "1"}


def test_a_redirect_is_not_followed(mirror, tmp_path):
    mirror.repository.commit(a="1")
    with served(mirror.repository, tmp_path / "www") as url, web_server() as elsewhere:
        refs = "/info/refs?service=git-upload-pack"
        elsewhere.say(f"/harbour.git{refs}", status=301, Location=f"{url}{refs}")
        mirror.say(git=elsewhere.url("/harbour.git"))

        assert "can't be pulled" in mirror.failure()

        assert elsewhere.asked


def test_a_pull_that_fails_is_told_until_it_is_mended_and_the_files_stay(mirror):
    mirror.repository.commit(a="1")
    mirror.pass_by()
    away = mirror.repository.folder.with_name("away")
    mirror.repository.folder.rename(away)

    assert "does not appear to be a git repository" in mirror.failure()
    assert mirror.failure().startswith(f"{mirror.repository.folder}: can't be pulled (")
    assert mirror.files() == {"a": "1"}
    away.rename(mirror.repository.folder)
    assert mirror.pass_by() == Refreshed()


def test_a_repository_without_a_commit_is_told(mirror):
    assert "has no commit yet; commit something" in mirror.failure()
    with pytest.raises(SiteError, match="is not fetched yet"):
        located(mirror.settings)


def test_git_that_takes_too_long_is_ended_with_its_children(mirror, tmp_path, monkeypatch):
    script = tmp_path / "bin" / "git"
    script.parent.mkdir()
    script.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {tmp_path}/child\nwait\n", encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}:{os.environ['PATH']}")
    mirror.settings = replace(mirror.settings, fetching=FetchingSettings(timeout=timedelta(seconds=1)))

    assert "takes too long; it is tried again, or raise fetching.timeout (1 s)" in mirror.failure()

    child = Path(f"/proc/{(tmp_path / 'child').read_text(encoding='utf-8').strip()}/stat")
    assert not child.exists() or child.read_text(encoding="utf-8").split()[2] == "Z"


def test_ssh_asks_nobody_and_its_refusal_is_told(mirror, tmp_path, monkeypatch):
    script = tmp_path / "bin" / "ssh"
    script.parent.mkdir()
    refuses = (
        f'#!/bin/sh\necho "$@" > {tmp_path}/asked\necho "Permission denied (publickey)." >&2\nexit 255\n'
    )
    script.write_text(refuses, encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}:{os.environ['PATH']}")
    mirror.say(git="git@git.example:ana/blog.git")

    assert mirror.failure().startswith(
        "git@git.example:ana/blog.git: can't be pulled (Permission denied (publickey)"
    )
    assert "-oBatchMode=yes" in (tmp_path / "asked").read_text(encoding="utf-8")


def test_without_git_it_says_so(mirror, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert "git is not installed; install it" in mirror.failure()


def test_nothing_of_a_repository_is_executed(mirror, tmp_path):
    trap = f"touch {tmp_path}/sprung"
    mirror.repository.write(".gitattributes", "* filter=trap diff=trap merge=trap text eol=lf\n")
    mirror.repository.write(".gitmodules", f'[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "{trap}"\n')
    mirror.repository.commit(a="1")
    hooks = mirror.repository.folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc", "fsmonitor"):
        (hooks / name).write_text(f"#!/bin/sh\n{trap}\n", encoding="utf-8")
        (hooks / name).chmod(0o755)
    for key in ("filter.trap.smudge", "filter.trap.process", "core.sshCommand", "uploadpack.packObjectsHook"):
        mirror.repository.git("config", key, trap)
    mirror.repository.git("config", "core.fsmonitor", trap)

    assert mirror.pass_by() == Refreshed()

    assert mirror.files()["a"] == "1"
    assert not (tmp_path / "sprung").exists()


def test_a_filter_of_the_users_own_is_not_run_on_the_sites_files(mirror, tmp_path, monkeypatch):
    own = tmp_path / "gitconfig"
    own.write_text(
        f'[filter "lfs"]\n\tsmudge = touch {tmp_path}/sprung\n\trequired = true\n', encoding="utf-8"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(own))
    mirror.repository.commit(**{".gitattributes": "* filter=lfs\n", "a": "version https://git-lfs"})

    assert mirror.pass_by() == Refreshed()

    assert mirror.files()["a"] == "version https://git-lfs"
    assert not (tmp_path / "sprung").exists()


def test_a_hooks_own_environment_leads_nowhere_else(mirror, tmp_path, monkeypatch):
    mirror.repository.commit(a="1")
    other = GitRepository.begin(tmp_path / "other")
    other.commit(z="9")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.folder))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))

    assert mirror.pass_by() == Refreshed()

    assert mirror.files() == {"a": "1"}
    assert sorted(path.name for path in other.folder.iterdir()) == [".git", "z"]


def test_links_out_of_the_repository_are_left_out_and_named(mirror, tmp_path):
    (tmp_path / "secret").write_text("the crown jewels", encoding="utf-8")
    mirror.repository.commit(**{"posts/a": "1"})
    for name, target in {
        "out": "../../secret",
        "abs": str(tmp_path / "secret"),
        "in": "posts/a",
        "round": "round",
    }.items():
        (mirror.repository.folder / name).symlink_to(target)
    mirror.repository.commit()

    told = mirror.pass_by()

    assert [warning.partition(":")[0] for warning in told.warnings] == ["abs", "out", "round"]
    assert mirror.files() == {"posts/a": "1", "in": "1"}


def test_a_crash_between_the_steps_leaves_a_whole_tree(mirror):
    mirror.repository.commit(a="1")
    mirror.pass_by()
    folder, name = mirror.root.parent, mirror.root.name
    mirror.repository.commit(a="2")

    mirror.root.rename(folder / ".old")  # as a kill leaves it
    (folder / ".next").mkdir()
    (folder / ".next" / "a").write_text("half", encoding="utf-8")
    tree.recover(folder, name)

    assert mirror.files() == {"a": "1"}
    assert mirror.pass_by() == Refreshed()
    assert mirror.files() == {"a": "2"}
    assert sorted(path.name for path in folder.iterdir()) == [".polling.json", ".repository", name]


def test_a_tree_that_somebody_deleted_is_laid_out_again(mirror):
    mirror.repository.commit(a="1")
    mirror.pass_by()
    shutil.rmtree(mirror.root)

    mirror.pass_by()

    assert mirror.files() == {"a": "1"}


def test_another_repository_takes_the_place_of_the_first(mirror, tmp_path):
    mirror.repository.commit(a="1")
    mirror.pass_by()
    first = mirror.root
    other = GitRepository.begin(tmp_path / "other")
    other.commit(z="9")
    mirror.say(git=str(other.folder))

    mirror.pass_by()

    assert mirror.files() == {"z": "9"}
    assert not first.exists()


def test_only_we_read_what_is_mirrored(mirror):
    mirror.repository.commit(a="1")

    mirror.pass_by()

    public = mirror.settings.outbox / "public"
    assert not mirror.root.is_relative_to(public)
    assert not stat.S_ISLNK(mirror.root.lstat().st_mode)
