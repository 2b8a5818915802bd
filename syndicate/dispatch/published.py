"""What the DNS says of our mail, beside what it should say (RFC 6376, RFC 7208, RFC 7489)."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from syndicate.errors import FetchError
from syndicate.mail.headers import mailbox
from syndicate.mail.keys import Key, record, signing_keys
from syndicate.settings.schema import Settings

#: Gives the TXT records at a name; a ``fetching.records.txt_records``.
LookUp = Callable[[str], Sequence[str]]


def unpublished(settings: Settings, look_up: LookUp) -> Iterator[str]:
    """Give one line for each record that isn't there, or isn't what it should be."""
    domain = mailbox(settings.mail.sender, what="mail.sender").domain.lower()
    for check in (
        *(partial(_key, key, look_up) for key in signing_keys(settings.dkim)),
        partial(_policy, domain, look_up),
        partial(_senders, domain, look_up),
    ):
        try:
            yield from check()
        except FetchError as error:
            yield str(error)


def _key(key: Key, look_up: LookUp) -> Iterator[str]:
    wanted = record(key)
    published = [_tags(each).get("p") for each in look_up(wanted.name)]
    if not published:
        yield f"{wanted.name}: the key isn't published; put there what `syndicate dkim record` shows"
    elif published != [key.public]:
        yield f"{wanted.name}: another key is published; put there what `syndicate dkim record` shows"


def _policy(domain: str, look_up: LookUp) -> Iterator[str]:
    """Look for DMARC at the domain, else at those above it (RFC 7489 §6.6.3)."""
    labels = domain.split(".")
    above = [".".join(labels[at:]) for at in range(max(1, len(labels) - 1))]
    if not any(_starting(look_up(f"_dmarc.{each}"), "v=DMARC1") for each in above):
        yield (
            f"_dmarc.{domain}: there is no DMARC record, and large providers ask bulk senders for one; "
            'begin with "v=DMARC1; p=none"'
        )


def _senders(domain: str, look_up: LookUp) -> Iterator[str]:
    found = _starting(look_up(domain), "v=spf1")
    if not found:
        yield f"{domain}: there is no SPF record; your mail server's provider says what it has to include"
    elif len(found) > 1:
        yield f"{domain}: there are {len(found)} SPF records, and so none counts (RFC 7208 §4.5); leave one"


def _starting(records: Sequence[str], version: str) -> list[str]:
    return [each for each in records if each.lower().startswith(version.lower())]


def _tags(text: str) -> dict[str, str]:
    pairs = (each.partition("=") for each in text.split(";"))
    return {name.strip(): "".join(value.split()) for name, _, value in pairs}
