import pytest

from syndicate.posts import facts


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\n b", "a b"),
        (2024, "2024"),
        (False, "false"),
        (None, ""),
        (["a"], ""),
        ({"a": 1}, ""),
    ],
)
def test_a_scalar_is_one_line(value, text):
    assert facts.scalar(value) == text


@pytest.mark.parametrize(
    ("value", "separator", "words"),
    [
        ("harbour news", "", ("harbour news",)),
        ("harbour, news,, harbour", ",", ("harbour", "news")),
        (["harbour, news", 7, None, ["nested"]], ",", ("harbour, news", "7", "nested")),
        (None, ",", ()),
        ({"a": 1}, ",", ()),
    ],
)
def test_words_come_as_a_string_or_a_list(value, separator, words):
    assert facts.words(value, separator=separator) == words


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Ann", ("Ann",)),
        ("ann, bob", ("Ann Lee", "bob")),
        (["ann", {"name": "Bob"}, {"email": "x@example.org"}, "Bob"], ("Ann Lee", "Bob")),
        ({"name": "Ann"}, ("Ann",)),
        (None, ()),
    ],
)
def test_people_are_named_by_a_string_a_map_or_a_list(value, names):
    assert facts.names(value, {"ann": "Ann Lee"}, separator=",") == names


@pytest.mark.parametrize(
    ("value", "picture"),
    [
        ("a.png", ("a.png", "")),
        ({"src": "a.png", "alt": "A boat"}, ("a.png", "A boat")),
        (["a.png", "b.png"], ("a.png", "")),
        ([], ("", "")),
        (None, ("", "")),
    ],
)
def test_a_picture_is_a_string_a_map_or_the_first_of_a_list(value, picture):
    assert facts.picture(value) == picture


def test_the_first_key_that_says_anything_counts():
    assert facts.first({"a": "", "b": "x"}, ("a", "b")) == "x"
    assert facts.key_of({"a": "", "b": "x"}, ("a", "b")) == "b"
    assert facts.first({}, ("a",)) == ""
