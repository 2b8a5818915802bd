"""Which post a file is: one we know, perhaps under another name, or a new one. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from syndicate.model.post import Post, PostId, PostState, TrackedPost

#: Given a post, the names under which it may be known, in order of trust.
_CLUES: tuple[Callable[[Post], str | None], ...] = (
    lambda post: post.declared_id,
    lambda post: post.url,
    lambda post: post.body_fingerprint or None,
)


def recognise(
    posts: Sequence[Post], *, staying: Iterable[TrackedPost], missing: Iterable[TrackedPost]
) -> dict[str, TrackedPost]:
    """Give the known post that each of ``posts`` is, by path; a post that is not in the answer is new.

    ``staying`` are known posts whose files are still there; only their own path finds them. ``missing`` have
    no file any more: they are found by declared id, then path, then permalink, then body.
    """
    at_path = {each.post.path: each for each in staying}
    lost = sorted(missing, key=lambda each: (each.state is PostState.GONE, -each.id))
    found: dict[str, TrackedPost] = {}
    taken: set[PostId] = set()
    declared, *weaker = _CLUES
    _match(posts, declared, lost, found=found, taken=taken)
    _match_staying(posts, at_path, found=found, taken=taken)
    for clue in (lambda post: post.path, *weaker):
        _match(posts, clue, lost, found=found, taken=taken)
    return found


def _match_staying(
    posts: Iterable[Post],
    at_path: Mapping[str, TrackedPost],
    *,
    found: dict[str, TrackedPost],
    taken: set[PostId],
) -> None:
    for post in posts:
        known = at_path.get(post.path)
        if known and known.id not in taken and post.path not in found and not _contradict(post, known.post):
            found[post.path] = known
            taken.add(known.id)


def _match(
    posts: Iterable[Post],
    clue: Callable[[Post], str | None],
    lost: Sequence[TrackedPost],
    *,
    found: dict[str, TrackedPost],
    taken: set[PostId],
) -> None:
    by_clue: dict[str, list[TrackedPost]] = {}
    for known in lost:
        value = clue(known.post)
        if value and known.id not in taken:
            by_clue.setdefault(value, []).append(known)
    for post in posts:
        candidates = by_clue.get(clue(post) or "", [])
        if post.path in found or not candidates:
            continue
        fitting = [each for each in candidates if each.id not in taken and not _contradict(post, each.post)]
        if fitting:
            best = min(fitting, key=lambda each: (each.post.title != post.title, candidates.index(each)))
            found[post.path] = best
            taken.add(best.id)


def _contradict(post: Post, known: Post) -> bool:
    """Say whether both declare an id, and not the same one."""
    return bool(post.declared_id and known.declared_id and post.declared_id != known.declared_id)
