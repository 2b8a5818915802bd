"""Whatever readers, editors, posts, servers and crashes do: nobody is forgotten, nobody hears twice.

The model knows, for every reader, which posts they must get, and which they may. Only the store decides when.
"""

from dataclasses import dataclass, field

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from syndicate.model.delivery import DeliveryState
from syndicate.model.edition import EditionState

NAMES = ("ada", "ben", "cleo", "dora")
#: Who is on the list when it starts.
PEOPLE = st.sets(st.sampled_from(NAMES), max_size=3)
TAGS = ("fish", "news")
CADENCE = st.sampled_from([None, "weekly", "daily", "each"])
#: No topics are all of them.
TOPICS = st.sampled_from([(), ("fish",), ("news",), TAGS])
#: What may become of a message; see ``Office``.
WORDS = ("accepted", "deferred", "rejected", "kept", "lost", "dies before", "dies after", "line breaks")
SCRIPT = st.lists(st.sampled_from(WORDS), max_size=6)
STEPS = st.one_of(st.none(), st.integers(0, 30))
COLLECTS = (EditionState.COLLECTING, EditionState.MISSED)
TAKES_BACK = (EditionState.FROZEN, EditionState.SCHEDULED, EditionState.SENDING, EditionState.PAUSED)
AHEAD = (EditionState.COLLECTING, EditionState.FROZEN, EditionState.SCHEDULED, EditionState.MISSED)
UNSETTLED = (DeliveryState.REJECTED, DeliveryState.UNCERTAIN)
#: What editions are when everything is released.
ENDED = {EditionState.SENT, EditionState.SENT_WITH_EXCEPTIONS, EditionState.SKIPPED, EditionState.CANCELLED}
WAITS = ({"minutes": 7}, {"hours": 2}, {"hours": 7}, {"days": 1}, {"days": 6, "hours": 20})


@dataclass
class Reader:
    """What the model knows of somebody."""

    state: str = "away"
    topics: tuple[str, ...] = ()
    #: Posts that have to come, however the rest goes.
    must: set[str] = field(default_factory=set)
    #: Posts that may come: it was in doubt once whether they are wanted, or still on the site.
    may: set[str] = field(default_factory=set)

    def wants(self, tag: str) -> bool:
        """Give whether the topics take a post in."""
        return not self.topics or tag in self.topics

    def doubt(self, titles: set[str]) -> None:
        """Take posts from those that have to come to those that may."""
        self.may |= titles & self.must
        self.must -= titles


class Machine(RuleBasedStateMachine):
    """A newsroom's weeks."""

    def __init__(self, world) -> None:
        super().__init__()
        self.world = world
        self.readers = {name: Reader() for name in NAMES}
        self.tags: dict[str, str] = {}
        self.posts: dict[str, object] = {}
        self.gone: dict[str, object] = {}
        #: What was sent by a store that was put back since.
        self.forgotten: set[str] = set()

    def teardown(self) -> None:
        """Let time pass and everything be released; then everybody has everything."""
        try:
            self._release()
            self._everybody_has_everything()
        finally:
            self.world.end()

    @initialize(names=PEOPLE, resend=st.booleans())
    def begin(self, names, resend) -> None:
        """Start the list with the newest of two old posts."""
        self.world.resend = resend
        for title in ("old1", "old2"):
            self.tags[title] = "fish"
            self.world.arrive(title, tag="fish", baseline=True)
        for name in sorted(names):
            self.world.join(name, None)
            self.readers[name].state = "on"
            self.readers[name].must.add("old2")
        self.world.begin()

    # -- posts

    @rule(tag=st.sampled_from(TAGS))
    def a_post_arrives(self, tag) -> None:
        """Number a new post."""
        self._arrive(tag)

    def _arrive(self, tag) -> None:
        title = f"post{len(self.tags)}"
        self.tags[title] = tag
        self._arrives(title)

    def _arrives(self, title) -> None:
        tag = self.tags[title]
        self.posts[title] = self.world.arrive(title, tag=tag)
        for reader in self._here():
            (reader.must if reader.wants(tag) else reader.may).add(title)

    @precondition(lambda self: self.posts)
    @rule(data=st.data())
    def a_post_leaves(self, data) -> None:
        """Take a post from the site."""
        title = data.draw(st.sampled_from(sorted(self.posts)))
        self.gone[title] = self.posts.pop(title)
        self.world.leave_site(self.gone[title])
        for reader in self.readers.values():
            reader.doubt({title})

    @precondition(lambda self: self.gone)
    @rule(data=st.data())
    def a_post_comes_back(self, data) -> None:
        """Put it back where it was."""
        title = data.draw(st.sampled_from(sorted(self.gone)))
        self.posts[title] = self.gone.pop(title)
        self.world.come_back_to_site(self.posts[title])

    # -- readers

    @rule(name=st.sampled_from(NAMES), cadence=CADENCE)
    def somebody_joins_or_comes_back(self, name, cadence) -> None:
        """Confirm a reader, new or returned."""
        reader = self.readers[name]
        if reader.state == "away":
            self.world.join(name, cadence)
        elif reader.state == "left":
            self.world.change(name, "come_back", consent="in a test")
        else:
            self.world.change(name, "resume")
        self.world.office.closed.discard(name)
        reader.state = "on"

    @precondition(lambda self: self._here())
    @rule(data=st.data())
    def somebody_leaves(self, data) -> None:
        """End a subscription: from now on nothing may come."""
        name, reader = data.draw(self._somebody())
        self.world.change(name, "remove")
        self.world.office.closed.add(name)
        reader.state = "left"
        reader.doubt(set(reader.must))

    @precondition(lambda self: self._here())
    @rule(data=st.data())
    def somebody_pauses(self, data) -> None:
        """Pause a subscription: nothing may come, and nothing is lost."""
        name, reader = data.draw(self._somebody())
        self.world.change(name, "pause")
        self.world.office.closed.add(name)
        reader.state = "paused"

    @precondition(lambda self: self._here())
    @rule(data=st.data(), cadence=CADENCE)
    def somebody_changes_cadence(self, data, cadence) -> None:
        """Choose another rhythm."""
        name, _ = data.draw(self._somebody())
        self.world.choose_cadence(name, cadence)

    @precondition(lambda self: self._here())
    @rule(data=st.data(), topics=TOPICS)
    def somebody_changes_topics(self, data, topics) -> None:
        """Choose other topics: what no longer fits need not come, and may if it did again."""
        name, reader = data.draw(self._somebody())
        self.world.change(name, "choose_topics", topics=topics)
        reader.topics = topics
        reader.doubt({title for title in reader.must if not reader.wants(self.tags[title])})

    def _somebody(self):
        here = [(name, reader) for name, reader in self.readers.items() if reader.state in {"on", "paused"}]
        return st.sampled_from(here)

    def _here(self) -> list[Reader]:
        return [reader for reader in self.readers.values() if reader.state in {"on", "paused"}]

    # -- the clock and the dispatcher

    @rule(wait=st.sampled_from(WAITS))
    def time_passes(self, wait) -> None:
        """Let nothing run for a while."""
        self.world.later(**wait)

    @rule()
    def the_clock_ticks(self) -> None:
        """Make occurrences real."""
        self.world.begin()

    @rule()
    def what_is_due_is_frozen(self) -> None:
        """Freeze to the end."""
        self.world.freeze()

    @rule(script=SCRIPT)
    def what_is_due_is_sent(self, script) -> None:
        """Send, with the server in any mood."""
        self.world.office.script.extend(script)
        self.world.until_crash(self.world.send)
        self._afterwards()

    @rule(wait=st.sampled_from(WAITS), script=SCRIPT)
    def a_pass_is_made(self, wait, script) -> None:
        """Do it all."""
        self.world.later(**wait)
        self.world.office.script.extend(script)
        self.world.until_crash(self.world.turn)
        self._afterwards()

    @rule(script=SCRIPT, steps=st.integers(0, 80), work=st.sampled_from(["begin", "freeze", "send", "turn"]))
    def a_pass_dies(self, script, steps, work) -> None:
        """Crash at any statement or commit."""
        self.world.office.script.extend(script)
        self.world.until_crash(getattr(self.world, work), after=steps)
        self._afterwards()

    def _afterwards(self) -> None:
        """Take note of what may have happened twice, and of what came too late."""
        self.world.office.script.clear()
        self.world.look()
        for delivery, _ in self.world.ledger(DeliveryState.HANDING):
            self.world.office.doubted.add(delivery.message_id)
        for delivery, name in self.world.ledger(DeliveryState.EXPIRED):
            self.readers[name].doubt(set(self.world.titles(delivery)))

    # -- the editor

    def _editions(self, *states):
        found = self.world.editions(*states)
        return st.sampled_from(found) if found else st.nothing()

    @precondition(lambda self: self.world.editions(*COLLECTS))
    @rule(data=st.data(), drop=st.booleans(), steps=STEPS)
    def an_edition_is_skipped(self, data, drop, steps) -> None:
        """Carry its posts over, or drop them."""
        edition = data.draw(self._editions(*COLLECTS))
        if drop:
            for reader in self._here():
                reader.doubt(set(reader.must))
        self.world.until_crash(lambda: self.world.skip(edition, drop=drop), after=steps)

    @precondition(lambda self: self.world.editions(*TAKES_BACK))
    @rule(data=st.data(), steps=STEPS)
    def an_edition_is_cancelled(self, data, steps) -> None:
        """Take it back, before or while it goes out."""
        edition = data.draw(self._editions(*TAKES_BACK))
        self.world.until_crash(lambda: self.world.cancel(edition), after=steps)

    @precondition(lambda self: self.world.editions(EditionState.SENDING))
    @rule(data=st.data())
    def an_edition_is_paused(self, data) -> None:
        """Claim nothing more."""
        self.world.steer("pause", data.draw(self._editions(EditionState.SENDING)))

    @precondition(lambda self: self.world.editions(EditionState.PAUSED))
    @rule(data=st.data())
    def an_edition_is_resumed(self, data) -> None:
        """Go on."""
        self.world.steer("resume", data.draw(self._editions(EditionState.PAUSED)))

    @rule(asked=st.booleans())
    def the_list_asks_for_approval(self, asked) -> None:
        """Let editions wait for a yes, or no longer."""
        self.world.river.configure(approval="editor" if asked else "automatic")

    @precondition(lambda self: self.world.editions(EditionState.FROZEN))
    @rule(data=st.data())
    def an_edition_is_approved(self, data) -> None:
        """Say yes."""
        self.world.steer("approve", data.draw(self._editions(EditionState.FROZEN)))

    @precondition(lambda self: self.world.editions(*AHEAD))
    @rule(data=st.data(), hours=st.sampled_from([0, 5, 60]), steps=STEPS)
    def an_edition_gets_another_time(self, data, hours, steps) -> None:
        """Also one that was missed."""
        edition = data.draw(self._editions(*AHEAD))
        self.world.until_crash(lambda: self.world.reschedule(edition, hours=hours), after=steps)

    @rule(steps=STEPS)
    def an_extra_edition_is_made(self, steps) -> None:
        """For everybody, now."""
        self.world.until_crash(self.world.create, after=steps)

    @precondition(lambda self: self.world.ledger(*UNSETTLED))
    @rule()
    def the_refused_and_the_uncertain_are_looked_at(self) -> None:
        """Say of each what is true: it arrived, or it didn't."""
        self.world.resolve()

    # -- the store

    @precondition(lambda self: self.world.engine.dialect.name == "sqlite")
    @rule()
    def a_copy_is_started(self) -> None:
        """Restore or clone it: it is held, and sends nothing."""
        assert self.world.start_copy() == []

    @rule(script=SCRIPT)
    def somebody_holds_the_store(self, script) -> None:
        """Hold it while it is at work, and release it afterwards."""
        self.world.office.script.extend(script)
        before = list(self.world.office.letters)
        self.world.hold()
        self.world.until_crash(self.world.turn)
        self._afterwards()
        assert self.world.office.letters == before
        self.world.unhold()

    # -- what always holds

    @invariant()
    def all_is_well(self) -> None:
        """Compare mailboxes, ledger and model."""
        self.world.look()
        self._nobody_gets_a_post_twice()
        self._nobody_gets_what_they_never_asked_for()
        self._a_name_is_never_given_to_another_message()
        self._the_ledger_tells_the_truth()
        self.world.verify()

    def _nobody_gets_a_post_twice(self) -> None:
        office = self.world.office
        for (name, title), ids in office.copies(excused=False).items():
            assert len(set(ids)) == 1, f"{name} got {title} by two messages"
            assert len(ids) == 1 or (self.world.resend and ids[0] in office.doubted), f"{name}: {title} again"

    def _nobody_gets_what_they_never_asked_for(self) -> None:
        for letter in self.world.office.letters:
            reader = self.readers[letter.name]
            assert set(letter.titles) <= reader.must | reader.may, letter

    def _a_name_is_never_given_to_another_message(self) -> None:
        letters = self.world.office.letters
        assert len({(each.message_id, each.name, each.titles) for each in letters}) == len(
            {each.message_id for each in letters}
        )

    def _the_ledger_tells_the_truth(self) -> None:
        arrived = {letter.message_id for letter in self.world.office.letters}
        for delivery, name in self.world.ledger():
            if delivery.state is DeliveryState.ACCEPTED:
                assert delivery.message_id in arrived, (name, delivery)
            elif delivery.state not in {DeliveryState.HANDING, DeliveryState.UNCERTAIN}:
                # Nobody is called refused who has it, by whatever try.
                doubted = self.world.resend and delivery.message_id in self.world.office.doubted
                doubted = doubted and delivery.state is not DeliveryState.REJECTED
                told = delivery.message_id not in arrived - self.forgotten
                assert doubted or told, (name, delivery)

    # -- the end

    def _release(self) -> None:
        for name, reader in self.readers.items():
            if reader.state == "paused":
                self.world.change(name, "resume")
                self.world.office.closed.discard(name)
        self.world.river.configure(approval="automatic")
        for tag in TAGS:  # who follows "each" and is owed something old gets it with what comes next
            self._arrive(tag)
        for _ in range(12):  # a week, and the day by which an approval comes early
            self.world.later(hours=21)
            self.world.release()
            self.world.turn()
            self._afterwards()

    def _everybody_has_everything(self) -> None:
        self.all_is_well()
        copies = self.world.office.copies(excused=True)
        for name, reader in self.readers.items():
            missing = {title for title in reader.must if not copies[name, title]}
            assert not missing, (name, missing)
        past = [each for each in self.world.editions() if each.due_at <= self.world.river.now]
        assert {each.state for each in past} <= ENDED
        # Who has left is not written to again: their doubt stays, by name. And nobody is written to again who
        # has it from a store that was put back.
        unsettled = {name for row, name in self.world.ledger(*UNSETTLED) if not self.world.arrived(row, name)}
        assert not unsettled - self.world.office.closed
