import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from syndicate.posts.watching import changes, is_of_interest, is_remote, kind_of_mount

MOUNTS = [
    "overlay / overlay rw 0 0",
    "server:/home /home nfs4 rw 0 0",
    r"//nas/my\040sites /mnt/my\040sites cifs rw 0 0",
    "tmpfs /home/ana/scratch tmpfs rw 0 0",
    "/dev/sda1 /homes ext4 rw 0 0",
]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/site", "overlay"),
        ("/home/ana/site", "nfs4"),
        ("/home", "nfs4"),
        ("/home/ana/scratch/site", "tmpfs"),
        ("/mnt/my sites/gazette", "cifs"),
        ("/homes/ana", "ext4"),
    ],
)
def test_a_folder_is_on_the_file_system_mounted_closest_to_it(path: str, kind: str) -> None:
    assert kind_of_mount(path, MOUNTS) == kind


def test_the_last_of_two_mounts_in_one_place_is_seen() -> None:
    assert kind_of_mount("/srv", ["a /srv ext4 rw 0 0", "b /srv nfs rw 0 0"]) == "nfs"


def test_a_folder_on_a_server_is_remote_and_one_nobody_knows_of_is_not(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("server:/ / nfs rw 0 0\n", "utf-8")

    assert is_remote(tmp_path, mounts)
    assert not is_remote(tmp_path, tmp_path / "no such file")


@pytest.mark.parametrize(
    "path",
    ["_posts/2026-11-01-news.md", "_config.yml", "_data/authors.yml", "content/post/index.md", "public/a.md"],
)
def test_whatever_an_author_may_write_is_of_interest(path: str) -> None:
    assert is_of_interest(path)


@pytest.mark.parametrize(
    "path",
    [
        ".git/index.lock",
        "_site/2026/11/01/news.html",
        "sub/node_modules/left-pad/index.js",
        "_posts/.2026-11-01-news.md.swp",
        "_posts/2026-11-01-news.md~",
        ".jekyll-cache/Jekyll/Cache/x",
    ],
)
def test_what_tools_write_is_not(path: str) -> None:
    assert not is_of_interest(path)


class Watch:
    """A watched folder, and how often it was said to have changed."""

    def __init__(self, root: Path, outbox: Path) -> None:
        self.root, self.outbox = root, outbox
        self.bursts = 0
        self.warned: list[str] = []
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._count)

    def _count(self) -> None:
        found = changes(self.root, ignored=(self.outbox,), stopping=self.stopping, warn=self.warned.append)
        for _ in found:
            self.bursts += 1

    def settled(self) -> int:
        """Give the count once it has stopped growing."""
        before = -1
        while before != self.bursts:
            before = self.bursts
            self.stopping.wait(0.3)
        return before

    def notices(self, change: Callable[[int], object], *, seconds: float = 20) -> bool:
        """Say whether a change is noticed; made anew until it is, for nobody knows since when it could be."""
        before, end, number = self.settled(), time.monotonic() + seconds, 0
        while self.bursts == before and time.monotonic() < end:
            change(number := number + 1)
            self.stopping.wait(0.2)
        return self.bursts > before


@pytest.fixture
def watched_root(tmp_path: Path) -> Iterator[Watch]:
    outbox = tmp_path / "site" / "outbox"
    outbox.mkdir(parents=True)
    (tmp_path / "site" / "_posts").mkdir()
    watch = Watch(tmp_path / "site", outbox)
    watch.thread.start()
    yield watch
    watch.stopping.set()
    watch.thread.join(timeout=20)
    assert not watch.thread.is_alive()


@pytest.mark.system
def test_a_saved_post_is_noticed_and_what_we_write_ourselves_is_not(watched_root: Watch) -> None:
    root, outbox = watched_root.root, watched_root.outbox
    assert watched_root.notices(lambda number: (root / "_posts" / "a.md").write_text(f"{number}", "utf-8"))

    before = watched_root.settled()
    (outbox / "syndicate.db").write_text("ours", "utf-8")
    (outbox / "public").mkdir()
    (outbox / "public" / "feed.xml").write_text("ours", "utf-8")

    assert watched_root.settled() == before
    assert watched_root.warned == []


@pytest.mark.system
def test_a_post_in_a_new_folder_is_noticed(watched_root: Watch) -> None:
    def write(number: int) -> None:
        (watched_root.root / "_posts" / "2026").mkdir(exist_ok=True)
        (watched_root.root / "_posts" / "2026" / "a.md").write_text(f"{number}", "utf-8")

    assert watched_root.notices(write)


@pytest.mark.system
def test_a_folder_that_goes_away_and_comes_back_is_watched_again(watched_root: Watch, tmp_path: Path) -> None:
    root = watched_root.root
    assert watched_root.notices(lambda number: (root / "_posts" / "a.md").write_text(f"{number}", "utf-8"))
    shutil.move(root, tmp_path / "away")
    watched_root.settled()
    shutil.copytree(tmp_path / "away", root)

    assert watched_root.notices(lambda number: (root / "_posts" / "b.md").write_text(f"{number}", "utf-8"))
    assert watched_root.notices(lambda number: (root / "_posts" / "c.md").write_text(f"{number}", "utf-8"))
