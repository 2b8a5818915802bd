"""Sites to measure on: posts of a real one where they are at hand, else of the example, under new names."""

import shutil
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parent.parent
EXAMPLE = PROJECT / "example"
#: A sample of a real site, beside the checkout where somebody has put it.
REAL = PROJECT.parent / "shared" / "data" / "pen0-120" / "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchSite:
    """A Jekyll site of many posts."""

    root: Path
    posts: int
    #: The folders of its collections, by name.
    collections: dict[str, Path]


def is_real() -> bool:
    """Say whether the real site's posts are at hand."""
    return REAL.is_dir()


def repeated(folder: Path, *, posts: int) -> BenchSite:
    """Give a site with about ``posts`` posts below ``folder``."""
    root = folder / "site"
    shutil.copytree(REAL if is_real() else EXAMPLE, root)
    for path in _left_out(root):
        path.unlink()
    collections = {path.name.removeprefix("_"): path for path in _collections(root)}
    originals = [path for each in collections.values() for path in sorted(each.glob("*.md"))]
    for number in range(1, max(1, round(posts / len(originals)))):
        for original in originals:
            copy = original.with_stem(f"{original.stem}-{number:04}")
            copy.write_text(f"{original.read_text('utf-8')}\nCopy {number}.\n", "utf-8")
    count = sum(1 for each in collections.values() for _ in each.glob("*.md"))
    return BenchSite(root=root, posts=count, collections=collections)


def _collections(root: Path) -> list[Path]:
    return sorted((root / "_collections" if is_real() else root).glob("_[!dl]*"))


def _left_out(root: Path) -> list[Path]:
    """Give the templates that are dated with zeros, and the post of the far future."""
    return [*root.rglob("0000-*.md"), *root.rglob("2099-*.md")]
