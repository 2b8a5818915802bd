# ruff: noqa: RUF001 - letters that look like others are what this is about
"""Words in plain ASCII letters, as far as that takes no dictionary. Pure."""

import unicodedata

#: Letters that Unicode doesn't take apart, and punctuation; as Unidecode and deunicode both have them.
_LETTERS = str.maketrans(
    {
        "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d",
        "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ı": "i", "ħ": "h", "Ħ": "H",
        "‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": ",,", "–": "-", "—": "--", "…": "...",
        "«": "<<", "»": ">>", "‹": "<", "›": ">", "·": "*", "•": "*", "\xa0": " ", "\u200b": "",
    }
)  # fmt: skip


def without_accents(text: str) -> str:
    """Give ``text`` with its accents and ligatures taken apart; what isn't Latin stays."""
    apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(char for char in apart if not unicodedata.combining(char))


def in_ascii(text: str) -> str | None:
    """Give ``text`` in ASCII, symbols left out; ``None`` where it holds other letters than Latin ones."""
    bare = without_accents(text)
    kept = "".join(char for char in bare if char.isascii() or char.isalnum())
    return kept if kept.isascii() else None
