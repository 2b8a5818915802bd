# ruff: noqa: RUF001 - Chinese commas and colons are meant
"""Whole editions in other languages: every word of ours is theirs, and nothing reorders what it stands in."""

import re
from dataclasses import replace
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.policy import default
from html import unescape

import pytest

from syndicate.digests.archiving import public_page
from syndicate.mail.linting import lint
from syndicate.mail.plaintext import width
from syndicate.mail.wire import Wire

FSI, PDI = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
#: Of English, what a page in another language has no word of.
ENGLISH = re.compile(r"(?i)subscri|browser|visit|continue|read|sent|\bposts?\b|november|untitled|cover")


@pytest.fixture
def arabic(digest, make_post, site, list_settings):
    posts = [
        make_post(
            number,
            title="" if number == 4 else f"عودة العبّارة رقم {number}",
            authors=("ليلى حداد",),
            language="ar",
            html="<p>عاد الصيادون إلى <a href='https://port.example/log'>الميناء</a> صباح اليوم.</p>",
            summary="عاد الصيادون إلى الميناء صباح اليوم.",
        )
        for number in range(1, 5)
    ]
    mine = replace(list_settings, title="جريدة الميناء", description="ما حدث عند الماء.")
    return digest(*posts, site=replace(site, language="ar"), list_settings=mine)


@pytest.fixture
def chinese(digest, make_post, site, list_settings):
    opening = "渡輪「海燕號」在船塢停留了九天，換上新軸之後，今早六時重返碼頭。" * 5
    posts = [
        make_post(
            number,
            title=f"渡輪第{number}號報告：回到碼頭的那個早晨，以及之後發生的許多事情" + "很長" * 20,
            authors=("陳大文",),
            language="zh-Hant-HK",
            html=f"<p>{opening}</p>",
            summary=opening,
        )
        for number in range(1, 4)
    ]
    mine = replace(list_settings, title="海港報", description="水邊的事。")
    return digest(*posts, site=replace(site, language="zh-HK"), list_settings=mine)


@pytest.fixture
def message(personal):
    def parsed(edition):
        return BytesParser(policy=default).parsebytes(Wire.parse(edition.wire).fill(personal))

    return parsed


def seen_words(html: str) -> str:
    """Give what a reader of a page sees or hears of it."""
    spoken = " ".join(re.findall(r'(?:alt|aria-label)="([^"]*)"', html))
    return re.sub(r"(?s)<style.*?</style>|<!--.*?-->|<[^>]+>", " ", html) + spoken


def test_an_arabic_edition_says_all_in_arabic(arabic) -> None:
    assert arabic.subject == "عودة العبّارة رقم 1 و3 منشورات أخرى"
    assert '<html lang="ar" dir="rtl"' in arabic.html
    assert "23 نوفمبر 2026 · 4 منشورات · 4 دقائق" in arabic.text
    assert "بلا عنوان" in arabic.text
    assert "متابعة القراءة:\nhttps://gazette.example/1.html" in arabic.text
    assert "إلغاء الاشتراك" in arabic.html
    assert 'lang="en"' not in arabic.html


def test_a_chinese_edition_of_hong_kong_says_all_in_traditional_characters(chinese) -> None:
    assert chinese.subject.endswith("很長，及另外 2 篇")
    assert '<html lang="zh-HK" dir="ltr"' in chinese.html
    assert "2026年11月23日 · 3 篇文章" in chinese.text
    assert "繼續閱讀：\nhttps://gazette.example/1.html" in chinese.text
    assert "取消訂閱" in chinese.html


@pytest.mark.parametrize("language", ["arabic", "chinese"])
def test_no_word_of_ours_stays_english(request: pytest.FixtureRequest, language: str, tmp_path) -> None:
    edition = request.getfixturevalue(language)
    public = public_page(html=edition.html, wire=edition.wire, templates=tmp_path)
    text = re.sub(r"https?://\S+|The Harbour Gazette, 4 Rope.*", "", edition.text)

    found = [ENGLISH.findall(each) for each in (text, seen_words(edition.html), seen_words(public))]

    assert found == [[], [], []]


@pytest.mark.parametrize("language", ["arabic", "chinese"])
def test_no_line_of_text_is_wider_than_78_columns(request: pytest.FixtureRequest, language: str) -> None:
    text = request.getfixturevalue(language).text

    assert [line for line in text.splitlines() if width(line) > 78 and "://" not in line] == []


def test_the_lines_of_a_chinese_text_are_filled_in_columns_and_not_in_letters(chinese) -> None:
    widest = max(width(line) for line in chinese.text.splitlines() if "船塢" in line)

    assert 70 <= widest <= 78


def test_an_address_inside_arabic_is_isolated_in_page_and_text(arabic, message, personal) -> None:
    mail = message(arabic)

    for kind in ("plain", "html"):
        said = mail.get_body((kind,)).get_content()
        assert f"أُرسلت إلى {FSI}{personal.address}{PDI}." in said
        assert f"لأنك اشتركت في {FSI}جريدة الميناء{PDI}." in said


def test_links_of_an_arabic_text_stand_on_lines_of_their_own(arabic, message, personal) -> None:
    lines = message(arabic).get_body(("plain",)).get_content().splitlines()
    links = [line for line in lines if "://" in line]

    assert personal.unsubscribe_url in links
    assert all(re.fullmatch(r"(?:\[\d+\] )?https://\S+", line) for line in links)


def test_the_subject_arrives_as_it_was_written(arabic, message) -> None:
    raw = message(arabic)["Subject"]

    assert str(make_header(decode_header(str(raw)))) == arabic.subject


def test_our_words_inside_a_post_of_another_language_keep_their_direction(digest, make_post, site) -> None:
    post = make_post(1, language="en")

    html = digest(post, make_post(2, language="ar"), site=replace(site, language="ar")).html

    assert re.search(r'<span lang="ar" dir="rtl">22\sنوفمبر\s2026', unescape(html))


def test_facts_beside_a_name_in_latin_letters_keep_their_order(digest, make_post, site) -> None:
    edition = digest(make_post(1, language="ar"), make_post(2), site=replace(site, language="ar"))

    assert f"{FSI}Ines Brandt{PDI} · {FSI}22 نوفمبر 2026{PDI} · {FSI}3 دقائق للقراءة{PDI}" in edition.text
    assert re.search(r'<span lang="ar" dir="rtl">22\sنوفمبر\s2026', unescape(edition.html))


def test_the_same_edition_is_the_same_bytes_in_every_language(digest, make_post, site) -> None:
    first, second = (digest(make_post(1), site=replace(site, language="ar")).wire for _ in range(2))

    assert first == second


@pytest.mark.parametrize("language", ["arabic", "chinese"])
def test_an_edition_in_another_language_breaks_no_rule(
    request: pytest.FixtureRequest, language: str, personal
) -> None:
    edition = request.getfixturevalue(language)

    assert [each.rule for each in lint(Wire.parse(edition.wire).fill(personal))] == []
