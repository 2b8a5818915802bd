import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.mail.links import link, web_link


@pytest.mark.parametrize(
    ("written", "given_back"),
    [
        ("https://example.org/a?b=c&d=%20#e", "https://example.org/a?b=c&d=%20#e"),
        (" HTTPS://example.org/a b ", "https://example.org/a%20b"),
        ("https://example.org/größe", "https://example.org/gr%C3%B6%C3%9Fe"),
        ("https://zürich.example/", "https://xn--zrich-kva.example/"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://zürich.example:8443/", "https://xn--zrich-kva.example:8443/"),
        ("https://example.org/<x>", "https://example.org/%3Cx%3E"),
        ("http://example.org", "http://example.org"),
    ],
)
def test_a_web_link_is_absolute_and_ascii(written: str, given_back: str) -> None:
    assert web_link(written) == given_back


@pytest.mark.parametrize(
    "written",
    [
        "",
        "/a",
        "a.html",
        "#top",
        "javascript:alert(1)",
        "data:text/html,x",
        "tel:+1",
        "http://",
        "http://[",
        "//x/y",
    ],
)
def test_what_is_no_absolute_web_link_is_none(written: str) -> None:
    assert web_link(written) is None


def test_a_mailbox_is_a_link_and_no_web_link() -> None:
    assert link("mailto:a@example.org") == "mailto:a@example.org"
    assert web_link("mailto:a@example.org") is None


@given(st.text())
def test_any_text_gives_ascii_or_nothing(text: str) -> None:
    given_back = link(f"https://{text}")

    assert given_back is None or (given_back.isascii() and given_back.isprintable() and " " not in given_back)
