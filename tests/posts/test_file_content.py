"""A file of the site is read whole, and nothing else is."""

import os
from pathlib import Path

import pytest

from syndicate.errors import PostError
from syndicate.posts.file_content import read_content


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "_posts").mkdir(parents=True)
    (root / "_posts" / "a.md").write_bytes(b"text")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.md").write_bytes(b"secret")
    return root


def read(site: Path, path: str) -> bytes:
    return read_content(site, path, max_bytes=1_000_000)


def refused(site: Path, path: str, *, max_bytes: int = 1_000_000) -> str:
    with pytest.raises(PostError) as caught:
        read_content(site, path, max_bytes=max_bytes)
    return str(caught.value)


@pytest.mark.parametrize("content", [b"", b"text", bytes(range(256)) * 3_000])
def test_a_file_is_read_whole(site: Path, content: bytes) -> None:
    (site / "_posts" / "a.md").write_bytes(content)

    assert read(site, "_posts/a.md") == content


def test_a_link_within_the_site_is_followed(site: Path) -> None:
    (site / "link.md").symlink_to("_posts/a.md")
    (site / "folder").symlink_to("_posts")

    for path in ("link.md", "folder/a.md", "folder/../_posts/a.md"):
        assert read(site, path) == b"text"


def test_a_site_may_be_a_link_itself(site: Path) -> None:
    site.with_name("link").symlink_to(site)
    (site / "link.md").symlink_to("_posts/a.md")

    assert read(site.with_name("link"), "link.md") == b"text"


@pytest.mark.parametrize(
    "path", ["secret.md", "folder/secret.md", "folder/up/secret.md", "../outside/secret.md", "_posts/../.."]
)
def test_nothing_outside_the_site_is_read(site: Path, path: str) -> None:
    (site / "secret.md").symlink_to("../outside/secret.md")
    (site / "folder").symlink_to("../outside")
    (site.parent / "outside" / "up").symlink_to(".")

    assert "is a symbolic link out of the site" in refused(site, path)


def test_a_folder_whose_name_begins_as_the_sites_is_outside(site: Path) -> None:
    site.with_name("site-2").mkdir()
    site.with_name("site-2").joinpath("a.md").write_bytes(b"secret")
    (site / "link.md").symlink_to("../site-2/a.md")

    assert "is a symbolic link out of the site" in refused(site, "link.md")


@pytest.mark.parametrize(("path", "reason"), [("dangling.md", "no such file"), ("loop.md", "too many")])
def test_a_link_that_leads_nowhere_is_named(site: Path, path: str, reason: str) -> None:
    (site / "dangling.md").symlink_to("nowhere.md")
    (site / "loop.md").symlink_to("loop.md")

    assert f"can't be read ({reason}" in refused(site, path)


@pytest.mark.parametrize("path", ["pipe.md", "link.md", "_posts"])
def test_what_is_no_file_is_refused_at_once(site: Path, path: str) -> None:
    os.mkfifo(site / "pipe.md")
    (site / "link.md").symlink_to("pipe.md")

    assert "is not a regular file" in refused(site, path)


@pytest.mark.parametrize("path", ["gone.md", "gone/a.md", "_posts/a.md/b.md"])
def test_a_file_that_is_not_there_is_named(site: Path, path: str) -> None:
    assert f"{path}: can't be read (" in refused(site, path)


def test_a_file_over_the_limit_is_not_read(site: Path) -> None:
    assert "is larger than 3 bytes (4)" in refused(site, "_posts/a.md", max_bytes=3)


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="no such files outside of Linux")
def test_a_file_that_does_not_say_its_size_is_not_read_over_the_limit() -> None:
    assert len(read(Path("/proc/self"), "status")) > 100
    assert "is larger than 100 bytes (" in refused(Path("/proc/self"), "status", max_bytes=100)


def test_nothing_is_left_open(site: Path) -> None:
    before = open_files()
    read(site, "_posts/a.md")
    refused(site, "_posts/a.md", max_bytes=3)

    assert open_files() == before


def open_files() -> int:
    return len(list(Path("/dev/fd").iterdir()))
