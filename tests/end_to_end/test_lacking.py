"""An edition that may not leave yet, as an editor meets it."""

import pytest

pytestmark = pytest.mark.system

SMTP = ("--set", "mail.transport=smtp", "--set", "smtp.host=127.0.0.1", "--set", "smtp.security=none")


@pytest.fixture
def lacking(newsroom, serve):
    """Give a newsroom without an address, with readers and a mail server, and the words for both."""
    server = serve()
    newsroom.add_readers()
    options = (*SMTP, "--set", f"smtp.port={server.port}", "--set", "mail.postal_address=")
    return newsroom, server, (*options, "--set", "publish.base_url=http://harbour-gazette.example")


def test_all_that_is_lacking_is_named_once_and_nothing_leaves(lacking):
    newsroom, server, options = lacking

    said = newsroom.run(*options, "run", "--once", code=1)

    lines = said.stderr.splitlines()
    assert [line.split(": ")[1] for line in lines] == ["mail.postal_address", "publish.base_url"]
    assert all(line.startswith("error: ") and "under [" in line for line in lines)
    assert server.connections == 0
    assert "collecting" in newsroom.run("edition", "list").stdout


def test_check_says_the_same_before(lacking):
    newsroom, _, options = lacking

    said = newsroom.run(*options, "check", code=1).stderr

    assert "mail.postal_address: is missing" in said
    assert "publish.base_url: http://harbour-gazette.example is not https" in said


def test_once_it_is_there_everybody_is_served(lacking):
    newsroom, server, options = lacking
    newsroom.run(*options, "run", "--once", code=1)

    newsroom.run(*options[:8], "run", "--once")

    assert server.recipients.total() == 3


def test_check_online_says_that_links_lead_nowhere(newsroom):
    newsroom.pass_()

    said = newsroom.run("--set", "publish.base_url=https://localhost:1", "check", "--online", code=1).stderr

    assert "publish.base_url: unsubscribe links don't work now: https://localhost:1 can't be reached" in said
