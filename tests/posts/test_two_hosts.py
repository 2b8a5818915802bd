import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from syndicate.posts.detection import detect
from syndicate.posts.sources import open_source
from syndicate.settings.schema import PostsSettings, Settings, SiteSettings
from syndicate.store import posts
from syndicate.store.engine import reading

EXAMPLE = Path(__file__).parents[2] / "example"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_two_hosts_that_look_at_once_remember_each_post_once(engine):
    source = open_source(Settings(site=SiteSettings(path=EXAMPLE)))
    together = threading.Barrier(2, timeout=30)

    def wait_for_the_other(done: int, total: int) -> None:
        if done == total:
            together.wait()

    def look() -> int:
        return detect(engine, source, settings=PostsSettings(), now=NOW, progress=wait_for_the_other).found

    with ThreadPoolExecutor(2) as hosts:
        found = [each.result() for each in [hosts.submit(look), hosts.submit(look)]]

    with reading(engine) as connection:
        assert found == [len(posts.live(connection))] * 2
