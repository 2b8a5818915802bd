from dataclasses import replace
from pathlib import Path

import pytest

from syndicate.cli.invocation import Invocation
from syndicate.cli.watching import Chronicle
from syndicate.errors import SiteError
from syndicate.pipeline import Pass, River
from syndicate.posts.detection import Detection
from syndicate.posts.sources import open_source
from syndicate.settings.schema import Settings, SiteSettings

EXAMPLE = Path(__file__).parents[2] / "example"
BROKEN = Pass(detection=Detection(found=1, problems=("_posts/a.md:3: is broken; mend it",)), publication=None)
SOUND = Pass(detection=Detection(found=1), publication=None)
BUSY = replace(SOUND, started=("gazette",))


@pytest.fixture
def chronicle(sqlite_engine) -> Chronicle:
    settings = Settings(site=SiteSettings(path=EXAMPLE))
    river = River(settings=settings, source=open_source(settings), engine=sqlite_engine)
    invocation = Invocation(config=None, site=None, outbox=None, assignments=(), quiet=False, verbose=False)
    return Chronicle(invocation, river)


def test_a_post_that_stays_unreadable_is_named_once(chronicle, capsys):
    for _ in range(3):
        chronicle.tell(BROKEN)

    assert capsys.readouterr().err == "error: _posts/a.md:3: is broken; mend it\n"


def test_a_post_that_is_broken_again_is_named_again(chronicle, capsys):
    for done in (BROKEN, SOUND, BROKEN):
        chronicle.tell(done)

    assert capsys.readouterr().err.count("is broken") == 2


def test_what_ends_every_pass_is_named_once(chronicle, capsys):
    for _ in range(3):
        chronicle.give_up(SiteError("site: there is no such folder; give another"))

    assert capsys.readouterr().err == "error: site: there is no such folder; give another\n"


def test_a_fault_of_ours_is_one_line_too(chronicle, capsys):
    chronicle.give_up(ValueError("two\nlines"))

    said = capsys.readouterr().err
    assert said.startswith("error: ValueError: two lines; this is a fault of syndicate")
    assert said.count("\n") == 1


def test_passes_that_do_the_same_are_told_once(chronicle, capsys):
    for _ in range(3):
        chronicle.tell(BUSY)

    assert capsys.readouterr().out.count("gazette has started") == 1


def test_quiet_says_only_what_is_wrong(chronicle, capsys):
    chronicle.invocation = replace(chronicle.invocation, quiet=True)

    chronicle.tell(replace(BROKEN, started=("gazette",)))

    said = capsys.readouterr()
    assert (said.out, said.err.count("is broken")) == ("", 1)
