import time
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.kramdown import render, to_commonmark


@pytest.mark.parametrize(
    ("source", "bridged"),
    [
        ("a\n\n-\n\nb", "a\n\n\\-\n\nb"),
        ("1.", "1\\."),
        ("- item", "- item"),
        ("{: .note #x key='v' }\ntext", "text"),
        ("a *b*{: .big} c", "a *b* c"),
        ("a {: .big} c", "a {: .big} c"),
        ("`a`{:.b} `c{:.d}`", "`a` `c{:.d}`"),
        ("# Title {#own}", "# Title"),
        ("* TOC\n{:toc}\n\ntext", "\ntext"),
        ("1) a", "1\\) a"),
        ("a~b~c ~~d~~", "a\\~b\\~c ~~d~~"),
        ("<https://x.example/~a/~b> `~c~`", "<https://x.example/~a/~b> `~c~`"),
        ("{::comment}\nx\n{:/comment}\ny", "y"),
        ("```\n{::comment}\n```", "```\n{::comment}\n```"),
        ("$$a_b*c$$", "\\\\[a\\_b\\*c\\\\]"),
        ("`$$a$$`", "`$$a$$`"),
        ("a | b", "|  |  |\n| --- | --- |\n| a | b |"),
        ("```\na | b\n```", "```\na | b\n```"),
        ("_a。__", "_a。\\_\\_"),
        ("<p>a</p>\nb", "<p>a</p>\n\nb"),
        ('<p>a</p>\n<a href="/">b</a>', '<p>a</p>\n\n<a href="/">b</a>'),
        ("<p>a</p>\n<div>b</div>", "<p>a</p>\n<div>b</div>"),
        ("{:toc}", ""),
        ("{:ok, x}", "{:ok, x}"),
        ("`{: .x}` stays", "`{: .x}` stays"),
        ("```\n{: .x}\n-\n```", "```\n{: .x}\n-\n```"),
        ("a\n\n```\nb\n-", "a\n\n\\```\nb\n\\-"),
    ],
)
def test_kramdowns_ways_are_bridged(source: str, bridged: str) -> None:
    assert to_commonmark(source) == bridged


def test_quotes_and_dashes_are_set_as_kramdown_sets_them() -> None:
    assert render('It\'s "so" -- and...') == "<p>It\u2019s \u201cso\u201d \u2013 and\u2026</p>\n"


def test_attribute_lists_that_never_end_cost_nothing() -> None:
    source = "{:" + ".a=b" * 20_000

    assert to_commonmark(source) == source


@pytest.mark.parametrize(
    "source",
    [
        "a | b\n" * 30_000,
        "| " * 100_000,
        "`" * 50_000 + "|",
        "`a" * 50_000 + " | b",
        "$$" * 50_000,
        "$$a " * 50_000,
        "_a" * 50_000,
        "_a __" * 30_000,
        "a__ " * 50_000,
        "a|b\n" + "-" * 100_000 + "x",
        "| a " * 20_000 + "\n" + "| b\n" * 20_000,
        "$$a$$ " * 50_000,
        "# a" + " " * 100_000 + "{#b",
        "~a" * 50_000,
        "<" * 50_000 + "~a~",
        "{::comment}" * 20_000,
        "{::comment} {:/} " * 20_000,
        '<div markdown="1">' * 20_000,
        '<div markdown="1">\n' * 5_000,
        "<div markdown=" * 20_000,
        "*[a]: b\n" * 20_000 + "a " * 20_000,
        "".join(f"*[w{n}]: b\n" for n in range(20_000)) + "w1 " * 20_000,
        "<p>a</p>\nb\n" * 20_000,
        "term\n: def\n" * 5_000,
        "{#a" * 50_000 + "\n====",
    ],
)
def test_hostile_marks_cost_linear_time(source: str) -> None:
    began = time.process_time()
    render(source)

    assert time.process_time() - began < 5


@given(st.text(alphabet="ab |`*_~$^-:{}[]()<>#\n\\1.)", max_size=200))
def test_no_text_stops_the_bridge(source: str) -> None:
    assert isinstance(render(source), str)


def test_code_comes_through_the_bridge_as_it_was() -> None:
    code = "a | b\n$$x_1$$\n{: .x}\n*[A]: b\n{::comment}\n~a~ _b__\n-\n1) c\n^"

    assert f"<code>{escape(code)}\n</code>" in render(f"Text A\n\n```\n{code}\n```\n")


def test_an_abbreviation_is_explained_in_text_alone() -> None:
    html = render('A `A` [A](/A) AB\n\n*[A]: one & "two"\n')

    explained = '<abbr title="one &amp; &quot;two&quot;">A</abbr>'
    assert html == f'<p>{explained} <code>A</code> <a href="/A">{explained}</a> AB</p>\n'
