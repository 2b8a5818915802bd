import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.mail.plaintext import plain, width, wrapped


def written(html: str) -> str:
    return plain(html)[0]


def test_paragraphs_stand_apart() -> None:
    assert written("<p>One.</p><p>Two\nthree.</p>") == "One.\n\nTwo three."


def test_links_are_numbered_and_listed_beneath() -> None:
    html = '<p><a href="https://x.example/1">One</a>, <a href="https://x.example/2">two</a>.</p>'

    assert plain(html, first_link=4) == (
        "One [4], two [5].\n\n[4] https://x.example/1\n[5] https://x.example/2",
        5,
    )


def test_one_address_has_one_number() -> None:
    html = '<p><a href="https://x.example/">a</a> <a href="https://x.example/">b</a></p>'

    assert written(html) == "a [1] b [1]\n\n[1] https://x.example/"


def test_a_link_that_shows_its_address_is_written_once() -> None:
    assert written('<p><a href="https://x.example/">https://x.example/</a></p>') == "https://x.example/"


def test_a_fragment_without_links_uses_no_number() -> None:
    assert plain("<p>x</p>", first_link=7) == ("x", 6)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<ul><li>a</li><li>b</li></ul>", "* a\n\n* b"),
        ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n\n4. b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n\n> b"),
        ("<p>a<br>b</p>", "a\nb"),
        ("<p>a</p><hr><p>b</p>", "a\n\n* * *\n\nb"),
        ("<pre>if x:\n    y</pre>", "    if x:\n        y"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a | b\n1 | 2"),
        ('<p><img src="x" alt="A map">b</p>', "[A map]b"),
        ("text <p>a</p> tail", "text\n\na\n\ntail"),
        ("<p>1 &lt; 2 &amp;amp; {{ x }}</p>", "1 < 2 &amp; {{ x }}"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n\n    b"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "* a\n\n  * b"),
        ("", ""),
    ],
)
def test_each_kind_of_block_reads_well(html: str, text: str) -> None:
    assert written(html) == text


def test_no_line_is_longer_than_78_columns() -> None:
    html = f"<p>{'word ' * 200}</p><ul><li>{'word ' * 100}</li></ul><pre>{'x' * 200}</pre>"

    assert max(map(len, written(html).splitlines())) <= 78


def test_an_address_is_never_cut() -> None:
    url = "https://x.example/" + "a" * 200

    assert written(f"<p>See {url} there</p>") == f"See\n{url}\nthere"


def test_chinese_is_broken_between_clauses_and_counted_twice_as_wide() -> None:
    lines = wrapped("漁船今天早上回到港口。" * 10).splitlines()

    assert max(map(width, lines)) <= 78
    assert all(line.endswith("。") for line in lines)


@given(st.text(), st.integers(10, 90))
def test_wrapping_keeps_every_letter_in_order(text: str, columns: int) -> None:
    lines = wrapped(text, columns=columns)

    assert "".join(lines.split()) == "".join(text.split())
    assert all(width(line) <= columns or re.search("://", line) for line in lines.splitlines())


@pytest.mark.parametrize("depth", [20, 37, 60, 99])
def test_deep_quotations_keep_their_words_whole_and_their_code(depth: int) -> None:
    html = "<blockquote>" * depth + "<p>lighthouse</p><pre>horn.sound()</pre>" + "</blockquote>" * depth

    text = written(html)

    assert "> lighthouse" in text
    assert "horn.sound()" in text
    assert max(map(width, text.splitlines())) <= 78


def test_a_list_that_starts_at_no_usable_number_starts_at_one() -> None:
    assert written(f'<ol start="{"9" * 5_000}"><li>a</li></ol>') == "1. a"
