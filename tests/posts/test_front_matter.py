import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.errors import PostError
from syndicate.posts.front_matter import JSON, TOML, YAML, Heads, read_document

PATH = "_posts/2024-01-01-x.md"
ANY = Heads(kinds=(YAML, TOML, JSON), after_blank_lines=True)


def refused(content: bytes, heads: Heads = ANY) -> str:
    with pytest.raises(PostError) as caught:
        read_document(PATH, content, heads)
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


def test_a_byte_order_mark_moves_no_line() -> None:
    assert refused(b"\xef\xbb\xbf---\ntitle: A\n---\n\xff").startswith(f"{PATH}:4: is not UTF-8")


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


def test_toml_stands_between_plus_signs() -> None:
    document = read_document(PATH, b'+++\n\ntitle = "x"\n[params]\na = 1\n+++\n\n    code\n', ANY)

    assert document.head.values == {"title": "x", "params": {"a": 1}}
    assert document.head.lines == {"title": 3, "params": 4}
    assert (document.body, document.body_line) == ("    code\n", 8)


def test_json_ends_with_its_last_brace() -> None:
    document = read_document(PATH, b'{"title": "a } b",\n "tags": ["x", {"y": 1}]} text\n', ANY)

    assert document.head.values == {"title": "a } b", "tags": ["x", {"y": 1}]}
    assert document.head.lines == {"title": 1, "tags": 2}
    assert document.body == " text\n"


@pytest.mark.parametrize(
    "content", [b'+++\ntitle = "x"\n+++\ntext', b'{"title": "x"}\ntext', b"\n---\na: b\n---\n"]
)
def test_a_source_reads_only_the_heads_its_generator_reads(content: bytes) -> None:
    assert not read_document(PATH, content).head.present
    assert read_document(PATH, content, ANY).head.present


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (b"2024-01-22", "2024-01-22"),
        (b"2024-01-22T12:00:00", "2024-01-22T12:00:00"),
        (b"2024-01-22 12:00:00+08:00", "2024-01-22T12:00:00+08:00"),
        (b"2024-01-22T12:00:00Z", "2024-01-22T12:00:00+00:00"),
    ],
)
def test_a_date_in_toml_is_text_and_keeps_or_lacks_its_zone(written: bytes, kept: str) -> None:
    document = read_document(PATH, b"+++\ndate = " + written + b"\nlist = [" + written + b"]\n+++\n", ANY)

    assert document.head.values == {"date": kept, "list": [kept]}


def test_a_long_string_in_toml_holds_no_keys() -> None:
    text = b'+++\nsummary = """\ntitle = "no"\n"""\ntitle = "yes"\n+++\n'

    assert read_document(PATH, text, ANY).head.lines == {"summary": 2, "title": 5}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'+++\ntitle = "x"\ndate = yesterday\n+++\n', 3),
        (b'+++\ntitle = "x"\ntitle = "y"\n+++\n', 3),
        (b'+++\ntitle = "x\n+++\n', 2),
        (b'{"title": "x",\n"date" "y"}\n', 2),
        (b'{"title": "x",\n}\n', 2),
        (b'{"title": NaN}\n', 1),
        (b'{\n"title": x}\n', 2),
    ],
)
def test_a_mistake_in_toml_or_json_is_named_by_line(content: bytes, line: int) -> None:
    assert refused(content).startswith(f"{PATH}:{line}: front matter ")


def test_a_repeated_key_in_json_is_named() -> None:
    document = read_document(PATH, b'{"title": "a",\n"title": "b"}\n', ANY)

    assert document.head.values == {"title": "b"}
    assert document.head.warnings == (
        f'{PATH}:2: "title" stands here twice, the last one counts; remove one',
    )


@pytest.mark.parametrize(
    "content",
    [
        b"+++\na = " + b"[" * 5_000 + b"\n+++\n",
        b"+++\na = " + b"[" * 60 + b"]" * 60 + b"\n+++\n",
        b"+++\n[" + b".".join([b"a"] * 100) + b"]\n+++\n",
        b'{"a": ' + b"[" * 20_000 + b"]" * 20_000 + b"}\n",
        b'{"a": ' + b"[" * 60 + b"]" * 60 + b"}\n",
    ],
)
def test_deep_nesting_in_toml_and_json_is_refused(content: bytes) -> None:
    assert "nested more than 50 deep" in refused(content)


@pytest.mark.parametrize(
    "content",
    [b"---\na: 0x%s\n---\n", b"+++\na = 0x%s\n+++\n", b"+++\na = 9%s\n+++\n", b'{"a": 9%s}\n'],
)
def test_a_number_that_cannot_be_printed_is_refused(content: bytes) -> None:
    assert "quote it" in refused(content % (b"9" * 6_000))


def test_a_key_of_thousands_of_dots_is_refused_at_once() -> None:
    assert "more than 500 dots" in refused(b"+++\n" + b".".join([b"a"] * 30_000) + b" = 1\n+++\n")


@given(
    st.sampled_from([b"---\n%s\n---\n", b"+++\n%s\n+++\n", b"{%s}\n", b'{"a": %s}']), st.binary(max_size=300)
)
def test_any_bytes_are_read_or_refused_in_one_line(head: bytes, content: bytes) -> None:
    problem = ""
    try:
        read_document(PATH, head % content + b"text", ANY)
    except PostError as error:
        problem = str(error)
    assert "\n" not in problem
    assert not problem or problem.startswith(PATH)


@given(
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.sampled_from(
        ["", "---\ntitle: a\n---\n", "---\ntitle: \u00e9\u795e\U0001f600\n---\n\n \n", '{"a": "\u00e9"}\n']
    ),
    st.text(),
)
def test_the_body_is_at_hand_in_utf_8(mark: bytes, head: str, body: str) -> None:
    document = read_document(PATH, mark + f"{head}{body}".encode(), ANY)

    assert document.encoded.decode() == document.body
