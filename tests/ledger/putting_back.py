"""The machine, with a store that is put back to an earlier day."""

import copy
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from syndicate.errors import StoreError
from tests.ledger.machine import PEOPLE, SCRIPT, STEPS, TAGS, WAITS, Machine, Reader

#: What happens between the backup and the day on which it is put back: posts, and passes that bring them.
LOST = st.lists(st.tuples(st.sampled_from(TAGS), st.sampled_from(WAITS[3:]), SCRIPT), min_size=1, max_size=3)


@dataclass(frozen=True)
class Backup:
    """A store's file, and what the model knew on that day."""

    path: Path
    readers: dict[str, Reader]
    #: Letters that had arrived.
    letters: int


class MachineWithBackups(Machine):
    """A newsroom whose disk breaks."""

    def __init__(self, world) -> None:
        super().__init__(world)
        self.backup = Backup(Path(), {}, 0)

    @initialize(names=PEOPLE, resend=st.booleans())
    def begin(self, names, resend) -> None:
        """Start the list, and write a first backup."""
        super().begin(names, resend)
        self.the_store_is_backed_up()

    @rule()
    def the_store_is_backed_up(self) -> None:
        """Write it to a file."""
        readers = copy.deepcopy(self.readers)
        self.backup = Backup(self.world.back_up(), readers, len(self.world.office.letters))

    @precondition(lambda self: self._here())
    @rule(lost=LOST, drop=st.booleans(), steps=STEPS)
    def the_backup_is_put_back(self, lost, drop, steps) -> None:
        """Go back to that day: nothing leaves before a person has said what becomes of what was sent."""
        for tag, wait, script in lost:
            self._arrive(tag)
            self.a_pass_is_made(wait, script)
            self.all_is_well()
        behind = self.world.put_back(self.backup.path)
        self._nothing_leaves()
        self._readers_are_as_they_were()
        self._the_site_is_as_it_is()
        sent = self.world.office.letters[self.backup.letters :]
        self.forgotten |= {each.message_id for each in sent}
        assert behind or not sent
        if behind:
            with pytest.raises(StoreError, match="doesn't know what was sent since"):
                self.world.unhold()
        if drop and behind:
            self._count_as_sent(steps)
        else:
            for each in sent:
                each.excused = True
        self.world.unhold(answered=behind)

    def _nothing_leaves(self) -> None:
        before = len(self.world.office.letters)
        self.world.turn()
        assert len(self.world.office.letters) == before

    def _readers_are_as_they_were(self) -> None:
        """Give everybody the past of the backup's day; who left since stays away."""
        left = {name for name, reader in self.readers.items() if reader.state == "left"}
        self.readers = copy.deepcopy(self.backup.readers)
        for name, reader in self.readers.items():
            if name in left:
                reader.state = "left"
                reader.doubt(set(reader.must))
        for letter in self.world.office.letters:
            self.readers[letter.name].may |= set(letter.titles)
        self.world.office.closed = {name for name, reader in self.readers.items() if reader.state != "on"}

    def _the_site_is_as_it_is(self) -> None:
        """Notice what came to the site and left it since that day."""
        for title, post in [*self.posts.items()]:
            if self.world.has(post):
                self.world.come_back_to_site(post)
            else:
                self._arrives(title)
        for title, post in [*self.gone.items()]:
            for reader in self.readers.values():
                reader.doubt({title})
            if self.world.has(post):
                self.world.leave_site(post)
            else:
                del self.gone[title]

    def _count_as_sent(self, steps) -> None:
        """Let all that is owed count as sent, also where that dies half way and is begun again."""
        self.world.until_crash(self.world.count_as_sent, after=steps)
        self.world.count_as_sent()
        for reader in self.readers.values():
            reader.doubt(set(reader.must))
