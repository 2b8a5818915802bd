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


def test_a_gzip_names_neither_a_file_nor_a_time(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.put("rss.xml", LARGE)

    shelf.settle()

    flags_and_time = (tmp_path / "rss.xml.gz").read_bytes()[3:8]
    assert flags_and_time == bytes(5)


def test_a_gzip_that_another_library_made_of_the_same_document_stays(tmp_path):
    by_zlib = zlib.compress(b"small", 9, wbits=31)
    first = Shelf(tmp_path)
    first.put("feed.json", b"small")
    first.settle()
    (tmp_path / "feed.json.gz").write_bytes(by_zlib)
    again = Shelf(tmp_path)
    again.put("feed.json", b"small")

    again.settle()

    assert (tmp_path / "feed.json.gz").read_bytes() == by_zlib


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
