"""Sites to measure on, made from the example."""

import shutil
from pathlib import Path

EXAMPLE = Path(__file__).parent.parent / "example"


def repeated(folder: Path, *, posts: int) -> Path:
    """Give the example site with its posts repeated under new names, about ``posts`` of them."""
    site = folder / "site"
    shutil.copytree(EXAMPLE, site)
    originals = sorted(path for path in site.glob("_[pht]*/*.md") if not path.name.startswith("2099"))
    for number in range(1, posts // len(originals)):
        for original in originals:
            copy = original.with_stem(f"{original.stem}-{number:04}")
            copy.write_text(f"{original.read_text('utf-8')}\nCopy {number}.\n", "utf-8")
    return site
