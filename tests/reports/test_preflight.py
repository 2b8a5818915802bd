from dataclasses import replace
from pathlib import Path

import pytest

from syndicate.reports.preflight import preflight
from syndicate.settings.schema import ListSettings, MailSettings, PublishSettings, Settings, SiteSettings


def settings(folder: Path, **mail: str) -> Settings:
    given = {"sender": "news@gazette.example", "reply_to": "news@gazette.example", **mail}
    return Settings(
        outbox=folder / "outbox",
        templates=folder / "templates",
        publish=PublishSettings(base_url="https://gazette.example"),
        lists=(ListSettings(name="gazette"),),
        mail=MailSettings(postal_address="Rope Walk 4", **given),
    )


def test_what_is_in_order_needs_no_word(tmp_path: Path) -> None:
    assert preflight(settings(tmp_path)) == []


def test_a_broken_template_is_named_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "templates" / "email" / "partials" / "footer.html"
    broken.parent.mkdir(parents=True)
    broken.write_text("fine\n{% if %}\n", encoding="utf-8")

    (finding,) = preflight(settings(tmp_path))

    assert finding.startswith(f"{broken}:2: ")
    assert finding.endswith("; mend the template")


@pytest.mark.parametrize(
    ("key", "value"),
    [("inliner", "premailor"), ("sender", "a@b.example, c@d.example"), ("reply_to", "ünï@gazette.example")],
)
def test_what_would_stop_every_edition_is_said_before(tmp_path: Path, key: str, value: str) -> None:
    (finding,) = preflight(settings(tmp_path, **{key: value}))

    assert finding.startswith(f"mail.{key}")


def test_a_hub_that_could_fetch_no_feed_is_named(tmp_path: Path) -> None:
    publish = PublishSettings(base_url="https://gazette.local", hub="https://hub.example.org/")

    (finding,) = preflight(replace(settings(tmp_path), publish=publish))

    assert finding.startswith("publish.hub: no hub can fetch feeds from https://gazette.local")


def test_a_broken_catalogue_is_named_with_its_line(tmp_path: Path) -> None:
    broken = tmp_path / "templates" / "words" / "de.po"
    broken.parent.mkdir(parents=True)
    broken.write_text('msgid "Open"\nmsgstr "<b>Auf</b>"\n', encoding="utf-8")

    (finding,) = preflight(settings(tmp_path))

    assert finding.startswith(f"{broken}:1: '<b>Auf</b>' holds markup")


def test_a_language_of_the_sites_own_that_is_none_is_named(tmp_path: Path) -> None:
    (finding,) = preflight(replace(settings(tmp_path), site=SiteSettings(language="Deutsch")))

    assert finding.startswith('site: its language "Deutsch" is no language; correct it')
    assert finding.endswith('(did you mean "de"?)')
