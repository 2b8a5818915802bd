# ruff: noqa: D102 - the methods are the words of the story
"""Whatever editors do to a site, in any order: what each post's readers get."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from syndicate.model.post import (
    ArrivalNumber,
    EntryId,
    Excerpt,
    ExcerptOrigin,
    Omission,
    Omitted,
    Post,
    PostId,
    PostState,
    Reading,
    TrackedPost,
)
from syndicate.posts.arrival import Memory, Patience, decide, number, pass_over
from syndicate.posts.fingerprint import of_body, of_parts, sketch

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SETTLE = timedelta(minutes=15)
PATIENCE = Patience(settle=SETTLE, flood_guard=4)
PLACES = st.sampled_from(["posts/a", "posts/b", "posts/c", "notes/a", "notes/b", "notes/c"])
NEW_PLACES = st.sampled_from(["posts/d", "posts/A", "notes/d", "moved/a"])


@dataclass(frozen=True)
class Written:
    """A file; ``soul`` is the post that its author means by it, which no program can read."""

    soul: int
    clauses: tuple[str, ...]
    day: int
    hidden: bool = False


@dataclass
class Life:
    """What has become of what an author wrote once."""

    #: It was on the site when the baseline was taken, or an editor said that it is old.
    old: bool = False
    mailed: int = 0
    entries: set[EntryId] = field(default_factory=set)


class SiteOverTime(RuleBasedStateMachine):
    """No old post is mailed, no new one lost, and none mailed twice, whatever is done to its file.

    A post is written with words of its own, and edited
    a clause at a time: whoever rewrites a post wholly and moves it in one commit is asked, see test_identity.
    """

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, Written] = {}
        self.seen: dict[str, Reading] = {}
        self.known: dict[PostId, TrackedPost] = {}
        self.through: ArrivalNumber | None = None
        self.host = "harbour.example"
        self.now = NOON
        self.given: set[PostId] = set()
        self.served = ArrivalNumber(0)
        self.lives: dict[int, Life] = {}
        self.souls: dict[PostId, int] = {}
        self.numbers: dict[PostId, ArrivalNumber | None] = {}
        self.words = count()
        self.copied: set[int] = set()

    @initialize(first=st.lists(PLACES, max_size=4, unique=True))
    def begin(self, first: list[str]) -> None:
        for path in first:
            self.write(path)
        self.look()
        for each in self.lives.values():
            each.old = True

    @rule(path=PLACES)
    def write(self, path: str) -> None:
        if path in self.files or path in self.seen:  # written over in one go, it is an edit: the path says so
            return
        soul = len(self.lives)
        self.lives[soul] = Life()
        self.files[path] = Written(soul, tuple(f"clause {next(self.words)}" for _ in range(9)), day=soul)

    @rule(path=PLACES, at=st.integers(0, 8))
    def edit(self, path: str, at: int) -> None:
        if path in self.files:
            self.files[path] = self.edited(self.files[path], at)

    @rule(old=PLACES, new=NEW_PLACES | PLACES, at=st.none() | st.integers(0, 8), days=st.integers(0, 2))
    def move(self, old: str, new: str, at: int | None, days: int) -> None:
        """Rename a file, also into another collection, and edit it or not, and change its date or not."""
        if old in self.files and new not in self.files.keys() | self.seen.keys():
            self.look()  # edits of before are no part of it: each counts, and together they make another text
            written = self.files.pop(old)
            moved = replace(written, day=written.day + days)
            self.files[new] = moved if at is None else self.edited(moved, at)
            self.look()  # several edits and moves at once make another text; see ``SiteOverTime``

    @rule(one=PLACES, other=PLACES)
    def swap(self, one: str, other: str) -> None:
        if self.settled(one, other):
            self.files[one], self.files[other] = self.files[other], self.files[one]

    @rule(old=PLACES, new=NEW_PLACES)
    def copy(self, old: str, new: str) -> None:
        """Begin a new post from an old one's text; of two such copies nobody could tell which is which."""
        if self.settled(old) and new not in self.files.keys() | self.seen.keys() and self.uncopied(old):
            soul = len(self.lives)
            self.lives[soul] = Life()
            self.copied |= {soul, self.files[old].soul}
            self.files[new] = replace(self.files[old], soul=soul)
            self.wait(16)
            self.edit(new, 0)

    @rule(old=PLACES, new=NEW_PLACES)
    def move_in_two_commits(self, old: str, new: str) -> None:
        """Copy a file, and delete the first one before the copy has settled."""
        if self.settled(old) and self.uncopied(old) and new not in self.files.keys() | self.seen.keys():
            self.look()  # what else was deleted just before is no part of it, see ``move``
            life = self.lives[self.files[old].soul]
            entries = set(life.entries)
            self.files[new] = self.files[old]
            self.look()
            life.entries = set()  # the copy's own, while there were two
            del self.files[old]
            self.look()
            life.entries |= entries

    @rule(path=PLACES | NEW_PLACES)
    def delete(self, path: str) -> None:
        self.files.pop(path, None)

    @rule(path=PLACES | NEW_PLACES)
    def hide_and_show(self, path: str) -> None:
        if path in self.files:
            shown = self.files[path]
            self.files[path] = replace(shown, hidden=True)
            self.look()
            self.files[path] = shown
            self.look()

    @rule(path=PLACES | NEW_PLACES)
    def leave_and_return(self, path: str) -> None:
        if path in self.files:
            away = self.files.pop(path)
            self.wait(20)
            self.files[path] = away
            self.wait(0)
            self.wait(16)

    @rule(host=st.sampled_from(["harbour.example", "port.example"]))
    def move_house(self, host: str) -> None:
        """Let the site have another address: every post is read anew."""
        self.host = host

    @rule(minutes=st.sampled_from([0, 5, 16]))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.look()

    @rule()
    def release(self) -> None:
        self.know(number(self.held(), after=self.highest()))

    @rule()
    def release_to_feeds(self) -> None:
        for each in self.held():
            self.lives[self.souls[each.id]].old = True
        self.know(pass_over(self.held()))

    def held(self) -> list[TrackedPost]:
        return [each for each in self.known.values() if each.state is PostState.HELD]

    def highest(self) -> ArrivalNumber:
        return ArrivalNumber(max((each.arrival or 0 for each in self.known.values()), default=0))

    def uncopied(self, path: str) -> bool:
        return self.files[path].soul not in self.copied

    def settled(self, *paths: str) -> bool:
        """Say whether the last pass saw these files as they are."""
        return all(path in self.files and self.seen.get(path) == self.read(path) for path in paths)

    def edited(self, written: Written, at: int) -> Written:
        clauses = list(written.clauses)
        clauses[at] = f"clause {next(self.words)}"
        return replace(written, clauses=tuple(clauses))

    def read(self, path: str) -> Reading:
        written = self.files[path]
        if written.hidden:
            return Omitted(path=path, why=Omission.UNPUBLISHED)
        body = "\n".join(written.clauses)
        url = f"/{path}/"
        return Post(
            path=path,
            url=url,
            link=f"https://{self.host}{url}",
            generator_id=f"https://{self.host}{url}",
            declared_id=None,
            title=f"Post {written.soul}",
            authors=(),
            collection="posts",
            categories=(),
            tags=(),
            published=NOON + timedelta(days=written.day),
            updated=NOON,
            excerpt=Excerpt(html="", text="", origin=ExcerptOrigin.NONE, truncated=False),
            summary="",
            image=None,
            language="en",
            fingerprint=of_parts([written.soul, body]),
            body_fingerprint=of_body(body),
            sketch=sketch(body),
        )

    def look(self) -> None:
        """Make a pass."""
        memory = Memory(
            posts=list(self.known.values()),
            highest_id=PostId(max(self.known, default=0)),
            highest_arrival=ArrivalNumber(max(self.highest(), 0)),
            baseline_through=self.through,
            given=frozenset(self.given),
        )
        now_there = {path: self.read(path) for path in self.files}
        readings = {path: made for path, made in now_there.items() if self.seen.get(path) != made}
        lost = set(self.seen) - set(now_there)
        decision = decide(memory, readings=readings, lost=lost, patience=PATIENCE, now=self.now)
        self.know((*decision.new, *decision.known))
        self.meet()
        self.through = decision.baseline_through
        self.seen = now_there

    def know(self, posts: Iterable[TrackedPost]) -> None:
        self.known |= {each.id: each for each in posts}

    def meet(self) -> None:
        """Learn, right after a pass, what its author means by each post."""
        for each in self.known.values():
            if each.state is not PostState.GONE:
                soul = self.files[each.post.path].soul
                self.souls[each.id] = soul
                self.lives[soul].entries.add(each.entry_id)

    @rule()
    def mail(self) -> None:
        """Give the reader what arrived since the last time; what is away just then has to arrive anew."""
        for each in self.known.values():
            if each.state is PostState.ARRIVED and (each.arrival or 0) > self.served:
                self.lives[self.souls[each.id]].mailed += 1
                self.given.add(each.id)
        self.served = max(self.served, self.highest())

    @invariant()
    def nothing_old_is_mailed_and_nothing_twice(self) -> None:
        assert all(life.mailed <= (0 if life.old else 1) for life in self.lives.values()), self.lives

    @invariant()
    def every_post_is_one_entry_for_ever(self) -> None:
        assert len({each.entry_id for each in self.known.values()}) == len(self.known)
        assert all(len(life.entries) <= 1 for life in self.lives.values()), self.lives

    @invariant()
    def a_number_is_one_posts_for_ever(self) -> None:
        given = {each.id: each.arrival for each in self.known.values() if each.arrival}
        assert max(Counter(given.values()).values(), default=1) == 1
        owners = {number: post for post, number in self.numbers.items()}
        assert all(owners.get(number, post) == post for post, number in given.items())
        self.numbers = {**self.numbers, **given}

    def teardown(self) -> None:
        """Let everything settle: what is new and still there has been mailed."""
        if self.through is None:
            return
        self.look()
        self.now += SETTLE
        self.look()
        self.release()
        self.mail()
        for written in self.files.values():
            life = self.lives[written.soul]
            assert life.old or life.mailed == 1, written


#: The same histories in every run; new ones are for the long one.
SiteOverTime.TestCase.settings = settings(
    max_examples=80, stateful_step_count=30, deadline=None, derandomize=True
)
TestSiteOverTime = SiteOverTime.TestCase


@pytest.mark.long
def test_no_other_history_forgets_or_repeats_a_post_either():
    run_state_machine_as_test(
        SiteOverTime, settings=settings(max_examples=1_000, stateful_step_count=40, deadline=None)
    )
