"""A post that names no date keeps the one it was first seen with."""

import os
from datetime import UTC, datetime, timedelta

import pytest

AT = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.fixture
def notes(folder, sqlite_engine):
    """Give a plain folder with a store; its one post was last changed at ``AT``."""
    (folder.root / "_config.yml").unlink()
    folder.engine = sqlite_engine
    touched(folder.write("ferry.md", "The ferry sails at noon.\n"), AT)
    folder.detect()
    return folder


def touched(file, moment):
    os.utime(file, (moment.timestamp(), moment.timestamp()))
    return file


def test_its_date_is_its_files_when_it_is_first_seen(notes):
    ferry = notes.remembered()["ferry.md"]

    assert (ferry.post.published, ferry.post.updated, ferry.updated) == (AT, AT, AT)


def test_a_file_of_the_future_is_dated_now(notes):
    touched(notes.write("tide.md", "The tide is high.\n"), notes.now + timedelta(days=9))

    notes.detect(later=timedelta(hours=1))

    assert notes.remembered()["tide.md"].post.published == notes.now


def test_a_touch_or_another_checkout_changes_nothing(notes):
    before = notes.remembered()["ferry.md"]
    touched(notes.root / "ferry.md", notes.now)
    notes.configure(max_file_bytes=1_000)  # every file is read anew

    notes.detect(later=timedelta(days=1))

    assert notes.remembered()["ferry.md"] == before


def test_an_edit_moves_updated_and_not_the_date(notes):
    notes.write("ferry.md", "The ferry sails at one.\n")

    notes.detect(later=timedelta(days=1))

    ferry = notes.remembered()["ferry.md"]
    assert (ferry.post.published, ferry.updated) == (AT, notes.now)


def test_another_name_moves_nothing(notes):
    (notes.root / "ferry.md").rename(notes.root / "crossing.md")
    touched(notes.root / "crossing.md", notes.now)

    notes.detect(later=timedelta(days=1))

    assert notes.remembered()["crossing.md"].post.published == AT


def test_a_date_in_the_head_counts_once_it_is_there(notes):
    notes.write("ferry.md", "---\ndate: 2023-01-02\n---\nThe ferry sails at noon.\n")

    notes.detect(later=timedelta(days=1))

    assert notes.remembered()["ferry.md"].post.published == datetime(2023, 1, 2, tzinfo=UTC)


def test_the_authors_word_for_a_change_counts_all_the_same(notes):
    notes.write("ferry.md", "---\nupdated: 2025-01-02\n---\nThe ferry sails at two.\n")
    notes.write("tide.md", "---\nupdated: 2025-01-02\n---\nThe tide.\n")

    notes.detect(later=timedelta(days=1))

    said = datetime(2025, 1, 2, tzinfo=UTC)
    assert (notes.remembered()["ferry.md"].post.published, notes.remembered()["ferry.md"].updated) == (
        AT,
        said,
    )
    assert notes.remembered()["tide.md"].post.updated == said
