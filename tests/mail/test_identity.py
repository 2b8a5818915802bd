import re
from dataclasses import replace
from datetime import UTC, datetime

from syndicate.mail.identity import message_id
from syndicate.model.edition import Edition, EditionId, EditionState
from syndicate.model.post import EntryId
from syndicate.model.subscriber import SubscriptionId

MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
WEEKLY = Edition(
    id=EditionId(12),
    list_name="gazette",
    cadence="weekly",
    occurrence="2026-11-23T07:00",
    due_at=MONDAY,
    cut_off_at=MONDAY,
    state=EditionState.FREEZING,
    arrival_to=None,
    subject="",
    created_at=MONDAY,
    state_changed_at=MONDAY,
)
EACH = replace(WEEKLY, cadence="each", occurrence="5")


def named(edition: Edition = WEEKLY, *posts: str, secret: bytes = b"secret", subscription: int = 3) -> str:
    return message_id(
        secret,
        edition=edition,
        subscription_id=SubscriptionId(subscription),
        posts=[EntryId(each) for each in posts or ("one", "two")],
        domain="example.org",
    )


def test_one_edition_to_one_subscription_always_has_one_message_id() -> None:
    assert named() == named()
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", named())


def test_message_ids_differ_by_edition_posts_subscription_and_secret() -> None:
    names = {
        named(),
        named(replace(WEEKLY, list_name="other")),
        named(replace(WEEKLY, cadence="daily")),
        named(replace(WEEKLY, occurrence="2026-11-30T07:00")),
        named(WEEKLY, "one"),
        named(WEEKLY, "one", "three"),
        named(WEEKLY, "onetwo"),
        named(subscription=4),
        named(secret=b"other"),
    }

    assert len(names) == 9


def test_a_number_that_is_given_again_gives_no_name_to_another_message() -> None:
    assert named(replace(WEEKLY, id=EditionId(13))) == named()
    assert named(replace(EACH, occurrence="6"), "one") == named(EACH, "one")
    assert named(EACH, "one") != named(EACH, "two")
