import pytest

from syndicate.posts.markdown import GOLDMARK, KRAMDOWN, Dialect, render


@pytest.mark.parametrize("dialect", [GOLDMARK, KRAMDOWN])
def test_a_short_text_may_refer_to_a_long_address_often(dialect: Dialect) -> None:
    html = render("[r] [t][R] [r]\n\n[r]: https://r.example/a-rather-long-address", dialect)

    assert html.count('<a href="https://r.example/a-rather-long-address">') == 3


def test_a_text_cannot_multiply_itself_by_references() -> None:
    html = render("[a] " * 1_000 + "\n\n[a]: /" + "x" * 10_000, KRAMDOWN)

    assert len(html) < 250_000


@pytest.mark.parametrize(
    ("dialect", "source", "html"),
    [
        (GOLDMARK, "- [x] a", '<ul>\n<li><input type="checkbox" checked="" disabled="" /> a</li>\n</ul>\n'),
        (KRAMDOWN, "- [x] a", "<ul>\n<li>[x] a</li>\n</ul>\n"),
        (GOLDMARK, "a <b>c</b>", "<p>a <!-- raw HTML omitted -->c<!-- raw HTML omitted --></p>\n"),
        (Dialect(hard_breaks=True), "a\nb", "<p>a<br />\nb</p>\n"),
        (Dialect(), "a <b>c</b>", "<p>a <b>c</b></p>\n"),
        (Dialect(emoji=True), ":smile:", "<p>\U0001f604</p>\n"),
        (Dialect(marks=True, insertions=True), "==a== ++b++", "<p><mark>a</mark> <ins>b</ins></p>\n"),
        (Dialect(superscripts=True, subscripts=True, strikethrough=False), "x^2^ H~2~O",
         "<p>x<sup>2</sup> H<sub>2</sub>O</p>\n"),
        (Dialect(tables=False, smart=False), "| a |\n|--|", "<p>| a |\n|--|</p>\n"),
        (Dialect(footnotes=False), "a[^1]\n\n[^1]: b", '<p>a<a href="b">^1</a></p>\n'),
    ],
)  # fmt: skip
def test_a_dialect_has_what_it_says(dialect: Dialect, source: str, html: str) -> None:
    assert render(source, dialect) == html
