"""A post whose text draws on other files is read again when they change, and only then."""

import os
from datetime import timedelta
from typing import Any

Folder = Any

MINUTE = timedelta(minutes=1)


def changed(folder: Folder) -> list[str]:
    found = folder.detect(later=MINUTE)
    return [each.post.path for each in found.changed]


def test_an_edited_include_is_an_edit_of_the_posts_that_show_it(watched: Folder) -> None:
    watched.write("_includes/note.html", "one")
    watched.post("2024-03-01-with", "{% include note.html %}")
    watched.post("2024-03-02-without", "{{ page.title }}")
    watched.detect()
    assert changed(watched) == []

    watched.write("_includes/note.html", "two two")

    assert changed(watched) == ["_posts/2024-03-01-with.md"]
    assert changed(watched) == []


def test_a_touched_include_changes_nothing(watched: Folder) -> None:
    include = watched.write("_includes/note.html", "one")
    watched.post("2024-03-01-with", "{% include note.html %}")
    watched.detect()

    os.utime(include, ns=(1, 1))

    assert changed(watched) == []


def test_an_include_that_appears_is_noticed(watched: Folder) -> None:
    watched.post("2024-03-01-with", "{% include late.html %}")
    assert len(watched.detect().warnings) == 1

    watched.write("_includes/late.html", "here")

    assert changed(watched) == ["_posts/2024-03-01-with.md"]


def test_edited_data_are_noticed_in_any_folder(watched: Folder) -> None:
    watched.write("_data/team/lead.yml", "name: Ann")
    watched.post("2024-03-01-with", "{{ site.data.team.lead.name }}")
    watched.detect()

    watched.write("_data/team/lead.yml", "name: Berta")

    assert changed(watched) == ["_posts/2024-03-01-with.md"]


def test_a_new_post_changes_those_that_list_the_others(watched: Folder) -> None:
    watched.post("2024-03-01-list", "{% for p in site.posts %}{{ p.url }} {% endfor %}")
    watched.post("2024-03-02-plain", "{{ page.title }}")
    watched.detect()

    watched.post("2024-03-03-new")

    assert changed(watched) == ["_posts/2024-03-01-list.md"]


def test_a_post_that_leaves_changes_those_that_link_to_it(watched: Folder) -> None:
    watched.post("2024-03-01-link", "{% post_url 2024-03-02-there %}")
    there = watched.post("2024-03-02-there")
    watched.detect()

    there.unlink()

    assert changed(watched) == ["_posts/2024-03-01-link.md"]


def test_a_post_that_draws_on_nothing_any_more_is_forgotten(watched: Folder) -> None:
    watched.write("_includes/note.html", "one")
    watched.post("2024-03-01-with", "{% include note.html %}")
    watched.detect()
    watched.post("2024-03-01-with", "plain now")
    watched.detect(later=MINUTE)

    watched.write("_includes/note.html", "two two")

    assert changed(watched) == []
