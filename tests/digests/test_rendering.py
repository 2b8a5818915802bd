import email
import email.policy
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jinja2
import premailer
import pytest

from syndicate.digests.budget import LIMIT_BYTES
from syndicate.errors import MessageError, PostError, TemplateError
from syndicate.mail.wire import Wire
from syndicate.model.post import Image
from syndicate.settings.schema import ThemeSettings

LONG = "<p>" + "The harbour was quiet and the gulls were not. " * 60 + "</p>"
#: Posts of twice that length that need a few pictures less to fit.
SLIGHTLY_TOO_MANY = 13
CHINESE = "<p>" + "漁船今天早上回到港口，海鷗一直叫。" * 60 + "</p>"  # noqa: RUF001 - this comma is meant


def body(raw: bytes, kind: str) -> str:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    part = message.get_body((kind,))
    return part.get_content().replace("\r\n", "\n")


def test_the_message_holds_the_page_and_the_text(digest, make_post, personal) -> None:
    edition = digest(make_post(1), make_post(2))

    wire = Wire.parse(edition.wire)
    raw = wire.fill(personal)

    assert body(raw, "plain") == wire.slots.filled_text(edition.text, personal)
    assert body(raw, "html").rstrip() == wire.slots.filled_html(edition.html, personal).rstrip()
    assert personal.unsubscribe_url in body(raw, "html")


def test_the_same_posts_give_the_same_bytes(digest, make_post) -> None:
    assert digest(make_post(1), make_post(2)) == digest(make_post(1), make_post(2))


def test_slot_words_in_a_post_arrive_as_they_were(digest, make_post, personal) -> None:
    words = "SLOTaddress {{ address }} {% raw %} https://slot.invalid/SLOTunsubscribeurl SLOT0123456789abcdef"
    edition = digest(make_post(1, title="{{ title }} SLOTaddress", html=f"<p>{words}</p>"))

    raw = Wire.parse(edition.wire).fill(personal)

    assert words in body(raw, "html")
    assert words in " ".join(body(raw, "plain").split())
    assert edition.subject == "{{ title }} SLOTaddress"


def test_markup_in_a_title_or_a_name_is_text(digest, make_post) -> None:
    html = digest(make_post(1, title="<b>x</b> & y", authors=('<img src=x onerror="a()">',))).html

    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in html
    assert "<img src=x" not in html
    assert "<b>" not in html


@pytest.mark.parametrize("theme", ["paper", "signal"])
@pytest.mark.parametrize("excerpt", [LONG, CHINESE], ids=["latin", "chinese"])
@pytest.mark.parametrize("count", [1, 19, 40, 150, 500])
def test_no_digest_is_larger_than_gmail_shows(  # noqa: PLR0913, PLR0917 - three tables, side by side
    digest, make_post, list_settings, excerpt: str, count: int, theme: str
) -> None:
    posts = [make_post(n, html=excerpt) for n in range(1, count + 1)]
    wide = replace(list_settings, max_posts=500, theme=theme)
    edition = digest(*posts, list_settings=wide, contents=lambda _: LONG)

    shown = len(re.findall(r'<h[123][^>]*class="title', edition.html))
    rest = re.search(r"And (\d+) more posts?", edition.html)

    assert len(edition.html.encode()) <= LIMIT_BYTES - 2_000
    assert shown + (int(rest[1]) if rest else 0) == count
    assert "unsubscribeurl" in edition.html
    assert edition.html.rstrip().endswith("</html>")


def test_what_does_not_fit_goes_in_order(digest, make_post) -> None:
    few = digest(make_post(1), make_post(2))
    some = digest(*[make_post(n, html=LONG * 2) for n in range(1, SLIGHTLY_TOO_MANY + 1)])
    many = digest(*[make_post(n, html=LONG * 5) for n in range(1, 17)])

    assert few.html.count("<img") == 2
    assert 0 < some.html.count("<img") < SLIGHTLY_TOO_MANY
    assert some.html.count('class="text"') == SLIGHTLY_TOO_MANY
    assert many.html.count("<img") == 0
    assert 0 < many.html.count('class="text"') < 16
    assert many.html.count('class="meta"') == 16


def test_a_post_too_long_to_be_shown_whole_shows_its_excerpt(digest, make_post, list_settings) -> None:
    full = replace(list_settings, content="full")
    edition = digest(make_post(1), list_settings=full, contents=lambda _: LONG * 60)

    assert "was back at her berth" in edition.html
    assert "gulls" not in edition.html
    assert "Continue reading" in edition.html


def test_one_digest_is_set_and_inlined_once(digest, make_post, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    for owner, method in ((premailer.Premailer, "transform"), (jinja2.Template, "render")):
        monkeypatch.setattr(owner, method, counted(getattr(owner, method), calls))

    digest(*[make_post(n) for n in range(1, 21)])

    assert sorted(calls) == ["render", "transform"]


def counted(usual: Callable[..., str], calls: list[str]) -> Callable[..., str]:
    def call(*arguments: object, **named: object) -> str:
        calls.append(usual.__name__)
        return usual(*arguments, **named)

    return call


def test_a_post_that_cannot_be_rendered_whole_shows_its_excerpt(digest, make_post) -> None:
    def failing(_: object) -> str:
        raise PostError("_posts/1.md", "broken", "mend it")

    html = digest(make_post(1), contents=failing).html

    assert "was back at her berth" in html
    assert "min read" not in html


def test_a_list_without_a_public_page_has_no_link_to_it(digest, make_post, site) -> None:
    edition = digest(make_post(1), edition_url="", site=replace(site, url=""))

    assert "View in browser" not in edition.html
    assert "View in browser" not in edition.text
    assert "Visit the site" not in edition.html


def test_words_of_ours_keep_their_language_in_another_ones_digest(digest, make_post, site) -> None:
    persian = make_post(1, title="آرامش به بندر بازگشت", language="fa", html="<p>ماهیگیران بازگشتند</p>")

    html = digest(persian, site=replace(site, language="fa")).html

    assert '<html lang="fa" dir="rtl"' in html
    assert re.search(r'<p class="facts" lang="en" dir="ltr"', html)
    assert 'align="right"' in html


def test_a_picture_without_words_gets_some_where_it_is_a_link(digest, make_post) -> None:
    html = digest(make_post(1), make_post(2, image=Image(url="https://x.example/a.jpg", alt="A gull"))).html

    assert 'alt="Cover image: Ferry report 1"' in html
    assert 'alt="A gull"' in html


def test_no_picture_is_wider_than_the_column(digest, make_post) -> None:
    html = digest(make_post(1), make_post(2)).html

    assert re.findall(r'<img[^>]* width="(\d+)"', html) == ["536", "132"]


def test_the_kept_styles_survive_inlining(digest, make_post) -> None:
    html = digest(make_post(1)).html
    styles = re.findall(r"(?s)<style[^>]*>(.*?)</style>", html)

    assert len(styles) == 1
    assert len(styles[0]) < 8_192
    assert "@media (prefers-color-scheme:dark)" in styles[0]
    assert "!important" in styles[0]


def test_a_broken_template_is_named_with_its_line(digest, make_post, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "email" / "partials"
    folder.mkdir(parents=True)
    (folder / "footer.html").write_text("\n{{ frame.postal_adress }}", encoding="utf-8")

    with pytest.raises(TemplateError, match=r"footer\.html:2: .*postal_adress"):
        digest(make_post(1))


def test_a_template_without_a_way_out_is_refused(digest, make_post, tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "email" / "partials"
    folder.mkdir(parents=True)
    (folder / "footer.html").write_text("<tr><td>Bye</td></tr>", encoding="utf-8")

    with pytest.raises(MessageError, match="no unsubscribe link"):
        digest(make_post(1))


def test_a_digest_of_nothing_is_refused(digest) -> None:
    with pytest.raises(MessageError, match="needs a post"):
        digest()


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>" * 300 + "deep",
        "<b><i>" * 5_000 + "deep",
        "<div>" * 20_000 + "deep",
        "<table><tr><td>" * 7_000 + "deep" + "</td></tr></table>" * 7_000,
        "<blockquote><p>" * 10_000 + "deep",
        "<table>" * 300 + "<tr><td>deep",
        "<p>" + "a" * 1_000_000 + "</p>",
        "<p>a\x00b\ud800c\ufffe</p>",
        "<!--[if mso]><script>x()</script><![endif]--><p>a</p><![if !mso]>b<![endif]>",
        "<p>a --> <!--[if mso]><xml><o:OfficeDocumentSettings></xml><table><tr><td><![endif]--> b</p>",
        "<p>a<![endif]--><script>x()</script><!--[if mso | IE]>b</p>",
        "<p title='--><script>x()</script><!--[if gte mso 9]>'>a</p>",
        "<![CDATA[ <script> ]]><?php x ?>",
        "<svg><style>@import url(http://127.0.0.1:1/)</style></svg>",
        "",
    ],
)
def test_a_hostile_post_never_stops_the_others(by_inliner, make_post, personal, html: str) -> None:
    hostile = make_post(1, html=html, title="\ud800 hostile")
    edition = by_inliner(hostile, make_post(2), contents=lambda _: html)

    raw = Wire.parse(edition.wire).fill(personal)

    assert "Ferry report 2" in body(raw, "html")
    assert "<script" not in body(raw, "html")
    assert body(raw, "html").count("<!--[if") == body(raw, "html").count("<![endif]-->")
    assert "Ferry report 2" in body(raw, "plain")


def test_a_list_may_have_a_theme_of_its_own(digest, make_post, list_settings) -> None:
    usual = digest(make_post(1)).html
    own = digest(make_post(1), list_settings=replace(list_settings, theme="signal")).html

    assert "#ff5a36" in own
    assert "#ff5a36" not in usual


def test_one_post_reads_like_an_article_and_several_are_a_digest(digest, make_post) -> None:
    alone, several = digest(make_post(1)).html, digest(make_post(1), make_post(2)).html

    assert re.search(r'<td class="opening .*<h1[^>]*class="title".*<img class="hero"', alone, re.DOTALL)
    assert re.search(r'<h1 class="name".*<img class="hero".*<h2 class="title first"', several, re.DOTALL)


def test_one_post_of_many_says_how_many_are_left_out(digest, make_post, list_settings) -> None:
    html = digest(make_post(1), make_post(2), list_settings=replace(list_settings, max_posts=1)).html

    assert 'class="opening' in html
    assert "And 1 more post" in html


def test_the_configured_colours_font_and_logo_are_in_the_page(digest, make_post, settings) -> None:
    theme = ThemeSettings(
        accent="#0a5c8a",
        font="'Source Sans 3', sans-serif",
        logo="https://gazette.example/logo.png",
        logo_width=180,
    )
    html = digest(make_post(1), make_post(2), settings=replace(settings, theme=theme)).html

    assert 'bgcolor="#0a5c8a"' in html
    assert "font-family:'Source Sans 3', sans-serif" in html.replace('"', "'")
    (logo,) = re.findall(r'<h1[^>]*>(<img class="logo" [^>]*>)</h1>', html)
    assert 'width="180"' in logo
    assert 'alt="The Harbour Gazette"' in logo
    assert "#8b2e16" not in html


def test_chinese_and_arabic_are_upright_with_open_lines(digest, make_post) -> None:
    html = "<p>An <em>emphasis</em>.</p>"

    for language, title in (("zh-Hant", "渡輪"), ("ar", "الهدوء يعود إلى الميناء")):
        page = digest(make_post(1, html=html, language=language, title=title)).html
        assert re.search(r'<em style="[^"]*font-style:normal', page)
    assert "<em>emphasis" in digest(make_post(1, html=html)).html


def test_our_words_beside_a_text_of_another_language_say_theirs(digest, make_post) -> None:
    arabic = make_post(2, title="الهدوء يعود إلى الميناء", language="ar")

    html = digest(make_post(1), arabic, make_post(3)).html

    assert html.count('<span lang="en" dir="ltr">') == 1
    assert re.search(r'lang="en" dir="ltr"[^>]*>Continue reading', html)


def test_an_edition_of_one_whole_post_reads_like_an_article(digest, make_post, list_settings) -> None:
    article = (
        '<p>Fog came<sup id="fnref:1"><a href="https://gazette.example/1.html#fn:1">1</a></sup>.</p>'
        '<h2>Why</h2><p><img src="https://gazette.example/light.png" alt="A light"></p>'
        '<ol><li id="fn:1"><p>At night. <a href="https://gazette.example/1.html#fnref:1">\u21a9</a></p></li></ol>'
    )
    full = replace(list_settings, content="full")

    edition = digest(make_post(1), list_settings=full, contents=lambda _: article)

    assert len(re.findall(r"<h1\b", edition.html)) == 1
    assert re.search(r"<h1[^>]*><a[^>]*>Ferry report 1</a></h1>", edition.html)
    assert re.search(r"<h2[^>]*>Why</h2>", edition.html)
    assert "light.png" in edition.html
    for part in (edition.html, edition.text):
        assert "Continue reading" not in part
        assert "#fn" not in part
        assert "1 post" not in part
    assert "Fog came(1).\n\nWhy\n\n[A light]\n\n* * *\n\n1. At night.\n" in edition.text


def test_a_frame_is_a_link_in_mail(digest, make_post, list_settings) -> None:
    frame = '<p>See <iframe src="https://player.vimeo.com/video/1" title="The tide"></iframe></p>'
    link = re.compile(r'<a [^>]*href="https://vimeo.com/1"[^>]*>The tide</a>')
    full = replace(list_settings, content="full")

    edition = digest(make_post(1, html=frame), make_post(2))
    whole = digest(make_post(1), make_post(2), list_settings=full, contents=lambda _: frame)

    for made in (edition, whole):
        assert link.search(made.html)
        assert "https://vimeo.com/1" in made.text
        assert "<iframe" not in made.html
