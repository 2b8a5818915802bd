"""What a process that publishes again and again keeps from one time to the next."""

from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

    from syndicate.feeds.printing import Printed

#: Held at most, in characters: the texts of some thirty feeds.
_ROOM = 32_000_000


class Texts:
    """Remembers full texts as far as there is room, and forgets first what was asked for longest ago."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room = room
        self._held: OrderedDict[object, str] = OrderedDict()

    def of(self, key: Callable[[], object], render: Callable[[], str]) -> str:
        """Give what was rendered under this key, rendering it where it isn't there.

        The key is asked again afterwards: a file that changed meanwhile is remembered under neither.
        """
        before = key()
        if before in self._held:
            self._held.move_to_end(before)
            return self._held[before]
        text = render()
        if key() == before:
            self.keep(before, text)
        return text

    def keep(self, key: object, text: str) -> None:
        """Remember a text under its key."""
        self._room += len(self._held.pop(key, ""))
        self._held[key] = text
        self._room -= len(text)
        while self._room < 0 and self._held:
            self._room += len(self._held.popitem(last=False)[1])


class Prints:
    """Feeds that are printed already, each to be taken once."""

    def __init__(self) -> None:
        self._held: dict[str, Printed] = {}

    def taken(self, key: Callable[[], str]) -> "Printed | None":
        """Give what was printed under this key, which is asked for only where anything was."""
        return self._held.pop(key(), None) if self._held else None

    def keep(self, key: str, printed: "Printed") -> None:
        """Hold a feed until it is asked for."""
        self._held[key] = printed


class Workshop:
    """Full texts, printed feeds, and the templates ready to use."""

    def __init__(self) -> None:
        self.texts = Texts()
        self.prints = Prints()
        self._under: object = None
        self._environment: Environment | None = None

    def environment(self, under: object, make: Callable[[], "Environment"]) -> "Environment":
        """Give the templates as they were made ``under`` the same circumstances, or make them."""
        if self._environment is None or self._under != under:
            self._environment, self._under = make(), under
        return self._environment
