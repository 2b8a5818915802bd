import re


def test_every_link_of_the_page_stands_in_the_text(digest, make_post) -> None:
    edition = digest(*[make_post(n, collection=["posts", "letters"][n % 2]) for n in range(1, 6)])

    links = set(re.findall(r'href="([^"]+)"', edition.html))

    assert len(links) >= 9
    assert not [link for link in links if link not in edition.text]


def test_no_line_is_longer_than_78_columns_but_for_links(digest, make_post) -> None:
    edition = digest(make_post(1, title="Long title " * 20, authors=("Many Authors",) * 12), make_post(2))

    assert all(len(line) <= 78 or "://" in line for line in edition.text.splitlines())


def test_a_slot_is_never_wrapped_with_the_words_around_it(digest, make_post) -> None:
    text = digest(make_post(1)).text

    assert re.search(r"(?m)^https://slot\.invalid/SLOT[0-9a-f]{16}unsubscribeurl$", text)
    assert re.search(r"(?m)^It was sent to SLOT[0-9a-f]{16}address\.$", text)


def test_the_text_part_reads_like_this(digest, make_post) -> None:
    posts = [make_post(1), make_post(2, truncated=False), make_post(3, collection="letters", authors=())]

    text = re.sub("SLOT[0-9a-f]{16}", "SLOT", digest(*posts).text)

    assert text == EXPECTED


EXPECTED = """\
The Harbour Gazette
23 November 2026 · 3 posts · 9 min

------------------------------------------------------------------------

Ferry report 1
Ines Brandt · 22 November 2026 · 3 min read

The Petrel was back at her berth at six, after nine days [1] in dock & with a
new shaft.

[1] https://port.example/log

Continue reading:
https://gazette.example/1.html

------------------------------------------------------------------------

Posts
=====

Ferry report 2
Ines Brandt · 21 November 2026 · 3 min read

The Petrel was back at her berth at six, after nine days [2] in dock & with a
new shaft.

[2] https://port.example/log

Read it on the site:
https://gazette.example/2.html

------------------------------------------------------------------------

Letters
=======

Ferry report 3
20 November 2026 · 3 min read

The Petrel was back at her berth at six, after nine days [3] in dock & with a
new shaft.

[3] https://port.example/log

Continue reading:
https://gazette.example/3.html

--\x20
You get this because you subscribed to The Harbour Gazette.
What happened at the water's edge, every Monday.
It was sent to SLOTaddress.

Unsubscribe:
https://slot.invalid/SLOTunsubscribeurl
View in browser:
https://gazette.example/editions/weekly/12/
Visit the site:
https://gazette.example
"""
EXPECTED += "\nThe Harbour Gazette, 4 Rope Walk, Example Harbour 10000\n"
