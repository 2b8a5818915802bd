"""What a head attaches: where it is, what it is, how long it is."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.model.post import Enclosure
from syndicate.model.site import Site
from syndicate.posts.enclosures import enclosure_of, files_of
from syndicate.posts.excerpt import Wishes
from syndicate.posts.manuscript import Manuscript

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
AT = "https://gazette.example"


def site(root: Path) -> Site:
    return Site(
        kind="jekyll",
        root=root,
        url=AT,
        title="Gazette",
        description="",
        language="en",
        zone="UTC",
        author="",
        collections=("posts",),
        fingerprint="1",
    )


def manuscript(**head: Any) -> Manuscript:
    return Manuscript(
        path="_posts/one.md",
        url="/2026/one/",
        link=f"{AT}/2026/one/",
        generator_id="1",
        declared_id=None,
        title="One",
        authors=(),
        collection="posts",
        categories=(),
        tags=(),
        published=NOON,
        updated=NOON,
        image=None,
        language="en",
        head=head,
        body="",
        markdown=True,
        wishes=Wishes(own=None, page_separator=None, site_separator="", description=""),
        said=(),
    )


def found(root: Path, **head: Any) -> Enclosure | None:
    return enclosure_of(manuscript(**head), site(root))


def written(root: Path, name: str, size: int) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_bytes(b"x" * size)


def test_a_map_says_all_there_is_to_say(tmp_path: Path) -> None:
    said = {
        "url": "https://cdn.example/1.mp3",
        "length": "1,234",
        "type": "audio/x-mp3",
        "duration": "1:02:03",
        "explicit": True,
    }

    assert found(tmp_path, enclosure=said) == Enclosure(
        url="https://cdn.example/1.mp3",
        media_type="audio/x-mp3",
        length_bytes=1_234,
        duration_seconds=3_723,
        explicit=True,
    )


@pytest.mark.parametrize(
    ("head", "url", "media_type"),
    [
        ({"audio": "/sound/a b.MP3"}, f"{AT}/sound/a%20b.MP3", "audio/mpeg"),
        (
            {"podcast": {"mp3": "https://cdn.example/x.mp3?a=1"}},
            "https://cdn.example/x.mp3?a=1",
            "audio/mpeg",
        ),
        ({"audio": "episode.ogg"}, f"{AT}/2026/one/episode.ogg", "audio/ogg"),
        ({"enclosure": {"path": "//cdn.example/v.webm"}}, "https://cdn.example/v.webm", "video/webm"),
    ],
)
def test_an_address_is_made_whole_and_its_type_is_told_by_its_name(
    head: dict[str, Any], url: str, media_type: str, tmp_path: Path
) -> None:
    enclosure = found(tmp_path, **head)

    assert enclosure is not None
    assert (enclosure.url, enclosure.media_type) == (url, media_type)


@pytest.mark.parametrize(
    "head",
    [
        {},
        {"audio": True},
        {"podcast": "Season one"},
        {"podcast": ["a", {"b": 1}]},
        {"audio": {"url": ""}},
        {"audio": "javascript:alert(1).mp3"},
        {"enclosure": {"url": "data:audio/mpeg;base64,AAAA", "type": "audio/mpeg"}},
        {"enclosure": {"url": "/x.mp3", "type": "sound"}},
    ],
)
def test_what_is_no_file_on_the_web_is_not_attached(head: dict[str, Any], tmp_path: Path) -> None:
    assert found(tmp_path, **head) is None


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("audio/1.mp3", "/audio/1.mp3"),
        ("static/audio/1.mp3", "/audio/1.mp3"),
        ("_posts/1.mp3", "1.mp3"),
        ("audio/1.mp3", f"{AT}/audio/1.mp3"),
    ],
)
def test_the_length_is_that_of_the_sites_own_file(place: str, address: str, tmp_path: Path) -> None:
    written(tmp_path, place, 321)

    enclosure = found(tmp_path, audio={"url": address, "length": 5})

    assert enclosure is not None
    assert enclosure.length_bytes == 321


@pytest.mark.parametrize("address", ["/../secret.mp3", "/link.mp3", "../../secret.mp3"])
def test_no_file_outside_the_site_is_measured(address: str, tmp_path: Path) -> None:
    written(tmp_path, "secret.mp3", 321)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "link.mp3").symlink_to(tmp_path / "secret.mp3")

    enclosure = found(tmp_path / "site", audio=address)

    assert enclosure is None or enclosure.length_bytes == 0


@pytest.mark.parametrize(
    ("address", "there", "files"),
    [
        ("/audio/1.mp3", "static/audio/1.mp3", ("static/audio/1.mp3",)),
        (f"{AT}/1.mp3", "1.mp3", ("1.mp3",)),
        ("1.mp3", "_posts/1.mp3", ("_posts/1.mp3",)),
        (
            "/1.mp3",
            "other.mp3",
            ("1.mp3", "static/1.mp3", "public/1.mp3", "src/1.mp3", "content/1.mp3"),
        ),
        ("https://cdn.example/1.mp3", "1.mp3", ()),
        ("/../../../secret.mp3", "1.mp3", ()),
        ("", "1.mp3", ()),
    ],
)
def test_an_enclosure_draws_on_the_file_that_it_is_or_could_be(
    address: str, there: str, files: tuple[str, ...], tmp_path: Path
) -> None:
    written(tmp_path, there, 1)

    assert files_of(manuscript(audio=address), site(tmp_path)) == files


@pytest.mark.parametrize(
    ("duration", "seconds"),
    [(754, 754), ("12:34", 754), ("", 0), ("an hour", 0), ("1:2:3:4", 0), ("-5", 0), ("٣", 0)],
)
def test_a_duration_is_read_in_the_ways_it_is_written(duration: object, seconds: int, tmp_path: Path) -> None:
    enclosure = found(tmp_path, audio="/1.mp3", duration=duration)

    assert enclosure is not None
    assert enclosure.duration_seconds == seconds


@given(said=st.text() | st.dictionaries(st.sampled_from(["url", "type", "length", "duration"]), st.text()))
def test_whatever_a_head_says_is_read(said: object) -> None:
    enclosure = found(Path("/nowhere"), audio=said)

    assert enclosure is None or enclosure.url.startswith(("http://", "https://"))
