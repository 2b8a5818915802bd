"""The registry of sources: one module (or folder) a kind of site."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from syndicate.errors import SettingsError, SiteError
from syndicate.posts.source import Candidate, Source
from syndicate.posts.walking import entries, is_folder
from syndicate.settings.schema import Settings

__all__ = ["SOURCES", "Candidate", "Kind", "Source", "detect_kind", "open_source"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How to recognise one kind of site, and how to open it."""

    #: True when the folder looks like one.
    recognises: Callable[[Path], bool]
    #: ``SiteError`` when it can't be opened.
    open: Callable[[Settings], Source]


def _looks_like_jekyll(root: Path) -> bool:
    return any((root / name).exists() for name in ("_config.yml", "_config.yaml", "_posts"))


def _open_jekyll(settings: Settings) -> Source:
    from syndicate.posts.sources.jekyll.source import open_jekyll

    return open_jekyll(settings)


def _is_mirror(root: Path) -> bool:
    from syndicate.posts.mirrors.feed.folder import ENTRIES, FEED

    return (root / FEED).is_file() and (root / ENTRIES).is_dir()


def _open_feed(settings: Settings) -> Source:
    from syndicate.posts.sources.feed.source import open_feed

    return open_feed(settings)


def _looks_like_hugo(root: Path) -> bool:
    """``config.toml`` alone could be anybody's; beside a folder of content it is Hugo's."""
    names = [f"hugo.{suffix}" for suffix in ("toml", "yaml", "yml", "json")]
    if any((root / name).is_file() for name in names):
        return True
    configured = [f"config.{suffix}" for suffix in ("toml", "yaml", "yml", "json")]
    folder = (root / "config" / "_default").is_dir()
    return folder or ((root / "content").is_dir() and any((root / name).is_file() for name in configured))


def _open_hugo(settings: Settings) -> Source:
    from syndicate.posts.sources.hugo.source import open_hugo

    return open_hugo(settings)


def _looks_like_eleventy(root: Path) -> bool:
    # A look that costs nothing first, here and below: most sites have neither.
    if not any(root.glob("*eleventy*")) and not (root / "package.json").is_file():
        return False
    from syndicate.posts.sources.eleventy.config import is_eleventy

    return is_eleventy(root)


def _open_eleventy(settings: Settings) -> Source:
    from syndicate.posts.sources.eleventy.source import open_eleventy

    return open_eleventy(settings)


def _looks_like_astro(root: Path) -> bool:
    if not any(root.glob("astro.config.*")) and not (root / "package.json").is_file():
        return False
    from syndicate.posts.sources.astro.config import is_astro

    return is_astro(root)


def _open_astro(settings: Settings) -> Source:
    from syndicate.posts.sources.astro.source import open_astro

    return open_astro(settings)


def _looks_like_pelican(root: Path) -> bool:
    return (root / "pelicanconf.py").is_file()


def _open_pelican(settings: Settings) -> Source:
    from syndicate.posts.sources.pelican.source import open_pelican

    return open_pelican(settings)


def _looks_like_zola(root: Path) -> bool:
    if not any((root / name).is_file() for name in ("zola.toml", "config.toml")):
        return False
    from syndicate.posts.sources.zola.config import is_zola

    return is_zola(root)


def _open_zola(settings: Settings) -> Source:
    from syndicate.posts.sources.zola.source import open_zola

    return open_zola(settings)


def _looks_plain(root: Path) -> bool:
    from syndicate.posts.sources.plain.source import looks_plain

    return looks_plain(root)


def _open_plain(settings: Settings) -> Source:
    from syndicate.posts.sources.plain.source import open_plain

    return open_plain(settings)


#: By name, in the order in which a folder is tried: the more particular first, what fits anything last.
SOURCES: Mapping[str, Kind] = MappingProxyType(
    {
        "astro": Kind(recognises=_looks_like_astro, open=_open_astro),
        "eleventy": Kind(recognises=_looks_like_eleventy, open=_open_eleventy),
        "pelican": Kind(recognises=_looks_like_pelican, open=_open_pelican),
        "zola": Kind(recognises=_looks_like_zola, open=_open_zola),
        "hugo": Kind(recognises=_looks_like_hugo, open=_open_hugo),
        "jekyll": Kind(recognises=_looks_like_jekyll, open=_open_jekyll),
        "feed": Kind(recognises=_is_mirror, open=_open_feed),
        "plain": Kind(recognises=_looks_plain, open=_open_plain),
    },
)


def detect_kind(root: Path) -> str:
    """Give the name of the source that reads the site at ``root``; ``SiteError`` when none does."""
    if not root.is_dir():
        raise SiteError(f"{root}: there is no such folder; give the site's folder with --site")
    found = _kind_of(root)
    if found and (found != "plain" or not _site_inside(root)):
        return found
    inside = _site_inside(root)
    if inside:
        raise SiteError(
            f"{root}: holds a site in {inside}; give that folder with --site, or say site.kind = "
            f'"plain" when you mean all Markdown files here'
        )
    looked = ", ".join(SOURCES)
    raise SiteError(f"{root}: no site found here (looked for: {looked}); give the site's folder with --site")


def open_source(settings: Settings) -> Source:
    """Give the source for ``settings.site``; ``SiteError`` in one line when there is no site to read."""
    kind = settings.site.kind
    if kind not in {"auto", *SOURCES}:
        raise SettingsError(f'site.kind = "{kind}" is not known; use one of auto, {", ".join(SOURCES)}')
    root = settings.site.path
    if kind != "auto" and root.is_dir():
        return SOURCES[kind].open(settings)
    return SOURCES[detect_kind(root)].open(settings)


def _kind_of(root: Path, *, but: str = "") -> str | None:
    return next((name for name, kind in SOURCES.items() if name != but and kind.recognises(root)), None)


def _site_inside(root: Path) -> str | None:
    """Give the folder within which has the marks of a generator: then the folder around it is a mistake."""
    for entry in entries(root):
        hidden = entry.name.startswith((".", "_"))
        if not hidden and is_folder(entry) and _kind_of(root / entry.name, but="plain"):
            return entry.name
    return None
