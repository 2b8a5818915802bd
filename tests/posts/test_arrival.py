# ruff: noqa: D102 - the methods are the words of the story
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from syndicate.model.post import (
    ArrivalNumber,
    Excerpt,
    ExcerptOrigin,
    Omission,
    Omitted,
    Post,
    PostId,
    PostState,
    Reading,
    TrackedPost,
    Unreadable,
)
from syndicate.posts.arrival import Memory, Patience, decide, number

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PATIENCE = Patience(settle=timedelta(minutes=15), flood_guard=3)


def make(path: str, body: str, url: str) -> Post:
    return Post(
        path=path,
        url=url,
        link=f"https://harbour.example{url}",
        generator_id=f"https://harbour.example{url}",
        declared_id=None,
        title="T",
        authors=(),
        collection="posts",
        categories=(),
        tags=(),
        published=NOON,
        updated=NOON,
        excerpt=Excerpt(html="", text="", origin=ExcerptOrigin.NONE, truncated=False),
        summary="",
        image=None,
        language="en",
        fingerprint=body,
        body_fingerprint=body,
    )


PATHS = st.sampled_from("abcdefgh")
BODIES = st.integers(0, 9).map(str)


class SiteOverTime(RuleBasedStateMachine):
    """Any sequence of what editors do keeps the promises of the numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, Reading] = {}
        self.seen: dict[str, Reading] = {}
        self.known: dict[PostId, TrackedPost] = {}
        self.through: ArrivalNumber | None = None
        self.numbers: dict[PostId, ArrivalNumber] = {}
        self.now = NOON

    @initialize(first=st.dictionaries(PATHS, BODIES, max_size=4))
    def begin(self, first: dict[str, str]) -> None:
        self.files = {path: make(path, body, f"/{path}") for path, body in first.items()}
        self.look()

    @rule(path=PATHS, body=BODIES)
    def write(self, path: str, body: str) -> None:
        self.files[path] = make(path, body, f"/{path}")

    @rule(path=PATHS)
    def delete(self, path: str) -> None:
        self.files.pop(path, None)

    @rule(old=PATHS, new=PATHS)
    def rename(self, old: str, new: str) -> None:
        moved = self.files.pop(old, None)
        if isinstance(moved, Post):
            self.files[new] = replace(moved, path=new, url=f"/{new}")

    @rule(path=PATHS)
    def unpublish(self, path: str) -> None:
        self.files[path] = Omitted(path=path, why=Omission.UNPUBLISHED)

    @rule(path=PATHS)
    def break_it(self, path: str) -> None:
        self.files[path] = Unreadable(path=path, line=1, problem=f"{path}:1: what; remedy")

    @rule(minutes=st.integers(0, 20))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.look()

    @rule()
    def release(self) -> None:
        held = [each for each in self.known.values() if each.state is PostState.HELD]
        self.known |= {each.id: each for each in number(held, after=self.highest())}

    def highest(self) -> ArrivalNumber:
        return ArrivalNumber(max((each.arrival or 0 for each in self.known.values()), default=0))

    def look(self) -> None:
        memory = Memory(
            posts=list(self.known.values()),
            highest_id=PostId(max(self.known, default=0)),
            highest_arrival=self.highest(),
            baseline_through=self.through,
        )
        readings = {path: made for path, made in self.files.items() if self.seen.get(path) != made}
        lost = set(self.seen) - set(self.files)
        decision = decide(memory, readings=readings, lost=lost, patience=PATIENCE, now=self.now)
        self.known |= {each.id: each for each in (*decision.new, *decision.known)}
        self.through = decision.baseline_through
        self.seen = dict(self.files)

    @invariant()
    def every_number_is_given_once_and_only_grows(self) -> None:
        given = {each.id: each.arrival for each in self.known.values() if each.arrival}
        assert len(set(given.values())) == len(given)
        assert all(given[known] >= number for known, number in self.numbers.items())
        self.numbers = given

    @invariant()
    def every_entry_id_is_unique(self) -> None:
        assert len({each.entry_id for each in self.known.values()}) == len(self.known)

    @invariant()
    def every_live_path_holds_one_post_as_it_was_last_read(self) -> None:
        live = [each for each in self.known.values() if each.state is not PostState.GONE]
        assert len({each.post.path for each in live}) == len(live)
        readable = {path for path, made in self.seen.items() if isinstance(made, Post)}
        assert readable <= {each.post.path for each in live}
        for each in live:
            made = self.seen.get(each.post.path)
            assert made == each.post or isinstance(made, Unreadable)

    @invariant()
    def what_is_owed_is_numbered(self) -> None:
        for each in self.known.values():
            if each.state in {PostState.ARRIVED, PostState.BASELINE}:
                assert each.arrival


SiteOverTime.TestCase.settings = settings(
    max_examples=60, stateful_step_count=30, deadline=None, derandomize=True
)
TestSiteOverTime = SiteOverTime.TestCase
