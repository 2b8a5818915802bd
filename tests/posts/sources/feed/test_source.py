from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicate.errors import SiteError
from syndicate.model.post import ExcerptOrigin, Image, Omission, Post, Unreadable
from syndicate.posts.folder import FolderSource
from syndicate.posts.mirrors.feed import records
from syndicate.posts.mirrors.feed.document import Document, Entry
from syndicate.posts.sources import open_source
from syndicate.settings.schema import Settings, SiteSettings

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOME = "https://harbour.example/news/"
FEED = "https://harbour.example/news/feed.xml"


def opened(root: Path, **said: str) -> FolderSource:
    document = Document(**{"format": "Atom", "title": "Harbour", "home": HOME, "language": "pt", **said})
    records.write_about(root, records.about(document, address=FEED, feed=FEED))
    (root / "entries").mkdir(exist_ok=True)
    return open_source(Settings(site=SiteSettings(path=root, kind="feed")))


def read(root: Path, **said: object) -> Post:
    facts = {"id": "tag:1", "link": f"{HOME}ferry/", "title": "The ferry", "published": NOON}
    content = records.entry_bytes(Entry(**{**facts, **said}))
    found = opened(root).read("entries/a.json", content, now=NOON)
    assert isinstance(found, Post), found
    return found


def html(root: Path, **said: object) -> str:
    facts = {"id": "tag:1", "link": f"{HOME}ferry/", "title": "The ferry", "published": NOON}
    source = opened(root)
    (root / "entries" / "a.json").write_bytes(records.entry_bytes(Entry(**{**facts, **said})))
    return source.content_html("entries/a.json")


def test_the_site_is_what_the_feed_says(tmp_path):
    site = opened(tmp_path, description="From the quay", author="The Post").site

    assert (site.kind, site.url, site.title) == ("feed", "https://harbour.example/news", "Harbour")
    assert (site.description, site.language, site.author) == ("From the quay", "pt", "The Post")


@pytest.mark.parametrize("home", ["", "javascript:alert(1)", "https://harbour.example/?a=b", "/"])
def test_a_feed_without_a_home_lives_at_its_server(tmp_path, home):
    assert opened(tmp_path, home=home).site.url == "https://harbour.example"


def test_an_entry_is_a_post_like_any_other(tmp_path):
    post = read(
        tmp_path,
        authors=("Ana",),
        categories=("ferry",),
        tags=("quay",),
        updated=NOON.replace(hour=13),
        language="en",
        image="https://cdn.example/a.png",
        content="<p>It is back.</p>",
    )

    assert (post.url, post.link) == ("/ferry/", "https://harbour.example/news/ferry/")
    assert (post.generator_id, post.declared_id) == ("tag:1", None)
    assert (post.authors, post.categories, post.tags) == (("Ana",), ("ferry",), ("quay",))
    assert (post.published, post.updated) == (NOON, NOON.replace(hour=13))
    assert (post.language, post.image) == ("en", Image(url="https://cdn.example/a.png"))
    assert post.collection == "posts"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://other.example/a/b?c=1#d", "/a/b?c=1"),
        ("https://harbour.example/news", "/"),
        ("https://harbour.example/newsletter/", "/newsletter/"),
        ("", "/"),
    ],
)
def test_its_address_may_be_anywhere(tmp_path, link, url):
    assert read(tmp_path, link=link).url == url


def test_its_html_is_sanitised_and_its_addresses_are_seen_from_its_link(tmp_path):
    hostile = '<p onclick="x()"><img src="a.png"><a href="javascript:x()">x</a><script>x()</script></p>'

    assert html(tmp_path, content=hostile) == (
        '<p><img src="https://harbour.example/news/ferry/a.png"><a>x</a></p>'
    )
    assert "https://cdn.example/x/a.png" in html(tmp_path, content=hostile, base="https://cdn.example/x/")


def test_without_a_full_text_the_summary_is_the_text(tmp_path):
    assert html(tmp_path, summary="<p>All there is.</p>") == "<p>All there is.</p>"
    assert read(tmp_path, summary="<p>All there is.</p>").excerpt.origin is ExcerptOrigin.WHOLE


LONG = "<p>" + "Word " * 40 + "end.</p>"


def test_the_excerpt_is_the_summary_where_somebody_wrote_one(tmp_path):
    post = read(tmp_path, content=LONG * 3, summary="<p>Why it <b>matters</b>.</p>")

    assert post.excerpt.html == "<p>Why it <b>matters</b>.</p>"
    assert post.summary == "Why it matters."


@pytest.mark.parametrize(
    "end", ["…", " [...]", "[…] Read more", "... The post The ferry appeared first on Harbour."]
)
def test_a_summary_that_is_the_text_broken_off_gives_way_to_whole_elements(tmp_path, end):
    post = read(tmp_path, content=LONG * 3, summary=f"<p>{'Word ' * 20}{end}</p>")

    assert post.excerpt.origin is ExcerptOrigin.OPENING
    assert post.excerpt.html == "<p>" + "Word " * 40 + "end.</p>"
    assert post.excerpt.truncated


def test_an_ellipsis_in_a_summary_of_its_own_stays(tmp_path):
    assert read(tmp_path, content=LONG * 3, summary="And then… nothing.").excerpt.text == "And then… nothing."


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"id": 5}', b"\xff", b"[" * 100_000])
def test_a_file_that_is_no_entry_is_named(tmp_path, content):
    found = opened(tmp_path).read("entries/a.json", content, now=NOON)

    assert isinstance(found, Unreadable)
    assert found.problem.startswith("entries/a.json: is no entry (")


def test_only_the_files_of_entries_are_looked_at(tmp_path):
    source = opened(tmp_path)
    for name in ("a.json", ".b.json.part", "c.txt"):
        (tmp_path / "entries" / name).write_bytes(b"{}")
    (tmp_path / "entries" / "folder").mkdir()
    (tmp_path / "entries" / "folder" / "d.json").write_bytes(b"{}")

    assert [each.path for each in source.candidates()] == ["entries/a.json"]
    assert source.omission("entries/a.json") is None
    omitted = source.omission("entries/folder/d.json")
    assert omitted
    assert (omitted.why, omitted.rule) == (Omission.NOT_A_POST, "entries lie in entries/, as .json files")


def test_an_entry_is_the_same_after_it_was_written_and_read():
    entry = Entry(id="é\u2028", link="", title="\ud800", tags=("a",), published=NOON, content="<p>")

    assert records.read_entry(records.entry_bytes(entry)).tags == ("a",)
    assert records.read_entry(records.entry_bytes(entry)).published == NOON
    assert records.entry_bytes(records.read_entry(records.entry_bytes(entry))) == records.entry_bytes(entry)


def test_a_damaged_mirror_is_one_clear_line(tmp_path):
    source = opened(tmp_path)
    (source.site.root / "mirrored-feed.json").write_bytes(b"{")

    with pytest.raises(SiteError, match="delete it, and it is fetched anew"):
        open_source(Settings(site=SiteSettings(path=tmp_path, kind="feed")))
