from typing import Any

import pytest

from syndicate.model.post import Omission, Omitted

Folder = Any

CONFIG = """\
url: https://harbour.example
exclude: [vendor, "_posts/old*"]
collections: {letters: {output: true}, staff: {}}
defaults:
  - scope: {path: _posts/kept}
    values: {published: false}
"""


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("_drafts/a.md", "it is in a folder `_drafts`"),
        (
            "_posts/_old/2024-01-01-a.md",
            'Jekyll passes over the folder "_old" for how its name begins or ends',
        ),
        (
            "_posts/2024-01-01-a.md~",
            'Jekyll passes over the file "2024-01-01-a.md~" for how its name begins or ends',
        ),
        (
            "_staff/ann.md",
            (
                'Jekyll passes over the folder "_staff" for how its name begins or ends, '
                "and no collection staff in _config.yml has `output: true`"
            ),
        ),
        ("vendor/_posts/2024-01-01-a.md", '"vendor" is in `exclude` of _config.yml'),
        ("_posts/old/2024-01-01-a.md", '"_posts/old*" is in `exclude` of _config.yml'),
        ("node_modules/_posts/2024-01-01-a.md", '"node_modules" is excluded by Jekyll itself'),
        ("about.md", "it is in no `_posts` folder and in no collection with `output: true`"),
        ("_posts/undated.md", "its name doesn't begin with a date, YYYY-MM-DD-"),
        ("_posts/2024-01-01-a.png", '".png" is not an extension of a text'),
    ],
)
def test_a_place_that_leaves_a_file_out_names_its_rule(folder: Folder, path: str, rule: str) -> None:
    folder.write("_config.yml", CONFIG)

    assert folder.source().omission(path).rule == rule


@pytest.mark.parametrize(
    ("head", "why", "rule"),
    [
        ("title: a\npublished: false", Omission.UNPUBLISHED, "`published: false` on line 3"),
        ("draft: true", Omission.DRAFT, "`draft: true` on line 2"),
        ("title: a\n\ndate: 2098-01-01", Omission.FUTURE, "`date` on line 4"),
    ],
)
def test_a_head_that_leaves_a_post_out_names_its_line(
    folder: Folder, head: str, why: Omission, rule: str
) -> None:
    folder.post("2024-01-01-a", head=head)

    found = folder.read("_posts/2024-01-01-a.md")

    assert isinstance(found, Omitted)
    assert (found.why, found.rule) == (why, rule)


def test_a_rule_from_the_sites_defaults_says_so(folder: Folder) -> None:
    folder.write("_config.yml", CONFIG)
    folder.post("kept/2024-01-01-a")

    assert folder.read("_posts/kept/2024-01-01-a.md").rule == (
        "`published: false` in the `defaults` of _config.yml"
    )


def test_a_name_with_a_future_date_and_a_file_without_a_head_say_so(folder: Folder) -> None:
    folder.post("2098-01-01-a")
    folder.write("_letters/2024-01-01-b.md", "no head\n")

    assert folder.read("_posts/2098-01-01-a.md").rule == "the date in its name"
    assert folder.read("_letters/2024-01-01-b.md").rule == "it has no front matter"
