import base64
import quopri
import re
from itertools import zip_longest

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from syndicate.mail.encoding import Base64, Body, QuotedPrintable, quoted_printable, smallest

TEXT = st.text(st.characters(codec="utf-8"), max_size=300)
VALUE = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=200)
KEY = "SLOT0123"
PATTERN = re.compile(rb"SLOT0123([a-z]+)")


def canonical(text: str) -> bytes:
    return re.sub("\r\n|\r|\n", "\r\n", text).encode()


def decoded(body: Body, encoded: bytes) -> bytes:
    if body.name == "base64":
        return base64.b64decode(encoded)
    return quopri.decodestring(encoded)


@given(TEXT)
@example("." * 200)
@example("From here\nFrom there " + "=" * 100)
@example("trailing \t\n \n\t")
@example("a" * 73 + "é" * 40)
def test_quoted_printable_gives_the_text_back(text: str) -> None:
    encoded = quoted_printable(text)

    assert quopri.decodestring(encoded) == canonical(text)
    for line in encoded.split(b"\r\n"):
        assert len(line) <= 76
        assert not line.startswith((b".", b"From "))
        assert not line.endswith((b" ", b"\t"))


@pytest.mark.parametrize("encoding", [QuotedPrintable, Base64])
@given(texts=st.lists(TEXT, min_size=1, max_size=6), values=st.lists(VALUE, min_size=6, max_size=6))
@example(texts=["", "", "", "a", "é"], values=["x", "xy", "xyz", ".", "From x", "x="])
def test_a_filled_body_decodes_to_text_and_values(
    encoding: type[QuotedPrintable] | type[Base64], texts: list[str], values: list[str]
) -> None:
    names = [chr(ord("a") + at) for at in range(len(texts) - 1)]
    pieces = [each for pair in zip_longest(texts, names) for each in pair if each is not None]
    stored = encoding.of(pieces).stored(lambda name: KEY + name)
    by_name = dict(zip("abcdef", values, strict=True))

    body = encoding.parse(stored, PATTERN)
    filled = b"".join(body.filled(by_name))

    expected = b"".join(
        canonical(text) + by_name.get(name, "").encode()
        for text, name in zip_longest(texts, names, fillvalue="")
    )
    assert decoded(body, filled) == expected
    assert all(len(line) <= 76 and not line.startswith(b".") for line in filled.split(b"\r\n"))


def test_latin_text_goes_out_as_quoted_printable_and_chinese_as_base64() -> None:
    assert smallest(["Ein Schiff wird kommen, heißt es. " * 20]).name == "quoted-printable"
    assert smallest(["漁船今天早上回到港口。" * 20]).name == "base64"
