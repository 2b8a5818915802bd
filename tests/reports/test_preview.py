import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicate.mail.linting import lint
from syndicate.model.cadence import Cadence, Every
from syndicate.pipeline import River, run_pass
from syndicate.posts.sources import open_source
from syndicate.reports.preview import Preview, preview
from syndicate.settings.completion import complete
from syndicate.settings.schema import ListSettings, MailSettings, Settings, SiteSettings

EXAMPLE = Path(__file__).parents[2] / "example"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def made(sqlite_engine, tmp_path: Path) -> Preview:
    """Give the example's next edition, of a sender outside ASCII and without a postal address."""
    shutil.copytree(EXAMPLE, tmp_path / "example")
    given = Settings(
        outbox=tmp_path / "outbox",
        site=SiteSettings(path=tmp_path / "example"),
        mail=MailSettings(sender="Die Bücherstube <post@bücher.example>"),
        lists=(ListSettings(name="stube", zone="UTC", cadences=(Cadence(every=Every.DAILY),)),),
    )
    source = open_source(given)
    river = River(settings=complete(given, source.site), source=source, engine=sqlite_engine)
    run_pass(river, clock=lambda: NOW, progress=lambda *_: None)

    return preview(river, river.settings.lists[0], now=NOW)


def test_a_sender_outside_ascii_is_previewed_as_it_will_leave(made: Preview) -> None:
    assert b"post@xn--bcher-kva.example" in made.message.read_bytes()


def test_a_preview_tells_what_a_check_of_its_message_tells(made: Preview) -> None:
    assert [each.rule for each in made.findings] == ["postal-address"]
    assert list(made.findings) == lint(made.message.read_bytes())
