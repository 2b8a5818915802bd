"""``syndicate``, and ``python -m syndicate``: the command line in a process of its own."""

import os
import sys
import threading
from contextlib import suppress

#: As shells say of a program that was stopped by Ctrl+C, and as a command says of itself.
_INTERRUPTED = 130


def run() -> None:
    """Run the command line, and end the process with its exit code."""
    try:
        from syndicate.cli import main  # a tenth of a second, in which Ctrl+C is no fault either

        main()
    except SystemExit as ended:
        _leave(ended.code)
        raise
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


def _leave(code: object) -> None:
    """End at once where nothing is left to be done; by itself Python takes every module apart, for 30 ms.

    A command has closed and flushed what it opened; another thread may have something to end.
    """
    if not isinstance(code, int | None) or threading.active_count() > 1:
        return
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError):  # closed, or nobody reads it; the command has said so
            stream.flush()
    os._exit(code or 0)


if __name__ == "__main__":
    run()
