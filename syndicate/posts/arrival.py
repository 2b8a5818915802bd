"""What has become of the site's posts since the last look. Pure: no store, no files, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from syndicate.model.post import ArrivalNumber, Omitted, Post, PostId, PostState, Reading, TrackedPost
from syndicate.posts.entry_ids import mint
from syndicate.posts.identity import recognise


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is remembered of a site."""

    #: Every post there ever was.
    posts: Sequence[TrackedPost]
    highest_id: PostId
    highest_arrival: ArrivalNumber
    #: The last number of the baseline; ``None`` before it is taken.
    baseline_through: ArrivalNumber | None
    #: Posts that an edition shows, to anybody.
    given: AbstractSet[PostId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """When a new post counts."""

    settle: timedelta
    #: More new posts than this wait for a person.
    flood_guard: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What is to be remembered from now on."""

    #: Posts never seen before.
    new: tuple[TrackedPost, ...] = ()
    #: Known posts of which anything is to be written.
    known: tuple[TrackedPost, ...] = ()
    #: Of ``known``: a reader sees something else than before.
    changed: tuple[TrackedPost, ...] = ()
    #: Of ``known``: left the site.
    gone: tuple[TrackedPost, ...] = ()
    #: Of ``known``, as they were before: their file has another path now.
    moved: tuple[TrackedPost, ...] = ()
    #: Of ``new`` and ``known``: numbered just now.
    arrived: tuple[TrackedPost, ...] = ()
    #: Every post there ever was, as it is from now on, in the order in which they were first seen.
    posts: tuple[TrackedPost, ...]
    #: Of ``new``, with the post that each may be: it has just left. They are held for a person to say.
    doubts: tuple[tuple[TrackedPost, TrackedPost], ...] = ()
    #: Whether feeds show anything else than before.
    visible: bool
    #: The last number of the baseline.
    baseline_through: ArrivalNumber


def decide(
    memory: Memory,
    *,
    readings: Mapping[str, Reading],
    lost: AbstractSet[str],
    patience: Patience,
    now: datetime,
) -> Decision:
    """Say what the files read in this pass, and the paths ``lost`` since the last one, mean.

    A file that can't be read leaves its post as it was.
    """
    left = lost | {path for path, reading in readings.items() if isinstance(reading, Omitted)}
    staying, missing = _by_presence(memory.posts, left)
    posts = _to_recognise(readings, staying, left)
    recognition = recognise(list(posts.values()), staying=staying, missing=missing)
    found = recognition.found
    recognised = {
        found[path].id: _met_again(found[path], post, memory, now=now)
        for path, post in posts.items()
        if path in found
    }
    gone = _departed(missing, staying, recognised, posts, now=now)
    unknown = [post for path, post in posts.items() if path not in found]
    fresh = _introduced(unknown, memory, doubtful=set(recognition.doubts), now=now)
    if memory.baseline_through is None:
        return _baseline(fresh, memory)
    before = {each.id: each for each in memory.posts}
    current = before | recognised | {each.id: each for each in (*gone, *fresh)}
    decision = _with_arrivals(current, memory=memory, patience=patience, now=now)
    doubts = recognition.doubts
    return replace(
        decision, doubts=tuple((each, doubts[each.post.path]) for each in fresh if each.post.path in doubts)
    )


def _to_recognise(
    readings: Mapping[str, Reading], staying: Iterable[TrackedPost], left: AbstractSet[str]
) -> dict[str, Post]:
    """Give the posts that were read, by path; where files left also those that wait.

    One of them may be a copy of what has left now: a move in two steps.
    """
    read = {path: reading for path, reading in readings.items() if isinstance(reading, Post)}
    if not left:
        return read
    waiting = (each.post for each in staying if each.state in {PostState.SETTLING, PostState.HELD})
    return read | {post.path: post for post in waiting if post.path not in readings}


def number(
    posts: Iterable[TrackedPost], *, after: ArrivalNumber, state: PostState = PostState.ARRIVED
) -> list[TrackedPost]:
    """Give ``posts`` in ``state``, numbered in the order they were seen, then published, then by path."""
    in_order = sorted(posts, key=lambda each: (each.first_seen_at, each.post.published, each.post.path))
    return [
        replace(each, state=state, arrival=ArrivalNumber(after + index))
        for index, each in enumerate(in_order, start=1)
    ]


def pass_over(posts: Iterable[TrackedPost]) -> list[TrackedPost]:
    """Give ``posts`` as owed to nobody, like the baseline; their numbers lie below every reader's place."""
    return [replace(each, state=PostState.BASELINE, arrival=ArrivalNumber(-each.id)) for each in posts]


def _by_presence(
    posts: Iterable[TrackedPost], left: AbstractSet[str]
) -> tuple[list[TrackedPost], list[TrackedPost]]:
    """Tell the posts whose file is there from those without one."""
    staying: list[TrackedPost] = []
    missing: list[TrackedPost] = []
    for each in posts:
        absent = each.state is PostState.GONE or each.post.path in left
        (missing if absent else staying).append(each)
    return staying, missing


def _departed(
    missing: Iterable[TrackedPost],
    staying: Iterable[TrackedPost],
    recognised: Mapping[PostId, TrackedPost],
    posts: Mapping[str, Post],
    *,
    now: datetime,
) -> list[TrackedPost]:
    """Give the posts that left: their file is no more, or holds another post."""
    displaced = [each for each in staying if each.post.path in posts]
    return [
        replace(each, state=PostState.GONE, changed_at=now)
        for each in (*missing, *displaced)
        if each.id not in recognised and each.state is not PostState.GONE
    ]


def _met_again(known: TrackedPost, post: Post, memory: Memory, *, now: datetime) -> TrackedPost:
    """Give what is known of a post that was read again; it keeps its id, its entry and its number.

    Its number also while it settles anew: given to another post, it would lie below readers' places.
    """
    if post.undated:
        post = _dated_as(known.post, post)
    state = _returned(known, memory) if known.state is PostState.GONE else known.state
    again = known.state is PostState.GONE and state is PostState.SETTLING
    edited = post.fingerprint != known.post.fingerprint
    return replace(
        known,
        post=post,
        state=state,
        changed_at=now if edited or again else known.changed_at,
        updated=_updated(known, post, now=now) if edited else known.updated,
    )


def _dated_as(known: Post, post: Post) -> Post:
    """Give an undated post the date it has; a touch, a checkout or an edit moved its file's time."""
    unchanged = post.updated == post.published  # its head says nothing of a change
    return replace(post, published=known.published, updated=known.published if unchanged else post.updated)


def _returned(known: TrackedPost, memory: Memory) -> PostState:
    """Give where a post that is back goes on; one that no edition shows yet arrives anew."""
    if known.arrival is not None and known.arrival <= (memory.baseline_through or 0):
        return PostState.BASELINE
    return PostState.ARRIVED if known.id in memory.given else PostState.SETTLING


def _updated(known: TrackedPost, post: Post, *, now: datetime) -> datetime:
    """Give the author's own word for the edit where it is a new one, else the moment we saw it."""
    return post.updated if known.post.updated < post.updated <= now else now


def _introduced(
    posts: Iterable[Post], memory: Memory, *, doubtful: AbstractSet[str], now: datetime
) -> list[TrackedPost]:
    """Give new posts their ids, the oldest first, so that it has the plain one where entry ids clash.

    Those at ``doubtful`` paths may not be new: they wait for a person.
    """
    taken = {str(each.entry_id) for each in memory.posts}
    fresh = []
    in_order = sorted(posts, key=lambda post: (post.published, post.path))
    for index, post in enumerate(in_order, start=1):
        entry_id = mint(post, taken)
        taken.add(entry_id)
        fresh.append(
            TrackedPost(
                id=PostId(memory.highest_id + index),
                post=post,
                entry_id=entry_id,
                state=PostState.HELD if post.path in doubtful else PostState.SETTLING,
                arrival=None,
                first_seen_at=now,
                changed_at=now,
                updated=post.updated,
            )
        )
    return fresh


def _baseline(fresh: Sequence[TrackedPost], memory: Memory) -> Decision:
    numbered = tuple(number(fresh, after=memory.highest_arrival, state=PostState.BASELINE))
    return Decision(
        new=numbered,
        posts=tuple(sorted((*memory.posts, *numbered), key=_first_seen)),
        visible=bool(numbered),
        baseline_through=ArrivalNumber(memory.highest_arrival + len(numbered)),
    )


def _with_arrivals(
    current: Mapping[PostId, TrackedPost],
    *,
    memory: Memory,
    patience: Patience,
    now: datetime,
) -> Decision:
    settling = [each for each in current.values() if each.state is PostState.SETTLING]
    settled = {each.id for each in settling if each.changed_at + patience.settle <= now}
    # What waited out its time before this pass goes; the guard counts what is new in one settle window.
    waited = {each.id for each in memory.posts if each.state is PostState.SETTLING} & settled
    guarded = [each for each in settling if each.id not in waited]
    flood = len(guarded) > patience.flood_guard
    held = [replace(each, state=PostState.HELD) for each in guarded] if flood else []
    ready = waited if flood else settled
    arrived = number([each for each in settling if each.id in ready], after=memory.highest_arrival)
    final = dict(current) | {each.id: each for each in (*held, *arrived)}
    return _compared(final, memory, arrived=arrived)


def _compared(
    final: Mapping[PostId, TrackedPost], memory: Memory, *, arrived: Sequence[TrackedPost]
) -> Decision:
    before = {each.id: each for each in memory.posts}
    known = tuple(each for each in final.values() if each.id in before and each != before[each.id])
    new = tuple(each for each in final.values() if each.id not in before)
    there = [each for each in known if each.state is not PostState.GONE]
    gone = [each for each in known if each.state is PostState.GONE]
    return Decision(
        new=new,
        known=known,
        changed=tuple(each for each in there if each.post.fingerprint != before[each.id].post.fingerprint),
        gone=tuple(each for each in gone if before[each.id].state is not PostState.GONE),
        moved=tuple(before[each.id] for each in there if each.post.path != before[each.id].post.path),
        arrived=tuple(arrived),
        posts=tuple(sorted(final.values(), key=_first_seen)),
        visible=bool(new) or any(_shown(each) != _shown(before[each.id]) for each in known),
        baseline_through=memory.baseline_through or ArrivalNumber(0),
    )


def _first_seen(each: TrackedPost) -> int:
    return each.id


def _shown(each: TrackedPost) -> tuple[Post, datetime, bool]:
    """Give what feeds make of a post: settling or numbered is all the same to them."""
    return each.post, each.updated, each.state is PostState.GONE
