"""The text part of a digest, written from the posts and never scraped from the page."""

from collections.abc import Iterator

from syndicate.digests.composition import Card, Composition, Frame
from syndicate.mail.plaintext import COLUMNS, plain, width, wrapped
from syndicate.templating.phrases import Phrases, isolated

_RULE = "-" * 72
#: Signatures begin so (RFC 3676 §4.3); mail programs then show them apart.
_SIGNATURE = "-- "


def plain_part(composition: Composition, frame: Frame, words: Phrases) -> str:
    """Give the text part, its slots on lines of their own; every link of the page stands in it."""
    blocks = [*_top(composition, words)]
    link = 1
    if composition.introduction:
        introduction, last_link = plain(composition.introduction)
        blocks += [introduction] if introduction else []
        link = last_link + 1
    block, link = _card(composition.lead, words, first_link=link)
    blocks += [_RULE, block]
    for section in composition.sections:
        if section.title:
            blocks += [_underlined(section.title)]
        for at, card in enumerate(section.cards):
            block, link = _card(card, words, first_link=link)
            blocks += [block] if section.title and at == 0 else [_RULE, block]
    blocks += _rest(composition, frame, words)
    return "\n\n".join((*blocks, "\n".join(_footer(composition, frame, words)))) + "\n"


def _top(composition: Composition, words: Phrases) -> Iterator[str]:
    facts = [composition.day]
    if composition.sections:  # a single post says its own below its title
        facts.append(words.count(len(composition.cards)))
        if composition.minutes:
            facts.append(words.minutes.format(count=composition.minutes))
    yield f"{wrapped(composition.title)}\n{wrapped(' · '.join(facts))}"


def _underlined(title: str) -> str:
    return f"{_RULE}\n\n{wrapped(title)}\n{'=' * min(width(title), COLUMNS)}"


def _card(card: Card, words: Phrases, *, first_link: int) -> tuple[str, int]:
    """Give a post's text, and the number the next link may take."""
    lines = [f"{wrapped(card.title)}\n{wrapped(' · '.join(_facts(card, words)))}"]
    last_link = first_link - 1
    if card.body:
        body, last_link = plain(card.body, first_link=first_link)
        lines += [body] if body else []
    if card.link:
        lead_in = words.continue_reading if card.goes_on else words.read_on_site
        lines.append(f"{words.label.format(text=lead_in)}\n{card.link}")
    return "\n\n".join(lines), last_link + 1


def _facts(card: Card, words: Phrases) -> Iterator[str]:
    """Give what stands below a title; words from right to left beside a name in Latin letters stay apart."""
    rtl = words.direction == "rtl"
    said = words.read_minutes.format(count=card.minutes) if card.minutes else ""
    for fact in filter(None, (card.byline, card.day, said)):
        yield isolated(fact) if rtl else fact


def _rest(composition: Composition, frame: Frame, words: Phrases) -> Iterator[str]:
    if composition.omitted:
        rest = words.rest(composition.omitted)
        where = f"{words.label.format(text=rest)}\n{frame.site_url}" if frame.site_url else rest
        yield f"{_RULE}\n\n{where}"


def _footer(composition: Composition, frame: Frame, words: Phrases) -> Iterator[str]:
    """Give the footer's lines; a slot is never wrapped with the words around it."""
    yield _SIGNATURE
    yield wrapped(words.why.format(list=composition.title))
    if composition.description:
        yield wrapped(composition.description)
    yield words.sent_to.format(address=frame.slots.address)
    yield ""
    yield words.label.format(text=words.unsubscribe)
    yield frame.slots.unsubscribe_url
    if frame.edition_url:
        yield words.label.format(text=words.view_in_browser)
        yield frame.edition_url
    if frame.site_url:
        yield words.label.format(text=words.visit_site)
        yield frame.site_url
    if frame.postal_address:
        yield ""
        yield wrapped(frame.postal_address)
