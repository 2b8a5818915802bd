"""Which encoding of a document a client gets (RFC 9110 §12.5.3); pure."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """A way in which a document lies on the disk."""

    #: In ``Content-Encoding``; "" for the document as it is.
    coding: str
    #: Of the file, behind the document's name.
    suffix: str
    #: Of the entity tag: each encoding is a representation of its own (RFC 9110 §8.8.3).
    tag_suffix: str


IDENTITY = Encoding(coding="", suffix="", tag_suffix="")
#: The smallest first.
PACKED = (
    Encoding(coding="br", suffix=".br", tag_suffix="-br"),
    Encoding(coding="gzip", suffix=".gz", tag_suffix="-gz"),
)
ENCODINGS = (*PACKED, IDENTITY)

_WEIGHT = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


def preferred(accept_encoding: str) -> tuple[Encoding, ...]:
    """Give the packed encodings that a client takes, the one it likes best first, the smallest of equals."""
    weights = dict(map(_offer, accept_encoding.lower().split(",")))
    other = weights.get("*", 0.0)
    liked = [(weights.get(each.coding, other), each) for each in PACKED]
    return tuple(each for weight, each in sorted(liked, key=lambda pair: -pair[0]) if weight > 0)


def _offer(text: str) -> tuple[str, float]:
    coding, _, parameters = text.partition(";")
    match = _WEIGHT.fullmatch(parameters.replace(" ", ""))
    if match is None:
        return coding.strip(), 0.0 if parameters.strip() else 1.0
    return coding.strip(), float(match[1])
