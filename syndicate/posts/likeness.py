"""Whether a post that came and one that left are the same, moved and edited in one go. Pure.

Git calls a file renamed that keeps half of its lines; a wrong guess there costs nobody a mail. Here calling
two posts one keeps a new post from its readers, and calling one post two mails an old one again. So a text
that is mostly the same needs a second witness, and what has only one is a person's to say.
"""

from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath

from syndicate.model.post import Post
from syndicate.posts.fingerprint import SKETCH, marks

#: Of all clauses of two texts, how many both have: a third, when each keeps half of the other's.
HALF_KEPT = 1 / 3
#: When each keeps three quarters.
MOSTLY_KEPT = 0.6
#: Posts that share no more than a greeting and a signature.
_NOTHING_KEPT = 0.1


class Verdict(IntEnum):
    """What a likeness says; the greater the surer."""

    ANOTHER = 0
    #: A person should say.
    DOUBTFUL = 1
    SAME = 2


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """How much one post is like another; the greater the more."""

    verdict: Verdict
    #: Of the clauses of both texts, how many they share, from 0 to 1.
    text: float


def likeness(one: Post, other: Post) -> Likeness:
    """Say how alike two posts are, of which one left the site and the other came."""
    text = shared(one, other)
    return Likeness(_verdict(one, other, text), text)


def shared(one: Post, other: Post) -> float:
    """Give how much of two texts is the same: exact where they are short, else within a tenth."""
    if one.body_fingerprint and one.body_fingerprint == other.body_fingerprint:
        return 1.0
    first, second = set(marks(one.sketch)), set(marks(other.sketch))
    lowest = sorted(first | second)[:SKETCH]
    return len(first.intersection(second, lowest)) / len(lowest) if lowest else 0.0


def unlike(one: Post, other: Post) -> bool:
    """Say whether nothing of one is in the other: neither title nor text, so that it is no edit of it."""
    return not same_title(one, other) and shared(one, other) < HALF_KEPT


def strangers(one: Post, other: Post) -> bool:
    """Say whether two posts have nothing in common: no title, and of the texts a greeting at most."""
    return not same_title(one, other) and shared(one, other) < _NOTHING_KEPT


def same_title(one: Post, other: Post) -> bool:
    """Say whether both have one title, upper and lower case aside."""
    return one.title.casefold().split() == other.title.casefold().split()


def slug(post: Post) -> str:
    """Give the last word of a post's address, which a move to another folder or day leaves as it is."""
    path = PurePosixPath(post.url)
    return (path.parent.name if path.stem == "index" else path.stem).casefold()


def _verdict(one: Post, other: Post, text: float) -> Verdict:
    title, day = same_title(one, other), _same_day(one, other)
    same_slug = slug(one) == slug(other) != ""
    named, wholly = title or same_slug, title and same_slug
    kept = MOSTLY_KEPT if not (named and day) else HALF_KEPT
    if (text >= kept and (named or day)) or (wholly and day):
        return Verdict.SAME
    return Verdict.DOUBTFUL if title or text >= HALF_KEPT else Verdict.ANOTHER


def _same_day(one: Post, other: Post) -> bool:
    dated = not (one.undated or other.undated)  # else it is the file's last change, and no witness
    return dated and one.published.date() == other.published.date()
