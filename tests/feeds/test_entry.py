from collections.abc import Callable
from datetime import timedelta
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.feeds.entry import decoded, excerpt_entry, ordered, whole_entry
from syndicate.model.post import Excerpt, ExcerptOrigin, Image, TrackedPost

Tracked = Callable[..., TrackedPost]


def test_an_entry_says_what_the_post_says(tracked: Tracked) -> None:
    entry = whole_entry(tracked(1, categories=("a", "b"), tags=("b", "c")), "<p>All.</p>")

    assert (entry.id, entry.url) == ("https://gazette.example/1", "https://gazette.example/1/")
    assert (entry.title, entry.authors, entry.categories) == ("Post 1", ("Ana Reis",), ("a", "b", "c"))
    assert (entry.summary, entry.content, entry.whole) == ("Opening 1.", "<p>All.</p>", True)


def test_an_excerpt_entry_is_not_whole(tracked: Tracked) -> None:
    entry = excerpt_entry(tracked(1))

    assert (entry.content, entry.whole) == ("<p>Opening <em>1</em>.</p>", False)


@pytest.mark.parametrize(
    ("title", "summary", "expected"),
    [
        (" A \r\n\tB\x00 ", "s", "A B"),
        ("\x07\ufffe", "Short", "Short"),
        ("", "word " * 20, "word word word word word word word word word word word word…"),
    ],
)
def test_a_title_is_one_line_and_never_empty(
    title: str, summary: str, expected: str, tracked: Tracked
) -> None:
    assert whole_entry(tracked(1, title=title, summary=summary), "").title == expected


def test_a_post_without_any_words_is_untitled(tracked: Tracked) -> None:
    nothing = Excerpt(html="", text="", origin=ExcerptOrigin.NONE, truncated=False)

    assert whole_entry(tracked(1, title="", summary="", excerpt=nothing), "").title == "Untitled"


def test_a_control_character_becomes_a_space_in_html_so_that_nothing_closes_up(tracked: Tracked) -> None:
    entry = whole_entry(tracked(1), '<a href="java\x01script:alert(1)">x\ud800y</a>')

    assert entry.content == '<a href="java script:alert(1)">x y</a>'


def test_an_entry_keeps_its_updated_whoever_its_neighbours_are(tracked: Tracked) -> None:
    alone = whole_entry(tracked(1), "").updated

    assert alone == whole_entry(tracked(1, title="Other"), "").updated
    assert alone.replace(microsecond=0) == tracked(1).updated


def test_entries_of_one_instant_differ_in_updated(tracked: Tracked) -> None:
    at = tracked(1).updated

    updated = {whole_entry(tracked(number, published=at, updated=at), "").updated for number in range(1, 51)}

    assert len(updated) == 50


def test_an_entry_is_never_updated_before_it_was_published(tracked: Tracked) -> None:
    post = tracked(1)

    entry = whole_entry(tracked(1, updated=post.post.published - timedelta(days=9)), "")

    assert entry.published <= entry.updated


@pytest.mark.parametrize(
    "url", ["/boat.jpg", "data:image/png;base64,AA", "javascript:x", "https://", "http://[x"]
)
def test_an_image_without_a_web_address_is_left_out(url: str, tracked: Tracked) -> None:
    assert whole_entry(tracked(1, image=Image(url=url)), "").image is None


def test_posts_are_ordered_newest_first_and_ties_by_path(tracked: Tracked) -> None:
    at = tracked(1).post.published
    posts = [tracked(7, published=at), tracked(4), tracked(5, published=at)]

    assert [each.id for each in ordered(posts)] == [5, 7, 4]


SEA = Image(url="https://gazette.example/a%20b/sea.jpg", alt='The "sea" & more')


def test_the_picture_stands_before_a_text_that_doesnt_show_it(tracked: Tracked) -> None:
    entry = whole_entry(tracked(1, image=SEA), "<p>All.</p>")

    assert entry.content == (
        '<p><img src="https://gazette.example/a%20b/sea.jpg" alt="The &quot;sea&quot; &amp; more"></p>\n'
        "<p>All.</p>"
    )


@pytest.mark.parametrize(
    "shown", ["https://gazette.example/a%20b/sea.jpg", "https://gazette.example/a b/sea.jpg?w=3&amp;h=4"]
)
def test_a_picture_that_the_text_shows_is_not_shown_twice(shown: str, tracked: Tracked) -> None:
    content = f'<p>Look:</p> <img src="{shown}">'

    assert whole_entry(tracked(1, image=SEA), content).content == content


def test_an_excerpt_and_an_empty_text_get_no_picture(tracked: Tracked) -> None:
    post = tracked(1, image=SEA)

    assert "img" not in excerpt_entry(post).content
    assert whole_entry(post, " ").content == "<p>Post 1</p>"


@given(st.text(st.sampled_from("%%%%024CEFcef8b\u6e2f\U0001f642 <")))
def test_escapes_are_decoded_as_urllib_decodes_them(text: str) -> None:
    assert decoded(text) == unquote(text)
