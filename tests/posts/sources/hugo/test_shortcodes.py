import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.posts.players import linked
from syndicate.posts.sources.hugo.markup import Markup
from syndicate.posts.sources.hugo.rendering import render, surroundings_of
from syndicate.posts.sources.hugo.shortcode_syntax import pairs, tags
from syndicate.posts.sources.hugo.shortcodes import filling
from syndicate.posts.sources.hugo.videos import Privacy

ADDRESSES = {"b": "https://x.example/b/", "/posts/b.md#frag": "https://x.example/b/#frag"}


AROUND = surroundings_of(page={}, site={}, markup=Markup(), address_of=lambda path: ADDRESSES.get(path, ""))


def rendered(source, *, page=None, site=None):
    around = replace(AROUND, page=page or {}, site=site or {})
    return render(source, around, markdown=True, base="https://x.example/p/", delimiters=())


def shown(source, **values):
    return rendered(source, **values).html.replace("\n", "")


FIGURE = """\
{{< figure src="a.png" alt="A" title="T *x*" caption="C *y*" attr="At" attrlink="https://q.example/"
    link="https://l.example" width=10 height="20" >}}"""
FIGURE_HTML = """\
<figure><a href="https://l.example"><img src="https://x.example/p/a.png" alt="A" width="10" height="20"></a>\
<figcaption><h4>T *x*</h4><p>C <em>y</em> <a href="https://q.example/">At</a></p></figcaption></figure>"""
CAPTION_HTML = (
    '<figure><img src="https://x.example/b%20c.png" alt="Cap"><figcaption><p>Cap</p></figcaption></figure>'
)
DETAILS_HTML = '<details open=""><summary>See <em>it</em></summary><p><strong>b</strong></p></details>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (FIGURE, FIGURE_HTML),
        ('{{< figure src="/b c.png" caption="Cap" >}}', CAPTION_HTML),
        ("{{< highlight go >}}\nx\n{{< /highlight >}}", '<pre><code class="language-go">x</code></pre>'),
        ("{{< highlight >}}a <- b{{< /highlight >}}", "<pre><code>a &lt;- b</code></pre>"),
        ('a {{< highlight go "hl_inline=true" >}}x{{< /highlight >}} b', "<p>a <code>x</code> b</p>"),
        ('{{< details summary="See *it*" open=true >}}\n**b**\n{{< /details >}}', DETAILS_HTML),
        ("{{< details >}}x{{< /details >}}", "<details><summary>Details</summary><p>x</p></details>"),
        ("{{< qr >}}hello{{< /qr >}}", "<p>hello</p>"),
        ("{{% comment %}}hidden{{% /comment %}}x", "<p>x</p>"),
    ],
)
def test_hugos_own_shortcodes_are_shown(source, html):
    found = rendered(source)

    assert found.html.replace("\n", "") == html
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("source", "address", "text"),
    [
        ('x user="zoo" id="14"', "https://x.com/zoo/status/14", "Post by @zoo on X"),
        ("tweet zoo 14", "https://x.com/zoo/status/14", "Post by @zoo on X"),
        ("instagram Cx", "https://www.instagram.com/p/Cx/", "Post on Instagram"),
        ("gist ann 50a7", "https://gist.github.com/ann/50a7", "Gist by ann"),
        ('qr text="https://g.example"', "https://g.example", "https://g.example"),
    ],
)
def test_what_cannot_be_embedded_is_a_link(source, address, text):
    assert shown(f"{{{{< {source} >}}}}") == f'<div><a href="{address}">{text}</a></div>'


#: As Hugo 0.168 writes them, but for what the sanitiser takes away (styles and classes).
YOUTUBE = (
    '<div><iframe allow="accelerometer; autoplay; clipboard-write; encrypted-media; gyroscope; '
    'picture-in-picture; web-share{}" loading="{}" referrerpolicy="strict-origin-when-cross-origin" '
    'src="https://www.youtube.com/embed/d?{}" title="{}"></iframe></div>'
)
SAID = "autoplay=0&amp;controls=1&amp;end=0&amp;loop=0&amp;mute=0&amp;start={}"
LOOPED = "autoplay=1&amp;controls=0&amp;end=40&amp;loop=1&amp;mute=1&amp;playlist=d&amp;start=0"
OPTIONS = (
    'class="k" end=40 autoplay=true controls=false loop=true mute=true loading="lazy" allowFullScreen=false'
)
VIMEO = '<div><iframe src="https://player.vimeo.com/video/123?dnt=0"{}></iframe></div>'


@pytest.mark.parametrize(
    ("source", "frame", "link"),
    [
        (
            "youtube d",
            YOUTUBE.format("; fullscreen", "eager", SAID.format(0), "YouTube video"),
            '<a href="https://www.youtube.com/watch?v=d">YouTube video</a>',
        ),
        (
            'youtube id="d" title="<t>" start=30',
            YOUTUBE.format("; fullscreen", "eager", SAID.format(30), "&lt;t&gt;"),
            '<a href="https://www.youtube.com/watch?v=d&amp;t=30">&lt;t&gt;</a>',
        ),
        (
            f'youtube id="d" {OPTIONS}',
            YOUTUBE.format("", "lazy", LOOPED, "YouTube video"),
            '<a href="https://www.youtube.com/watch?v=d">YouTube video</a>',
        ),
        (
            "vimeo 123",
            VIMEO.format(' allow="fullscreen"'),
            '<a href="https://vimeo.com/123">Vimeo video</a>',
        ),
        (
            'vimeo id="123" title="x & y" class="k" loading="lazy" allowFullScreen=false',
            VIMEO.format(' loading="lazy" title="x &amp; y"'),
            '<a href="https://vimeo.com/123">x &amp; y</a>',
        ),
    ],
)
def test_a_video_is_the_frame_that_hugo_writes_or_a_link(source, frame, link):
    found = shown(f"{{{{< {source} >}}}}")

    assert found == frame
    assert linked(found) == f"<div>{link}</div>"


@pytest.mark.parametrize("identifier", ['\\"><script>', "a/../../b", "?x=y", "d'onload=x", ""])
def test_the_name_of_a_video_leads_out_of_no_attribute(identifier):
    source = f'{{{{< youtube id="{identifier}" start="9x" >}}}} {{{{< vimeo "{identifier}" >}}}}'
    found = linked(shown(source))

    assert "<script" not in found
    assert "<iframe" not in found
    assert "'" not in found


def test_videos_are_shown_as_privately_as_the_site_wants():
    around = replace(AROUND, privacy=Privacy(no_cookies=True, no_tracking=True))
    made = render(
        "{{< youtube d >}} {{< vimeo 1 >}}", around, markdown=True, base="https://x.example/", delimiters=()
    ).html

    assert "https://www.youtube-nocookie.com/embed/d?" in made
    assert "https://player.vimeo.com/video/1?dnt=1" in made


def test_a_reference_is_the_pages_address():
    html = shown(
        '[a]({{< ref "b" >}}) [c]({{% relref "/posts/b.md#frag" %}}) [d]\n\n[d]: {{< ref path="b" >}}'
    )

    assert html == (
        '<p><a href="https://x.example/b/">a</a> <a href="https://x.example/b/#frag">c</a> '
        '<a href="https://x.example/b/">d</a></p>'
    )


def test_a_reference_to_nothing_is_named():
    found = rendered('[a]({{< ref "gone" >}})')

    assert found.warnings == (
        '{{< ref >}} to "gone", which is no page, can\'t be rendered, only its text is shown; write it out',
    )
    assert ">a</a>" in found.html


def test_a_parameter_comes_from_the_page_else_from_the_site():
    page = {"color": "red *b* <i>&", "deep": {"a": 5}}

    assert shown("{{< param color >}} {{% param deep.a %}} {{< param s >}}", page=page, site={"s": "SO"}) == (
        "<p>red *b* &lt;i&gt;&amp; 5 SO</p>"
    )
    assert shown("{{% param color %}}", page=page) == "<p>red <em>b</em> &lt;i&gt;&amp;</p>"
    assert shown("[x]({{< param u >}}/y)", page={"u": "https://u.example"}) == (
        '<p><a href="https://u.example/y">x</a></p>'
    )
    assert "which nobody sets" in rendered("{{< param none >}}").warnings[0]


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("a {{< note >}}*in*{{< /note >}} b", "<p>a <em>in</em> b</p>"),
        ("{{% note %}}\n*in*\n\n- l\n{{% /note %}}", "<div><p><em>in</em></p><ul><li>l</li></ul></div>"),
        ("x\n{{% note %}}\nin\n{{% /note %}}\ny", "<p>x</p><div>in</div><p>y</p>"),
        ('x {{< solo a b="c" >}} y', "<p>x  y</p>"),
        ("{{< note >}}{{< param p >}} {{% b %}}*q*{{% /b %}}{{< /note >}}", "<div>P <em>q</em></div>"),
        ("{{< a >}}x {{< b >}} y{{< /a >}}", "<div>x  y</div>"),
        ("{{< a >}}x{{< b >}}y{{< /a >}}z{{< /b >}}", "<p>xyz</p>"),
        ("- a\n  {{% b %}}\n  in\n  {{% /b %}}", "<ul><li><p>a</p><div>in</div></li></ul>"),
        ("{{< note >}}[r] [t][R]{{< /note >}}\n\n[r]: https://r.example/",
         '<div><a href="https://r.example/">r</a> <a href="https://r.example/">t</a></div>'),
        ("{{< x.inline >}}{{ .Site.Title }}{{< /x.inline >}}y", "<p>y</p>"),
        ('{{< note\n  a=`b\n "c"` >}}in{{< /note >}}', "<div>in</div>"),
        ('{{< note "say >}} so" >}}in{{< /note >}}', "<div>in</div>"),
    ],
)  # fmt: skip
def test_a_sites_own_shortcode_is_its_text(source, html):
    assert shown(source, page={"p": "P"}) == html


def test_a_shortcode_of_the_sites_own_is_named_once_with_its_line(page):
    body = "{{< param title >}}\n\n{{< note >}}a{{< /note >}}\n\n{{% note %}} {{< note >}} {{</* no */>}}"

    remedy = "is the site's own and isn't run, only its text is shown; write it out"
    assert page("title: T\ndate: 2024-01-22", body).warnings == (
        f"content/posts/a.md:7: {{{{< note >}}}} {remedy}",
        f"content/posts/a.md:9: {{{{% note %}}}} {remedy}",
    )


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ('`{{</* x "a" */>}}`', '<p><code>{{&lt; x "a" &gt;}}</code></p>'),
        ("{{%/* y */%}} {{</*  /z  */>}}", "<p>{{% y %}} {{&lt;  /z  &gt;}}</p>"),
        ("```\n{{</* x */>}}\n```", "<pre><code>{{&lt; x &gt;}}</code></pre>"),
        ("{{< highlight html >}}{{</* x */>}}{{< /highlight >}}",
         '<pre><code class="language-html">{{&lt; x &gt;}}</code></pre>'),
        ("{{ .Title }} {% raw %}", "<p>{{ .Title }} {% raw %}</p>"),
    ],
)  # fmt: skip
def test_what_a_text_shows_of_templates_is_shown(source, html):
    assert shown(source) == html


@pytest.mark.parametrize(
    "source",
    [
        "{{<",
        "a {{% b",
        '{{< x "y >}}',
        "{{< >}}",
        "{{% /a %}}",
        "{{< x {{< y >}}",
        "{{</* x >}}",
        "{{< a=b=c >}}",
        "{{<%>}}",
    ],
)
def test_what_is_broken_or_left_open_never_reaches_a_reader(source):
    found = rendered(f"before {source}\n\nafter")

    assert "{{<" not in found.html.replace("&lt;", "<")
    assert "{{%" not in found.html
    assert "before" in found.html
    assert "after" in found.html
    assert found.warnings


@given(st.text(alphabet='{}<>%/*ab "\n=`\\.', max_size=60))
def test_no_text_lets_a_shortcode_through(text):
    filled = filling(text, AROUND).text(text)

    assert "{{<" not in filled
    assert "{{%" not in filled


@given(st.lists(st.sampled_from(["{{< a >}}", "{{< /a >}}", "{{% b %}}", "{{% /b %}}", "x"]), max_size=30))
def test_pairs_never_cross(pieces):
    found = pairs(list(tags("".join(pieces))))

    for start, end in found.items():
        assert start < end
        assert all(start < other_end < end for other, other_end in found.items() if start < other < end)


def test_a_text_can_neither_forge_nor_multiply_what_stands_for_a_shortcode():
    html = shown("SHORTCODE0N0E SHORTCODE1N0E {{< param p >}}", page={"p": "SHORTCODE2N0E SHORTCODE2N1E"})

    assert html.startswith("<p>SHORTCODE0N0E SHORTCODE1N0E ")
    assert len(html) < 200


@pytest.mark.parametrize(
    "piece",
    [
        "{{<", "{{% a %}}", "{{% /a %}}", '{{< x "', "{{</* ", "{{< x `", "## a {#a.a.a.a.a.a.a\n",
        "~ \n", "{{< a=", '{{< figure caption="*a*" src="b" >}}\n', "{{% a %}}x{{% /a %}}",
    ],
)  # fmt: skip
def test_hostile_text_takes_time_in_proportion(piece):
    small, large = piece * (5_000 // len(piece)), piece * (50_000 // len(piece))
    begun = time.process_time()
    rendered(small)
    half = time.process_time()
    rendered(large)

    assert time.process_time() - half < max(1.0, 40 * (half - begun))
