import re
from dataclasses import replace
from html import unescape

import pytest

from syndicate.digests.budget import LIMIT_BYTES
from syndicate.digests.introduction import check, introduction_html
from syndicate.errors import EditionError
from syndicate.mail.linting import lint
from syndicate.mail.wire import Wire
from syndicate.model.shaping import Shaping
from syndicate.settings.schema import ListSettings

WORDS = """# Dear readers

This week it *rained*. [The port](/port/) knows more, and so does https://example.org.

- one
- two
"""


def test_it_stands_between_the_head_and_the_first_post_in_both_parts(digest, make_post):
    edition = digest(make_post(1), make_post(2), shaping=Shaping(introduction=WORDS))

    for part in (unescape(edition.html).replace("\u00a0", " "), edition.text):
        assert part.index("23 November") < part.index("Dear readers") < part.index("Ines Brandt")
    assert re.search(r"This week it <em[^>]*>rained</em>", edition.html)
    assert "This week it rained. The port [1] knows more" in edition.text
    assert "[1] https://gazette.example/port/" in edition.text
    assert "[2] https://port.example/log" in edition.text


def test_no_line_of_it_in_the_text_part_is_longer_than_a_mail_may_have(digest, make_post):
    edition = digest(make_post(1), shaping=Shaping(introduction="The harbour was quiet. " * 50))

    assert max(map(len, edition.text.splitlines())) <= 78


def test_an_edition_without_one_has_no_room_for_it(digest, make_post):
    with_one = digest(make_post(1), shaping=Shaping(introduction=WORDS))

    assert 'class="introduction' in with_one.html
    assert 'class="introduction' not in digest(make_post(1)).html


@pytest.mark.parametrize("theme", ["paper", "signal"])
@pytest.mark.parametrize("count", [1, 2])
def test_no_line_of_its_own_parts_it_from_the_first_post(digest, make_post, theme, count):
    posts = [make_post(number) for number in range(1, count + 1)]
    list_settings = ListSettings(name="gazette", title="Gazette", theme=theme)

    edition = digest(*posts, list_settings=list_settings, shaping=Shaping(introduction=WORDS))

    assert (
        'class="rule"' not in edition.html.partition('class="introduction')[2].partition("Ferry report 1")[0]
    )


def test_in_chinese_it_has_open_lines(digest, make_post, site):
    edition = digest(
        make_post(1), site=replace(site, language="zh-Hant"), shaping=Shaping(introduction="\u6f6e\u6c50")
    )

    assert re.search(r'class="introduction from-left dense"[^>]*line-height: ?32px', edition.html)


@pytest.mark.parametrize("count", [1, 2])
def test_a_message_with_one_has_no_finding(digest, make_post, personal, count):
    posts = [make_post(number) for number in range(1, count + 1)]
    edition = digest(*posts, shaping=Shaping(introduction=WORDS))

    assert lint(Wire.parse(edition.wire).fill(personal)) == []


def test_nothing_in_it_runs_or_loads(digest, make_post):
    hostile = (
        '<script>x()</script><img src="x" onerror="y()"><a href="javascript:z()">a</a>'
        '<style>@import "u";</style>'
    )

    html = digest(make_post(1), shaping=Shaping(introduction=hostile)).html

    for word in ("x()", "y()", "javascript:z", "@import"):
        assert word not in html


def test_it_counts_among_what_a_mail_may_weigh(digest, make_post, list_settings):
    posts = [make_post(n, html="<p>" + "The gulls were not. " * 150 + "</p>") for n in range(1, 31)]
    many = replace(list_settings, max_posts=30)
    long = "The harbour was quiet and grey.\n\n" * 200

    check(long)
    edition = digest(*posts, list_settings=many, shaping=Shaping(introduction=long))

    assert len(edition.html.encode()) <= LIMIT_BYTES
    assert edition.html.count("quiet and grey") == 200


@pytest.mark.parametrize(
    "markdown", ["word " * 20_000, "* a\n" * 5_000, "a\n\n" * 12_000, "> " * 30_000, "![](/a) " * 900]
)
def test_what_weighs_too_much_is_refused(markdown):
    with pytest.raises(EditionError, match="it takes some"):
        check(markdown)


@pytest.mark.parametrize(
    "markdown",
    [
        *("* a\n" * 240, "a\n\n" * 250, "*a* " * 240, "> a\n\nb\n\n" * 80),
        "|a|b|\n|-|-|\n" + "|c|d|\n" * 80,
        *("![](/a) " * 220, "a<hr>" * 250, "[a](/b) " * 230, "`a` " * 220),
    ],
)
def test_what_is_let_through_leaves_room_for_a_post(digest, make_post, markdown):
    check(markdown)

    edition = digest(make_post(1), shaping=Shaping(introduction=markdown))

    assert 'class="text"' in edition.html.partition("Ines Brandt")[2]


@pytest.mark.parametrize("markdown", ["<!-- a note to myself -->", "[port]: /port/", "<b></b>", "<p> </p>"])
def test_what_shows_nothing_is_refused(markdown):
    with pytest.raises(EditionError, match="it shows nothing"):
        check(markdown)


def test_a_picture_alone_is_an_introduction(digest, make_post):
    check("![](/a.png)")

    edition = digest(make_post(1), shaping=Shaping(introduction="![](/a.png)"))

    assert 'src="https://gazette.example/a.png"' in edition.html


def test_markdown_is_read_as_in_posts():
    html = introduction_html('"Quoted" -- <b>bold</b>', base="https://gazette.example")

    assert html == "<p>\u201cQuoted\u201d \u2013 <b>bold</b></p>"


def test_a_video_in_it_is_a_link(digest, make_post):
    player = '<iframe src="https://www.youtube.com/embed/abc123" title="The tide"></iframe>'

    edition = digest(make_post(1), shaping=Shaping(introduction=f"Look:\n\n{player}\n"))

    for part in (edition.html, edition.text):
        assert "https://www.youtube.com/watch?v=abc123" in part
        assert "The tide" in part
