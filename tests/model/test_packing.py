"""What another process of ours packs up comes out as it was."""

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, replace
from datetime import UTC, datetime

import pytest

from syndicate.model.packing import packed
from syndicate.model.post import Excerpt, ExcerptOrigin, Image, Post


@packed
@dataclass(frozen=True, slots=True, kw_only=True)
class Boat:
    """Has a required field and others."""

    name: str
    crew: tuple[str, ...] = ()
    at_sea: bool = False


EXCERPT = Excerpt(html="<p>é</p>", text="é", origin=ExcerptOrigin.MORE, truncated=True)
POST = Post(
    path="_posts/2024-01-01-a.md",
    url="/a",
    link="https://harbour.example/a",
    generator_id="https://harbour.example/a",
    declared_id=None,
    title="A",
    authors=("Ann",),
    collection="posts",
    categories=(),
    tags=("boats",),
    published=datetime(2024, 1, 1, tzinfo=UTC),
    updated=datetime(2024, 1, 2, tzinfo=UTC),
    excerpt=EXCERPT,
    summary="é",
    image=Image(url="https://harbour.example/a.png"),
    language="en",
    fingerprint="1",
    body_fingerprint="2",
)


@pytest.mark.parametrize("value", [Boat(name="Lark", crew=("Ann", "Bob")), POST, EXCERPT])
@pytest.mark.parametrize("protocol", [2, pickle.HIGHEST_PROTOCOL])
def test_a_value_comes_out_as_it_was(value: object, protocol: int) -> None:
    found = pickle.loads(pickle.dumps(value, protocol=protocol))  # noqa: S301 - our own

    assert found == value
    assert type(found) is type(value)
    assert copy.deepcopy(value) == value


def test_what_comes_out_is_as_frozen_and_as_replaceable() -> None:
    found = pickle.loads(pickle.dumps(Boat(name="Lark")))  # noqa: S301 - our own

    with pytest.raises(FrozenInstanceError):
        found.name = "Gull"
    assert replace(found, at_sea=True) == Boat(name="Lark", at_sea=True)
