"""Sketches tell how much of a text an edit kept."""

import hashlib
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.fingerprint import SKETCH, marks, of_body, sketch

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


def clauses_of(seed: int, count: int) -> list[str]:
    """Give clauses whose marks are spread as by chance."""
    return [hashlib.sha256(f"{seed} {number}".encode()).hexdigest()[:20] for number in range(count)]


@pytest.mark.parametrize("clauses", [CLAUSES, *(clauses_of(1, count) for count in (32, 64, 65, 280))])
def test_a_sketch_has_the_smallest_marks_in_order(clauses: list[str]) -> None:
    found = marks(sketch("\n".join(clauses)))

    assert len(found) == SKETCH
    assert found == sorted(mark for clause in clauses for mark in marks(sketch(clause)))[:SKETCH]


def test_a_sketch_is_full_however_unevenly_its_marks_are_spread() -> None:
    bound = 2**32 * 3 * SKETCH // 2 // 280
    clauses = next(
        each
        for each in (clauses_of(seed, 280) for seed in range(2_000))
        if sum(crc32(clause.encode()) < bound for clause in each) < SKETCH
    )

    assert marks(sketch("\n".join(clauses))) == sorted(marks(sketch(each))[0] for each in clauses)[:SKETCH]


def test_a_clause_that_comes_again_counts_once() -> None:
    assert sketch("\n".join(CLAUSES * 3)) == sketch("\n".join(CLAUSES))


def test_a_text_without_words_has_no_marks() -> None:
    assert sketch(" .\n\n!") == ""


def test_line_ends_and_outer_space_are_no_edit_of_a_body() -> None:
    assert of_body("\u3000 one\r\ntwo\xa0\r\n") == of_body("one\ntwo")


def test_a_body_of_nothing_but_space_has_no_hash() -> None:
    assert of_body(" \u3000\n") == of_body(" \u3000\n", encoded=" \u3000\n".encode()) == ""


#: White space to bytes, and to Unicode alone, and what is none.
_CHARACTERS = st.sampled_from(" \t\n\r\x0b\x0c\x1c\x1f\x85\xa0\u1680\u200b\u2028\u3000aé神😀")


@given(st.text(_CHARACTERS, max_size=8))
def test_a_body_has_the_same_hash_when_it_is_at_hand_in_utf_8(body: str) -> None:
    assert of_body(body, encoded=body.encode()) == of_body(body)


_PIECES = st.lists(st.sampled_from(["神", "\uff0c", "。", "a", " ", "-", "é", "😀"]), min_size=1, max_size=6)


@given(_PIECES.map("".join), st.integers(0, 7_000))
def test_a_body_has_the_same_sketch_when_it_is_at_hand_in_utf_8(piece: str, length: int) -> None:
    body = "".join(f"{piece}{number}" for number in range(length // len(piece)))[:length]

    assert sketch(body, encoded=body.encode()) == sketch(body)


def test_a_text_of_nothing_but_wide_marks_is_sketched_to_its_end() -> None:
    body = "\uff0c" * 4_000 + "一句話"

    assert sketch(body, encoded=body.encode()) == sketch(body) == sketch("一句話")
