"""Who sits at the command line."""

import os
import pwd


def operator() -> str:
    """Give the name of the operating system's user, for the log; a number where it has none."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # a container may run as a number that nobody named
        return f"user {number}"
