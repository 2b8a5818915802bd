"""Whichever inliner is chosen, the same page comes of it: element by element, and style by style."""

import re
from dataclasses import replace
from typing import Any

import html5lib
import pytest

from syndicate.model.post import Image

pytest.importorskip("css_inline", reason="the extra css-inline is not installed")

BLOCKS = (
    "<p>One <em>two</em> <a href='https://x.example/?a=1&amp;b=2'>three</a> <code>four</code></p>"
    "<blockquote><p>q</p></blockquote><ul><li>a</li></ul><ol start=3><li>c</li></ol>"
    "<pre><code>x = 1</code></pre><hr><table><tr><th>k</th></tr><tr><td>1 &lt; 2</td></tr></table>"
    "<h3>Heading</h3><p><img src='https://x.example/b.png' alt='“B”' width='40'></p>"
    "<p title='x &gt; y'>E = mc<sup>2</sup></p>"
)


@pytest.fixture
def editions(make_post) -> dict[str, list[Any]]:
    """Give the posts of some editions."""
    arabic = "<p>عاد الصيادون إلى <a href='https://port.example/log'>الميناء</a> صباح اليوم.</p>"
    return {
        "one post": [make_post()],
        "every element": [make_post(1, html=BLOCKS), make_post(2, collection="letters", html=BLOCKS)],
        "many posts, two scripts": [
            make_post(
                1, title="Fog & <gulls>", image=Image(url="https://gazette.example/1.jpg", alt="The pier")
            ),
            make_post(2, title="الهدوء يعود إلى الميناء", language="ar", authors=("ليلى حداد",), html=arabic),
            make_post(3, collection="tides", image=None, authors=(), truncated=False),
            *[make_post(number) for number in range(4, 25)],
        ],
    }


def elements(page: str) -> list[tuple[str, dict[str, Any], str, str]]:
    """Give each element: its name, attributes with styles taken apart, and the texts in and behind it."""
    tree = html5lib.parse(same_slots(page), treebuilder="etree", namespaceHTMLElements=False)
    return [
        (str(each.tag), attributes(each.tag, each.attrib), words(each.text), words(each.tail))
        for each in tree.iter()
    ]


def same_slots(document: str) -> str:
    """Give a document with one word for its slots: theirs depend on the settings, and so on the inliner."""
    return re.sub("SLOT[0-9a-f]{16}", "SLOT", document)


def attributes(tag: object, given: dict[Any, str]) -> dict[str, Any]:
    """Give them without what only one inliner writes, and what styles say already.

    premailer repeats background and alignment as attributes; css-inline gives ``:root`` its style.
    """
    repeated = {"bgcolor", "valign"} | ({"style"} if tag == "html" else set())
    found = {
        str(name): styles(value) if name == "style" else value
        for name, value in given.items()
        if name not in repeated
    }
    if found.get("align") == found.get("style", {}).get("text-align"):
        found.pop("align", None)
    return found


def styles(text: str) -> dict[str, str]:
    """Give declarations by name, their values in one form: spaces, quotes, zeros and short colours."""
    pairs = (each.partition(":") for each in text.split(";") if each.strip())
    return {name.strip().lower(): one_form(value) for name, _, value in pairs}


def one_form(value: str) -> str:
    spaced = re.sub(r"\s*,\s*", ",", value.strip()).replace("'", '"')
    long = re.sub(r"#([0-9a-f])([0-9a-f])([0-9a-f])\b", r"#\1\1\2\2\3\3", spaced)
    return re.sub(r"\b0(?:pt|px)\b", "0", long)


def words(text: str | None) -> str:
    return " ".join((text or "").split())


@pytest.mark.parametrize("name", ["one post", "every element", "many posts, two scripts"])
def test_both_make_the_same_page(digest, settings, editions, name: str) -> None:
    by = {
        inliner: digest(
            *editions[name], settings=replace(settings, mail=replace(settings.mail, inliner=inliner))
        )
        for inliner in ("premailer", "css-inline")
    }

    theirs, ours = (elements(by[inliner].html) for inliner in ("premailer", "css-inline"))
    assert len(theirs) > 50
    assert ours == theirs
    assert same_slots(by["css-inline"].text) == same_slots(by["premailer"].text)
    assert by["css-inline"].subject == by["premailer"].subject
