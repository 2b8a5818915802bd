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


@pytest.mark.parametrize("excerpt", [LONG, CHINESE], ids=["latin", "chinese"])
@pytest.mark.parametrize("count", [1, 19, 40, 150, 500])
def test_no_digest_is_larger_than_gmail_shows(
    digest, make_post, list_settings, excerpt: str, count: int
) -> None:
    posts = [make_post(n, html=excerpt) for n in range(1, count + 1)]
    edition = digest(*posts, list_settings=replace(list_settings, max_posts=500), contents=lambda _: LONG)

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
    arabic = make_post(1, title="الهدوء يعود إلى الميناء", language="ar", html="<p>عاد الصيادون</p>")

    html = digest(arabic, site=replace(site, language="ar")).html

    assert '<html lang="ar" dir="rtl"' in html
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
        "<table>" * 300 + "<tr><td>deep",
        "<p>" + "a" * 1_000_000 + "</p>",
        "<p>a\x00b\ud800c\ufffe</p>",
        "<!--[if mso]><script>x()</script><![endif]--><p>a</p><![if !mso]>b<![endif]>",
        "<![CDATA[ <script> ]]><?php x ?>",
        "<svg><style>@import url(http://127.0.0.1:1/)</style></svg>",
        "",
    ],
)
def test_a_hostile_post_never_stops_the_others(digest, make_post, personal, html: str) -> None:
    edition = digest(make_post(1, html=html, title="\ud800 hostile"), make_post(2), contents=lambda _: html)

    raw = Wire.parse(edition.wire).fill(personal)

    assert "Ferry report 2" in body(raw, "html")
    assert "<script" not in body(raw, "html")
    assert "Ferry report 2" in body(raw, "plain")


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
