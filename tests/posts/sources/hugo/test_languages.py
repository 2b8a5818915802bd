import pytest

CONFIG = """\
[languages.en]
weight = 1
title = "English"
languageCode = "en-GB"
[languages.de]
weight = 2
title = "Deutsch"
locale = "de_AT"
timeZone = "Europe/Berlin"
"""
HEAD = "---\ntitle: T\ndate: 2024-03-05T06:07:08\n---\ntext"


@pytest.fixture
def read(site, configured):
    def reading(*paths, config=CONFIG, head=HEAD):
        configured(config)
        for path in paths:
            site.write(path, head)
        source = site.source()
        found = {each.path: site.read_post(each.path) for each in source.candidates()}
        return found if len(paths) > 1 else found.get(paths[0])

    return reading


def test_a_files_name_says_its_language(read):
    english, german = read("content/posts/a.md", "content/posts/a.de.md").values()
    english, german = sorted((english, german), key=lambda post: post.language, reverse=True)

    assert (english.language, english.url) == ("en-GB", "/news/posts/a/")
    assert (german.language, german.url) == ("de-AT", "/news/de/posts/a/")
    assert (english.published.hour, german.published.hour) == (22, 5)


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("posts/c.fr.md", "posts/c.fr/"),
        ("posts/d.DE.md", "de/posts/d/"),
        ("posts/e.en.md", "posts/e/"),
        ("posts/dot.x.de.md", "de/posts/dot.x/"),
        ("posts/b/index.de.md", "de/posts/b/"),
    ],
)
def test_only_the_sites_own_languages_are_suffixes(read, path, url):
    assert read(f"content/{path}").url == f"/news/{url}"


@pytest.mark.parametrize(
    ("head", "url"), [("/x/", "/news/x/"), ("x2", "/news/de/x2/"), ("/de/x4/", "/news/de/x4/")]
)
def test_a_relative_address_is_within_its_language(read, head, url):
    assert read("content/posts/a.de.md", head=f"---\nurl: {head}\ntitle: T\n---\n").url == url


def test_a_language_may_have_its_own_folder(read):
    config = CONFIG.replace('title = "Deutsch"', 'contentDir = "inhalt"')
    found = read("content/posts/a.md", "inhalt/posts/a.md", "content/posts/b.de.md", config=config)

    assert {path: post.url for path, post in found.items()} == {
        "content/posts/a.md": "/news/posts/a/",
        "inhalt/posts/a.md": "/news/de/posts/a/",
        "content/posts/b.de.md": "/news/de/posts/b/",
    }


def test_folders_of_languages_may_lie_in_one_another(read):
    config = CONFIG.replace('title = "Deutsch"', 'contentDir = "content/de"')
    found = read("content/posts/a.md", "content/de/posts/a.md", config=config)

    assert {post.url for post in found.values()} == {"/news/posts/a/", "/news/de/posts/a/"}


def test_the_main_language_may_have_a_folder_in_the_address(read):
    config = f"defaultContentLanguageInSubdir = true\n{CONFIG}"

    assert read("content/posts/a.md", config=config).url == "/news/en/posts/a/"


def test_another_language_may_be_the_main_one(read):
    config = f'defaultContentLanguage = "de"\n{CONFIG}'
    found = read("content/posts/a.md", "content/posts/b.en.md", config=config)

    assert found["content/posts/a.md"].language == "de-AT"
    assert found["content/posts/b.en.md"].url == "/news/en/posts/b/"


def test_of_two_files_of_one_page_the_one_counts_that_says_its_language(read):
    found = read("content/posts/a.md", "content/posts/a.en.md")

    assert list(found) == ["content/posts/a.en.md"]


@pytest.mark.parametrize(
    "config", [f'disableLanguages = ["de"]\n{CONFIG}', CONFIG.replace('title = "Deutsch"', "disabled = true")]
)
def test_a_language_that_is_off_has_no_pages(read, config):
    found = read(
        "content/posts/a.md",
        "content/posts/a.de.md",
        "content/b/index.de.md",
        "content/b/c.md",
        config=config,
    )

    assert list(found) == ["content/b/c.md", "content/posts/a.md"]


def test_a_language_with_a_host_of_its_own_has_its_addresses_there(read):
    config = CONFIG.replace('title = "Deutsch"', 'baseURL = "https://de.example/"')
    config = config.replace('title = "English"', 'baseURL = "https://en.example/"')
    found = read("content/posts/a.md", "content/posts/a.de.md", config=config)

    assert found["content/posts/a.de.md"].link == "https://de.example/posts/a/"
    assert found["content/posts/a.de.md"].url == "//de.example/posts/a/"
    assert found["content/posts/a.md"].link == "https://en.example/posts/a/"
    assert found["content/posts/a.md"].url == "/posts/a/"


def test_the_site_speaks_its_main_language(site, configured):
    found = configured(CONFIG).source().site

    assert (found.title, found.language) == ("English", "en-GB")


def test_permalinks_of_a_language_are_its_own(read):
    config = 'permalinks.page.posts = "/pp/:slugorfilename/"\n' + CONFIG
    config += '[languages.de.permalinks.page]\nposts = "/dd/:slugorfilename/"\n'
    found = read("content/posts/a.md", "content/posts/a.de.md", config=config)

    assert {post.url for post in found.values()} == {"/news/pp/a/", "/news/de/dd/a/"}
