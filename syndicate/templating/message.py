"""A phrase before it is translated."""

import re
from dataclasses import dataclass

#: A name that ``format`` fills in; nothing else may stand in braces.
BRACES = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A phrase in English, as a catalogue finds it."""

    #: Its id in catalogues; where it is counted, the form for one.
    source: str
    #: The form for many; "" where nothing is counted.
    plural: str = ""
    #: To translators.
    note: str

    @property
    def names(self) -> frozenset[str]:
        """What is filled in."""
        return frozenset(BRACES.findall(self.plural or self.source))
