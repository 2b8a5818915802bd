"""Which post a file is: one we know, perhaps under another name, or a new one. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from syndicate.model.post import Post, PostId, PostState, TrackedPost
from syndicate.posts.fingerprint import marks
from syndicate.posts.likeness import Likeness, Verdict, likeness, same_title, slug, strangers, unlike

#: Given a post, a name under which it may be known; ``None`` or "" for none.
Clue = Callable[[Post], str | None]


def _path(post: Post) -> str:
    return post.path


def _url(post: Post) -> str:
    return post.url


def _text(post: Post) -> str:
    return post.body_fingerprint


def _everything(post: Post) -> str:
    """Give what also a post without a text is known by."""
    return post.fingerprint


#: What a post that leaves in this pass is known by, in order of trust, after the id it declares.
_LEAVING: tuple[Clue, ...] = (_url, _text, _everything)
#: One that left before; its place may have been given to another since, so that it says least.
_GONE: tuple[Clue, ...] = (_text, _everything)
_FORMER_PLACE: tuple[Clue, ...] = (_url, _path)


#: Of all clauses of two texts, how many both have when each keeps five sixths.
_NEARLY_ALL = 0.7
#: Posts that share a clause or a title; what more of them share tells none from another.
_MANY = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What is known of the files that were read."""

    #: The known post that each file holds, by the file's path; any other file's post is new.
    found: Mapping[str, TrackedPost]
    #: New posts that may be a known one which has just left, moved and edited: by path. A person should say.
    doubts: Mapping[str, TrackedPost]


@dataclass(slots=True)
class _Matching:
    """Who was found so far; each post once, and each file once."""

    found: dict[str, TrackedPost] = field(default_factory=dict)
    taken: set[PostId] = field(default_factory=set)

    def free(self, post: Post, known: TrackedPost) -> bool:
        unmatched = post.path not in self.found and known.id not in self.taken
        return unmatched and not _contradict(post, known.post)

    def put(self, post: Post, known: TrackedPost) -> None:
        self.found[post.path] = known
        self.taken.add(known.id)


def recognise(
    posts: Sequence[Post], *, staying: Iterable[TrackedPost], missing: Iterable[TrackedPost]
) -> Recognition:
    """Give the known post that each of ``posts`` is.

    ``staying`` are known posts whose files are still there; their own path finds them, unless their text has
    wholly gone to another file. ``missing`` have no file any more: they are found by declared id, then path,
    then permalink, then text, then by being much alike.
    """
    read = {post.path: post for post in posts}
    here = {each.post.path: each for each in staying if each.post.path in read}
    lost = sorted(missing, key=_last_gone_first)
    return _matched(posts, read, here, lost) if here or lost else Recognition(found={}, doubts={})


def _matched(
    posts: Sequence[Post],
    read: Mapping[str, Post],
    here: Mapping[str, TrackedPost],
    lost: Sequence[TrackedPost],
) -> Recognition:
    ousted = {path: each for path, each in here.items() if unlike(read[path], each.post)}
    matching = _Matching()
    _by_clue(matching, posts, [*lost, *here.values()], lambda post: post.declared_id)
    _copied_first(matching, here, lost, read)
    _by_text(matching, posts, lost, here, ousted)
    _by_likeness(matching, [read[path] for path in ousted], [*ousted.values(), *lost])
    _in_place(matching, posts, here)
    homeless = [each for each in here.values() if each.id not in matching.taken]
    leaving = [each for each in lost if each.state is not PostState.GONE]
    _back(matching, posts, lost)
    doubts = _by_what_is_left(matching, posts, [*homeless, *leaving], _LEAVING)
    gone = [each for each in lost if each.state is PostState.GONE]
    _by_what_is_left(matching, posts, gone, _GONE)
    for clue in _FORMER_PLACE:
        _by_clue(matching, posts, gone, clue)
    return Recognition(
        found=matching.found, doubts={path: doubts[path] for path in doubts.keys() - matching.found.keys()}
    )


def _in_place(matching: _Matching, posts: Iterable[Post], here: Mapping[str, TrackedPost]) -> None:
    """Find posts that are where they were."""
    for post in posts:
        known = here.get(post.path)
        if known and matching.free(post, known):
            matching.put(post, known)


def _back(matching: _Matching, posts: Iterable[Post], lost: Iterable[TrackedPost]) -> None:
    """Find posts that are back in their place, under their title."""
    at_path = _grouped(lost, _path)
    for post in posts:
        for known in at_path.get(post.path, []):
            if matching.free(post, known) and same_title(post, known.post):
                matching.put(post, known)


def _by_what_is_left(
    matching: _Matching, posts: Sequence[Post], known: Sequence[TrackedPost], clues: Iterable[Clue]
) -> dict[str, TrackedPost]:
    """Find posts without a file by their ``clues``, then by likeness; give the doubts."""
    for clue in clues:
        _by_clue(matching, posts, known, clue)
    return _by_likeness(matching, posts, known)


def _last_gone_first(known: TrackedPost) -> tuple[bool, float, bool, int]:
    """Order by when a post left, the last one first; who was numbered was more than a copy."""
    gone = known.state is PostState.GONE
    return gone, -known.changed_at.timestamp() if gone else 0.0, known.arrival is None, known.id


def _by_clue(matching: _Matching, posts: Iterable[Post], known: Iterable[TrackedPost], clue: Clue) -> None:
    by_clue = _grouped(known, clue)
    for post in posts:
        fitting = [
            each
            for each in by_clue.get(clue(post) or "", [])
            if matching.free(post, each) and not _replaced(post, each)
        ]
        if fitting:
            matching.put(post, min(fitting, key=lambda each: _apart(post, each.post)))


def _apart(post: Post, known: Post) -> tuple[bool, bool]:
    return known.path != post.path, not same_title(known, post)


def _replaced(post: Post, known: TrackedPost) -> bool:
    """Say whether a post that left long ago only had the place that a wholly other one has taken now."""
    declared = post.declared_id is not None and post.declared_id == known.post.declared_id
    return known.state is PostState.GONE and not declared and strangers(post, known.post)


def _copied_first(
    matching: _Matching,
    here: Mapping[str, TrackedPost],
    lost: Iterable[TrackedPost],
    read: Mapping[str, Post],
) -> None:
    """Find posts that were moved in two steps: copied, and the copy still waits when the first one goes."""
    leaving = [each for each in lost if each.state is not PostState.GONE]
    by_text = _grouped(leaving, _text)
    for path, copy in here.items():
        post = read[path]
        if copy.state in {PostState.SETTLING, PostState.HELD} and copy.post.fingerprint == post.fingerprint:
            for original in by_text.get(post.body_fingerprint, []):
                if matching.free(post, original):
                    matching.put(post, original)


def _by_text(
    matching: _Matching,
    posts: Iterable[Post],
    lost: Sequence[TrackedPost],
    here: Mapping[str, TrackedPost],
    ousted: Mapping[str, TrackedPost],
) -> None:
    """Find texts that went to another file which was there already, or away from one that is there still.

    Files were swapped, or moved one into the place of the next: the text says who is who, not the place. Only
    where what stands in a place now is no edit of what stood there: that post is ``ousted``.
    """
    by_text = _grouped([*ousted.values(), *lost], _text)
    for post in posts:
        if post.path in here and post.path not in ousted:
            continue
        for known in by_text.get(post.body_fingerprint, []):
            displaced = post.path in here or known.post.path in ousted
            if displaced and matching.free(post, known):
                matching.put(post, known)
                break


def _by_likeness(
    matching: _Matching, posts: Sequence[Post], lost: Sequence[TrackedPost]
) -> dict[str, TrackedPost]:
    """Find the posts that moved and were edited, the likest first; give those that only may have."""
    pairs = sorted(_pairs(matching, posts, lost), key=lambda pair: pair[0], reverse=True)
    doubts: dict[str, TrackedPost] = {}
    for like, post, known in pairs:
        if not matching.free(post, known):
            continue
        if like.verdict is Verdict.SAME:
            matching.put(post, known)
        elif known.state in {PostState.ARRIVED, PostState.BASELINE}:  # any other was mailed to nobody
            doubts.setdefault(post.path, known)
    return {path: known for path, known in doubts.items() if known.id not in matching.taken}


def _pairs(
    matching: _Matching, posts: Iterable[Post], lost: Iterable[TrackedPost]
) -> Iterator[tuple[Likeness, Post, TrackedPost]]:
    """Give each file and post still unmatched that have anything in common, and how alike they are.

    A post that left in an earlier pass has to keep nearly all: whoever deletes one and begins another from
    the same pattern a week later has written a new one.
    """
    unmatched = [post for post in posts if post.path not in matching.found]
    left = [each for each in lost if each.id not in matching.taken] if unmatched else []
    if not left:
        return
    index: dict[str, list[TrackedPost]] = {}
    for known in left:
        for trait in _traits(known.post):
            index.setdefault(trait, []).append(known)
    for post in unmatched:
        near = {known.id: known for trait in _traits(post) for known in _telling(index.get(trait, []))}
        for known in near.values():
            like = likeness(post, known.post)
            gone_before = known.state is PostState.GONE
            if like.verdict and not (gone_before and not _kept(like, post, known.post)):
                yield like, post, known


def _telling(sharing: list[TrackedPost]) -> list[TrackedPost]:
    """Give who shares a trait, unless it is one like a greeting or a licence."""
    return sharing if len(sharing) <= _MANY else []


def _kept(like: Likeness, post: Post, known: Post) -> bool:
    return like.verdict is Verdict.SAME and like.text >= _NEARLY_ALL and same_title(post, known)


def _traits(post: Post) -> set[str]:
    return {*marks(post.sketch), f"title {post.title.casefold()}", f"slug {slug(post)}"}


def _grouped(known: Iterable[TrackedPost], clue: Clue) -> dict[str, list[TrackedPost]]:
    grouped: dict[str, list[TrackedPost]] = {}
    for each in known:
        value = clue(each.post)
        if value:
            grouped.setdefault(value, []).append(each)
    return grouped


def _contradict(post: Post, known: Post) -> bool:
    """Say whether both declare an id, and not the same one."""
    return bool(post.declared_id and known.declared_id and post.declared_id != known.declared_id)


def doubted(held: TrackedPost, known: Iterable[TrackedPost]) -> TrackedPost | None:
    """Give the post that a held one may be: it left in the pass in which the other came, and is like it."""
    left = (
        each
        for each in known
        if each.state is PostState.GONE and each.arrival and each.changed_at == held.first_seen_at
    )
    likely = [(likeness(held.post, each.post), each.id, each) for each in left]
    best = max(likely, default=None)
    return best[2] if best and best[0].verdict else None
