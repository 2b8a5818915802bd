"""Errors as a user reads them."""

from collections.abc import Iterable

from syndicate.errors import SyndicateError


def complaint(error: Exception) -> list[str]:
    """Give what a user reads of an error, one line each; what isn't ours is a fault, and says so."""
    if isinstance(error, SyndicateError):
        return str(error).splitlines()
    if isinstance(error, UnicodeEncodeError) and error.reason == "surrogates not allowed":
        shown = error.object.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        return [f"{' '.join(shown.split())}: is not UTF-8, and no store can hold it; rename it"]
    fault = " ".join(f"{type(error).__name__}: {error}; this is a fault of syndicate".split())
    return [f"{fault}: run again as `syndicate --verbose …` and report what it prints"]


def problem_lines(problems: Iterable[SyndicateError]) -> list[str]:
    """Give the lines of several errors, each line once: what is lacking is lacking for every edition."""
    return list(dict.fromkeys(line for problem in problems for line in str(problem).splitlines()))
