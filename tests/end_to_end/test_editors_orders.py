import json
import shutil
from email.parser import BytesParser
from email.policy import default

import pytest

from syndicate.cli.operator import operator

pytestmark = pytest.mark.system

APPROVAL = """
[site]
path = "example"
[posts]
settle = "0 s"
[mail]
sender = "The Gazette <news@gazette.example>"
postal_address = "Rua do Cais 12, 4490-012 Vila da Enseada"
[[lists]]
name = "gazette"
cadences = [{ every = "each" }]
approval = "editor"
"""


@pytest.fixture
def asked(each_post):
    """Give a newsroom whose list needs a yes, with a new post."""
    each_post.config.write_text(APPROVAL, encoding="utf-8")
    each_post.write_post("2026-11-20-fog.md", title="Fog", date="2026-11-20")
    return each_post


def test_an_edition_waits_for_its_yes_and_the_log_has_the_name(asked):
    waiting = asked.run("run", "--once", code=3).stderr
    assert "waiting: edition 1 of gazette was due" in waiting
    assert "`syndicate edition approve 1`" in waiting
    assert asked.letters() == []
    assert not (asked.outbox / "public/editions").exists()

    asked.run("edition", "approve", "1", "--why", "looks good")
    asked.pass_()

    assert len(asked.letters()) == 3
    assert ": looks good" in asked.run("edition", "show", "1").stdout
    asked.run("edition", "verify", "1")


def test_a_cancelled_edition_goes_with_the_next_one(asked):
    asked.pass_(code=3)
    said = json.loads(asked.run("edition", "cancel", "1", "--why", "a mistake in it", "--json").stdout)
    assert (said["state"], said["counts"]) == ("cancelled", {"withdrawn": 3})

    asked.run("edition", "create", "gazette")
    asked.pass_(code=3)
    sent = json.loads(asked.run("edition", "send", "2", "--json").stdout)

    assert (sent["state"], sent["counts"]) == ("sent", {"accepted": 3})
    assert "Fog" in sent["subject"]


def test_a_test_is_marked_and_never_counted(published):
    said = published.run("edition", "test", "1", "--to", "eve@example.org").stdout
    published.run("edition", "test", "gazette", "--to", "eve@example.org")

    (letter,) = published.outbox.glob("mail/gazette/test/1/*.eml")
    assert said.startswith("“[TEST] ")
    assert b"\nSubject: [TEST]\r\n " in letter.read_bytes()
    assert published.run("edition", "verify", "1").stdout.startswith("edition 1, sent: 3 accepted; 3 files")


def test_who_pauses_is_mailed_nothing(each_post):
    each_post.run("subscriber", "pause", "leonor@example.org")
    each_post.write_post("2026-11-20-fog.md", title="Fog", date="2026-11-20")
    each_post.pass_()

    assert [each for each in each_post.letters() if "leonor" in each.name] == []
    rows = each_post.run("subscriber", "list", "--json").stdout.splitlines()
    assert [json.loads(row)["state"] for row in rows].count("paused") == 1


def test_who_changed_what_of_a_reader_is_told(each_post):
    each_post.run("subscriber", "pause", "leonor@example.org")
    told = each_post.run("subscriber", "show", "leonor@example.org").stdout
    (found,) = each_post.run("subscriber", "show", "leonor@example.org", "--json").stdout.splitlines()

    assert f" UTC  {operator()}: paused\n" in told
    assert [each["what"] for each in json.loads(found)["changes"]] == ["added: a test", "paused"]
    assert "is on no list" in each_post.run("subscriber", "show", "eve@example.org", code=1).stderr


def test_a_copied_newsroom_sends_nothing_until_it_is_released(each_post, tmp_path_factory):
    folder = tmp_path_factory.mktemp("copy")
    copy = type(each_post)(folder)
    shutil.copytree(each_post.folder, folder, dirs_exist_ok=True)
    copy.write_post("2026-11-20-fog.md", title="Fog", date="2026-11-20")

    done = copy.run("run", "--once", code=3)
    assert "waiting: nothing is sent: held since" in done.stderr
    assert copy.letters() == []
    copy.run("release")
    copy.pass_()

    assert len(copy.letters()) == 3


def test_a_restored_store_is_held_and_says_from_where(each_post):
    each_post.run("db", "backup", "monday.db")
    each_post.run("db", "restore", "monday.db", "--why", "the disk broke")

    status = json.loads(each_post.run("db", "status", "--json", code=3).stdout)

    assert status["held"].endswith("restored from monday.db: the disk broke")
    assert status["integrity"] == "ok"


@pytest.fixture
def put_back(each_post):
    """Give a newsroom whose store was put back to before its last letters, and to before a reader left."""
    each_post.run("db", "backup", "monday.db")
    each_post.write_post("2026-11-20-fog.md", title="Fog", date="2026-11-20")
    each_post.pass_()
    each_post.run("subscriber", "remove", "leonor@example.org")
    each_post.run("db", "restore", "monday.db", "--why", "the disk broke")
    return each_post


def test_a_store_put_back_says_what_was_sent_since_and_asks_what_becomes_of_it(put_back):
    status = json.loads(put_back.run("db", "status", "--json", code=3).stdout)
    refused = put_back.run("release", code=1)
    waiting = put_back.run("run", "--once", code=3)

    assert status["held"].endswith("the disk broke; sent since: edition 1 of gazette (3)")
    assert "doesn't know what was sent since" in refused.stderr
    assert "`syndicate release --drop` or `--send`" in waiting.stderr
    assert "choose one" in put_back.run("release", "--drop", "--send", code=2).stderr


def test_what_a_store_put_back_may_have_sent_is_sent_to_nobody_again_by_a_drop(put_back):
    put_back.run("release", "--drop")
    put_back.pass_()
    put_back.write_post("2026-11-21-rain.md", title="Rain", date="2026-11-21")
    put_back.pass_()

    subjects = [subject(each) for each in put_back.letters()]
    assert put_back.run("edition", "verify", "3").stdout.startswith("edition 3, sent: 2 accepted")
    assert subjects.count("Fog · The Harbour Gazette") == 3
    assert subjects.count("Rain · The Harbour Gazette") == 2  # leonor left, and stays away


def test_what_a_store_put_back_may_have_sent_is_sent_again_by_name_where_a_person_says_so(put_back):
    before = {message_id(each) for each in put_back.letters()}
    put_back.run("release", "--send")
    put_back.pass_()

    after = [message_id(each) for each in put_back.letters()]
    assert set(after) == before
    assert len(after) == 3 + 2  # leonor left, and stays away; no letter was written over another
    assert "nothing was held" in put_back.run("release", "--drop").stdout


def subject(letter):
    return BytesParser(policy=default).parsebytes(letter.read_bytes())["Subject"]


def message_id(letter):
    return BytesParser(policy=default).parsebytes(letter.read_bytes())["Message-ID"]


def test_a_bad_order_is_one_line(published):
    for words, expected in (
        (("edition", "cancel", "1", "--why", "x"), 'it is "sent" and can\'t become "cancelled"'),
        (("edition", "approve", "9"), "there is none of that number"),
        (("edition", "retry", "1"), "there is no message whose fate can be changed"),
        (("edition", "test", "courier", "--to", "a@b.example"), "there is no list of that name"),
        (("subscriber", "pause", "eve@example.org"), 'is not on "gazette"'),
        (("db", "restore", "nowhere.db"), "can't be restored"),
    ):
        done = published.run(*words, code=1)

        assert done.stderr.startswith("error: ")
        assert expected in done.stderr


def test_who_left_comes_back_only_when_they_asked(each_post):
    each_post.run("subscriber", "remove", "leonor@example.org")
    refused = each_post.run("subscriber", "add", "leonor@example.org", "--consent", "a bought list", code=1)
    back = each_post.run("subscriber", "add", "leonor@example.org", "--again", "--consent", "asked by letter")

    assert "only the reader can come back" in refused.stderr
    assert back.stdout == "leonor@example.org is now on gazette\n"


def test_nothing_is_sent_by_hand_while_the_store_is_held(published):
    published.run("edition", "create")
    published.run("hold", "--why", "moving house")
    held = published.run("edition", "send", "2", code=3)

    assert "nothing is sent while the store is held" in held.stderr
    published.run("release")
    assert "skipped" in published.run("edition", "send", "2").stdout  # nobody is owed anything
