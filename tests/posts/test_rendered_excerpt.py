import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.rendered_excerpt import before_mark, first_paragraphs, without_sole_paragraph


def words(count: int) -> str:
    return " ".join(f"w{number}" for number in range(count))


def cut(html: str, count: int = 70, *, by_characters: bool = False) -> str:
    return first_paragraphs(html, words=count, by_characters=by_characters)


@pytest.mark.parametrize(("second", "rest"), [(29, "\n<p>end</p>"), (30, ""), (31, "")])
def test_paragraphs_are_taken_whole_until_there_are_seventy_words(second: int, rest: str) -> None:
    head = f"<p>{words(40)}</p>\n<p>{words(second)}</p>"

    assert cut(f"{head}\n<p>end</p>") == head + rest


def test_what_is_no_paragraph_comes_along_uncounted_until_the_next_one_ends() -> None:
    html = f"<ul>\n<li>{words(80)}</li>\n</ul>\n<p>xx</p>\n<p>yy</p>"

    assert cut(html) == html[: html.index("\n<p>yy")]


def test_a_quotation_is_not_cut() -> None:
    quotation = (
        f"<blockquote>\n<p>{words(75)}</p>\n<blockquote><p>inner</p></blockquote>\n<p>more</p>\n</blockquote>"
    )

    assert cut(f"{quotation}\n<p>end</p>") == quotation


def test_tags_are_no_words() -> None:
    html = f'<p>{words(68)} <a href="b" title="t">aa</a> <b>x</b>\n<br> yy</p>\n<p>end</p>'

    assert cut(html, 70) == html.replace("\n<p>end</p>", "")
    assert cut(html, 71) == html


def test_of_highlighted_code_only_the_lines_count() -> None:
    code = f'<pre tabindex="0"><code class="language-go" data-lang="go">{words(60)}\nb\n</code></pre>'
    html = f"<p>{words(30)}</p>\n{code}<p>{words(39)}</p>\n<p>end</p>"

    assert cut(html) == html.replace("\n<p>end</p>", "")
    assert cut(html, 71) == html.replace("\n<p>end</p>", "")
    assert cut(html, 72) == html


def test_characters_count_where_the_site_says_so() -> None:
    html = f"<p>{'字' * 71}</p>\n<p>end</p>"

    assert cut(html) == html
    assert cut(html, by_characters=True) == f"<p>{'字' * 71}</p>"
    assert cut(f"<p>{'字' * 69}</p>\n<p>end</p>", by_characters=True).endswith("end</p>")


def test_no_words_at_all_are_none() -> None:
    assert cut("<p>a</p>", 0) == ""


@pytest.mark.parametrize(
    ("html", "before"),
    [
        ("<p>a</p>\n<p>MARK</p>\n<p>b</p>", "<p>a</p>\n"),
        ("<p>MARK</p>\n<p>b</p>", ""),
        ("<blockquote>\n<p>a</p>\n<p>MARK</p>\n</blockquote>", "<blockquote>\n<p>a</p>\n"),
        ("<ul>\n<li>\n<p>MARK</p>\n</li>", "<ul>\n<li>\n"),
        ("<pre><code>a\nMARK\nb\n</code></pre><p>c</p><p>d</p>", "<pre><code>a\n\nb\n</code></pre><p>c</p>"),
        ("<pre>MARK</pre>", "<pre></pre>"),
    ],
)
def test_a_mark_ends_the_excerpt_and_its_paragraph_goes_with_it(html: str, before: str) -> None:
    assert before_mark(html, "MARK") == before


@pytest.mark.parametrize(
    ("html", "inside"),
    [
        ("<p>a <em>b</em></p>\n", "a <em>b</em>"),
        ("<p>a</p>\n<p>b</p>", "<p>a</p>\n<p>b</p>"),
        ("<p>a</p><pre>b</pre><p>c</p>", "<p>a</p><pre>b</pre><p>c</p>"),
        ("<ul></ul>", "<ul></ul>"),
        ("", ""),
    ],
)
def test_a_sole_paragraph_is_its_text(html: str, inside: str) -> None:
    assert without_sole_paragraph(html) == inside


@given(st.text(alphabet="<>p/ab \nlockqute=\"'", max_size=200), st.integers(0, 5))
def test_what_is_cut_is_where_it_begins(html: str, count: int) -> None:
    assert html.startswith(cut(html, count))
