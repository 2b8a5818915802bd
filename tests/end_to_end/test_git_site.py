"""A site that lives in a Git repository, by the installed command."""

import shutil
import tomllib

import pytest
from git_repository import GitRepository, served

pytestmark = pytest.mark.system

CONFIG = """
[site]
{site}
refresh = "0 s"
[posts]
settle = "0 s"
"""
POST = "---\ntitle: {0}\ndate: 2024-01-01\n---\nAbout {0}.\n"
NEW = "_posts/2024-01-01-new.md"


@pytest.fixture
def author(newsroom) -> GitRepository:
    """Give the example site as its author's working copy, everything committed."""
    repository = GitRepository.begin(newsroom.folder / "work")
    shutil.copytree(newsroom.site, repository.folder, dirs_exist_ok=True)
    shutil.rmtree(newsroom.site)
    repository.commit()
    return repository


@pytest.mark.parametrize("site", ['git = "work"', 'path = "work"\ncommitted_only = true'])
def test_what_is_committed_is_published_and_what_is_not_is_unseen(newsroom, configure, author, site):
    configure(CONFIG.format(site=site))
    assert newsroom.pass_()["posts"]["found"] == 13
    author.write(NEW, POST.format("new"))

    assert newsroom.pass_()["posts"]["new"] == []
    author.commit()

    assert newsroom.pass_()["posts"]["new"] == [NEW]


def test_a_pull_that_fails_leaves_the_site_as_it_was(newsroom, configure, author):
    configure(CONFIG.format(site='git = "work"'))
    newsroom.pass_()
    before = newsroom.files()
    author.folder.rename(newsroom.folder / "away")

    done = newsroom.run("run", "--once", code=1)

    assert [line.partition(" (")[0] for line in done.stderr.splitlines()] == [
        f"error: {author.folder}: can't be pulled"
    ]
    assert "13 on the site; 2 left out" in done.stdout
    assert newsroom.files() == before


def test_a_working_copy_and_what_is_committed_of_it_are_one_site(newsroom, configure, author):
    configure(CONFIG.format(site='path = "work"'))
    newsroom.pass_()

    done = newsroom.pass_("--set", "site.committed_only=true")

    assert (done["posts"]["found"], done["posts"]["new"], done["posts"]["gone"]) == (13, [], [])


def test_init_takes_the_address_of_a_repository(newsroom, author, tmp_path):
    newsroom.config.unlink()
    with served(author, tmp_path / "www") as url:
        said = newsroom.run("init", url).stdout

        assert said.startswith(f"The Harbour Gazette: a Jekyll site, {url}\n")
        assert tomllib.loads(newsroom.config.read_text(encoding="utf-8"))["site"] == {"git": url}
        assert newsroom.pass_()["posts"]["found"] == 13
        author.commit(**{NEW: POST.format("new")})
        author.git("push", "--quiet", tmp_path / "www" / "harbour.git", "main")
        assert newsroom.pass_()["posts"]["new"] == []  # too early to ask again
        assert newsroom.pass_("--set", "site.refresh=0 s")["posts"]["new"] == [NEW]
