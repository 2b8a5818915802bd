import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.mail.fragment import mailable
from syndicate.mail.plaintext import plain


def shown(html: str, *, below: int = 2, images: bool = True) -> str:
    return mailable(html, below=below, images=images)


def test_plain_prose_stays_as_it_is() -> None:
    html = "<p>One <em>two</em> &amp; <strong>three</strong>.</p>\n<blockquote><p>Four</p></blockquote>"

    assert shown(html) == html


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>@import url(http://x.example/)</style>",
        "<link rel=stylesheet href=http://x.example/>",
        "<iframe src=https://x.example></iframe>",
        "<form action=https://x.example><input name=a></form>",
        "<!--[if mso]><p>x</p><![endif]-->",
        "<base href=https://x.example/>",
        "<svg><script>alert(1)</script></svg>",
        "<video src=https://x.example/a.mp4></video>",
    ],
)
def test_what_a_mail_must_not_hold_is_gone(html: str) -> None:
    assert shown(f"<p>before</p>{html}<p>after</p>") == "<p>before</p><p>after</p>"


def test_handlers_classes_and_styles_are_gone() -> None:
    html = '<p onclick="x()" class="a" id="b" style="color:red">text</p>'

    assert shown(html) == "<p>text</p>"


def test_headings_continue_the_pages_outline_without_a_gap() -> None:
    html = "<h1>a</h1><h4>b</h4><h2>c</h2><h6>d</h6>"

    assert re.findall(r"<h\d", shown(html, below=2)) == ["<h3", "<h4", "<h4", "<h5"]


def test_no_heading_is_deeper_than_six() -> None:
    assert "<h7" not in shown("<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4>", below=4)


def test_an_empty_heading_is_gone() -> None:
    assert shown("<h2> </h2><p>x</p>") == "<p>x</p>"


def test_a_link_that_leads_nowhere_in_a_mail_keeps_its_words() -> None:
    assert shown('<p><a href="#top">up</a> <a href="javascript:x()">x</a> <a>y</a></p>') == "<p>up x y</p>"


def test_a_link_without_words_is_gone() -> None:
    assert shown('<p>a<a href="https://x.example/"> </a>b</p>') == "<p>a b</p>"


def test_a_picture_has_alt_text_and_a_width_that_fits() -> None:
    html = '<img src="https://x.example/a.png" width="2000"><img src="https://x.example/b.png" width="40">'

    assert shown(html) == (
        '<img src="https://x.example/a.png" width="536" alt="">'
        '<img src="https://x.example/b.png" width="40" alt="">'
    )


def test_a_linked_picture_is_never_nameless() -> None:
    html = '<a href="https://x.example/"><img src="https://x.example/a.png"></a>'

    assert 'alt="Picture"' in shown(html)


def test_a_picture_that_no_mail_can_load_leaves_its_words() -> None:
    assert shown('<p><img src="data:image/png;base64,AA" alt="A map"></p>') == "<p>A map</p>"


def test_without_pictures_their_words_stay_and_empty_links_go() -> None:
    html = '<p><a href="https://x.example/"><img src="https://x.example/a.png"></a>b</p>'

    assert shown(html, images=False) == "<p>b</p>"


def test_a_table_of_data_is_one_and_any_other_is_layout() -> None:
    html = "<table><tr><th>a</th></tr></table><table><tr><td>b</td></tr></table>"

    assert re.findall(r"<table[^>]*>", shown(html)) == ["<table>", '<table role="presentation">']


def test_modern_elements_become_what_every_client_knows() -> None:
    html = (
        '<figure><img src="https://x.example/a.png" alt="A"><figcaption>cap</figcaption></figure>'
        "<mark>m</mark>"
    )

    assert shown(html) == ('<div><img src="https://x.example/a.png" alt="A" width="536"><p>cap</p></div>m')


def test_characters_beyond_html_are_dropped() -> None:
    assert shown("<p>a\x00b\x1bc\ufffe</p>") == "<p>abc</p>"


def test_what_is_nested_too_deeply_becomes_a_paragraph() -> None:
    assert shown("<ul><li>" * 120 + "x &lt; y") == "<p>x &lt; y</p>"


@given(st.text(st.sampled_from("<>/ab&;!-=\"'{} \n")))
def test_any_markup_gives_well_formed_html_again(html: str) -> None:
    once = shown(html)

    assert shown(once) == once


def test_a_width_beyond_all_bounds_is_the_columns() -> None:
    html = f'<p><img src="https://x.example/a.png" alt="A map" width="{"9" * 5_000}"></p>'

    assert 'width="536"' in shown(html)


def test_the_boxes_of_a_task_list_stay_readable() -> None:
    html = (
        '<ul><li><input type="checkbox" disabled=""> a</li><li><input type="checkbox" checked=""> b</li></ul>'
    )

    assert shown(html) == "<ul><li>\u2610 a</li><li>\u2611 b</li></ul>"
    assert plain(html)[0].split() == ["*", "\u2610", "a", "*", "\u2611", "b"]


@pytest.mark.parametrize("name", ["{", "{x", "{x}", "}", "a{"])
def test_an_attribute_of_any_name_is_left_out(name: str) -> None:
    assert shown(f'<p {name} title="t" onclick="x">one</p>') == '<p title="t">one</p>'
