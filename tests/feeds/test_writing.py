"""Documents are compressed while the caller goes on, and lie there when it asks."""

import zlib

import pytest

from syndicate.feeds.writing import Shelf

LARGE = b"The same words again. " * 10_000


@pytest.mark.parametrize("content", [b"small", LARGE])
def test_what_was_put_lies_there_once_it_is_settled(tmp_path, content):
    shelf = Shelf(tmp_path)
    shelf.put("feeds/all/rss.xml", content)

    shelf.settle()

    folder = tmp_path / "feeds" / "all"
    assert sorted(each.name for each in folder.iterdir()) == ["rss.xml", "rss.xml.br", "rss.xml.gz"]
    assert zlib.decompress((folder / "rss.xml.gz").read_bytes(), wbits=31) == content


def test_the_next_put_finishes_the_one_before(tmp_path):
    shelf, lying = Shelf(tmp_path), []
    shelf.put_all(
        "a", {"rss.xml": LARGE}, then=lambda: lying.append((tmp_path / "a" / "rss.xml.gz").exists())
    )

    shelf.put_all("b", {"rss.xml": LARGE})

    assert lying == [True]


def test_it_is_finished_once(tmp_path):
    shelf, calls = Shelf(tmp_path), []
    shelf.put_all("a", {"rss.xml": b"small"}, then=lambda: calls.append("then"))

    shelf.settle()
    shelf.settle()

    assert calls == ["then"]
