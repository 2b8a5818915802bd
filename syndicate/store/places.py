"""Where the embedded store is."""

from pathlib import Path


def store_path(outbox: Path) -> Path:
    """Give the place of the embedded store."""
    return outbox / "syndicate.db"
