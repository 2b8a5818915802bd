"""Full texts as they were last rendered, kept from pass to pass by a process that makes many."""

from collections import OrderedDict
from collections.abc import Callable

#: Held at most, in characters: the texts of some thirty feeds.
_ROOM = 32_000_000


class Texts:
    """Remembers as much as there is room for, and forgets first what was asked for longest ago."""

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
            self._keep(before, text)
        return text

    def _keep(self, key: object, text: str) -> None:
        self._held[key] = text
        self._room -= len(text)
        while self._room < 0 and self._held:
            self._room += len(self._held.popitem(last=False)[1])
