"""Files of a site that is a folder are read one by one, or some at a time."""

from syndicate.model.post import Omission, Omitted, Post, Unreadable

FILES = {
    "_posts/2024-01-01-a.md": "---\ntitle: A\n---\nOne.\n\nTwo.\n",
    "_posts/2024-01-02-b.md": "---\ntitle: [\n---\nText.\n",
    "_posts/2024-01-03-c.md": "---\ntitle: C\naudio: c.mp3\nlicense: CC0\n---\nTo be heard.\n",
    "_posts/2024-01-04-d.md": "---\npublished: false\n---\nText.\n",
    "_posts/2024-01-05-e.md": "---\ntitle: E\n---\n{{ page.title }}\n\nText.\n",
    "_posts/2024-01-06-f.md": "",
}


def test_files_are_read_together_as_one_by_one(folder) -> None:
    source = folder.source()
    files = [(path, text.encode()) for path, text in FILES.items()]

    found = source.read_some(files, now=folder.now)

    assert found == [folder.source().read(path, content, now=folder.now) for path, content in files]
    assert [each.path for each in found] == list(FILES)


def test_one_bad_file_stops_none_of_the_others(folder) -> None:
    files = [(path, text.encode()) for path, text in FILES.items()]

    a, b, c, d, e, f = folder.source().read_some(files, now=folder.now)

    assert isinstance(b, Unreadable)
    assert "_posts/2024-01-02-b.md:3: front matter" in b.problem
    assert isinstance(d, Omitted)
    assert d.why is Omission.UNPUBLISHED
    assert [post.title for post in (a, c, e, f) if isinstance(post, Post)] == ["A", "C", "E", "F"]
    assert (c.enclosure.media_type, c.rights) == ("audio/mpeg", "CC0")


def test_no_files_are_no_posts(folder) -> None:
    assert folder.source().read_some([], now=folder.now) == []
