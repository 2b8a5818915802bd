import time

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.html_opening import all_outside_code, first_elements
from syndicate.posts.plain import text_of
from syndicate.posts.sanitising import sanitise
from syndicate.posts.words import count_words

FORTY = "word " * 39 + "end."
LONG = "word " * 99 + "end."


@pytest.mark.parametrize(
    ("html", "opening"),
    [
        (f"<p>{FORTY}</p><p>Two.</p><p>{FORTY}</p>", f"<p>{FORTY}</p><p>Two.</p>"),
        (f"<p>{LONG}</p><p>Two.</p>", f"<p>{LONG}</p>"),
        ("<p>All of it.</p>", "<p>All of it.</p>"),
        (f"<p>One.</p><h2>Then</h2><p>{LONG}</p>", "<p>One.</p>"),
        (f"<img src=a><p>{LONG}</p><p>Two.</p>", f"<img src=a><p>{LONG}</p>"),
        (f"<figure><img src=a></figure><p>{LONG}</p>Rest.", f"<figure><img src=a></figure><p>{LONG}</p>"),
        (f"<ul><li>{FORTY}<li>{FORTY}</ul><p>Rest.</p>", f"<ul><li>{FORTY}<li>{FORTY}</ul>"),
        (f"<p>{FORTY}<p>{FORTY}<p>Rest.", f"<p>{FORTY}"),
        (f"{FORTY}<br><br>{FORTY}<br>\n<br/>Rest.", f"{FORTY}<br><br>"),
        (f"A <b>bold</b> <i>{FORTY}</i> start.<p>{FORTY}</p>", f"A <b>bold</b> <i>{FORTY}</i> start."),
        (
            f"<blockquote><p>{FORTY}</p><p>{FORTY}</p></blockquote>x",
            f"<blockquote><p>{FORTY}</p><p>{FORTY}</p></blockquote>",
        ),
        (f"<script>var a = '<p>'</script><p>{LONG}</p>Rest.", f"<script>var a = '<p>'</script><p>{LONG}</p>"),
        (f"<p title='a > b'>{LONG}</p>Rest.", f"<p title='a > b'>{LONG}</p>"),
        (f"<!-- <p> --><p>{LONG}</p></p></div>Rest.", f"<!-- <p> --><p>{LONG}</p>"),
        ("  \n ", ""),
        ("", ""),
    ],
)
def test_an_opening_is_the_first_whole_elements(html, opening):
    assert first_elements(html)[0] == opening


def test_it_says_whether_the_text_goes_on():
    assert first_elements(f"<p>{LONG}</p>\n") == (f"<p>{LONG}</p>", False)
    assert first_elements(f"<p>{LONG}</p>\n<p>More.</p>")[1]


def test_a_box_around_everything_is_opened_and_closed():
    html = f'<div class="post"><section><p>{FORTY}</p><p>{FORTY}</p></section></div>'

    opening, rest = first_elements(html)

    assert opening == f'<div class="post"><section><p>{FORTY}</p></section></div>'
    assert rest


def test_a_mark_in_a_script_or_an_example_is_not_found():
    html = "<pre>X</pre><script>X</script><code>a<code>X</code>X</code> X </pre> X <textarea>X"

    assert list(all_outside_code(html, "X")) == [html.index(" X </pre>") + 1, html.index(" X <textarea>") + 1]


@given(
    st.lists(
        st.sampled_from(["<p>a b c</p>", "<ul><li>x y</li></ul>", "<h2>t</h2>", f"<p>{FORTY}</p>", "<hr>"])
    )
)
def test_an_opening_holds_the_first_elements_whole_and_in_order(parts):
    html = "".join(parts)
    whole = [lxml.html.tostring(each) for each in lxml.html.fragment_fromstring(html, "div")]

    opening, rest = first_elements(html)

    taken = [lxml.html.tostring(each) for each in lxml.html.fragment_fromstring(opening, "div")]
    assert taken == whole[: len(taken)]
    assert rest or taken == whole
    assert count_words(text_of(opening)) <= 70


_NAMES = st.sampled_from(["p", "div", "b", "li", "ul", "script", "pre", "h2", "section", "br", "img", "hr"])
_ODD = st.sampled_from(["<a/href='>'>", "</a>", "<!--", "-->", "<", ">", '"', "'", "word ", FORTY])
_PIECES = _ODD | _NAMES.map("<{}>".format) | _NAMES.map("</{}>".format)


@given(st.lists(_PIECES, max_size=40))
def test_whatever_the_html_the_opening_is_its_beginning(pieces):
    html = "".join(pieces)

    opening, rest = first_elements(html)

    text, all_text = text_of(sanitise(opening, base="").html), text_of(sanitise(html, base="").html)
    assert "".join(all_text.split()).startswith("".join(text.split()))
    assert rest or text == all_text


@pytest.mark.parametrize(
    "html",
    [
        "<b>" * 60_000 + "</i>" * 60_000,
        "<p>" * 60_000,
        "<a '" * 60_000,
        '<a "\'" ' * 60_000,
        "<!--" * 60_000,
        "<script>" * 60_000,
        "<div>" * 100_000 + "x",
        "<br>" * 100_000,
        "<a " * 100_000,
    ],
)
def test_hostile_html_takes_no_time(html):
    begun = time.process_time()

    first_elements(html)
    list(all_outside_code(html, "<"))

    assert time.process_time() - begun < 3
