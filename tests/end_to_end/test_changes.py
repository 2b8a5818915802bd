import re

import pytest
from lxml import etree

pytestmark = pytest.mark.system

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(newsroom):
    tree = etree.parse(newsroom.outbox / "public" / "feeds" / "all" / "atom.xml")
    return {
        entry.findtext(f"{ATOM}title"): (entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated"))
        for entry in tree.iter(f"{ATOM}entry")
    }


def test_a_new_post_is_mailed_once_whatever_its_date(each_post):
    each_post.write_post("2026-08-01-late.md", title="Late but new", date="2026-08-01")

    first, second = each_post.pass_(), each_post.pass_()

    assert first["posts"]["arrived"] == ["_posts/2026-08-01-late.md"]
    assert [edition["state"] for edition in first["editions"]] == ["sent"]
    assert second["editions"] == []
    assert len(each_post.letters()) == 3


def test_a_post_waits_for_its_edits_to_stop_before_it_is_mailed(each_post):
    each_post.write_post("2026-11-22-fresh.md", title="Fresh", date="2026-11-22")

    done = each_post.pass_("--set", "posts.settle=15 min")

    assert done["posts"]["waiting"] == ["_posts/2026-11-22-fresh.md"]
    assert each_post.letters() == []
    assert "Fresh" in entries(each_post)


def test_a_renamed_post_is_mailed_to_nobody_and_keeps_its_entry(each_post):
    before = entries(each_post)
    old = each_post.site / "_posts" / "2026-11-14-the-slipway-vote.md"
    old.rename(old.with_name("2026-11-14-nine-votes.md"))

    done = each_post.pass_()

    assert done["posts"]["new"] == []
    assert done["editions"] == []
    ids = {title: entry_id for title, (entry_id, _) in before.items()}
    assert {title: entry_id for title, (entry_id, _) in entries(each_post).items()} == ids


def test_an_edited_post_is_updated_in_the_feed_and_mailed_to_nobody(each_post):
    path = each_post.write_post("2026-11-22-fresh.md", title="Fresh", date="2026-11-22")
    each_post.pass_()
    entry_id, updated = entries(each_post)["Fresh"]
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more thing.\n", encoding="utf-8")

    done = each_post.pass_()

    assert done["editions"] == []
    assert len(each_post.letters()) == 3
    assert entries(each_post)["Fresh"][0] == entry_id
    assert entries(each_post)["Fresh"][1] > updated


def test_a_saved_post_without_a_change_changes_no_file(each_post):
    before = each_post.files()
    path = each_post.site / "_posts" / "2026-11-14-the-slipway-vote.md"
    path.write_bytes(path.read_bytes())

    done = each_post.pass_()

    assert done["posts"]["changed"] == []
    assert each_post.files() == before


def test_a_flood_waits_for_a_yes(each_post):
    for number in range(11):
        each_post.write_post(f"2026-11-22-flood-{number}.md", title=f"Flood {number}", date="2026-11-22")

    held = each_post.pass_(code=3)
    each_post.run("posts", "release")
    released = each_post.pass_()

    assert len(held["posts"]["held"]) == 11
    assert held["editions"] == []
    assert len(released["editions"]) == 11
    assert len(each_post.letters()) == 33


def test_a_reader_who_joins_later_gets_only_what_comes_later(each_post):
    each_post.write_post("2026-11-22-one.md", title="One", date="2026-11-22")
    each_post.pass_()
    each_post.run("-q", "subscriber", "add", "late@example.org", "--consent", "a test")
    each_post.write_post("2026-11-22-two.md", title="Two", date="2026-11-22")

    each_post.pass_()

    to_late = [path for path in each_post.letters() if "late@" in path.name]
    assert len(to_late) == 1
    assert re.search(rb"(?m)^Subject: .*Two", to_late[0].read_bytes())


def test_a_deleted_post_leaves_the_feeds_and_returns_without_a_mail(each_post):
    path = each_post.site / "_posts" / "2026-11-14-the-slipway-vote.md"
    content = path.read_bytes()
    before = entries(each_post)

    path.unlink()
    gone = each_post.pass_()
    path.write_bytes(content)
    back = each_post.pass_()

    assert gone["posts"]["gone"] == ["_posts/2026-11-14-the-slipway-vote.md"]
    assert back["editions"] == []
    assert {title: e[0] for title, e in entries(each_post).items()} == {t: e[0] for t, e in before.items()}


def test_a_site_that_gets_another_address_is_the_same_site(each_post):
    each_post.pass_()
    before = entries(each_post)
    config = each_post.site / "_config.yml"
    text = config.read_text(encoding="utf-8").replace("harbour-gazette.example", "gazette.example")
    config.write_text(text, encoding="utf-8")

    done = each_post.pass_()

    assert done["posts"]["new"] == []
    assert done["editions"] == []
    assert {title: e[0] for title, e in entries(each_post).items()} == {t: e[0] for t, e in before.items()}


def test_a_site_that_moves_to_another_folder_is_the_same_site(each_post):
    each_post.site.rename(each_post.folder / "moved")

    done = each_post.pass_("--set", "site.path=moved")

    assert done["posts"]["new"] == []
    assert done["editions"] == []


def test_a_site_that_is_suddenly_empty_keeps_its_feeds_until_somebody_says_so(each_post):
    before = each_post.files()
    for name in ("_posts", "_harbour", "_table"):
        (each_post.site / name).rename(each_post.folder / name)

    stopped = each_post.run("run", "--once", code=1)
    kept = each_post.files()
    meant = each_post.pass_("--set", "posts.allow_empty=true")

    assert "every post is gone, and there were" in stopped.stderr
    assert kept == before
    assert len(meant["posts"]["gone"]) == 13
