import re

from syndicate.mail.identity import message_id
from syndicate.model.edition import EditionId
from syndicate.model.subscriber import SubscriptionId


def named(secret: bytes, edition: int, subscription: int) -> str:
    return message_id(
        secret,
        edition_id=EditionId(edition),
        subscription_id=SubscriptionId(subscription),
        domain="example.org",
    )


def test_one_edition_to_one_subscription_always_has_one_message_id() -> None:
    assert named(b"secret", 12, 3) == named(b"secret", 12, 3)
    assert re.fullmatch(r"<12\.[0-9a-f]{24}@example\.org>", named(b"secret", 12, 3))


def test_message_ids_differ_by_edition_subscription_and_secret() -> None:
    names = {
        named(b"secret", 12, 3),
        named(b"secret", 1, 23),
        named(b"secret", 12, 4),
        named(b"other", 12, 3),
    }

    assert len(names) == 4
