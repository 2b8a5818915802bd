"""DNS records in words."""

from collections.abc import Iterator, Sequence
from typing import Any

from syndicate.mail.keys import Key, record


def record_lines(keys: Sequence[Key]) -> Iterator[str]:
    """Give each record as a web form wants it, then as a zone file does."""
    records = [record(each) for each in keys]
    for each in records:
        yield from (f"TXT {each.name}", each.value, "")
    yield "The same for a zone file:"
    yield from ("", *(each.zone_line for each in records))


def records_as_json(keys: Sequence[Key]) -> list[dict[str, Any]]:
    """Give the records for scripts."""
    found = [record(each) for each in keys]
    return [{"name": each.name, "type": "TXT", "value": each.value} for each in found]
