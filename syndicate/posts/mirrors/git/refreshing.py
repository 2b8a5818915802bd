"""Pulling a repository when its time has come, and laying out the files of its last commit."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from syndicate.errors import FetchError, SiteError, SyndicateError
from syndicate.posts.fingerprint import of_parts
from syndicate.posts.mirrors import polling
from syndicate.posts.mirrors.git import tree
from syndicate.posts.mirrors.git.running import Git
from syndicate.posts.mirrors.memory import Memory, recall, remember
from syndicate.posts.mirrors.refreshed import Refreshed
from syndicate.posts.mirrors.repositories import Repository
from syndicate.settings.schema import Settings

#: In the mirror's folder: the objects, without a working tree, and with no hook that runs.
_OBJECTS = ".repository"
_REF = "refs/syndicate/site"


def refresh_repository(
    settings: Settings, *, repository: Repository, folder: Path, now: datetime
) -> Refreshed:
    """Pull where it is due; a repository on this machine is looked at in every pass."""
    folder = folder.resolve()
    tree.recover(folder, repository.name)
    asked = of_parts((repository.address, settings.site.branch, str(settings.fetching.git_timeout)))
    memory = recall(folder)
    if memory.asked != asked:
        memory = Memory(asked=asked)
    if repository.local or polling.is_due(memory, now, refresh=settings.site.refresh):
        memory = _ask(_Pull(settings, repository, folder, now), memory)
        remember(folder, replace(memory, refresh=settings.site.refresh))
    problems = (SiteError(memory.problem),) if memory.problem else ()
    return Refreshed(problems=problems, warnings=memory.warnings)


@dataclass(frozen=True, slots=True)
class _Pull:
    """One question to a repository."""

    settings: Settings
    repository: Repository
    folder: Path
    now: datetime

    @property
    def tree(self) -> Path:
        """Give the folder with the files."""
        return self.folder / self.repository.name

    @property
    def git(self) -> Git:
        """Give what runs git on this machine."""
        return Git(where=self.repository.shown, patience=self.settings.fetching.git_timeout)

    @property
    def wanted(self) -> str:
        """Give the ref that the site is published from."""
        branch = self.settings.site.branch
        return f"refs/heads/{branch}" if branch else "HEAD"


def _ask(pull: _Pull, memory: Memory) -> Memory:
    """Give what is to be remembered of a question; the files are there by then."""
    refresh = pull.settings.site.refresh
    try:
        commit = _remote_commit(pull)
        if commit != memory.commit or not pull.tree.is_dir():
            memory = _changed(pull, memory)
    except SyndicateError as error:
        failures = memory.failures + 1
        next_at = polling.after_failure(
            pull.now, refresh=refresh, failures=failures, error=None, empty=not pull.tree.is_dir()
        )
        return replace(memory, next_at=next_at, failures=failures, problem=str(error))
    following = None if pull.repository.local else pull.now + refresh
    return replace(memory, next_at=following, failures=0, problem="")


def _remote_commit(pull: _Pull) -> str:
    """Give the commit that the repository has now."""
    asking = replace(pull.git, patience=pull.settings.fetching.timeout, key="fetching.timeout")
    for line in asking.run("ls-remote", "--", pull.repository.address, pull.wanted).splitlines():
        commit, _, ref = line.partition("\t")
        if ref == pull.wanted:
            return commit
    branch = pull.settings.site.branch
    lacks = f'branch "{branch}"; correct site.branch' if branch else "commit yet; commit something"
    raise FetchError(f"{pull.repository.shown}: has no {lacks}", permanent=False)


def _changed(pull: _Pull, memory: Memory) -> Memory:
    """Fetch, and put the files of the fetched commit in the place of those that are here."""
    objects = pull.folder / _OBJECTS
    pull.git.run("init", "--quiet", "--bare", "--template=", "--", objects)
    commit = _fetched(pull, pull.git.within(objects))
    unfinished = tree.unfinished(pull.folder)
    files = pull.git.within(objects).onto(unfinished)
    files.run("read-tree", "--reset", commit)
    files.run("checkout-index", "--all", "--force", "--quiet")
    left_out = tree.drop_links_out(unfinished)
    tree.switch(pull.folder, pull.repository.name)
    tree.drop_others(pull.folder, pull.repository.name)
    warnings = (f"{each}: is a symbolic link out of the repository and was left out" for each in left_out)
    return replace(memory, commit=commit, warnings=tuple(warnings))


def _fetched(pull: _Pull, ours: Git) -> str:
    """Give the commit that was fetched: the last one, without its history."""
    how = ("--quiet", "--depth=1", "--no-tags", "--no-recurse-submodules", "--no-auto-gc", "--force")
    ours.run("fetch", *how, "--", pull.repository.address, f"+{pull.wanted}:{_REF}")
    ours.run("gc", "--auto", "--quiet")
    return ours.run("rev-parse", f"{_REF}^{{commit}}").strip()
