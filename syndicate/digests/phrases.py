"""Every word of a digest that is ours and not an author's, in one place.

A translation is one more ``Phrases``, found by ``phrases``. Names in braces are filled in by ``str.format``.
"""

import datetime as dt
from dataclasses import dataclass
from types import MappingProxyType

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The words of one language."""

    language: str
    #: Follows the first title in a subject; begins with its own space.
    and_more: str
    untitled: str
    one_post: str
    posts: str
    minutes: str
    read_minutes: str
    continue_reading: str
    read_on_site: str
    cover: str
    more_posts: str
    one_more_post: str
    why: str
    sent_to: str
    unsubscribe: str
    view_in_browser: str
    visit_site: str
    #: Stands on an edition's public page, where the reader's address would be.
    every_reader: str
    months: tuple[str, ...]
    #: How a date is written, with {day}, {month} and {year}.
    date: str
    #: The heading above what no other heading fits.
    other_posts: str

    def day(self, day: dt.date) -> str:
        """Write a date."""
        return self.date.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def count(self, number: int) -> str:
        """Say how many posts an edition holds."""
        return self.one_post if number == 1 else self.posts.format(count=number)

    def rest(self, number: int) -> str:
        """Say how many posts an edition leaves out."""
        return self.one_more_post if number == 1 else self.more_posts.format(count=number)


ENGLISH = Phrases(
    language="en",
    and_more=" and {count} more",
    untitled="Untitled",
    one_post="1 post",
    posts="{count} posts",
    minutes="{count} min",
    read_minutes="{count} min read",
    continue_reading="Continue reading",
    read_on_site="Read it on the site",
    cover="Cover image: {title}",
    more_posts="And {count} more posts",
    one_more_post="And 1 more post",
    why="You get this because you subscribed to {list}.",
    sent_to="It was sent to {address}.",
    unsubscribe="Unsubscribe",
    view_in_browser="View in browser",
    visit_site="Visit the site",
    every_reader="its subscribers",
    months=tuple(_MONTHS),
    date="{day} {month} {year}",
    other_posts="Also new",
)

_BY_LANGUAGE = MappingProxyType({"en": ENGLISH})


def phrases(language: str) -> Phrases:
    """Give the words for a primary language tag; English where there is no translation."""
    return _BY_LANGUAGE.get(language, ENGLISH)
