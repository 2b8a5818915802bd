import time
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.model.post import ExcerptOrigin
from syndicate.posts import excerpt
from syndicate.posts.excerpt import HTML, MARKDOWN, Opening, Wishes, separators
from syndicate.posts.words import count_words

best = partial(excerpt.best, grammar=MARKDOWN)
jekyll = partial(excerpt.jekyll, grammar=MARKDOWN)
without_markers = partial(excerpt.without_markers, grammar=MARKDOWN)

LONG = "word " * 80


def wishes(
    own: str | None = None, page: str | None = None, site: str = "\n\n", description: str = ""
) -> Wishes:
    return Wishes(own=own, page_separator=page, site_separator=site, description=description)


def test_an_excerpt_stops_at_the_separator() -> None:
    assert best("Intro.\n<excerpt/>\nRest.", wishes(page="<excerpt/>")) == Opening(
        source="Intro.\n", origin=ExcerptOrigin.PAGE_SEPARATOR, truncated=True
    )


@pytest.mark.parametrize(
    ("asked", "origin"),
    [
        (wishes(own="Own.", page="<p/>", site="<s/>", description="D."), ExcerptOrigin.FRONT_MATTER),
        (wishes(page="<p/>", site="<s/>", description="D."), ExcerptOrigin.PAGE_SEPARATOR),
        (wishes(site="<s/>", description="D."), ExcerptOrigin.SITE_SEPARATOR),
        (wishes(description="D."), ExcerptOrigin.MORE),
    ],
)
def test_what_the_author_marked_comes_in_the_order_of_the_design(
    asked: Wishes, origin: ExcerptOrigin
) -> None:
    body = "One.\n<p/>\nTwo.\n<s/>\nThree.\n<!--more-->\nFour."

    assert best(body, asked).origin is origin


def test_without_a_mark_the_description_speaks() -> None:
    assert best("Text.", wishes(description="What it says.")).source == "What it says."


def test_without_anything_whole_blocks_are_taken_until_seventy_words() -> None:
    opening = best(f"Short.\n\n{LONG}\n\nRest.", wishes())

    assert opening.origin is ExcerptOrigin.OPENING
    assert opening.source == f"Short.\n\n{LONG}"
    assert opening.truncated


def test_a_short_post_is_its_own_excerpt() -> None:
    opening = best("All of it.", wishes())

    assert opening.origin is ExcerptOrigin.WHOLE
    assert not opening.truncated


def test_an_opening_does_not_end_in_a_heading() -> None:
    assert best(f"{LONG}\n\n## Next\n\nRest.", wishes()).source == LONG
    half = "word " * 69
    assert best(f"{half}\n\n## Next chapter\n\nRest.", wishes()).source == half


@pytest.mark.parametrize(
    "code",
    ["```\n<!--more-->\n```", "~~~~ html\n<!--more-->\n~~~~", "    <!--more-->", "A `<!--more-->` span."],
)
def test_a_separator_in_code_is_code(code: str) -> None:
    body = f"Intro.\n\n{code}\n\nStill intro.\n\n<!--more-->\n\nRest."

    assert best(body, wishes()).source.rstrip().endswith("Still intro.")


def test_a_separator_at_the_very_start_marks_nothing() -> None:
    opening = best("<!--more-->\n\nThe text.", wishes())

    assert opening.source == "The text."


def test_link_definitions_below_the_separator_come_along() -> None:
    opening = best("See [it][ref].\n<!--more-->\nRest.\n\n[ref]: https://a.example\n[other]: /b", wishes())

    assert opening.source == "See [it][ref].\n\n\n[ref]: https://a.example"


def test_footnotes_stay_behind() -> None:
    opening = best("A claim.[^1]\n<!--more-->\n[^1]: The proof.", wishes())

    assert opening.source.strip() == "A claim."


def test_a_chinese_character_counts_as_a_word() -> None:
    assert count_words("香港 is 香") == 4


def test_jekyll_takes_the_whole_post_without_a_separator() -> None:
    opening = jekyll("One.\n\nTwo.", wishes(page="<excerpt/>"))

    assert (opening.source, opening.origin) == ("One.\n\nTwo.", ExcerptOrigin.WHOLE)


def test_jekyll_cuts_in_code_and_takes_an_empty_separator_as_none() -> None:
    assert jekyll("A\n```\n<!--more-->\n```", wishes(page="<!--more-->")).source == "A\n```\n"
    assert jekyll("A\n\nB", wishes(page="")).source == ""


def test_jekyll_keeps_its_blank_line_off_windows_files() -> None:
    assert jekyll("One.\r\n\r\nTwo.\r\n", wishes()).origin is ExcerptOrigin.WHOLE


def test_a_mark_within_a_paragraph_becomes_a_space() -> None:
    assert without_markers("_A._ <excerpt/> _B._", ["<excerpt/>"]) == "_A._ _B._"
    assert without_markers("A.\n\n<excerpt/>\n\nB.", ["<excerpt/>"]) == "A.\n\n\n\nB."
    assert without_markers("Say `<excerpt/>` twice", ["<excerpt/>"]) == "Say `<excerpt/>` twice"


def test_only_a_mark_that_looks_like_one_is_taken_out() -> None:
    assert separators(wishes(page=".", site="<x/>")) == ("<x/>", "<!--more-->")


@given(st.text(alphabet="ab \n`~<>!-[]:#", max_size=200))
def test_every_text_has_an_opening_made_of_its_own_lines(body: str) -> None:
    for rule in (best, jekyll):
        opening = rule(body, wishes())
        assert set(opening.source.split()) <= set(without_markers(body, ["<!--more-->"]).split()) | set(
            body.split()
        ) | {""}


@pytest.mark.parametrize(
    "piece", ["<!--more-->", "`<!--more-->", "```\n<!--more-->\n", "[a]: b\n", "`a ``b "]
)
def test_a_hostile_megabyte_takes_no_longer_than_its_size_deserves(piece: str) -> None:
    body = piece * (1_000_000 // len(piece))

    started = time.process_time()
    best(body, wishes(site="<!--more-->"))
    without_markers(body, ["<!--more-->"])

    assert time.process_time() - started < 10


def test_html_is_cut_by_its_elements() -> None:
    opening = excerpt.best(f"<p>Short.</p><p>{LONG}</p><p>Rest.</p>", wishes(), HTML)

    assert (opening.source, opening.origin) == ("<p>Short.</p>", ExcerptOrigin.OPENING)
    assert opening.truncated


def test_a_mark_in_html_is_found_on_an_indented_line_and_not_in_code() -> None:
    html = "<div>\n    <p>One. <code><!--more--></code></p>\n    <!--more-->\n    <p>Two.</p>\n</div>"

    opening = excerpt.best(html, wishes(), HTML)

    assert opening.source.endswith("</p>\n    ")
    assert opening.origin is ExcerptOrigin.MORE
    assert excerpt.without_markers(html, ["<!--more-->"], HTML).count("<!--more-->") == 1
