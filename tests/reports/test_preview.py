import shutil
from datetime import UTC, datetime
from pathlib import Path

from syndicate.model.cadence import Cadence, Every
from syndicate.pipeline import River, run_pass
from syndicate.posts.sources import open_source
from syndicate.reports.preview import preview
from syndicate.settings.completion import complete
from syndicate.settings.schema import ListSettings, MailSettings, Settings, SiteSettings

EXAMPLE = Path(__file__).parents[2] / "example"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_sender_outside_ascii_is_previewed_as_it_will_leave(sqlite_engine, tmp_path: Path) -> None:
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

    made = preview(river, river.settings.lists[0], now=NOW)

    assert b"post@xn--bcher-kva.example" in made.message.read_bytes()
