from pathlib import Path

import pytest

from syndicate.web.preview.pictures import picture


@pytest.fixture
def root(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name in ("assets/a.png", "static/b.jpg", ".secret/c.png", "_config.yml", "assets/d.svg"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(name.encode())
    (tmp_path / "outside.png").write_bytes(b"outside")
    (site / "link.png").symlink_to(tmp_path / "outside.png")
    return site


def test_a_picture_is_found_where_a_generator_keeps_it(root: Path) -> None:
    found = [picture(root, path) for path in ("assets/a.png", "b.jpg")]

    assert [(each.content, each.media_type) for each in found if each] == [
        (b"assets/a.png", "image/png"),
        (b"static/b.jpg", "image/jpeg"),
    ]


@pytest.mark.parametrize(
    "path",
    [
        *("_config.yml", "assets/d.svg", ".secret/c.png", "../outside.png", "link.png", "/etc/hostname.png"),
        *("gone.png", "a\0.png", "assets/../../outside.png", ""),
    ],
)
def test_nothing_else_is_given(root: Path, path: str) -> None:
    assert picture(root, path) is None
