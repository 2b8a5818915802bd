import pytest

from syndicate.errors import SettingsError
from syndicate.model.podcast import every_category
from syndicate.settings.loading import load
from syndicate.settings.schema import FeedSettings, PodcastSettings, Settings
from syndicate.settings.writing import document

FEED = '[[feeds]]\nname = "talk"\n[feeds.podcast]\n'


@pytest.fixture
def loaded(tmp_path):
    file = tmp_path / "syndicate.toml"

    def load_(keys: str) -> PodcastSettings:
        file.write_text(FEED + keys, encoding="utf-8")
        return load(file).feeds[0].podcast

    return load_


@pytest.mark.parametrize(
    ("keys", "problem"),
    [
        (
            'categories = ["Society & Culture > Documentaries"]',
            'is no category of podcasts; did you mean "Society & Culture > Documentary"?',
        ),
        ('categories = ["?"]', '"?" is no category of podcasts; use one of Apple\'s, such as "Arts > Books"'),
        ('owner_email = "Ana"', ':4: feeds.0.podcast.owner_email: "Ana" is no mailbox; write'),
        ('owner_email = "Ana <ana@gazette.example>"', 'is no mailbox; write "podcast@example.org"'),
        ('owner_name = "Ana"', ":4: feeds.0.podcast.owner_name: an owner is known by a mailbox; add"),
        ('image = "cover.jpg"', '"cover.jpg" is neither a path nor a web address; write it as'),
        ('image = "/cover.webp"', '"/cover.webp" is not a JPEG or PNG file, which directories ask for; name'),
        ('image = "javascript:x.jpg"', "is neither a path nor a web address"),
        ('type = "serials"', ':4: feeds.0.podcast.type: "serials" is not one of "episodic", "serial"; did'),
        ('writer = "Ana"', '"writer" is not a key; '),
    ],
)
def test_what_a_directory_would_refuse_is_named_with_its_line(loaded, keys, problem):
    with pytest.raises(SettingsError) as refused:
        loaded(keys)

    assert problem in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


def test_every_category_may_stand_in_the_file(loaded):
    assert loaded(f"categories = {list(every_category())}").categories == every_category()


def test_a_podcast_that_is_written_reads_back_as_it_was(tmp_path):
    said = PodcastSettings(author="Ana", categories=("Arts > Books",), explicit=True, type_="serial")
    file = tmp_path / "syndicate.toml"
    feeds = (FeedSettings(name="talk", podcast=said), FeedSettings(name="all"))

    file.write_text(document(Settings(feeds=feeds)), encoding="utf-8")

    assert load(file).feeds == feeds
    assert [line for line in file.read_text().splitlines() if "feeds.podcast" in line] == [
        "[feeds.podcast]",
        "# [feeds.podcast]",
    ]


def test_a_key_of_a_podcast_can_be_given_for_one_run(tmp_path):
    file = tmp_path / "syndicate.toml"
    file.write_text('[[feeds]]\nname = "talk"\n', encoding="utf-8")

    assert load(file, assignments=["feeds.talk.podcast.author=Ana"]).feeds[0].podcast.author == "Ana"
