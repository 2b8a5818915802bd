"""Every word of mail and pages that is ours and not an author's, in one place, with its translations.

A phrase is one line of ``Phrases``: its English, which is also its id in the catalogues of `templates/words`,
and a note to translators. Names in braces are filled in by ``format``. How a language is added is written in
docs/translating.md.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from syndicate.model.language import Direction, direction, language_tag
from syndicate.templating import plain_english, shipped
from syndicate.templating.catalogue import Speech, faults, files, gaps, speech
from syndicate.templating.locales import ENGLISH, locale_of, matching
from syndicate.templating.message import Message

#: What an author or a reader wrote, in a script that may run the other way.
_FOREIGN = re.compile(r"\{(?:address|list|title)\}")
_KEY = "message"


@dataclass(frozen=True, slots=True)
class Counted:
    """A phrase that differs with a number."""

    forms: tuple[str, ...]
    locale: str
    #: Gives the form for a number.
    choose: Callable[[int], int] = field(repr=False, compare=False)

    def format(self, *, count: int) -> str:
        """Give the form for ``count``, with the number as the language writes it."""
        return self.forms[self.choose(count)].format(count=_number(count, self.locale))


def _text(source: str, note: str) -> str:
    declared: str = field(metadata={_KEY: Message(source=source, note=note)})
    return declared


def _counted(one: str, many: str, note: str) -> Counted:
    declared: Counted = field(metadata={_KEY: Message(source=one, plural=many, note=note)})
    return declared


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The words of one language; what a catalogue lacks is English."""

    #: BCP 47 tag of the words themselves.
    language: str
    direction: Direction
    #: Whether there are none in the language of the page, so that it has English ones.
    foreign: bool
    #: Of dates and numbers, as CLDR names it: that of the page where its language is spoken here.
    locale: str

    untitled: str = _text("Untitled", "Stands where a post has no title.")
    and_more: Counted = _counted(
        " and {count} more",
        " and {count} more",
        "In a mail's subject, right after the title of the first post; {count} is the number of the other "
        "posts. Begins with its own space or mark.",
    )
    posts: Counted = _counted("{count} post", "{count} posts", "How many posts an edition or a feed holds.")
    more_posts: Counted = _counted(
        "And {count} more post", "And {count} more posts", "At the end of a mail that has no room for all."
    )
    minutes: Counted = _counted(
        "{count} min", "{count} min", "How long a whole mail takes to read, in minutes; as short as possible."
    )
    read_minutes: Counted = _counted(
        "{count} min read", "{count} min read", "How long one post takes to read, in minutes; short."
    )
    continue_reading: str = _text("Continue reading", "A button or link to the rest of a post.")
    other_posts: str = _text("Also new", "A heading above the posts that no other heading fits.")
    read_on_site: str = _text("Read it on the site", "Before the link to a post that is shown in full.")
    cover: str = _text("Cover image: {title}", "For those who don't see the picture of a post.")
    why: str = _text(
        "You get this because you subscribed to {list}.", "At the foot of a mail; {list} is its title."
    )
    sent_to: str = _text("It was sent to {address}.", "At the foot of a mail; {address} is the reader's own.")
    every_reader: str = _text(
        "its subscribers", "Stands for {address} where an edition is shown to everybody on the web."
    )
    unsubscribe: str = _text("Unsubscribe", "A link at the foot of a mail, and the button behind it.")
    view_in_browser: str = _text("View in browser", "A link to the edition as a web page.")
    visit_site: str = _text("Visit the site", "A link to the home page.")
    label: str = _text("{text}:", "In plain text, before an address on the next line; the colon is ours.")

    feed: str = _text("Feed", "Above the title of a page that shows a feed.")
    feeds: str = _text("Feeds", "The title of a page of all feeds where the site has no title.")
    all_feeds: str = _text("All feeds", "A link to the page that lists the feeds, and its kind.")
    to_the_posts: str = _text("To the posts", "A link that skips the top of a page; for keyboards.")
    elsewhere: str = _text("Elsewhere", "Names a group of links for those who don't see the page.")
    follow: str = _text("Follow it in a feed reader", "A heading above the addresses of a feed.")
    follow_how: str = _text(
        "Copy an address into your reader and new posts will find you. Any of them will do; if in doubt, "
        "take the first.",
        "Below the heading “Follow it in a feed reader”.",
    )
    open: str = _text("Open", "A link to a feed itself, beside its address.")
    latest_posts: str = _text("Latest posts", "A heading.")
    no_post_here: str = _text("There is no post here yet.", "On the page of an empty feed.")
    no_posts: str = _text("No posts yet", "Of an empty feed in the list of all feeds.")
    newest: str = _text("newest: {date}", "After “12 posts · ”, in the list of all feeds.")
    opml: str = _text("All feeds as one OPML file", "A link; OPML is the name of the file's format.")
    made_by: str = _text("Made by Syndicate from the posts of the site.", "At the foot of a page.")

    link_unknown: str = _text("Link not known", "The title of a page, in the browser's tab.")
    link_unknown_here: str = _text("This link isn\u2019t known here", "A heading: the link is broken.")
    link_unknown_why: str = _text(
        "It may have been cut off on the way. Open it again from the mail itself, from the words "
        "“Unsubscribe” at its foot.",
        "Use the same word for “Unsubscribe” as in the mail.",
    )
    unsubscribed: str = _text("Unsubscribed", "The title of a page, in the browser's tab.")
    leave: str = _text("Leave {list}?", "A heading above the button “Unsubscribe”.")
    nothing_changed: str = _text("Nothing has changed yet.", "Below the button “Unsubscribe”.")
    left: str = _text("You\u2019ve left {list}", "A heading: the reader is no longer subscribed.")
    left_for_good: str = _text(
        "No more mail from this list will come. If one is on its way at this moment, it is the last.",
        "Below the heading of one who has left.",
    )

    def day(self, day: dt.date) -> str:
        """Write a date, in words."""
        if self.locale == plain_english.LOCALE:
            return plain_english.day(day)
        from babel.dates import format_date

        return format_date(day, "long", locale=self.locale)

    def count(self, number: int) -> str:
        """Say how many posts an edition holds."""
        return self.posts.format(count=number)

    def rest(self, number: int) -> str:
        """Say how many posts an edition leaves out."""
        return self.more_posts.format(count=number)


#: By the name that templates use.
MESSAGES = MappingProxyType(
    {each.name: each.metadata[_KEY] for each in fields(Phrases) if _KEY in each.metadata}
)


def phrases(language: str, templates: Path) -> Phrases:
    """Give the words for a page in ``language``: from the catalogues in ``templates``, ours, else English.

    ``TemplateError`` names file and line of a catalogue that can't be used.
    """
    spoken = speech(language, (templates, shipped()), MESSAGES)
    locale = locale_of(spoken.language if spoken.foreign else language)
    said: dict[str, Any] = {name: _said(message, spoken, locale) for name, message in MESSAGES.items()}
    return Phrases(
        language=spoken.language,
        direction=direction(spoken.language),
        foreign=spoken.foreign,
        locale=locale,
        **said,
    )


def broken_catalogues(templates: Path) -> Iterator[str]:
    """Give one line for all that keeps an editor's own catalogues from being used, or that they lack.

    A catalogue for a language that we ship needn't be whole.
    """
    known = frozenset(MESSAGES.values())
    ours = [ENGLISH, *(language_tag(path.stem) for path in files(shipped()))]
    for path in files(templates):
        found = list(faults(path, known))
        yield from found or gaps(path, known, partial=bool(matching(path.stem, ours)))


def _said(message: Message, spoken: Speech, locale: str) -> str | Counted:
    for catalogue in spoken.catalogues:
        if forms := catalogue.forms.get(message.source):
            if not message.plural:
                return _apart(forms[0]) if direction(catalogue.language) == "rtl" else forms[0]
            return Counted(forms, locale, catalogue.choose)
    if not message.plural:
        return message.source
    return Counted((message.source, message.plural), locale, _english)


def _number(number: float, locale: str) -> str:
    # An editor's template may count by a quotient, of which Babel shows three digits at most.
    if locale == plain_english.LOCALE and isinstance(number, int):
        return plain_english.number(number)
    from babel.numbers import format_decimal

    return format_decimal(number, locale=locale)


def _english(number: int) -> int:
    return int(number != 1)


def _apart(text: str) -> str:
    """Keep what is filled in apart: a name or an address in Latin letters would pull marks to its side."""
    return _FOREIGN.sub(lambda name: isolated(name[0]), text)


def isolated(text: str) -> str:
    """Give ``text`` in isolation (UAX #9 §2.4), so that it doesn't reorder what stands around it."""
    return f"\u2068{text}\u2069"
