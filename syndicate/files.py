"""Writing files so that a reader never sees half of one, and an unchanged one is never touched."""

import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from syndicate.errors import OutboxError


def write_if_changed(path: Path, content: bytes) -> bool:
    """Put ``content`` at ``path`` in one step; give whether anything was written.

    The order temp file, fsync, rename, fsync of the folder survives a power cut at any point.
    """
    try:
        if path.read_bytes() == content:
            return False
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        _replace(path, content)
    except OSError as error:
        raise _unwritable(path, error) from error
    return True


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:40]}.", delete=False) as temporary:
        try:
            temporary.write(content)
            temporary.flush()
            os.fchmod(temporary.fileno(), 0o644)
            os.fsync(temporary.fileno())
            Path(temporary.name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(temporary.name).unlink()
            raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _unwritable(path: Path, error: OSError) -> OutboxError:
    reason = (error.strerror or str(error)).lower()
    return OutboxError(f"{path}: can't be written ({reason}); free the disk or its permissions and run again")
