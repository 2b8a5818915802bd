"""Plain heads are read without libyaml, and just as libyaml reads them."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.flat_yaml import read_flat
from syndicate.posts.limited_yaml import load_core_mapping, load_mapping
from syndicate.posts.mapping import Load, Mapping, MappingError

TYPES = {
    first: [each for each in resolvers if each[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
#: The tab in it is no part of a flat head, and changes nothing in YAML.
LEFT_TO_LIBYAML = "\n#\t"

#: Each with something that means more than itself to YAML, somewhere.
_ODD = list(":#'\"[]{},-?&*!|>%@`~=<./\\_+($01eyNé神😀")
_ODDER = ["\t", "\x85", "\xa0", "\u2028", "\u3000", "\ufeff", "\r", " ", ": ", " #", ", ", "- "]
_PIECES = st.one_of(st.sampled_from("abcd"), st.sampled_from(["a", " ", *_ODD]), st.sampled_from(_ODDER))
_WORDS = st.sampled_from(
    ["yes", "No", "null", "~", "1", "0o14", "0x1F", "1e3", "12:30:00", ".5", ".inf", "<<", "=", "---", "C#",
     "2024-01-22", "2024-01-22 12:00:00 +0800", "https://a.example/b?c=d#e", "<excerpt/>", "'it''s'",
     "[a, b]", "[]", "[a, ]", "[1, a]", "[[a]]", "[a, 'b']", "{a: b}", "[- a]", "[a"]
)  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=5).map("".join)
_QUOTED = st.sampled_from(["''", '""', "[]"]).flatmap(lambda marks: _TEXTS.map(lambda text: text.join(marks)))
_VALUES = st.one_of(_WORDS, _TEXTS, _QUOTED)
_KEYS = st.sampled_from(["a: ", "b : ", "c:  ", "_d: ", "yes: ", "<<: ", "1: ", "é: ", f"{'a' * 61}: ", "a:"])
_PAIRS = st.tuples(st.one_of(st.just("a: "), _KEYS), _VALUES).map("".join)
_LINES = st.one_of(_PAIRS, st.sampled_from(["", "# a: b", "  - a", " b", "---"]))
_HEADS = st.one_of(_PAIRS, st.lists(_LINES, max_size=3).map("\n".join))


@given(_HEADS, st.sampled_from(["", "\n", " \n\n"]))
def test_what_is_read_flat_is_read_as_by_libyaml(head: str, end: str) -> None:
    text = head + end
    flat = read_flat(text, TYPES)

    if flat is not None:
        assert flat == load_mapping(text + LEFT_TO_LIBYAML)
        assert load_mapping(text) == load_mapping(text + LEFT_TO_LIBYAML)
        assert load_core_mapping(text) == load_core_mapping(text + LEFT_TO_LIBYAML)


def test_a_plain_head_is_read_flat() -> None:
    head = '# A post\ntitle : "A: B"\ndate: 2024-01-22 12:00:00 +0800\ntags: [one, two words]\n\nimage:\n'

    assert read_flat(head, TYPES) == Mapping(
        values={
            "title": "A: B",
            "date": "2024-01-22 12:00:00 +0800",
            "tags": ["one", "two words"],
            "image": None,
        },
        lines={"title": 1, "date": 2, "tags": 3, "image": 5},
    )


@pytest.mark.parametrize(
    "line",
    ["draft: yes", "order: 3", "on: a", "a: b: c", "a: b:", "a: {b: c}", "a: &b c", "a: b #c", "a: 'it''s'",
     "--- a", "a: [1]", "a: []", "- a", " a: b"],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_libyaml(line: str) -> None:
    flat = read_flat(line, TYPES)

    assert flat is None


@pytest.mark.parametrize(
    "head", ["a: b\n  c", "a:\n- b", "a: b\na: c", "a: |\n b", "a: b\tc", 'a: "\\t"', "a: b\r\n"]
)
def test_what_is_not_one_plain_line_is_left_to_libyaml(head: str) -> None:
    flat = read_flat(head, TYPES)

    assert flat is None


@pytest.mark.parametrize("count", [1_111, 1_112, 7_000])
def test_a_plain_head_is_read_the_same_at_any_length(count: int) -> None:
    head = "".join(f"k{number:04}: v\n" for number in range(count))

    assert load_mapping(head) == load_mapping(head + LEFT_TO_LIBYAML)


@pytest.mark.parametrize("load", [load_mapping, load_core_mapping])
def test_a_plain_list_of_too_many_values_is_refused(load: Load) -> None:
    with pytest.raises(MappingError, match=r"more than 10,000 values"):
        load(f"a: [{','.join('b' * 10_000)}]")
