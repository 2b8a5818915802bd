"""What Astro's configuration and that of its collections say literally."""

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any

from syndicate.errors import PostError, SiteError
from syndicate.posts.facts import scalar
from syndicate.posts.file_content import read_content
from syndicate.posts.fingerprint import of_parts
from syndicate.posts.javascript import objects_after, texts_after
from syndicate.posts.node_packages import asks_for
from syndicate.posts.walking import entries, is_folder

CONFIG_NAMES = tuple(f"astro.config.{suffix}" for suffix in ("mjs", "js", "ts", "mts", "cjs"))
_COLLECTIONS = tuple(
    f"src/{name}.{suffix}"
    for name in ("content.config", "content/config")
    for suffix in ("ts", "js", "mjs", "mts")
)
#: Where Astro's own template of a blog keeps what the site is called.
_CONSTANTS = ("src/consts.ts", "src/consts.js")
CONTENT = "src/content"
_MAX_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """One folder of entries."""

    name: str
    #: From the site's folder.
    folder: str
    #: Whether names that begin with an underscore are passed over.
    hides_underscores: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AstroConfig:
    """What can be told of a site without running it."""

    #: With the base path, without a trailing slash.
    url: str
    title: str
    description: str
    language: str
    #: Whether addresses end in a slash.
    trailing_slash: bool
    collections: tuple[Collection, ...]
    fingerprint: str


def is_astro(root: Path) -> bool:
    """Say whether the folder has Astro's configuration, or a ``package.json`` that asks for Astro."""
    return any((root / name).is_file() for name in CONFIG_NAMES) or asks_for(root, "astro")


def read_config(root: Path) -> AstroConfig:
    """Give the configuration of the site at ``root``; ``SiteError`` when a file of it can't be read."""
    config = _first(root, CONFIG_NAMES)
    content = _first(root, _COLLECTIONS)
    constants = _first(root, _CONSTANTS)
    given: dict[str, Any] = next(objects_after(config, "defineConfig (", "export default"), {})
    i18n = given.get("i18n")
    site = scalar(given.get("site")).rstrip("/")
    base = scalar(given.get("base")).strip("/")
    return AstroConfig(
        url=f"{site}/{base}".rstrip("/") if site else "",
        title=next(texts_after(constants, "SITE_TITLE ="), ""),
        description=next(texts_after(constants, "SITE_DESCRIPTION ="), ""),
        language=scalar(i18n.get("defaultLocale")) if isinstance(i18n, dict) else "",
        trailing_slash=given.get("trailingSlash") != "never",
        collections=_collections(root, content),
        fingerprint=of_parts((config, content, constants)),
    )


def chosen(folder: str) -> Collection:
    """Give the collection in a folder that the settings name."""
    return Collection(name=PurePosixPath(folder).name, folder=folder, hides_underscores=True)


def _collections(root: Path, source: str) -> tuple[Collection, ...]:
    """Give the folders that a ``glob`` loader names, else every folder of ``src/content``."""
    found = []
    for given in objects_after(source, "glob ("):
        folder = normpath(scalar(given.get("base")) or ".")
        if folder.startswith(("/", "..")) or folder == "." or not (root / folder).is_dir():
            continue
        hides = "[^_]" in str(given.get("pattern"))
        found.append(Collection(name=PurePosixPath(folder).name, folder=folder, hides_underscores=hides))
    if found:
        return tuple(found)
    inside = entries(root / CONTENT)
    return tuple(
        chosen(f"{CONTENT}/{each.name}") for each in inside if is_folder(each) and each.name[0] not in "._"
    )


def _first(root: Path, names: tuple[str, ...]) -> str:
    """Give the text of the first of these files that is there; "" when none is."""
    name = next((each for each in names if (root / each).is_file()), None)
    if name is None:
        return ""
    try:
        return read_content(root, name, max_bytes=_MAX_BYTES).decode("utf-8-sig", "replace")
    except PostError as error:
        raise SiteError(f"{root}: {error}") from error
