"""Documents are compressed while the caller goes on, and lie there when it asks."""

import zlib

import brotli
import pytest

from syndicate.feeds.writing import Shelf, compressed
from syndicate.files import temporary

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


def test_what_is_put_waits_for_no_more_than_eight_megabytes(tmp_path):
    shelf, lying = Shelf(tmp_path), []

    def note(name: str) -> None:
        lying.append((name, (tmp_path / name / "rss.xml.gz").exists()))

    shelf.put_all("a", {"rss.xml": LARGE}, then=lambda: note("a"))
    shelf.put_all("b", {"rss.xml": LARGE * 40}, then=lambda: note("b"))
    before = list(lying)
    shelf.put_all("c", {"rss.xml": LARGE}, then=lambda: note("c"))

    assert before == []
    assert lying == [("a", True), ("b", True)]


def test_what_is_compressed_already_is_not_compressed_again(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.put_all("a", {"rss.xml": LARGE}, compressed={"rss.xml.gz": b"as given"})

    shelf.settle()

    assert (tmp_path / "a" / "rss.xml.gz").read_bytes() == b"as given"
    assert brotli.decompress((tmp_path / "a" / "rss.xml.br").read_bytes()) == LARGE


def test_what_is_compressed_ahead_is_what_the_shelf_makes(tmp_path):
    shelf = Shelf(tmp_path)
    shelf.put_all("a", {"rss.xml": LARGE})

    shelf.settle()

    made = {each.name: each.read_bytes() for each in (tmp_path / "a").iterdir() if each.name != "rss.xml"}
    assert compressed({"rss.xml": LARGE}) == made


def test_it_is_finished_once(tmp_path):
    shelf, calls = Shelf(tmp_path), []
    shelf.put_all("a", {"rss.xml": b"small"}, then=lambda: calls.append("then"))

    shelf.settle()
    shelf.settle()

    assert calls == ["then"]


def test_what_a_killed_pass_left_of_a_document_goes_when_the_document_is_put(tmp_path):
    before, again = Shelf(tmp_path), Shelf(tmp_path)
    before.put("a/rss.xml", b"small")
    before.settle()
    for name in ("rss.xml", "rss.xml.gz", "rss.xml.br"):
        temporary(tmp_path / "a" / name).write_bytes(b"half of ano")

    again.put("a/rss.xml", b"small")
    again.settle()

    assert sorted(each.name for each in (tmp_path / "a").iterdir()) == ["rss.xml", "rss.xml.br", "rss.xml.gz"]
