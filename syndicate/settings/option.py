"""How a key of the configuration is declared."""

from dataclasses import field
from typing import Any


def option(default: Any, meaning: str) -> Any:  # noqa: ANN401 - as ``dataclasses.field``, which it is
    """Declare a key: its default, and what the commented file says of it."""
    return field(default=default, metadata={"meaning": meaning})


def secret(meaning: str) -> Any:  # noqa: ANN401 - as above
    """Declare a key that never stands in the file, is never written to it, and never printed."""
    return field(default="", repr=False, metadata={"meaning": meaning, "secret": True})
