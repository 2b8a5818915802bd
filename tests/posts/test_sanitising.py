import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from syndicate.posts.nesting import MAX_DEPTH
from syndicate.posts.sanitising import sanitise

BASE = "https://harbour.example/news/2024/a.html"


def safe(html: str) -> str:
    return sanitise(html, base=BASE).html


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="java\tscript:alert(1)">x</a>',
        '<a href=" &#1;javascript:alert(1)">x</a>',
        '<a href="vbscript:x">x</a>',
        '<img src="data:text/html,<script>alert(1)</script>">',
        '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
        '<iframe src="https://a.example"></iframe>',
        "<form action=/x><input name=a></form>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        '<base href="https://evil.example/">',
        '<meta http-equiv=refresh content="0;url=https://evil.example">',
        "<object data=x></object><embed src=x>",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
        '<p style="background:url(javascript:alert(1))" class="a" id="b">x</p>',
        "<excerpt/>text",
    ],
)
def test_nothing_that_runs_frames_or_submits_gets_through(html: str) -> None:
    tree = html5lib.parse(safe(html), namespaceHTMLElements=False)

    for element in tree.iter():
        assert element.tag in {"html", "head", "body", "p", "a", "img", "table", "tbody", "tr", "td"}
        for name, value in element.attrib.items():
            assert name in {"href", "src", "title", "alt"}
            assert name == "title" or value.startswith(("https://", "http://"))


def test_a_host_in_any_script_is_the_one_that_browsers_go_to() -> None:
    html = safe('<a href="https://straße.example/a">s</a><a href="//bücher.example:81">b</a>')

    assert 'href="https://xn--strae-oqa.example/a"' in html
    assert 'href="https://xn--bcher-kva.example:81"' in html


def test_addresses_become_absolute() -> None:
    html = safe(
        '<a href="../b">b</a><a href="/c">c</a><a href="#d">d</a><a href="//e.example/f">f</a>'
        '<img src="i j.png" srcset="k.png 1x, /l.png 2x"><video poster="m.png" src="n.mp4"></video>'
        '<a href="mailto:a@b.example">m</a>'
    )

    tree = lxml_html.fragment_fromstring(html, create_parent="div")
    assert [link.get("href") for link in tree.iter("a")] == [
        "https://harbour.example/news/b",
        "https://harbour.example/c",
        f"{BASE}#d",
        "https://e.example/f",
        "mailto:a@b.example",
    ]
    (image,) = tree.iter("img")
    assert image.get("src") == "https://harbour.example/news/2024/i%20j.png"
    assert image.get("srcset") == (
        "https://harbour.example/news/2024/k.png 1x, https://harbour.example/l.png 2x"
    )
    (video,) = tree.iter("video")
    assert video.get("poster") == "https://harbour.example/news/2024/m.png"
    assert video.get("src") == "https://harbour.example/news/2024/n.mp4"


def test_an_embedded_picture_stays_and_an_address_that_is_none_goes() -> None:
    assert "data:image/png;base64,AAAA" in safe('<img src="data:image/png;base64,AAAA">')
    assert safe('<a href="http://[">x</a>') == "<a>x</a>"


def test_what_stands_for_readers_without_scripts_is_kept() -> None:
    assert safe('<noscript><a href="https://a.example/">See it</a></noscript>') == (
        '<a href="https://a.example/">See it</a>'
    )


@pytest.mark.parametrize("tag", ["div", "blockquote", "b", "ul><li"])
@pytest.mark.parametrize("depth", [150, 3_000, 60_000])
def test_deep_nesting_is_flattened_and_no_text_is_lost(tag: str, depth: int) -> None:
    result = sanitise(f"<{tag}>" * depth + "the text", base=BASE)

    assert result.flattened
    assert "the text" in result.html
    tree = lxml_html.fragment_fromstring(result.html, create_parent="div")
    assert max(sum(1 for _ in element.iterancestors()) for element in tree.iter()) <= MAX_DEPTH + 1


def test_flattening_opens_no_attribute() -> None:
    attribute = 'title="&lt;b" lang="&lt;img src=x onerror=alert(1)&gt;"'
    result = sanitise("<div>" * 150 + f"<p {attribute}>x</p>", base=BASE)

    assert not list(lxml_html.fragment_fromstring(result.html, create_parent="div").iter("img"))


def test_footnotes_keep_their_marks_and_code_its_language() -> None:
    html = '<sup><a href="#fn-1" id="fnref-1">1</a></sup><pre><code class="language-ruby">1</code></pre>'

    assert safe(html) == html.replace('href="#fn-1"', f'href="{BASE}#fn-1"')


@pytest.mark.parametrize(
    ("frame", "link"),
    [
        (
            '<iframe src="https://v.example/e?x=1&amp;y=2"></iframe>',
            ("https://v.example/e?x=1&amp;y=2", "v.example/e"),
        ),
        ("<iframe title='A \"film\"' src=//v.example/e>no</iframe>", ("https://v.example/e", 'A "film"')),
        ('<iframe src="//v.example/e" title="1 < 2 >"></iframe>', ("https://v.example/e", "1 &lt; 2 &gt;")),
        ("<iframe src=//v.example/e title='<b>'></iframe>", ("https://v.example/e", "&lt;b&gt;")),
        ("<iframe src=//v.example/e title=it's></iframe>after", ("https://v.example/e", "it")),
        ('<IFRAME SRC="/e" /> after', ("https://x.example/e", "x.example/e")),
    ],
)
def test_a_frame_becomes_a_link(frame: str, link: tuple[str, str]) -> None:
    html = sanitise(f"<p>{frame}</p>", base="https://x.example/a/").html

    assert f'<a href="{link[0]}">{link[1]}</a>' in html
    assert "iframe" not in html.lower()
    assert ("after" in html) == ("after" in frame)


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>a</td></tr></table>",
        "<table><thead><tr><th>a</th></tr></thead><tr><td>b</td></tr></table>",
        "<table><tbody><tr><td>a</td></tr></tbody></table>",
    ],
)
def test_a_table_has_the_bodies_that_its_author_wrote(html: str) -> None:
    assert safe(html) == html


@pytest.mark.parametrize(
    "source", ["javascript:alert(1)", "data:text/html,x", "", "mailto:a@b.c", "http://["]
)
def test_a_frame_of_no_address_is_left_out(source: str) -> None:
    assert (
        sanitise(f'<p>a<iframe src="{source}"></iframe>b</p>', base="https://x.example/").html == "<p>ab</p>"
    )


@pytest.mark.parametrize(
    "html", ["<input>", "<input type=text onfocus=x>", "<input type=password", "<input/type=image src=x>"]
)
def test_nothing_can_be_filled_in(html: str) -> None:
    assert "<input" not in safe(html)


@pytest.mark.parametrize(
    "html", ["<input type=checkbox name=q onclick=x>", "<INPUT TYPE='checkbox' value=1 form=f>"]
)
def test_the_box_of_a_task_list_stays_and_cannot_be_ticked(html: str) -> None:
    assert sorted(safe(html)[:-1].split()) == ["<input", 'disabled=""', 'type="checkbox"']


_ODD_TEXTS = st.sampled_from(
    [
        "<",
        ">",
        "&",
        "&amp;",
        "&nbsp;",
        "\t",
        "\n",
        "\r",
        "\x00",
        "\x0c",
        "\x85",
        "\xa0",
        "\u2028",
        "a\ufeff",
        "\ufffe",
    ]
)
_TEXTS = st.sampled_from(["a", "神", "😀", " ", '"', "'", "`", "[1]"]) | _ODD_TEXTS
_TAGS = st.sampled_from(
    [
        *(f"<{mark}{tag}>" for tag in ("p", "h1", "em", "strong", "code") for mark in ("", "/")),
        *("<P>", "<p >", "<p/>", "<em id=fn1>", "<h7>", "<pre>", "</pre>", "<!-- a -->"),
    ]
)
_INLINE = st.lists(_TEXTS | _TAGS, max_size=2).map("".join)
_STANDING_OUT = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["em", "strong", "code"]), _INLINE)
_BLOCK = st.builds(
    "<{0}>{1}</{0}>{2}".format,
    st.sampled_from(["p", "h1", "h6"]),
    st.lists(_STANDING_OUT | _TEXTS, max_size=3).map("".join),
    st.sampled_from(["", "\n", "\n\n", " "]),
)
#: What the shortest way doesn't take, and the cleaner leaves as it is.
_RULE = "<hr>"


@given(st.lists(_BLOCK, max_size=3).map("".join) | st.lists(_TEXTS | _TAGS, max_size=8).map("".join))
def test_what_needs_no_cleaning_comes_out_as_if_it_were_cleaned(html: str) -> None:
    assert _RULE + safe(html) == safe(_RULE + html)
