"""Whether a text is somebody's mailbox."""

from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr


def is_mailbox(value: str) -> bool:
    """Say whether it is one, with or without a name before it."""
    if any(character in value for character in "\r\n\0"):
        return False
    try:
        address = Address(addr_spec=parseaddr(value)[1])
    except (ValueError, IndexError, MessageError):  # what the stdlib raises on odd addresses
        return False
    return bool(address.username) and "." in address.domain
