"""Mailbox addresses, checked once, by email-validator."""

import unicodedata

from syndicate.errors import AddressError
from syndicate.model.subscriber import Address


def parse(text: str) -> Address:
    """Give the mailbox that ``text`` names; ``AddressError`` says what is wrong with it.

    No DNS is asked. Domains become A-labels (IDNA 2008). A local part outside ASCII stays as it is; whether
    it can be written to depends on the mail server (SMTPUTF8, RFC 6531).
    """
    from email_validator import EmailNotValidError, validate_email

    written = unicodedata.normalize("NFC", text.strip(" \t"))
    _refuse_controls(written)
    try:
        found = validate_email(written, check_deliverability=False, allow_smtputf8=True, strict=True)
    except EmailNotValidError as error:
        raise AddressError(f"{_shown(written)}: {_reason(error)}; correct the address") from error
    return Address(
        text=found.normalized,
        key=found.normalized.casefold(),
        envelope=found.ascii_email or f"{found.local_part}@{found.ascii_domain}",
    )


def _refuse_controls(written: str) -> None:
    # Cut at a line end, the rest of an address becomes commands to a mail server: refuse, never repair.
    if any(unicodedata.category(each) in {"Cc", "Cf", "Zl", "Zp"} for each in written):
        raise AddressError(
            f"{_shown(written)}: an address holds no line ends or control characters; correct it"
        )


def _reason(error: ValueError) -> str:
    reason = str(error).rstrip(".")
    return reason[:1].lower() + reason[1:]


def _shown(written: str) -> str:
    short = written if len(written) <= 80 else f"{written[:79]}…"  # noqa: PLR2004 - a line's worth
    return short if short.isprintable() and short else repr(short)
