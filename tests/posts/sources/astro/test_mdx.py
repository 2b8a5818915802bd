import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.sources.astro.mdx import reduced


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("import A from 'a';\nimport {\n  b\n} from 'b';\n\nText", "\nText"),
        ("export const n = {\n\n  a: 1,\n};\n\nText", "\nText"),
        ("export const n = {\n\nText", "\nText"),
        ("Text\nimport is a word", "Text\nimport is a word"),
        ("important", "important"),
        ("```js\nimport a from 'a'\n```", "```js\nimport a from 'a'\n```"),
        ("a {b} c", "a  c"),
        ("a {'b'} {\"c\"} {` `}d", "a b c  d"),
        ("a {/* note */} b", "a  b"),
        ("a {[1, 2].map((x) => { return <Li>{x}</Li> })} b", "a  b"),
        ("`{code}` ``<A>`` {x}", "`{code}` ``<A>`` "),
        ("~~~\n{x} <A/>\n~~~", "~~~\n{x} <A/>\n~~~"),
        ("<A>b</A> <A.B c='>'>d</A.B> <>e</> <a.b/>", "b d e "),
        ('<A b={{ c: ">" }} d="}" {...e}>f</A>', "f"),
        ("<A\n  b='c'\n/>d", "d"),
        ("1 < 2, a <b>c</b>", "1 < 2, a <b>c</b>"),
        ("<div className='x'>**b**</div>", "**b**"),
        ("<A b", "\\<A b"),
        ("a } b { c", "a  b  c"),
        ("\\{a\\} \\<A>", "\\{a\\} \\<A>"),
        ("<A>\n    indented\n\n        more\n</A>", "\nindented\n\nmore\n"),
        ("- item\n    - nested\n\n    text", "- item\n    - nested\n\n    text"),
    ],
)
def test_components_leave_their_text_and_code_leaves_nothing(source, text):
    assert reduced(source).text == text


def test_what_was_taken_out_is_named_once():
    assert reduced("<A b='c'>{d}</A><A.B/>{d}").removed == ("<A>", "{d}", "<A.B>")


@given(st.text(alphabet="{}<>/AB a='\"`\n\\-importexport~"))
def test_any_text_ends_without_a_component_or_an_expression(source):
    text = reduced(source.replace("`", "").replace("~", "").replace("\\", "")).text

    assert "<A>" not in text.replace("\\<A", "")
    assert "{" not in text


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "}",
        "<A ",
        "<A '",
        '<A "',
        "<A {",
        "<A b={",
        "<",
        "`",
        "``` \n",
        "export {\n\n",
        "import a\n",
        "\\",
        "<A>",
        "{'",
    ],
)
def test_hostile_mdx_takes_no_time(piece):
    started = time.process_time()

    reduced(piece * 40_000)

    assert time.process_time() - started < 5
