"""Errors as a user reads them."""

from syndicate.errors import SyndicateError


def complaint(error: Exception) -> list[str]:
    """Give what a user reads of an error, one line each; what isn't ours is a fault, and says so."""
    if isinstance(error, SyndicateError):
        return str(error).splitlines()
    fault = " ".join(f"{type(error).__name__}: {error}; this is a fault of syndicate".split())
    return [f"{fault}: run again as `syndicate --verbose …` and report what it prints"]
