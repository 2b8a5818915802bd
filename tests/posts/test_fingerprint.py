"""Sketches tell how much of a text an edit kept."""

import pytest

from syndicate.posts.fingerprint import SKETCH, marks, sketch

CLAUSES = [f"clause {number} of them" for number in range(40)]
WIDE = [f"第{number}句話" for number in range(40)]


@pytest.mark.parametrize(("clauses", "end"), [(CLAUSES, ".\n"), (WIDE, "\uff0c"), (WIDE, "。")])
def test_an_edited_clause_changes_its_own_mark_alone(clauses: list[str], end: str) -> None:
    before = sketch(end.join(clauses[:20]))
    after = sketch(end.join([*clauses[:19], "another one"]))

    assert len(set(marks(before)) - set(marks(after))) == 1


def test_spaces_and_capitals_are_no_edit() -> None:
    plain = sketch("One clause, and\nanother")
    dressed = sketch("\tone Clause ,  AND\r\n\r\nanother!")

    assert plain == dressed


def test_a_sketch_has_the_smallest_marks_in_order() -> None:
    found = marks(sketch("\n".join(CLAUSES)))

    assert len(found) == SKETCH
    assert found == sorted(mark for clause in CLAUSES for mark in marks(sketch(clause)))[:SKETCH]


def test_a_text_without_words_has_no_marks() -> None:
    assert sketch(" .\n\n!") == ""
