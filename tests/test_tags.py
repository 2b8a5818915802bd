"""HTML cut into tags and texts."""

from hypothesis import given
from hypothesis import strategies as st

from syndicate.tags import Tag, cut


def tags(html: str) -> list[Tag]:
    return [part for part in cut(html) if isinstance(part, Tag)]


def texts(html: str) -> str:
    return "|".join(part for part in cut(html) if isinstance(part, str))


def test_of_two_attributes_by_one_name_the_first_counts():
    (tag,) = tags('<A HREF="https://a.example/?a&amp;b" href=x Title>')

    assert (tag.name, dict(tag.attributes)) == ("a", {"href": "https://a.example/?a&b", "title": ""})


def test_a_tag_ends_outside_of_its_quotes():
    assert texts('<p title="1 > 0">a</p>') == "a"


def test_comments_and_declarations_are_no_text():
    assert texts("<!DOCTYPE html><?x y?><!-- <p> --><![if !mso]>a<![endif]>b") == "a|b"


def test_a_style_sheet_and_a_script_are_one_text():
    assert texts("<style>a>b{}</style><script>if (a<b) {}</script>c") == "a>b{}|if (a<b) {}|c"


def test_a_tag_knows_where_it_begins():
    assert [tag.at for tag in tags("<p>a</p>\n<br/>")] == [0, 4, 9]


@given(st.text(st.sampled_from("<>/=\"'! -abpx&;#?"), max_size=80))
def test_whatever_it_is_it_is_cut_in_its_order(html):
    places = [tag.at for tag in tags(html)]

    assert places == sorted(set(places))
    assert all(html[at] == "<" for at in places)
