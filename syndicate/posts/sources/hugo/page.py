"""One file of a Hugo site, taken apart and checked: everything but its excerpt (hugolib/page__meta.go)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from syndicate.errors import PostError
from syndicate.model.post import Omission, Omitted
from syndicate.posts.control_characters import control_characters
from syndicate.posts.front_matter import Document, read_document
from syndicate.posts.plain import one_line
from syndicate.posts.sources.hugo import omissions, permalinks
from syndicate.posts.sources.hugo.cascades import handed_down
from syndicate.posts.sources.hugo.config import HugoConfig
from syndicate.posts.sources.hugo.dates import NO_DATE
from syndicate.posts.sources.hugo.heads import HEADS
from syndicate.posts.sources.hugo.languages import Language
from syndicate.posts.sources.hugo.page_dates import Dates, dates_of
from syndicate.posts.sources.hugo.places import FOREIGN, HTML, Place
from syndicate.posts.sources.hugo.sections import Sections
from syndicate.posts.sources.hugo.shortcodes import own_shortcodes
from syndicate.posts.sources.hugo.values import table, text, texts
from syndicate.posts.sources.hugo.words import lowered, normalised

_DIVIDERS = ("---", "+++", "{")
#: What ``outputs`` adds to the address of a page that isn't written as HTML, by the first it names.
_OUTPUTS: Mapping[str, str] = {
    "json": "index.json",
    "rss": "index.xml",
    "csv": "index.csv",
    "calendar": "index.ics",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page with an address."""

    document: Document
    place: Place
    language: Language
    #: Front matter over what was handed down, keys in lower case.
    values: Mapping[str, Any]
    title: str
    dates: Dates
    #: From the site's home, with a leading slash.
    url: str
    #: Whether it is Markdown; else its text is HTML already.
    markdown: bool
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Takes pages apart, knowing their site."""

    config: HugoConfig
    sections: Sections

    def read(self, path: str, content: bytes, *, now: datetime) -> Page | Omitted:
        """Give the page in ``content``, or why Hugo leaves it out; ``PostError`` when it can't be read."""
        place = self.config.place_of(path)
        document = read_document(path, content, HEADS)
        if place is None or not place.is_regular:
            return Omitted(path=path, why=Omission.NOT_A_POST, rule="it is no page in a folder of content")
        if place.suffix in HTML and not document.head.present:
            return Omitted(path=path, why=Omission.NOT_A_POST, rule="it has no front matter")
        _check(document, place)
        values = self._values(document, place)
        omitted = omissions.by_head(document, values, drafts=self.config.drafts)
        if omitted:
            return omitted
        dates, slug = dates_of(document, place, values, self.config.language_of(place))
        omitted = omissions.by_date(
            document, dates, now=now, future=self.config.future, expired=self.config.expired
        )
        return omitted or self._page(document, place, {**values, "slug": slug}, dates)

    def _values(self, document: Document, place: Place) -> dict[str, Any]:
        own = table(lowered(document.head.values))
        sections = self.sections.above(place.language, place.parents)
        cascades = [each for section in reversed(sections) for each in section.cascades]
        cascades += self.config.language_of(place).cascades
        handed = handed_down(cascades, place.logical_path, place.language)
        merged = {**handed, **own}
        return {**merged, **table(merged.get("params"))}

    def _page(self, document: Document, place: Place, values: Mapping[str, Any], dates: Dates) -> Page:
        language = self.config.language_of(place)
        title = text(values.get("title"))
        return Page(
            document=document,
            place=place,
            language=language,
            values=values,
            title=title,
            dates=dates,
            url=self._url(document, place, values, dates.date),
            markdown=place.suffix not in HTML and text(values.get("markup")) != "html",
            warnings=(
                *document.head.warnings,
                *_undated(document, dates),
                *control_characters(document),
                *_not_run(document),
            ),
        )

    def _url(self, document: Document, place: Place, values: Mapping[str, Any], date: datetime | None) -> str:
        language = self.config.language_of(place)
        addressed = self._addressed(place, values, date)
        own = text(values.get("url"))
        ugly = language.ugly.get("", False) or language.ugly.get("/".join(addressed.sections[:1]), False)
        path = place.logical_path
        pattern = next((rule.pattern for rule in language.permalinks if rule.path.fullmatch(path)), None)
        try:
            if own:
                return permalinks.own_address(own, addressed, prefix=language.prefix)
            found = permalinks.address(pattern, addressed, prefix=language.prefix, ugly=ugly)
        except permalinks.PlaceholderError as error:
            shown = one_line(own or pattern or "")[:80]
            raise PostError(
                document.path,
                f'its address "{shown}" names ":{error}", which Hugo doesn\'t have',
                "use one of Hugo's placeholders",
                line=document.head.lines.get("url"),
            ) from error
        outputs = tuple(each.lower() for each in texts(values.get("outputs")))
        return found if "html" in outputs or ugly else f"{found}{_OUTPUTS.get(''.join(outputs[:1]), '')}"

    def _addressed(
        self, place: Place, values: Mapping[str, Any], date: datetime | None
    ) -> permalinks.Addressed:
        language = self.config.language_of(place)
        above = self.sections.above(place.language, place.parents)
        home = self.sections.known.get((place.language, ""))
        return permalinks.Addressed(
            words=permalinks.Words(lower=language.lower, accents=language.accents),
            title=text(values.get("title")),
            slug=text(values.get("slug")),
            name=place.page_name,
            folders=place.parents,
            sections=self.sections.of(place.language, place.parents),
            section_slugs=tuple(each.slug or each.title for each in above if each is not home)
            or tuple(map(normalised, place.parents[:1])),
            date=date,
        )


def _check(document: Document, place: Place) -> None:
    """Raise ``PostError`` for what stops Hugo's build, and for what only other programs can render."""
    if place.suffix in FOREIGN:
        raise PostError(
            document.path, f"is written as .{place.suffix}", "only Markdown and HTML are read here"
        )
    opening = document.body.lstrip()[:3]
    if not document.head.present and opening.startswith(_DIVIDERS):
        raise PostError(
            document.path,
            "its front matter isn't closed",
            f"end it as it begins ({opening[:3].strip()})",
            line=1,
        )


def _not_run(document: Document) -> tuple[str, ...]:
    """Give a warning for each shortcode of the site's own, with the line where it first stands."""
    if "{{" not in document.body:
        return ()
    return tuple(
        f"{document.path}:{document.body_line + document.body.count(chr(10), 0, start)}: "
        f"{shown} is the site's own and isn't run, only its text is shown; write it out"
        for shown, start in own_shortcodes(document.body).items()
    )


def _undated(document: Document, dates: Dates) -> tuple[str, ...]:
    if dates.date:
        return ()
    shown = f"{NO_DATE:%Y-%m-%d}"
    return (f'{document.path}: has no date, and is shown as of {shown}; add "date: YYYY-MM-DD"',)
