import dataclasses
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.model.cadence import WEEKDAYS, Cadence, Every
from syndicate.settings.loading import load
from syndicate.settings.schema import FeedSettings, ListSettings, PostsSettings, Settings, SiteSettings
from syndicate.settings.writing import document, literal

TIMES = st.builds(time, st.integers(0, 23), st.integers(0, 59))
CADENCES = st.one_of(
    st.builds(Cadence, every=st.just(Every.WEEKLY), on=st.sampled_from(WEEKDAYS), at=TIMES),
    st.builds(Cadence, every=st.just(Every.DAILY), at=TIMES),
    st.builds(Cadence, every=st.just(Every.MONTHLY), day=st.integers(1, 28), at=TIMES),
    st.just(Cadence(every=Every.EACH)),
)
LISTS = st.builds(
    ListSettings,
    name=st.just("gazette"),
    title=st.text(),
    zone=st.sampled_from(["Europe/Lisbon", "Asia/Hong_Kong"]),
    tags=st.lists(st.text()).map(tuple),
    cadences=st.lists(CADENCES, min_size=1, unique_by=lambda each: each.every).map(tuple),
    late_after=st.integers(600, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
    start_with=st.integers(0, 100),
)


@given(each=LISTS)
def test_what_is_written_reads_back_as_it_was(tmp_path_factory, each):
    file = tmp_path_factory.mktemp("written") / "syndicate.toml"
    settings = Settings(
        site=SiteSettings(path=file.parent / "site"),
        outbox=file.parent / "outbox",
        templates=file.parent / "templates",
        posts=PostsSettings(excerpt="jekyll"),
        feeds=(FeedSettings(name="all"),),
        lists=(each,),
    )

    file.write_text(document(settings), encoding="utf-8")

    assert load(file) == settings


def test_every_key_stands_in_the_file_with_its_meaning():
    text = document(Settings(feeds=(FeedSettings(name="x"),), lists=(ListSettings(name="y"),)))

    for part in (Settings(), FeedSettings(), ListSettings(), PostsSettings(), SiteSettings()):
        for field in dataclasses.fields(part):
            if "meaning" in field.metadata:
                assert f"{field.name} = " in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (5, "5"),
        (timedelta(minutes=90), '"90 min"'),
        (timedelta(days=2), '"2 days"'),
        (timedelta(seconds=1), '"1 s"'),
        (Path("a") / "b", '"a/b"'),
        ('say "hi"\n', '"say \\"hi\\"\\U0000000a"'),
        (("a", "b"), '["a", "b"]'),
    ],
)
def test_a_value_is_written_as_toml_has_it(value, text):
    assert literal(value) == text
