import re

import pytest

from syndicate.mail.fragment import mailable
from syndicate.mail.plaintext import plain
from syndicate.posts.kramdown.finishing import finished
from syndicate.posts.markdown import KRAMDOWN, Dialect, render
from syndicate.posts.sanitising import sanitise
from syndicate.posts.sources.hugo import goldmark
from syndicate.posts.sources.hugo.markup import Markup

SOURCE = """Fog came[^1], and stayed[^long]. It came again.[^1] See [the area](/area/).

[^1]: So the *keeper* says.
[^long]: For three days,

    and two paragraphs.
"""
PLAIN = Dialect()
BASE = "https://gazette.example/fog/"


def safe(html):
    return sanitise(html, base=BASE).html


@pytest.fixture(params=["comrak", "kramdown", "goldmark"])
def html(request):
    """Give a text with notes as each way of writing them has it."""
    if request.param == "kramdown":
        return safe(finished(render(SOURCE, KRAMDOWN)))
    return safe(goldmark.render(SOURCE, Markup()) if request.param == "goldmark" else render(SOURCE, PLAIN))


def test_a_mark_is_a_number_and_its_note_stands_at_the_foot(html):
    shown = mailable(html, below=1, images=True)

    assert re.findall(r"<sup>(.*?)</sup>", shown) == ["(1)", "(2)", "(1)"]
    assert "#fn" not in shown
    assert shown.count("<hr>") == 1
    assert re.search(r"<hr>\s*<ol>\s*<li>\s*<p>So the <em>keeper</em> says\.</p>", shown)


def test_the_text_part_reads_alike(html):
    text, last_link = plain(mailable(html, below=1, images=True))

    assert text.startswith("Fog came(1), and stayed(2). It came again.(1) See the area [1].")
    assert "* * *\n\n1. So the keeper says.\n\n2. For three days,\n\n   and two paragraphs." in text
    assert last_link == 1


def test_a_mark_whose_note_is_elsewhere_leads_to_it():
    html = f'<p>Fog<sup id="fnref:1"><a href="{BASE}#fn:1">1</a></sup></p>'

    assert mailable(html, below=1, images=True) == f'<p>Fog<sup><a href="{BASE}#fn:1">1</a></sup></p>'


def test_a_link_in_a_text_with_notes_stays_one():
    html = f'<p><a href="{BASE}#fn:1">the first note</a></p><ol><li id="fn:1">A</li></ol>'

    assert f'<a href="{BASE}#fn:1">the first note</a>' in mailable(html, below=1, images=True)
