import email.policy
from email.parser import BytesParser


def test_a_first_run_mails_nobody_unless_the_list_says_start_with(newsroom):
    newsroom.add_readers()

    done = newsroom.pass_("--set", "lists.gazette.start_with=0")

    assert done["posts"]["baseline"]
    assert done["editions"] == []
    assert newsroom.letters() == []
    assert (newsroom.outbox / "public" / "feeds" / "all" / "atom.xml").is_file()


def test_a_list_that_starts_with_five_sends_the_newest_five_once(newsroom):
    newsroom.add_readers()

    first, second = newsroom.pass_(), newsroom.pass_()

    assert [edition["state"] for edition in first["editions"]] == ["sent"]
    assert second["editions"] == []
    assert len(newsroom.letters()) == 3
    message = BytesParser(policy=email.policy.default).parsebytes(newsroom.letters()[0].read_bytes())
    assert message.get_body(("html",)).get_content().count("<h2") + 1 >= 5


def test_two_runs_in_a_row_leave_every_file_as_it_was(published):
    before = published.files()

    second = published.pass_()

    assert second["written"] == []
    assert published.files() == before


def test_a_site_without_a_configuration_has_feeds_and_mails_nobody(newsroom):
    newsroom.config.unlink()

    done = newsroom.run("--site", "example", "--outbox", "outbox/example", "run", "--once")

    assert "all (13)" in done.stdout
    assert not (newsroom.outbox / "example" / "mail").exists()


def test_drafts_and_future_and_unpublished_posts_are_nowhere(published):
    for content, _ in published.files().values():
        assert b"hundred and fiftieth" not in content
        assert b"mayor and the goose" not in content


def test_the_ledger_agrees_with_what_the_edition_claims(published):
    done = published.run("edition", "verify", "1")

    assert "3 accepted; 3 files compared; as claimed" in done.stdout
