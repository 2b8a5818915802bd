"""What can be wrong with `[dkim]` before anybody has looked at a key."""

import re
from collections.abc import Iterator

from syndicate.settings.domain_names import a_labels
from syndicate.settings.reading import Problem
from syndicate.settings.schema import DkimSettings

#: Labels as the DNS has them (RFC 6376 §3.1, RFC 5321 §4.1.2).
_LABELS = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*", re.IGNORECASE)
_NEEDED = ("domain", "selector", "key_file")


def problems(dkim: DkimSettings) -> Iterator[Problem]:
    """Give what keeps anything from being signed as `[dkim]` says; nothing where it says nothing."""
    if dkim == DkimSettings():
        return
    for key in _NEEDED:
        if not getattr(dkim, key):
            yield Problem(("dkim", key), "is missing, and nothing can be signed; see `syndicate dkim new`")
    if bool(dkim.ed25519_selector) != bool(dkim.ed25519_key_file):
        yield Problem(("dkim",), "ed25519_selector and ed25519_key_file belong together; give both or none")
    if dkim.selector and dkim.selector == dkim.ed25519_selector:
        yield Problem(("dkim", "ed25519_selector"), "is the first key's; give the second one its own")
    yield from _names(dkim)


def _names(dkim: DkimSettings) -> Iterator[Problem]:
    if dkim.domain and not _is_domain(dkim.domain):
        yield Problem(("dkim", "domain"), f'"{dkim.domain}" is no domain; write "example.org"')
    for key in ("selector", "ed25519_selector"):
        name = getattr(dkim, key)
        if name and not _LABELS.fullmatch(name):
            yield Problem(("dkim", key), f'"{name}" is no name in the DNS; use letters, digits and hyphens')


def _is_domain(text: str) -> bool:
    try:
        return "." in text and _LABELS.fullmatch(a_labels(text)) is not None
    except ValueError:
        return False
