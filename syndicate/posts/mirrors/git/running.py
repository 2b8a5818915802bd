"""Git, run so that nobody is asked anything and nothing that comes from a repository is executed."""

import os
import re
import signal
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from syndicate.errors import FetchError
from syndicate.posts.plain import one_line

#: What would lead git into another repository (``git rev-parse --local-env-vars``): we may run in a hook.
_OF_A_REPOSITORY = frozenset(
    {"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"}
    | {"GIT_OBJECT_DIRECTORY", "GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE"}
    | {"GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE"}
    | {"GIT_COMMON_DIR", "GIT_NAMESPACE"}
)
_ENVIRONMENT = MappingProxyType(
    {
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "",
        "SSH_ASKPASS": "",
        "SSH_ASKPASS_REQUIRE": "never",
        "GIT_ALLOW_PROTOCOL": "https:http:ssh:file",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }
)
_SSH = "ssh -oBatchMode=yes -oConnectTimeout=20"
_CONFIGURATION = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.protectHFS=true",
    "core.protectNTFS=true",
    "protocol.ext.allow=never",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "transfer.bundleURI=false",
    "credential.interactive=false",
    "gc.autoDetach=false",
    "gc.pruneExpire=now",
    # A server may not send us on to another one, on this network perhaps.
    "http.followRedirects=false",
)
_PASSWORD = re.compile(r"://[^/\s@]*@")
_SAID = re.compile(r"^(?:fatal|error|remote|ssh|ERROR|Permission).*", re.MULTILINE)
_LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Git:
    """Runs git for one repository."""

    #: What messages call the repository.
    where: str
    patience: timedelta
    #: The setting that patience comes from.
    key: str = "fetching.git_timeout"
    options: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=lambda: _ENVIRONMENT)

    def within(self, objects: Path) -> "Git":
        """Give one that works in a repository of ours, whoever its folder belongs to."""
        own = ("-c", f"safe.directory={objects.resolve()}", "--git-dir", str(objects))
        return replace(self, options=(*self.options, *own))

    def onto(self, tree: Path) -> "Git":
        """Give one that lays files out in a folder, and heeds nobody's configuration.

        A filter of the user's, such as LFS's, would go to the network for each file.
        """
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        options = (*self.options, "-c", "core.bare=false", "--work-tree", str(tree))
        return replace(self, options=options, environment={**self.environment, **alone})

    def run(self, *arguments: str | Path) -> str:
        """Give what git prints; ``FetchError`` where it fails or takes too long, its children gone too."""
        with self._started(arguments) as process:
            try:
                output, errors = process.communicate(timeout=self.patience.total_seconds())
            except subprocess.TimeoutExpired:
                _kill(process)
                raise FetchError(
                    f"{self.where}: takes too long; it is tried again, or raise {self.key} "
                    f"({int(self.patience.total_seconds())} s)",
                    permanent=False,
                ) from None
            except BaseException:
                _kill(process)
                raise
        if process.returncode:
            raise FetchError(
                f"{self.where}: can't be pulled ({_reason(errors)}); mend the cause, it is tried again",
                permanent=False,
            )
        return output.decode("utf-8", "surrogateescape")

    def _started(self, arguments: Iterable[str | Path]) -> "subprocess.Popen[bytes]":
        options = (*(part for each in _CONFIGURATION for part in ("-c", each)), *self.options)
        try:
            return subprocess.Popen(  # noqa: S603 - addresses stand behind "--", and are none that git executes
                ["git", *options, *map(str, arguments)],  # noqa: S607 - whichever git the user has put first
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**_inherited(), **self.environment},
                start_new_session=True,  # without a terminal, nothing can ask anybody
            )
        except FileNotFoundError:
            raise FetchError(f"{self.where}: git is not installed; install it", permanent=True) from None


def _inherited() -> dict[str, str]:
    """Give the environment for git and ssh: the user's keys and helpers are found by it."""
    kept = {name: value for name, value in os.environ.items() if name not in _OF_A_REPOSITORY}
    return {"GIT_SSH_COMMAND": _SSH} | kept


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End git with the ssh or the helper that it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _reason(output: bytes) -> str:
    """Give the last thing that git itself said, without what may be a password."""
    errors = output.decode("utf-8", "replace")
    said = _SAID.findall(errors) or errors.strip().splitlines() or ["it says nothing"]
    fatal = [each for each in said if each.startswith(("fatal", "ERROR", "Permission", "ssh"))]
    return _PASSWORD.sub("://…@", one_line((fatal or said)[0]).removeprefix("fatal: "))[:_LONGEST]
