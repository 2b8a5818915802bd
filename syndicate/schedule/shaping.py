"""An editor's hand on what an edition says, before it is frozen: words, pinned posts, dropped posts.

Each change is logged with who and why, in the caller's transaction, which makes it, and raises the edition's
revision: a freeze that was put together from an earlier one begins anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from syndicate.digests import introduction
from syndicate.digests import subject as subjects
from syndicate.errors import EditionError
from syndicate.model.edition import Edition, EditionId, EditionState
from syndicate.model.post import PostId
from syndicate.model.shaping import Choice, Kind
from syndicate.schedule.moving import existing, order, reason
from syndicate.store import editions, posts, shapings

_UNFROZEN = (EditionState.COLLECTING, EditionState.MISSED)
#: More than an inbox shows.
_PREHEADER_LETTERS = 140


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Whose word it is, and why."""

    who: str
    why: str
    now: datetime


def give_introduction(
    connection: sa.Connection, edition_id: EditionId, markdown: str, *, hand: Hand
) -> Edition:
    """Let an edition begin with an introduction; "" takes it away."""
    text = markdown.replace("\r\n", "\n").strip("\ufeff\n ")
    if markdown and not text:
        raise EditionError("the introduction: it is empty; --clear takes away what is there")
    introduction.check(text)
    return _say(connection, edition_id, "introduction", text, hand=hand)


def give_subject(connection: sa.Connection, edition_id: EditionId, line: str, *, hand: Hand) -> Edition:
    """Give an edition a subject of its own; "" lets the list's speak again."""
    subjects.check(line, where="the subject")
    return _say(connection, edition_id, "subject", line, hand=hand)


def give_preheader(connection: sa.Connection, edition_id: EditionId, line: str, *, hand: Hand) -> Edition:
    """Give an edition a preheader of its own; "" lets the posts speak again."""
    if len(line) > _PREHEADER_LETTERS:
        raise EditionError(
            f"the preheader: {len(line)} letters are more than an inbox shows; use {_PREHEADER_LETTERS}"
        )
    return _say(connection, edition_id, "preheader", line, hand=hand)


def _say(connection: sa.Connection, edition_id: EditionId, what: str, text: str, *, hand: Hand) -> Edition:
    edition = _unfrozen(connection, edition_id)
    shapings.say(connection, edition_id, {what: text})
    return _logged(connection, edition, f"{what} {'given' if text else 'taken away'}", hand=hand)


def pin(
    connection: sa.Connection, edition_id: EditionId, post_ids: Sequence[PostId], *, hand: Hand
) -> Edition:
    """Let these posts stand first, in this order, before those that were pinned earlier."""
    edition = _unfrozen(connection, edition_id)
    _check_bars(connection, edition, post_ids)
    before = shapings.of(connection, edition.list_name, edition_id).pinned
    _choose(connection, edition_id, post_ids, Kind.PINNED, hand=hand)
    shapings.place(connection, edition_id, [*dict.fromkeys((*post_ids, *before))])
    return _logged(connection, edition, f"pinned {_paths(connection, post_ids)}", hand=hand)


def drop(
    connection: sa.Connection,
    edition_id: EditionId,
    post_ids: Sequence[PostId],
    *,
    for_good: bool,
    hand: Hand,
) -> Edition:
    """Leave these posts out: they go with the next edition, or ``for_good`` with none of the list's."""
    kind = Kind.BARRED if for_good else Kind.DROPPED
    edition = _unfrozen(connection, edition_id)
    _check_bars(connection, edition, post_ids)
    _choose(connection, edition_id, post_ids, kind, hand=hand)
    return _logged(connection, edition, f"{kind}: {_paths(connection, post_ids)}", hand=hand)


def undo(
    connection: sa.Connection,
    edition_id: EditionId,
    post_ids: Sequence[PostId],
    *,
    kinds: Sequence[Kind],
    hand: Hand,
) -> Edition:
    """Take pins or drops of these posts back; ``EditionError`` where there is none of these ``kinds``.

    What was dropped for good may be brought back by way of any edition of the list, until one was put
    together without it.
    """
    edition = _unfrozen(connection, edition_id)
    made = [one for each in post_ids for one in _made(connection, edition, each, kinds)]
    missing = [each for each in post_ids if each not in {one.post_id for one in made}]
    if missing:
        raise EditionError(
            f"edition {edition_id}: {_paths(connection, missing)} is not {kinds[0]} in it; "
            "`syndicate plan` says which edition has pinned or dropped posts"
        )
    for each in made:
        _check_past(connection, each)
    shapings.forget(connection, made)
    return _logged(connection, edition, f"no longer {kinds[0]}: {_paths(connection, post_ids)}", hand=hand)


def _made(
    connection: sa.Connection, edition: Edition, post_id: PostId, kinds: Sequence[Kind]
) -> list[Choice]:
    found = [each for each in shapings.about(connection, post_id) if each.kind in kinds]
    return [
        each
        for each in found
        if each.edition_id == edition.id or (each.kind is Kind.BARRED and each.list_name == edition.list_name)
    ]


def _unfrozen(connection: sa.Connection, edition_id: EditionId) -> Edition:
    edition = existing(connection, edition_id)
    if edition.state not in _UNFROZEN or edition.arrival_to is not None:
        raise EditionError(
            f'edition {edition_id}: it is "{edition.state}", and what it says is fixed; {_way_back(edition)}'
        )
    return edition


def _way_back(edition: Edition) -> str:
    if edition.state in {EditionState.FROZEN, EditionState.SCHEDULED}:
        return (
            f"`syndicate edition cancel {edition.id}` gives its posts back, "
            f"`syndicate edition create {edition.list_name} --at TIME` takes them up"
        )
    return f"`syndicate plan` shows the next edition of {edition.list_name}"


def _check_bars(connection: sa.Connection, edition: Edition, post_ids: Sequence[PostId]) -> None:
    """Refuse what the list never brings, since an editor said so."""
    for post_id in post_ids:
        for each in _made(connection, edition, post_id, [Kind.BARRED]):
            _check_past(connection, each)
            raise EditionError(f"{_barred(connection, each)}; bring it back with `edition drop --undo` first")


def _check_past(connection: sa.Connection, choice: Choice) -> None:
    """Refuse to bring back what readers have been served past."""
    since = shapings.frozen_since(connection, choice) if choice.kind is Kind.BARRED else None
    if since is not None:
        raise EditionError(
            f"{_barred(connection, choice)}, and edition {since} went by without it; "
            "link to it in an introduction"
        )


def _barred(connection: sa.Connection, choice: Choice) -> str:
    return (
        f"{_paths(connection, [choice.post_id])}: it was dropped for good from edition {choice.edition_id} "
        f"by {choice.who}"
    )


def _choose(
    connection: sa.Connection, edition_id: EditionId, post_ids: Sequence[PostId], kind: Kind, *, hand: Hand
) -> None:
    facts = {"edition_id": edition_id, "kind": kind, "who": hand.who, "why": reason(hand.why)}
    rows = [
        {"post_id": each, "position": at, "at": hand.now, **facts}
        for at, each in enumerate(dict.fromkeys(post_ids))
    ]
    shapings.choose(connection, rows)


def _paths(connection: sa.Connection, post_ids: Sequence[PostId]) -> str:
    return ", ".join(each.post.path for each in posts.tracked(connection, dict.fromkeys(post_ids)))


def _logged(connection: sa.Connection, edition: Edition, what: str, *, hand: Hand) -> Edition:
    editions.revise(connection, edition.list_name)
    why = f"{what}: {reason(hand.why)}"
    return order(connection, edition, edition.state, who=hand.who, why=why, now=hand.now)
