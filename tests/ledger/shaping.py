"""The machine, with an editor who shapes editions before they are frozen."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from syndicate.model.edition import EditionState
from tests.ledger.machine import COLLECTS, SCRIPT, STEPS, TAGS
from tests.ledger.putting_back import MachineWithBackups


class MachineWithShaping(MachineWithBackups):
    """A newsroom whose editor pins posts, puts them off, and drops them for good."""

    @rule(cadence=st.sampled_from(["weekly", "daily"]), steps=STEPS)
    def the_next_edition_is_made_early(self, cadence, steps) -> None:
        """Make a point of the calendar real ahead of its time."""
        self.world.until_crash(lambda: self.world.next_edition(cadence), after=steps)

    @precondition(lambda self: self.posts and self.world.editions(*COLLECTS))
    @rule(data=st.data(), steps=STEPS)
    def a_post_is_pinned(self, data, steps) -> None:
        """Let it lead: nothing else changes."""
        edition, title = self._choice(data)
        self.world.until_crash(lambda: self.world.pin(edition, self.posts[title]), after=steps)

    @precondition(lambda self: self.posts and self.world.editions(*COLLECTS))
    @rule(data=st.data(), steps=STEPS)
    def a_post_is_put_off(self, data, steps) -> None:
        """Leave it out: it comes with another edition."""
        edition, title = self._choice(data)
        self.world.until_crash(lambda: self.world.drop(edition, self.posts[title]), after=steps)

    @precondition(lambda self: self.posts and self.world.editions(*COLLECTS))
    @rule(data=st.data(), steps=STEPS)
    def a_post_is_dropped_for_good(self, data, steps) -> None:
        """Leave it out of everything: it need not come, and may for those who have a message with it."""
        edition, title = self._choice(data)
        for reader in self.readers.values():
            reader.doubt({title})
        self.world.until_crash(
            lambda: self.world.drop(edition, self.posts[title], for_good=True), after=steps
        )

    @rule(tag=st.sampled_from(TAGS), cadence=st.sampled_from(["weekly", "daily"]), script=SCRIPT)
    def an_edition_goes_out_without_a_post(self, tag, cadence, script) -> None:
        """Put a new post off, and another one not, and let the edition go now."""
        title = f"post{len(self.tags)}"
        self._arrive(tag)
        self._arrive(tag)
        self.world.next_edition(cadence)
        self.world.look()
        for edition in self.world.editions(EditionState.COLLECTING):
            self.world.drop(edition, self.posts[title])
            self.world.reschedule(edition, hours=0)
        self.a_pass_is_made({"minutes": 7}, script)

    @precondition(lambda self: self.posts and self.world.editions(*COLLECTS))
    @rule(data=st.data())
    def what_was_done_is_undone(self, data) -> None:
        """Take a pin or a drop back, if there is one."""
        edition, title = self._choice(data)
        self.world.undo(edition, self.posts[title])

    def _choice(self, data):
        edition = data.draw(self._editions(*COLLECTS))
        return edition, data.draw(st.sampled_from(sorted(self.posts)))

    def _release(self) -> None:
        """Let so much time pass that the first edition after all that were made early has gone out."""
        last = max(map(_point, self.world.editions()), default=self.world.river.now)
        super()._release()
        while self.world.river.now < last + timedelta(days=10):
            super()._release()


def _point(edition):
    """Give when an edition is due, or would have been if nobody had given it another time."""
    if "T" not in edition.occurrence:
        return edition.due_at
    return max(edition.due_at, datetime.fromisoformat(edition.occurrence).replace(tzinfo=UTC))
