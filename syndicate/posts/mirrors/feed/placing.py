"""Which file of the mirror an entry belongs in, and which entries their site has taken back. Pure."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from syndicate.posts.mirrors.feed.document import Entry
from syndicate.posts.plain import text_of

_SLUG_LENGTH = 50
_PLACE = re.compile(r"\b(?:href|src)\s*=\s*[\"']?([^\s\"'<>#]*)", re.IGNORECASE)


def place(entries: Sequence[Entry], kept: Mapping[str, Entry]) -> dict[str, Entry]:
    """Give each entry of a feed under the name of its file; ``kept`` are the mirror's, by their names.

    An entry is known by its id; where the feed gives it another one, and the old one is there no more, by
    its address, or by title and date. So a site that changes its ids makes no old entry new.
    """
    name_of = {entry.id: name for name, entry in kept.items()}
    placed = {name_of[each.id]: each for each in entries if each.id in name_of}
    left = [each for each in entries if each.id not in name_of]
    for clue in (_address, _title_and_date):
        missing = {name: entry for name, entry in kept.items() if name not in placed}
        found = _alike(left, missing, clue)
        placed |= found
        ids = {each.id for each in found.values()}
        left = [each for each in left if each.id not in ids]
    return placed | {_name(each): each for each in left}


def taken_back(before: Sequence[str], now: Sequence[str]) -> frozenset[str]:
    """Give the ids that left a feed from its midst: what stood after them is still there, in its old order.

    What left at the end has only made room. A feed in another order, or one that lost the most of itself,
    says nothing.
    """
    known, there = frozenset(before), frozenset(now)
    stayed = [each for each in before if each in there]
    in_order = [each for each in now if each in known] == stayed
    if not stayed or not in_order:
        return frozenset()
    gone = frozenset(before[: before.index(stayed[-1])]) - there
    return gone if len(gone) < len(stayed) else frozenset()


def is_edited(entry: Entry, before: Entry) -> bool:
    """Say whether a reader would see another entry: one whose HTML alone changes, and each time, is the same.

    Some servers put a token into every address, or an advertisement's number into every tag; such an entry
    would never be at rest, and so never be mailed.
    """
    return _substance(entry) != _substance(before)


def _substance(entry: Entry) -> tuple[object, ...]:
    markup = entry.summary + entry.content
    places = tuple(each[1].partition("?")[0] for each in _PLACE.finditer(markup))
    said = (text_of(entry.summary), text_of(entry.content), places, entry.image.partition("?")[0])
    return said, replace(entry, summary="", content="", image="")


def _alike(
    entries: Iterable[Entry], missing: Mapping[str, Entry], clue: Callable[[Entry], object]
) -> dict[str, Entry]:
    """Give the entries that have the same clue as just one missing one, and share it with no other."""
    clues = Counter(filter(None, map(clue, entries)))
    names: dict[object, list[str]] = {}
    for name, entry in missing.items():
        names.setdefault(clue(entry), []).append(name)
    return {
        names[clue(each)][0]: each
        for each in entries
        if clues[clue(each)] == 1 and len(names.get(clue(each), ())) == 1
    }


def _address(entry: Entry) -> object:
    return entry.link.partition("://")[2].rstrip("/")


def _title_and_date(entry: Entry) -> object:
    return (entry.title, entry.published) if entry.title and entry.published else None


def _name(entry: Entry) -> str:
    """Give the name of a new entry's file: it sorts by date, is known by its title, and is like no other."""
    plain = unicodedata.normalize("NFKD", entry.title.lower())
    words = re.sub(r"[^\w]+", "-", "".join(each for each in plain if not unicodedata.combining(each)))
    slug = words[:_SLUG_LENGTH].strip("-_")
    digest = hashlib.sha256(entry.id.encode("utf-8", "replace")).hexdigest()[:10]
    date = f"{entry.published:%Y-%m-%d}" if entry.published else "undated"
    return "-".join(filter(None, (date, slug, digest))) + ".json"
