"""Which posts a list carries, and which of those a reader chose."""

from syndicate.model.post import Post
from syndicate.settings.schema import ListSettings


def carries(list_settings: ListSettings, post: Post) -> bool:
    """Give whether the list's collections, categories and tags take the post in; empty means all."""
    return (
        _wanted(list_settings.collections, (post.collection,))
        and _wanted(list_settings.categories, post.categories)
        and _wanted(list_settings.tags, post.tags)
    )


def chosen(topics: tuple[str, ...] | None, post: Post) -> bool:
    """Give whether a reader with these topics (collections, categories or tags) wants the post."""
    return topics is None or _meets(topics, (post.collection, *post.categories, *post.tags))


def _wanted(names: tuple[str, ...], there: tuple[str, ...]) -> bool:
    return not names or _meets(names, there)


def _meets(names: tuple[str, ...], there: tuple[str, ...]) -> bool:
    return not {name.casefold() for name in names}.isdisjoint(name.casefold() for name in there)
