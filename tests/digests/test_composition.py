from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from syndicate.digests.composition import (
    Composition,
    Material,
    compose,
    full_shape,
)
from syndicate.digests.sections import Sectioning, collection_title, page_order
from syndicate.digests.subject import Words
from syndicate.errors import SettingsError
from syndicate.model.cadence import Cadence, Every
from syndicate.model.post import Image, TrackedPost
from syndicate.model.shaping import Shaping
from syndicate.settings.checking import check
from syndicate.settings.schema import ListSettings, Settings
from syndicate.templating.phrases import phrases

SITE = Sectioning(collections=("posts", "letters"))


def material(*posts: TrackedPost, sectioning: Sectioning = SITE, **changes: object) -> Material:
    usual = Material(
        posts=page_order(posts, sectioning),
        sectioning=sectioning,
        contents={each.id: "<p>" + "word " * 500 + "</p>" for each in posts},
        list_settings=ListSettings(name="weekly", title="The Gazette", description="Weekly."),
        language="en",
        phrases=phrases("en", Path("nowhere")),
        zone=ZoneInfo("Europe/Lisbon"),
        at=datetime(2026, 11, 23, 7, 0, tzinfo=UTC),
    )
    return replace(usual, **changes)  # type: ignore[arg-type] # each test names fields


def composed(given: Material) -> Composition:
    return compose(given, full_shape(given))


def test_the_first_post_leads_and_the_others_follow(make_post) -> None:
    composition = composed(material(make_post(1), make_post(2), make_post(3)))

    assert composition.lead.title == "Ferry report 1"
    assert [card.title for card in composition.cards] == [
        "Ferry report 1",
        "Ferry report 2",
        "Ferry report 3",
    ]
    assert [section.title for section in composition.sections] == [""]


def test_a_section_is_called_what_the_site_calls_its_collection(make_post) -> None:
    posts = [make_post(1), make_post(2), make_post(3, collection="letters")]

    named = replace(SITE, titles={"letters": "From our readers"})

    composition = composed(material(*posts, sectioning=named))

    assert [section.title for section in composition.sections] == ["Posts", "From our readers"]


def test_posts_of_several_collections_stand_in_sections_in_the_sites_order(make_post) -> None:
    posts = [
        make_post(1),
        make_post(2, collection="tides"),
        make_post(3, collection="letters"),
        make_post(4, collection="posts"),
        make_post(5, collection="letters"),
    ]

    composition = composed(material(*posts))

    assert [(s.title, [card.title[-1] for card in s.cards]) for s in composition.sections] == [
        ("Posts", ["4"]),
        ("Letters", ["3", "5"]),
        ("Tides", ["2"]),
    ]


def test_posts_of_one_collection_beneath_the_lead_need_no_heading(make_post) -> None:
    posts = [make_post(1, collection="tides"), make_post(2), make_post(3)]

    assert [section.title for section in composed(material(*posts)).sections] == [""]


def test_headings_step_down_from_the_lists_name(make_post) -> None:
    alone = composed(material(make_post(1)))
    flat = composed(material(make_post(1), make_post(2)))
    sectioned = composed(material(make_post(1), make_post(2), make_post(3, collection="letters")))

    assert [card.level for card in alone.cards] == [1]
    assert [card.level for card in flat.cards] == [2, 2]
    assert [card.level for card in sectioned.cards] == [2, 3, 3]


def test_no_more_than_max_posts_are_shown_and_the_rest_is_counted(make_post) -> None:
    settings = ListSettings(name="weekly", title="The Gazette", max_posts=3)

    composition = composed(material(*[make_post(n) for n in range(1, 11)], list_settings=settings))

    assert len(composition.cards) == 3
    assert composition.omitted == 7
    assert composition.subject == "Ferry report 1 and 9 more"


@pytest.mark.parametrize(
    ("template", "count", "line"),
    [
        ("{first_title}{and_more}", 1, "Ferry report 1"),
        ("{first_title}{and_more}", 3, "Ferry report 1 and 2 more"),
        ("{title}: {count} posts of {date}", 2, "The Gazette: 2 posts of 23 November 2026"),
        ("{title}\r\nBcc: x@example.org", 1, "The Gazette Bcc: x@example.org"),
    ],
)
def test_the_subject_is_filled_in_from_the_lists_template(
    make_post, template: str, count: int, line: str
) -> None:
    settings = ListSettings(name="weekly", title="The Gazette", subject=template)

    posts = [make_post(number + 1) for number in range(count)]

    assert composed(material(*posts, list_settings=settings)).subject == line


def test_a_terse_title_is_followed_by_the_lists_name(make_post) -> None:
    assert composed(material(make_post(1, title="異鄉人"))).subject == "異鄉人 · The Gazette"
    assert composed(material(make_post(1, title="異鄉人"))).lead.title == "異鄉人"


def test_an_unknown_word_in_the_subject_is_named(make_post) -> None:
    settings = ListSettings(name="weekly", title="The Gazette", subject="{titel}")

    with pytest.raises(SettingsError, match=r"\{titel\} is not known; use \{title\}"):
        composed(material(make_post(1), list_settings=settings))


def test_a_long_title_is_cut_and_the_count_stays(make_post) -> None:
    line = composed(material(make_post(1, title="Very long " * 40), make_post(2))).subject

    assert len(line) <= 120
    assert line.endswith("… and 1 more")


def test_the_preheader_goes_on_where_the_subject_ends(make_post) -> None:
    several = composed(material(make_post(1), make_post(2), make_post(3)))
    alone = composed(material(make_post(1)))

    assert several.preheader == "Ferry report 2 · Ferry report 3"
    assert alone.preheader == "The Petrel is back."


def test_line_ends_and_reordering_marks_in_a_title_do_not_reach_the_page(make_post) -> None:
    composition = composed(material(make_post(1, title="One\r\ntwo \u202ethree\x00")))

    assert composition.lead.title == "One two three"
    assert composition.subject == "One two three"


def test_an_empty_title_has_a_name(make_post) -> None:
    assert composed(material(make_post(1, title=" "))).lead.title == "Untitled"


def test_reading_time_is_known_only_where_the_whole_post_is(make_post) -> None:
    both = material(make_post(1), make_post(2))
    only_one = replace(both, contents={both.posts[0].id: "<p>x</p>"})

    assert composed(both).minutes == 4
    assert composed(only_one).minutes is None
    assert composed(only_one).sections[0].cards[0].minutes is None


def test_a_post_has_its_own_language_and_direction(make_post) -> None:
    arabic = make_post(2, title="الهدوء يعود إلى الميناء", language="ar")

    composition = composed(material(make_post(1), arabic))

    assert (composition.language, composition.direction) == ("en", "ltr")
    assert [(card.language, card.direction) for card in composition.cards] == [("en", "ltr"), ("ar", "rtl")]


def test_a_full_digest_shows_the_whole_post_and_no_way_to_go_on(make_post) -> None:
    settings = ListSettings(name="weekly", title="The Gazette", content="full")

    lead = composed(material(make_post(1), list_settings=settings)).lead

    assert lead.body.startswith("<p>word word")
    assert not lead.goes_on


def test_a_post_that_ends_with_its_excerpt_does_not_go_on(make_post) -> None:
    assert not composed(material(make_post(1, truncated=False))).lead.goes_on


@pytest.mark.parametrize("url", ["/relative.jpg", "data:image/png;base64,AA", "https://x.example/a.svg?x=1"])
def test_a_picture_that_no_mail_shows_is_left_out(make_post, url: str) -> None:
    assert composed(material(make_post(1, image=Image(url=url)))).lead.picture is None


def test_a_cover_that_the_text_shows_anyway_is_not_shown_twice(make_post) -> None:
    html = '<p><img src="https://gazette.example/1.jpg" alt=""></p>'

    assert composed(material(make_post(1, html=html))).lead.picture is None


def test_a_collections_name_reads_as_a_heading() -> None:
    assert collection_title("field_notes") == "Field notes"
    assert collection_title("漁港") == "漁港"


def test_a_post_of_the_first_day_there_is_has_a_date_west_of_greenwich(make_post) -> None:
    oldest = make_post(1, published=datetime(1, 1, 1, tzinfo=UTC))

    composition = composed(material(oldest, zone=ZoneInfo("America/New_York")))

    assert composition.lead.day == "1 January 1"


def test_an_edition_says_its_own_subject_and_preheader(make_post) -> None:
    own = Shaping(subject="No. {number}: {first_title}", preheader="Fog,  and more")

    composition = composed(material(make_post(1), make_post(2), shaping=own, number=12))

    assert composition.subject == "No. 12: Ferry report 1"
    assert composition.preheader == "Fog, and more"


def test_the_settings_take_every_word_that_a_subject_may_say() -> None:
    line = " ".join(f"{{{each.name}}}" for each in fields(Words))
    one = ListSettings(name="weekly", zone="UTC", cadences=(Cadence(every=Every.DAILY),), subject=line)

    assert check(Settings(lists=(one,))) == []
