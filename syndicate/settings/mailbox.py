"""Whether a text is somebody's mailbox."""


def is_mailbox(value: str) -> bool:
    """Say whether it is one, with or without a name before it."""
    if any(character in value for character in "\r\n\0"):
        return False
    from email.errors import MessageError  # nobody's address is in most settings
    from email.headerregistry import Address
    from email.utils import parseaddr

    try:
        address = Address(addr_spec=parseaddr(value)[1])
    except (ValueError, IndexError, MessageError):  # what the stdlib raises on odd addresses
        return False
    return bool(address.username) and "." in address.domain
