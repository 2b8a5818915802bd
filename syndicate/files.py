"""Writing files so that a reader never sees half of one, and an unchanged one is never touched."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from syndicate.errors import OutboxError, SettingsError

#: What stands under the web root: a web server of another user reads it.
_PUBLIC_MODE = 0o644
#: What only its owner reads.
_PRIVATE_MODE = 0o600
#: What the rest of the world may do with a file.
_OTHERS = 0o007
#: More at once make it no faster.
_SYNCS_AT_ONCE = 16
#: No password is longer (bytes).
_LONGEST_SECRET = 4096


def write_if_changed(path: Path, content: bytes) -> bool:
    """Put ``content`` at ``path`` in one step; give whether anything was written.

    The order temp file, fsync, rename, fsync of the folder survives a power cut at any point.
    """
    if holds(path, content):
        return False
    write_each({path: content})
    return True


def holds(path: Path, content: bytes) -> bool:
    """Say whether just that is at ``path``; ``OutboxError`` where it can't be read."""
    try:
        return path.read_bytes() == content
    except FileNotFoundError:
        return False
    except OSError as error:
        raise unwritable(path, error) from error


def write_each(contents: Mapping[Path, bytes]) -> None:
    """Put each content at its path, each in one step, once all of them are on the disk."""
    folders = dict.fromkeys(path.parent for path in contents)
    try:
        for folder in folders:
            with _naming(folder):
                folder.mkdir(parents=True, exist_ok=True)
        for path, content in contents.items():
            with _naming(path), _written(temporary(path), content, mode=_PUBLIC_MODE):
                pass  # they are synced together
        _each_at_once(_sync_file, list(contents))
        for path in contents:
            with _naming(path):
                temporary(path).replace(path)
        _each_at_once(sync_folder, list(folders))
    except BaseException:
        clear(contents)
        raise


def clear(paths: Iterable[Path]) -> None:
    """Leave nothing of what was to be at these paths and isn't whole."""
    for path in paths:
        with suppress(OSError):
            temporary(path).unlink()


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Turn trouble with a file into its error."""
    try:
        yield
    except OSError as error:
        raise unwritable(path, error) from error


def _each_at_once(sync: Callable[[Path], None], paths: Sequence[Path]) -> None:
    """Have what is at these paths on the disk: asked all at once, it writes them in few goes."""
    from concurrent.futures import ThreadPoolExecutor

    def named(path: Path) -> None:
        with _naming(path):
            sync(path)

    if len(paths) == 1:
        named(paths[0])
    elif paths:
        with ThreadPoolExecutor(min(len(paths), _SYNCS_AT_ONCE)) as pool:
            list(pool.map(named, paths))


def _sync_file(path: Path) -> None:
    _sync(temporary(path), os.O_WRONLY)


def temporary(path: Path) -> Path:
    """Give a file's name until it is whole: always the same, so that killed processes leave one at most."""
    return path.with_name(f".{path.name[:200]}.part")


def write_synced(path: Path, content: bytes, *, mode: int) -> None:
    """Write a file anew, and have it on the disk before this returns."""
    with _written(path, content, mode=mode) as descriptor:
        os.fsync(descriptor)


@contextmanager
def _written(path: Path, content: bytes, *, mode: int) -> Iterator[int]:
    """Write a file anew, and give its descriptor."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fchmod(descriptor, mode)  # whatever the umask
        yield descriptor


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk before this returns."""
    _sync(folder, os.O_RDONLY | os.O_DIRECTORY)


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unwritable(path: Path, error: OSError) -> OutboxError:
    """Give the error of a file that can't be written, in the project's words."""
    reason = (error.strerror or str(error)).lower()
    return OutboxError(f"{path}: can't be written ({reason}); free the disk or its permissions and run again")


def write_secret(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read; ``SettingsError`` where there is one already."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, _PRIVATE_MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
    except FileExistsError as error:
        raise SettingsError(f"{path}: is there already, and is not replaced; choose another name") from error
    except OSError as error:
        raise unwritable(path, error) from error


def read_secret(path: Path, *, key: str) -> str:
    """Give what a file holds that only its owner and group may read; ``key`` is who asks, for the error.

    ``SettingsError`` where everybody may read it, where it is empty, and where it can't be read.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            content = file.read(_LONGEST_SECRET)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise SettingsError(f"{key}: {path} can't be read ({why}); correct its path or its owner") from error
    if mode & _OTHERS:
        raise SettingsError(f"{key}: everybody on this machine may read {path}; run `chmod 600 {path}`")
    secret = content.decode("utf-8", "replace").strip("\r\n")
    if not secret:
        raise SettingsError(f"{key}: {path} is empty; write the secret into it")
    return secret
