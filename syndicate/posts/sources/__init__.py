"""The registry of sources: one module (or folder) a kind of site."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from syndicate.errors import SettingsError, SiteError
from syndicate.posts.source import Candidate, Source
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


#: By name, in the order in which a folder is tried.
SOURCES: Mapping[str, Kind] = MappingProxyType(
    {
        "hugo": Kind(recognises=_looks_like_hugo, open=_open_hugo),
        "jekyll": Kind(recognises=_looks_like_jekyll, open=_open_jekyll),
    },
)


def detect_kind(root: Path) -> str:
    """Give the name of the source that reads the site at ``root``; ``SiteError`` when none does."""
    if not root.is_dir():
        raise SiteError(f"{root}: there is no such folder; give the site's folder with --site")
    for name, kind in SOURCES.items():
        if kind.recognises(root):
            return name
    looked = ", ".join(SOURCES)
    raise SiteError(f"{root}: no site found here (looked for: {looked}); give the site's folder with --site")


def open_source(settings: Settings) -> Source:
    """Give the source for ``settings.site``; ``SiteError`` in one line when there is no site to read."""
    detected = detect_kind(settings.site.path)
    name = detected if settings.site.kind == "auto" else settings.site.kind
    if name not in SOURCES:
        raise SettingsError(f'site.kind = "{name}" is not known; use one of auto, {", ".join(SOURCES)}')
    return SOURCES[name].open(settings)
