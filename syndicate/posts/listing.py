"""Posts as `syndicate posts --json` prints them: the contract other tools rely on."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from syndicate.errors import PostError
from syndicate.model.post import PostState, TrackedPost
from syndicate.model.seen_file import SeenFile
from syndicate.model.site import Site


def rows(
    posts: Iterable[TrackedPost],
    unreadable: Iterable[SeenFile],
    site: Site,
    *,
    content: Callable[[str], str],
) -> Iterator[dict[str, Any]]:
    """Give one JSON object a post, in the order given, then one for each file that can't be read.

    ``content`` gives the full text of the post at a path; raises ``PostError``.
    A post that was fine once and can't be read now has one object: its last good form, and the problem.
    """
    problems = {seen.path: seen.problem for seen in unreadable}
    for tracked in posts:
        problem = problems.pop(tracked.post.path, None)
        yield _row(tracked, site, content=content, problem=problem)
    for path, problem in problems.items():
        yield {"path": path, "state": "unreadable", "problem": problem}


def _row(
    tracked: TrackedPost, site: Site, *, content: Callable[[str], str], problem: str | None
) -> dict[str, Any]:
    post = tracked.post
    row = {
        "path": post.path,
        "id": tracked.entry_id,
        "url": post.url,
        "title": post.title,
        "authors": list(post.authors),
        "collection": post.collection,
        "categories": list(post.categories),
        "tags": list(post.tags),
        "published": post.published.isoformat(),
        "updated": tracked.updated.isoformat(),
        "summary": post.summary,
        "excerpt_html": post.excerpt.html,
        "excerpt_text": post.excerpt.text,
        "excerpt_origin": str(post.excerpt.origin),
        "content_html": _content(post.path, post.excerpt.html, content),
        "image": _from_home(post.image.url, site) if post.image else None,
        "lang": post.language,
        "state": "unreadable" if problem else str(tracked.state),
        "arrival": _arrival(tracked),
    }
    return row | {"problem": problem} if problem else row


def _arrival(tracked: TrackedPost) -> int | None:
    """Give the number that counts: not one from before a post left, nor one below everybody's place."""
    numbered = tracked.state in {PostState.ARRIVED, PostState.BASELINE} and (tracked.arrival or 0) > 0
    return tracked.arrival if numbered else None


def _content(path: str, excerpt_html: str, content: Callable[[str], str]) -> str:
    try:
        return content(path)
    except PostError:  # named in its row
        return excerpt_html


def _from_home(url: str, site: Site) -> str:
    """Give an address on the site as a path from its home, like a post's ``url``; any other as it is."""
    return url.removeprefix(site.url) if site.url and url.startswith(f"{site.url}/") else url
