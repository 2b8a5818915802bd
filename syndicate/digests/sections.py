"""Which posts of a digest stand together under a heading, and in which order: pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from syndicate.digests.wording import seen
from syndicate.model.post import Post, TrackedPost
from syndicate.model.site import Site
from syndicate.settings.schema import ListSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Sectioning:
    """By what a list's digests are divided."""

    #: As ``lists.sections``.
    by: str = "collection"
    #: As ``lists.section_order``.
    order: tuple[str, ...] = ()
    #: The site's collections, in its own order.
    collections: tuple[str, ...] = ()
    #: The site's own words for its collections, where it has some.
    titles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, list_settings: ListSettings, site: Site) -> "Sectioning":
        """Take the list's rule and the site's names."""
        return cls(
            by=list_settings.sections,
            order=list_settings.section_order,
            collections=tuple(site.collections),
            titles=site.collection_titles,
        )

    def section(self, post: Post) -> str:
        """Give the name of the one section a post stands in; "" where none fits."""
        match self.by:
            case "collection":
                return post.collection
            case "category":
                return self._first(post.categories)
            case "tag":
                return self._first(post.tags)
            case _:
                return ""

    def _first(self, names: Sequence[str]) -> str:
        """Give the first of the list's sections that fits; where it names none, the post's own first."""
        if not self.order:
            return next(filter(None, map(seen, names)), "")
        there = {name.casefold() for name in names}
        return next((each for each in self.order if each.casefold() in there), "")

    def title(self, name: str) -> str:
        """Give a section's heading, in the words of the site or of the post."""
        if self.by != "collection":
            return seen(name)
        return seen(self.titles.get(name, "")) or collection_title(name)


def sectioned(posts: Sequence[TrackedPost], sectioning: Sectioning) -> list[tuple[str, list[TrackedPost]]]:
    """Give the sections from the top down, each with its posts in the order they came in.

    Those that are named in order come first, then the site's collections, then the others as they come;
    what no section fits is last.
    """
    found: dict[str, tuple[str, list[TrackedPost]]] = {}
    for each in posts:
        name = sectioning.section(each.post)
        found.setdefault(name.casefold(), (name, []))[1].append(each)
    preferred = [*sectioning.order, *(sectioning.collections if sectioning.by == "collection" else ())]
    rank = {name.casefold(): at for at, name in reversed([*enumerate(preferred)])}
    ordered = sorted(found, key=lambda key: (not key, rank.get(key, len(preferred))))
    return [found[key] for key in ordered]


def page_order(
    posts: Sequence[TrackedPost], sectioning: Sectioning, *, pinned: int = 0
) -> tuple[TrackedPost, ...]:
    """Give the posts from the top of the page down: the first one leads, the others stand by section.

    The first ``pinned`` keep their places.
    """
    above = max(pinned, 1)
    sections = sectioned(posts[above:], sectioning)
    return (*posts[:above], *(each for _, members in sections for each in members))


def collection_title(name: str) -> str:
    """Write a collection's name as a heading: ``field_notes`` becomes "Field notes"."""
    words = seen(re.sub(r"[_-]+", " ", name))
    return words[:1].upper() + words[1:]
