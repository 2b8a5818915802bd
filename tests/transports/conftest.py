"""Letters to carry."""

from collections.abc import Callable

import pytest

from syndicate.model.message import Envelope, Message


@pytest.fixture(scope="session")
def letter() -> Callable[..., Message]:
    """Give a function that makes a message to one reader."""

    def letter(
        number: int = 1,
        to: str | None = None,
        content: bytes = b"Subject: x\r\n\r\nHello\r\n",
        sender: str = "news@example.org",
    ):
        recipient = f"reader{number}@example.org" if to is None else to
        return Message(
            delivery_id=number,
            edition_id=7,
            list_name="gazette",
            envelope=Envelope(sender=sender, recipient=recipient),
            message_id=f"<{number}@example.org>",
            content=content,
        )

    return letter
