import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.errors import PostError
from syndicate.posts.front_matter import read_document

PATH = "_posts/2024-01-01-x.md"


def refused(content: bytes) -> str:
    with pytest.raises(PostError) as caught:
        read_document(PATH, content)
    return str(caught.value)


def test_the_body_keeps_its_indentation() -> None:
    document = read_document(PATH, b"---\ntitle: x\n---\n\n    code\n")

    assert document.body == "    code\n"
    assert document.body_line == 5


def test_a_byte_order_mark_costs_nothing() -> None:
    document = read_document(PATH, b"\xef\xbb\xbf---\ntitle: x\n---\ntext")

    assert document.head.values == {"title": "x"}


def test_three_dots_end_the_head() -> None:
    assert read_document(PATH, b"---\ntitle: x\n...\ntext").body == "text"


def test_a_file_without_a_head_is_all_body() -> None:
    document = read_document(PATH, b"Just text.\n---\nmore")

    assert not document.head.present
    assert document.body == "Just text.\n---\nmore"


def test_an_empty_head_is_a_head() -> None:
    assert read_document(PATH, b"---\n---\ntext").head.present


def test_windows_line_ends_are_read() -> None:
    document = read_document(PATH, b"---\r\ntitle: x\r\n---\r\n\r\ntext\r\n")

    assert document.head.values == {"title": "x"}
    assert document.body == "text\r\n"


def test_a_date_stays_text() -> None:
    document = read_document(PATH, b"---\ndate: 2024-01-22 12:00:00 +0800\n---\n")

    assert document.head.values["date"] == "2024-01-22 12:00:00 +0800"


def test_a_repeated_key_is_named_and_the_last_one_counts() -> None:
    document = read_document(PATH, b"---\ntitle: a\ntitle: b\n---\n")

    assert document.head.values["title"] == "b"
    assert document.head.warnings == (
        f'{PATH}:3: "title" stands here twice, the last one counts; remove one',
    )


def test_the_line_of_a_mistake_is_the_line_in_the_file() -> None:
    assert refused(b"---\nlayout: post\ntitle: Foo: bar\n---\n").startswith(
        f"{PATH}:3: front matter is not valid"
    )


@pytest.mark.parametrize("head", [b"- a\n- b", b"just words", b"!!set {a, b}"])
def test_a_head_without_pairs_is_refused(head: bytes) -> None:
    assert 'holds no "key: value" pairs' in refused(b"---\n" + head + b"\n---\ntext")


def test_text_that_is_not_utf8_is_named_by_line() -> None:
    assert refused(b"---\ntitle: caf\xe9\n---\n") == f"{PATH}:2: is not UTF-8 (byte 14); save it as UTF-8"


def test_aliases_that_multiply_are_refused() -> None:
    lines = [b"a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [b"a%d: &a%d [%s]" % (n, n, b", ".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 9)]

    assert "holds more than 10,000 values" in refused(b"---\n" + b"\n".join(lines) + b"\n---\n")


def test_an_alias_of_itself_is_refused() -> None:
    assert "an alias of itself" in refused(b"---\na: &a [*a]\n---\n")


@pytest.mark.parametrize("head", [b"a: " + b"[" * 5000, b"- " * 5000, b"? " * 5000, b"{a: " * 5000])
def test_deep_nesting_is_refused(head: bytes) -> None:
    assert "nested more than 50 deep" in refused(b"---\n" + head + b"\n---\n")


def test_a_huge_head_is_refused() -> None:
    assert "is larger than 64 KiB" in refused(b"---\na: " + b"x" * 70_000 + b"\n---\n")


def test_python_objects_are_not_made() -> None:
    assert "could not determine a constructor" in refused(
        b"---\na: !!python/object/apply:os.getcwd []\n---\n"
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_one_line(content: bytes) -> None:
    problem = ""
    try:
        read_document(PATH, b"---\n" + content + b"\n---\ntext")
    except PostError as error:
        problem = str(error)
    assert "\n" not in problem
    assert not problem or problem.startswith(PATH)
