"""What the templates of one text may cost: steps, loops, output, variables and time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from liquid.exceptions import ResourceLimitError

#: Lookups, filters, turns of loops; a loop over a big site's posts takes some ten thousand.
MAX_STEPS = 1_000_000
MAX_TURNS = 100_000
#: A tag costs as much to read as so many of them.
TOKEN_STEPS = 10
#: An include costs as much as so many of them.
INCLUDE_STEPS = 50
MAX_TEXT = 2_000_000
MAX_ITEMS = 50_000
#: Of a whole number; nobody counts further.
MAX_BITS = 256
#: Of work, so that a busy machine changes nothing.
MAX_SECONDS = 3.0
#: As Ruby's Liquid (lib/liquid/block_body.rb MAX_DEPTH).
MAX_DEPTH = 100
#: Includes within includes.
MAX_INCLUDES = 30


class LimitReachedError(ResourceLimitError):
    """Templates that want more than they may have."""

    def __init__(self, what: str) -> None:
        super().__init__(what, token=None)


@dataclass(slots=True)
class Budget:
    """What is left for the templates of one text, their includes with them."""

    clock: Callable[[], float]
    steps: int = MAX_STEPS
    turns: int = MAX_TURNS
    deadline: float = field(init=False)
    _kept: dict[str, int] = field(default_factory=dict)
    _kept_text: int = 0

    def __post_init__(self) -> None:
        """Start the clock."""
        self.deadline = self.clock() + MAX_SECONDS

    def step(self, count: int = 1) -> None:
        """Take ``count`` steps; ``LimitReachedError`` when none are left."""
        self.steps -= count
        if self.steps < 0:
            raise LimitReachedError(f"takes more than {MAX_STEPS:,} steps")
        if self.clock() > self.deadline:
            raise LimitReachedError(f"takes more than {MAX_SECONDS:g} seconds")

    def turn(self, count: int) -> None:
        """Take ``count`` turns of a loop."""
        self.turns -= count
        if self.turns < 0:
            raise LimitReachedError(f"loops more than {MAX_TURNS:,} times")

    def keep(self, name: str, value: object) -> None:
        """Keep a value in a variable, in the place of what was there."""
        size = len(value) if isinstance(value, str | list | tuple) else 1
        self._kept_text += size - self._kept.get(name, 0)
        self._kept[name] = size
        if self._kept_text > MAX_TEXT:
            raise LimitReachedError(f"fills its variables with more than {MAX_TEXT:,} characters")

    def weigh(self, value: object) -> None:
        """Look at what a filter takes or gives: long texts, lists and numbers cost steps, or are refused."""
        if isinstance(value, str):
            self._weigh_text(len(value))
        elif isinstance(value, list | tuple | range):
            if len(value) > MAX_ITEMS:
                raise LimitReachedError(f"makes a list of more than {MAX_ITEMS:,}")
            self.step(len(value) // 16)
        elif isinstance(value, int) and value.bit_length() > MAX_BITS:
            raise LimitReachedError("counts too far")

    def _weigh_text(self, length: int) -> None:
        if length > MAX_TEXT:
            raise LimitReachedError(f"makes more than {MAX_TEXT:,} characters")
        self.step(length // 256)

    def expect_text(self, length: int) -> None:
        """Refuse a text of ``length`` characters before it is made, if it is too long."""
        self._weigh_text(length)


def refuse_nested(values: Iterable[object]) -> None:
    """Refuse lists in lists in lists: written out they would be larger than anything."""
    for value in values:
        if isinstance(value, list | tuple) and any(isinstance(x, list | tuple | Mapping) for x in value):
            raise LimitReachedError("nests lists too deeply")
