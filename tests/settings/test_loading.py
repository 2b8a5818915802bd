from pathlib import Path

import pytest

from syndicate.errors import SettingsError
from syndicate.settings.loading import load


@pytest.fixture
def write(tmp_path: Path):
    def write(text: str) -> Path:
        file = tmp_path / "config" / "syndicate.toml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


WEEKLY = 'cadences = [{ every = "weekly", on = "mon", at = "07:00" }]'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('outbx = "x"', ':1: outbx: "outbx" is not a key; did you mean "outbox"?'),
        ('[posts]\n\nexcerpt = "jekyl"', ':3: posts.excerpt: "jekyl" is not one of'),
        ('[posts]\nsettle = "soon"', ':2: posts.settle: "soon" is not a duration; write a number'),
        ('[posts]\nsettle = "99999999999 days"', ':2: posts.settle: "99999999999 days" is longer than'),
        (
            f'[[lists]]\nname = "a"\nzone = "UTC"\nsections = "none"\nsection_order = ["x"]\n{WEEKLY}',
            ':5: lists.0.section_order: sections = "none" divides nothing',
        ),
        (
            f'[[lists]]\nname = "a"\nzone = "UTC"\nsection_order = ["News", "news"]\n{WEEKLY}',
            ':4: lists.0.section_order: "news" stands twice',
        ),
        (
            f'[[lists]]\nname = "a"\nzone = "UTC"\nsubject = "{{nr}}"\n{WEEKLY}',
            ":4: lists.0.subject: {nr} is not filled in; use",
        ),
        (
            f'[[lists]]\nname = "a"\nzone = "UTC"\nlate_after = "0 s"\n{WEEKLY}',
            ":4: lists.0.late_after: an edition is always a few seconds late",
        ),
        ("[posts]\nflood_guard = true", ":2: posts.flood_guard: true is not a whole number"),
        ("[posts]\nflood_guard = -1", ":2: posts.flood_guard: -1 is not a whole number"),
        ("[site]\ntitle = 5", ':2: site.title: 5 is not text; write it in quotes: "5"'),
        ("posts = 5", ":1: posts: 5 is not a table"),
        ("[[feeds]\n", ":1: is not TOML"),
        ('[[feeds]]\nname = "x"\nformats = ["rss", "atm"]', ':3: feeds.0.formats: "atm" is no format'),
        ('[[feeds]]\ntitle = "x"', ':1: feeds.0: "name" is missing; add it'),
        ('[publish]\nbase_url = "news.example.org"', ':2: publish.base_url: "news.example.org" is not a web'),
        (
            '[publish]\nbase_url = "https://a.example/\\n"',
            ':2: publish.base_url: "https://a.example/\\n" is not',
        ),
        ('[publish]\nbase_url = "https://a.example/?a"', "can't have a path put behind it; drop everything"),
        ('[site]\nurl = "https://[::1"', ':2: site.url: "https://[::1" is not a web address'),
        ('[site]\nfeed = "feed.xml"', ':2: site.feed: "feed.xml" is not a web address'),
        ('[site]\nfeed = "https://a@b.example/"', ":2: site.feed: no name or password belongs in an address"),
        (
            '[site]\ngit = "https://x:y@b.example/z"',
            ":2: site.git: no name or password belongs in an address",
        ),
        ('[site]\ngit = "ssh://x:y@b.example/z"', ":2: site.git: no name or password belongs in"),
        ('[site]\ngit = "ext::sh -c id"', ":2: site.git: is no address that may be pulled"),
        ('[site]\ngit = "git://b.example/z"', ":2: site.git: is no address that may be pulled"),
        ('[site]\ngit = "-u"', ':2: site.git: "-u" begins like an option'),
        ('[site]\ngit = "https://b.example/z"\npath = "../x"', ":3: site.path: leads out of the repository"),
        ('[site]\ngit = "https://b.example/z"\npath = "/x"', ":3: site.path: leads out of the repository"),
        (
            '[site]\ngit = "https://b.example/z"\nbranch = "-u"',
            ':3: site.branch: "-u" is no name of a branch',
        ),
        ('[site]\ngit = "https://b.example/z"\nbranch = "a..b"', ':3: site.branch: "a..b" is no name'),
        ('[site]\nfeed = "https://b.example/"\ngit = "x"', ":3: site.git: the site is already said to live"),
        (
            '[site]\npermalink = "blog/:slug/"',
            ':2: site.permalink: "blog/:slug/" is no path on the site; begin',
        ),
        (
            '[site]\npermalink = "/:slug/:hour/"',
            ':2: site.permalink: ":hour" is not filled in; use :path, :slug',
        ),
        ('[site]\npermalink = "/:year/"', ":2: site.permalink: gives every post the same address; use :path"),
        ('[site]\nposts = ["../elsewhere"]', ':2: site.posts: "../elsewhere" is no folder inside the site'),
        (
            '[site]\nlanguage = "xx-nonsense"',
            ':2: site.language: "xx-nonsense" is no language; use a BCP 47 tag such as "en"',
        ),
        ('[site]\nlanguage = "German"', ':2: site.language: "German" is no language; did you mean "de"?'),
        ('[store]\nurl = "mysql://a/b"', ":2: store.url: is no store that lasts"),
        ('[store]\nurl = "sqlite://"', ":2: store.url: is no store that lasts"),
        ('[fetching]\ntimeout = "0 s"', ":2: fetching.timeout: nothing would ever be fetched"),
        (
            '[fetching]\nallow_hosts = ["https://intranet"]',
            ':2: fetching.allow_hosts.0: "https://intranet" is no',
        ),
        ("[dispatch]\ngroup = 0", ":2: dispatch.group: 0 messages are no group; use 1 to 10,000"),
        (
            '[[feeds]]\nname = "a"\nlanguage = "English"',
            ':3: feeds.0.language: "English" is no language; did you mean "en"?',
        ),
        (
            '[[feeds]]\nname = "a"\nlanguages = ["pt_BR"]',
            ':3: feeds.0.languages: "pt_BR" is no tag; did you mean "pt-BR"?',
        ),
        ('[mail]\nsender = "The Gazette"', ':2: mail.sender: "The Gazette" is no mailbox'),
        ('[mail]\nsender = "a@b.example."', ':2: mail.sender: "a@b.example." is no mailbox'),
        (f'[[lists]]\nname = "A b"\nzone = "UTC"\n{WEEKLY}', ':2: lists.0.name: "A b" is no name'),
        (
            f'[[lists]]\nname = "a"\n{WEEKLY}',
            ':1: lists.0: "zone" is missing and the cadence has a local time',
        ),
        (f'[[lists]]\nname = "a"\nzone = "Europe/Lisbn"\n{WEEKLY}', 'did you mean "Europe/Lisbon"?'),
        (
            '[[lists]]\nname = "a"\ncadences = [{ every = "weekly" }]',
            ':3: lists.0.cadences.0: every = "weekly"',
        ),
        ('[[lists]]\nname = "a"\ncadences = [{ every = "dayly" }]', 'did you mean "daily"?'),
        ('[[lists]]\nname = "a"\ncadences = [{ every = "daily", at = "7" }]', '"7" is not a time of day'),
        ('[[lists]]\nname = "a"', ":1: lists.0: has no cadence; add cadences"),
        (
            '[[lists]]\nname = "a"\n\n[[lists.cadences]]\nevery = "monthly"\nday = 31',
            ":4: lists.0.cadences.0: day = 31 is not in every month",
        ),
        (
            '[[lists]]\nname = "a"\ncadences = [{ every = "each" }]\nsubject = "{titel}"',
            ":4: lists.0.subject",
        ),
    ],
)
def test_a_mistake_is_named_with_its_line_and_its_remedy(write, text, said):
    file = write(text)

    with pytest.raises(SettingsError) as error:
        load(file)

    assert str(error.value).startswith(str(file))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_every_mistake_is_named_at_once(write):
    file = write('[posts]\nsettle = "soon"\nexcrpt = "best"\n')

    with pytest.raises(SettingsError) as error:
        load(file)

    assert len(str(error.value).splitlines()) == 2


def test_a_missing_file_names_the_remedy(tmp_path):
    with pytest.raises(SettingsError, match="there is no such file; `syndicate init SITE` writes one"):
        load(tmp_path / "none.toml")


def test_the_command_line_outweighs_the_environment_and_the_file(write):
    file = write('[posts]\nexcerpt = "hugo"\nflood_guard = 1\n')
    environment = {"SYNDICATE_POSTS__EXCERPT": "best", "SYNDICATE_POSTS__FLOOD_GUARD": "2", "OTHER": "x"}

    settings = load(file, assignments=["posts.excerpt=jekyll"], environment=environment)

    assert settings.posts.excerpt == "jekyll"
    assert settings.posts.flood_guard == 2


def test_a_list_is_assigned_to_by_its_name(write):
    file = write(f'[[lists]]\nname = "a"\nzone = "UTC"\n{WEEKLY}\n')

    settings = load(file, assignments=["lists.a.start_with=3"])

    assert settings.lists[0].start_with == 3


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("lists.a.start_with=x", '--set lists.a.start_with: "x" is not a whole number'),
        ("lists.b.start_with=3", '--set lists.b.start_with: there is no "b" here'),
        ("posts.excrpt=best", '--set posts.excrpt: "excrpt" is not a key; did you mean "excerpt"?'),
        ("posts.excerpt.x=best", "--set posts.excerpt.x"),
        ("posts", "--set posts: is not KEY=VALUE"),
    ],
)
def test_a_mistake_on_the_command_line_is_named_as_it_was_written(write, assignment, said):
    file = write(f'[posts]\nexcerpt = "best"\n[[lists]]\nname = "a"\nzone = "UTC"\n{WEEKLY}\n')

    with pytest.raises(SettingsError) as error:
        load(file, assignments=[assignment])

    assert str(error.value).startswith(said)


def test_folders_are_taken_from_the_one_above_config(write, tmp_path):
    settings = load(write('[site]\npath = "blog"\n'))

    assert settings.site.path == tmp_path / "blog"
    assert settings.outbox == tmp_path / "outbox"


def test_in_a_repository_folders_are_taken_from_its_top(write, tmp_path):
    far = load(write('[site]\ngit = "git@git.example:ana/blog.git"\npath = "site"\n')).site
    near = load(write('[site]\ngit = "../blog"\nbranch = "draft/next"\n')).site

    assert (far.git, far.path) == ("git@git.example:ana/blog.git", Path("site"))
    assert near.git == str(tmp_path.parent / "blog")


def test_a_password_in_an_address_is_not_repeated(write):
    with pytest.raises(SettingsError) as error:
        load(write('[site]\ngit = "https://ana:hunter2@git.example/blog"\n'))

    assert "hunter2" not in str(error.value)
