import pytest

from syndicate.posts.mirrors.repositories import repository_at


@pytest.mark.parametrize(
    ("address", "name", "local"),
    [
        ("https://git.example/ana/my-blog.git", "my-blog", False),
        ("git@git.example:blog.git", "blog", False),
        ("/srv/git/blog/", "blog", True),
        ("ssh://git@git.example/..", "site", False),
        ("https://git.example/.hidden", "hidden", False),
    ],
)
def test_a_repositorys_files_lie_in_a_folder_of_its_name(address, name, local):
    found = repository_at(address)

    assert (found.name, found.local) == (name, local)
