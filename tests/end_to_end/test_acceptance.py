"""The outside checkers, on what the installed command writes of the example and reads of other sites."""

import gzip
import json
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.system


@pytest.mark.parametrize(
    ("script", "names"),
    [
        ("feeds/check_atom_rng.py", ["atom.xml"]),
        ("feeds/check_jsonfeed.py", ["feed.json"]),
        ("feeds/check_feedparser.py", ["rss.xml", "atom.xml"]),
        ("feeds/check_reader.py", ["rss.xml", "atom.xml", "feed.json"]),
    ],
)
def test_every_feed_of_the_example_passes(check, published, script, names):
    feeds = sorted((published.outbox / "public" / "feeds").iterdir())
    files = [feed / name for feed in feeds if feed.is_dir() for name in names]

    said = check(script, *files)

    assert said.count("OK") == len(files) == 4 * len(names)


def test_every_message_of_the_example_passes(check, published):
    said = check("mail/check_email.py", *published.letters())

    assert "3 passed, 0 failed" in said


def listed_as_jekyll_does(newsroom, site: Path, *words: str) -> Path:
    return listed(newsroom, site, *words, excerpt="jekyll")


def as_hugo(newsroom, site: Path, *words: str) -> Path:
    return listed(newsroom, site, *words, excerpt="hugo")


def listed(newsroom, site: Path, *words: str, excerpt: str) -> Path:
    ours = newsroom.folder / "posts.json"
    wishes = ("--set", f"posts.excerpt={excerpt}", "--set", "posts.embeds=frame")
    said = newsroom.run("--site", site, *wishes, "posts", "--json", *words)
    ours.write_text(said.stdout, encoding="utf-8")
    return ours


@pytest.mark.parametrize(("name", "least"), [("pen0-120", "100"), ("elixir", "99.89"), ("grpc-hugo", "100")])
def test_a_real_site_is_rendered_as_its_generator_renders_it(newsroom, shared, check, name, least):
    data = shared / "data" / name
    rule = "hugo" if name.endswith("-hugo") else "jekyll"

    ours = listed(newsroom, data / "site", "--raw", excerpt=rule)

    # Before it is cleaned; of the second one one check, about the paragraph around a <video>.
    check("compare_posts.py", ours, data / "oracle" / "posts.json.gz", "--min", least)


def test_a_real_site_is_read_as_its_generator_reads_it(newsroom, shared, check):
    data = shared / "data" / "pen0-120"

    ours = listed_as_jekyll_does(newsroom, data / "site")

    check("compare_posts.py", ours, data / "oracle" / "posts.json.gz")


def test_only_scripts_differ_from_what_another_real_site_is(newsroom, shared, check):
    data = shared / "data" / "elixir"
    made = json.loads(gzip.decompress((data / "oracle" / "posts.json.gz").read_bytes()))
    running = re.compile(rb"<script\b", re.IGNORECASE)
    still = [
        each for each in made["posts"] if not running.search((data / "site" / each["path"]).read_bytes())
    ]
    kept = newsroom.folder / "still.json"
    kept.write_text(json.dumps({"posts": still}), encoding="utf-8")

    ours = listed_as_jekyll_does(newsroom, data / "site")

    assert len(made["posts"]) - len(still) == 7
    check("compare_posts.py", ours, kept, "--skip", "absent")
    # Of 966 checks seven, of which elements there are; what the posts say is the same.
    check("compare_posts.py", ours, data / "oracle" / "posts.json.gz", "--skip", "content_tags")
    check("compare_posts.py", ours, data / "oracle" / "posts.json.gz", "--min", "99.27")


@pytest.mark.parametrize("config", ["", "_hk", "_pretty"])
def test_a_site_of_odd_cases_is_read_as_its_generator_reads_it(newsroom, shared, check, configured, config):
    ours = listed_as_jekyll_does(newsroom, configured("quirks-jekyll", f"_config{config}.yml"))

    said = check(
        "compare_posts.py", ours, shared / "data/quirks-jekyll/oracle" / f"posts{config}.json", "--min", "99"
    )

    # docs/decisions.md says of each why.
    named = {line.split()[1:][1].rpartition("/")[2] for line in said.splitlines() if line.startswith("  - ")}
    assert named == {
        "2024-05-03-draft-flag.md",
        "2024-05-07-bool-title.md",
        "2024-06-06-cat-dup.md",
        "2024-06-07-cat-num.md",
        "2024-06-18-author-ref.md",
        "2024-06-19-authors.md",
        "2024-08-06-liquid.md",
    }


@pytest.mark.parametrize("zone", ["", "_hk"])
def test_every_oddity_of_a_hugo_site_is_read_as_hugo_reads_it(newsroom, shared, check, configured, zone):
    ours = as_hugo(newsroom, configured("quirks-hugo", f"hugo{zone}.toml"))

    check("compare_posts.py", ours, shared / "data" / "quirks-hugo" / "oracle" / f"posts{zone}.json")


def test_a_real_hugo_site_is_read_as_hugo_reads_it(newsroom, shared, check):
    data = shared / "data" / "grpc-hugo"
    ours = as_hugo(newsroom, data / "site")

    # Of 597 checks one, of which elements there are; docs/decisions.md says why.
    check("compare_posts.py", ours, data / "oracle" / "posts.json.gz", "--skip", "content_tags")
    check("compare_posts.py", ours, data / "oracle" / "posts.json.gz", "--min", "99.83")
