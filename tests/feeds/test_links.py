from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.feeds.links import entry_iri, folder_url, web_url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example/b?c=d&e#f", "https://a.example/b?c=d&e#f"),
        (" https://a.example/a b ", "https://a.example/a%20b"),
        ("https://a.example/é/%C3%A9/100%", "https://a.example/%C3%A9/%C3%A9/100%25"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://straße.example:80/", "https://xn--strae-oqa.example:80/"),
        ("https://a.example:8080/<x>", "https://a.example:8080/%3Cx%3E"),
        ("//a.example/", ""),
        ("/path", ""),
        ("javascript:alert(1)", ""),
        ("https:///x", ""),
        ("http://[bad/", ""),
        ('https://a"b.example/', ""),
        ("", ""),
    ],
)
def test_a_web_url_is_absolute_and_ascii(text: str, expected: str) -> None:
    assert web_url(text) == expected


@given(st.text(st.characters()) | st.text().map("https://a.example/{}".format))
def test_a_web_url_is_either_nothing_or_sound(text: str) -> None:
    url = web_url(text)

    assert web_url(url) == url
    assert not url or (url.isascii() and url.isprintable() and " " not in url and urlsplit(url).hostname)


@pytest.mark.parametrize(
    "entry_id",
    ["https://a.example/é", "tag:a.example,2026:1", "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8"],
)
def test_an_id_that_is_an_iri_stays_as_it_is(entry_id: str) -> None:
    assert entry_iri(entry_id) == entry_id


def test_an_id_that_is_no_iri_becomes_a_uuid_of_its_own() -> None:
    ids = ["42", "", "a b", "https://a.example/a b", "x:\ud800", "x:\\ud800", "x:\x00"]

    made = [entry_iri(each) for each in ids]

    assert all(each.startswith("urn:uuid:") for each in made)
    assert len(set(made)) == len(ids)
    assert made == [entry_iri(each) for each in ids]


def test_a_folder_has_no_address_where_the_root_has_none() -> None:
    assert folder_url("", "feeds", "all") == ""
    assert folder_url("https://a.example/b", "feeds", "a b") == "https://a.example/b/feeds/a%20b/"


def test_an_iri_holds_these_characters_and_no_others() -> None:
    some = [*map(chr, range(0x10000)), "\U00010000", "\U0010ffff"]
    sign = "!#$%&'()*+,-./:;=?@[]_~"  # RFC 3986 §2.2 and §2.3
    ranges = ("09", "AZ", "az", "\xa0\ud7ff", "\uf900\ufdcf", "\ufdf0\uffef")  # RFC 3987 §2.2

    stay = [each for each in some if entry_iri(f"x:{each}") == f"x:{each}"]

    assert stay == [each for each in some if each in sign or any(a <= each <= b for a, b in ranges)]
