"""Scalars as a feed holds them, whatever somebody put there instead."""

from urllib.parse import urljoin

from syndicate.posts.plain import one_line


def line(value: object) -> str:
    """Give a string or a number on one line, "" for anything else; ids are numbers in some feeds."""
    known = isinstance(value, str | int | float) and not isinstance(value, bool)
    return one_line(str(value)) if known else ""


def text(value: object) -> str:
    """Give a string as it is, "" for anything else."""
    return value if isinstance(value, str) else ""


def address(value: object, base: str) -> str:
    """Give an absolute address, seen from ``base``; "" for none."""
    said = line(value)
    try:
        return urljoin(base, said) if said else ""
    except ValueError:  # half a bracket
        return ""
