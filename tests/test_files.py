import os
import stat

import pytest

from syndicate.errors import OutboxError
from syndicate.files import temporary, write_each, write_if_changed


def test_a_file_is_written_with_its_folders(tmp_path):
    path = tmp_path / "a" / "b" / "feed.xml"

    assert write_if_changed(path, b"<feed/>")
    assert path.read_bytes() == b"<feed/>"
    assert [each.name for each in path.parent.iterdir()] == ["feed.xml"]


def test_the_same_bytes_again_touch_nothing(tmp_path):
    path = tmp_path / "feed.xml"
    write_if_changed(path, b"<feed/>")
    before = path.stat()

    assert not write_if_changed(path, b"<feed/>")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_web_server_of_another_user_may_read_it(tmp_path):
    before = os.umask(0o077)
    try:
        write_if_changed(tmp_path / "feed.xml", b"x")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "feed.xml").stat().st_mode) == 0o644


def test_what_a_killed_process_left_half_written_is_gone_after_the_next(tmp_path):
    path = tmp_path / "feed.xml"
    temporary(path).write_bytes(b"<fee")

    write_if_changed(path, b"<feed/>")

    assert [each.name for each in tmp_path.iterdir()] == ["feed.xml"]


def test_a_file_that_can_not_be_written_is_one_clear_line(tmp_path):
    (tmp_path / "feeds").write_bytes(b"a file where a folder should be")

    with pytest.raises(OutboxError) as error:
        write_if_changed(tmp_path / "feeds" / "feed.xml", b"x")

    assert str(error.value).startswith(f"{tmp_path / 'feeds' / 'feed.xml'}: can't be written (")
    assert "\n" not in str(error.value)


def test_what_stood_there_stays_where_the_new_can_not_be_put(tmp_path):
    folder = tmp_path / "feed.xml"
    folder.mkdir()

    with pytest.raises(OutboxError):
        write_if_changed(folder, b"x")

    assert folder.is_dir()
    assert [each.name for each in tmp_path.iterdir()] == ["feed.xml"]


def test_where_one_can_not_be_written_all_stay_as_they_were(tmp_path):
    first, second = tmp_path / "a" / "a.xml", tmp_path / "b" / "b.xml"
    write_each({first: b"before", second: b"before"})
    temporary(second).mkdir()

    with pytest.raises(OutboxError, match=r"b\.xml"):
        write_each({first: b"after", second: b"after"})

    assert first.read_bytes() == b"before"
    assert not temporary(first).exists()
