"""That something in a site's folder has changed, as it happens; what it means is for a pass to find out.

Nothing depends on it: it only makes the next pass come sooner. What it misses (a file system that tells
nobody, a folder behind a link) the clock brings.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

#: Quiet that ends a burst of changes, and how long a burst may last that doesn't end (milliseconds).
_QUIET, _BURST = 10, 500
#: How often to make sure that the folder is still the same one (milliseconds), and to look for one that went
#: away (seconds).
_SAME_FOLDER, _BACK_AGAIN = 5_000, 1.0
#: Between two looks where the file system has to be asked (milliseconds).
_POLL = 3_000
#: Where other machines write too, and the kernel hears nothing of it.
_REMOTE = frozenset(
    {"9p", "afs", "ceph", "cifs", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs", "glusterfs"}
    | {
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "prl_fs",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
        "fuse.vmhgfs-fuse",
    }
)
#: Folders that tools and generators write into, wherever they stand.
_NOBODYS = frozenset(
    {".git", ".hg", ".svn", ".jekyll-cache", ".jekyll-metadata", ".sass-cache", "_site", "node_modules"}
    | {".hugo_build.lock", "__pycache__", ".venv", ".cache", ".idea", ".vscode"}
)
#: What editors leave beside a file while they write it.
_SCRATCH = (".swp", ".swx", ".swo", "~", ".part", ".tmp", ".crdownload")


def changes(
    root: Path, *, ignored: tuple[Path, ...], stopping: Event, warn: Callable[[str], None]
) -> Iterator[None]:
    """Yield after each burst of changes below ``root``, until ``stopping`` is set.

    Changes in the ``ignored`` folders are none. A folder that goes away and comes back is one change.
    ``warn`` hears once when the system can't tell of changes, and the folder has to be looked through.
    """
    polling = is_remote(root)
    while not stopping.is_set():
        try:
            yield from _bursts(root, _Filter(root, ignored), polling=polling, stopping=stopping)
        except FileNotFoundError:
            pass  # it went away while it was being looked at
        except (OSError, RuntimeError) as error:
            if polling:
                warn(f"{root}: can't be watched ({error}); it is looked at with every pass")
                return
            warn(f"{root}: can't be watched ({error}); it is looked through instead, which takes longer")
            polling = True
        yield from _return_of(root, stopping)


def _bursts(root: Path, wanted: "_Filter", *, polling: bool, stopping: Event) -> Iterator[None]:
    """Yield after each burst until ``root`` is another folder, or none."""
    from watchfiles import watch

    folder = _identity(root)
    for burst in watch(
        root,
        watch_filter=wanted,
        debounce=_BURST,
        step=_QUIET,
        stop_event=stopping,
        rust_timeout=_SAME_FOLDER,
        yield_on_timeout=True,
        raise_interrupt=False,
        force_polling=polling,
        poll_delay_ms=_POLL,
        ignore_permission_denied=True,
    ):
        if burst:
            yield
        if _identity(root) != folder:
            return


def _return_of(root: Path, stopping: Event) -> Iterator[None]:
    """Wait for the folder to be there, and yield: whatever is in it may be new."""
    while not root.is_dir():
        if stopping.wait(_BACK_AGAIN):
            return
    if not stopping.is_set():
        yield


def _identity(root: Path) -> tuple[int, int] | None:
    try:
        status = root.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


class _Filter:
    """Says which changes are worth a pass; a wrong no costs seconds, a wrong yes a stat of every file."""

    def __init__(self, root: Path, ignored: tuple[Path, ...]) -> None:
        self._root = os.path.realpath(root)
        self._ignored = tuple(os.path.join(os.path.realpath(each), "") for each in ignored)  # noqa: PTH118 - with its last slash

    def __call__(self, _change: object, path: str) -> bool:
        """Say whether a change at ``path`` is."""
        whole = os.path.realpath(path)
        if f"{whole}/".startswith(self._ignored):
            return False
        return is_of_interest(os.path.relpath(whole, self._root))


def is_of_interest(path: str) -> bool:
    """Say whether a file at ``path``, seen from the site's root, could be an author's; pure."""
    parts = path.split("/")
    return _NOBODYS.isdisjoint(parts) and not parts[-1].endswith(_SCRATCH)


def is_remote(path: Path, mounts: Path = Path("/proc/self/mounts")) -> bool:
    """Say whether ``path`` is on a file system that other machines write to; no where nobody says."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    return kind_of_mount(os.path.realpath(path), lines) in _REMOTE


def kind_of_mount(path: str, mounts: list[str]) -> str:
    """Give the kind of the file system that ``path`` is on (proc(5), ``/proc/pid/mounts``); pure."""
    found, kind = "", ""
    for line in mounts:
        _, place, this_kind, *_ = line.split(" ")
        place = _unescaped(place)
        if len(place) >= len(found) and f"{path}/".startswith(f"{place.rstrip('/')}/"):
            found, kind = place, this_kind
    return kind


def _unescaped(place: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        place = place.replace(code, character)
    return place
