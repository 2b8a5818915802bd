import pytest

from syndicate.web.preview.facts import Size, View, headers, source, view_of


@pytest.mark.parametrize(
    ("asked", "view"),
    [
        ({}, View()),
        ({"show": "text", "scheme": "dark", "images": "off"}, View(show="text", scheme="dark", images=False)),
        ({"show": "<b>", "scheme": "sepia", "images": "perhaps"}, View()),
    ],
)
def test_an_address_asks_for_a_view_and_what_it_does_not_know_is_as_usual(asked, view: View) -> None:
    assert view_of(asked) == view


def test_a_link_changes_one_thing_of_a_view() -> None:
    view = View(show="text", scheme="dark", images=False)

    assert view.query(scheme="light") == "?show=text&scheme=light&images=off"


def test_a_size_is_told_in_bytes_and_of_the_limit() -> None:
    size = Size(bytes=50_999, limit=102_000)

    assert (size.words, size.percent) == ("50,999 of 102,000 bytes", 49)


def test_a_message_is_shown_in_lines_and_its_head_apart() -> None:
    message = b"Subject: A\r\nTo: B\r\n\r\nText\r\n"

    assert headers(message) == "Subject: A\r\nTo: B"
    assert source(message) == "Subject: A\nTo: B\n\nText\n"
