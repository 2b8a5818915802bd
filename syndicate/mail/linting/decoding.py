"""Octets of a body → text, and what is wrong with them."""

import binascii
import re
from collections.abc import Sequence

#: RFC 2045 §6.1.
ENCODINGS = frozenset({"7bit", "8bit", "binary", "quoted-printable", "base64"})
#: Codecs of Python's that are no charset of a mail's are left alone: some take the square of the length.
_CHARSET = re.compile(
    r"utf-?8|us-ascii|ascii|iso-8859-\d{1,2}|windows-\d{3,4}|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|"
    r"euc-(?:jp|kr)|iso-2022-(?:jp|kr)",
    re.IGNORECASE,
)
_WRONG_ESCAPE = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*$)")
_LINE_END = b"\r\n"


def decoded(lines: Sequence[bytes], encoding: str) -> tuple[bytes, str, int]:
    """Give a body without its transfer encoding; what is wrong with it, and in which of its lines."""
    if encoding == "quoted-printable":
        wrong = next((at for at, line in enumerate(lines) if _WRONG_ESCAPE.search(line)), None)
        octets = binascii.a2b_qp(_LINE_END.join(lines))
        return (
            octets,
            "" if wrong is None else 'a "=" is followed by neither two hex digits nor the end',
            wrong or 0,
        )
    if encoding == "base64":
        return *_from_base64(b"".join(line.strip() for line in lines)), 0
    return _LINE_END.join(lines), "", 0


def in_charset(octets: bytes, charset: str) -> tuple[str, str]:
    """Give the text, as well as it can be read, and what is wrong with it."""
    if not _CHARSET.fullmatch(charset):
        return octets.decode("utf-8", "replace"), f"nobody knows the charset {charset[:40]!r}"
    try:
        return octets.decode(charset), ""
    except UnicodeDecodeError as error:
        what = f"byte {error.start + 1} of its text is no {charset.upper()}, as it says it is"
        return octets.decode(charset, "replace"), what
    except LookupError:
        return octets.decode("utf-8", "replace"), f"nobody knows the charset {charset!r}"


def _from_base64(octets: bytes) -> tuple[bytes, str]:
    try:
        return binascii.a2b_base64(octets, strict_mode=True), ""
    except binascii.Error as error:
        problem = f"it is no base64 ({str(error).lower()})"
    try:
        return binascii.a2b_base64(octets), problem
    except binascii.Error:
        return b"", problem
