"""What Eleventy's configuration says literally (src/defaultConfig.js has the defaults)."""

from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from typing import Any

from syndicate.errors import PostError, SiteError
from syndicate.posts.file_content import read_content
from syndicate.posts.fingerprint import of_bytes
from syndicate.posts.javascript import objects_after, texts_after
from syndicate.posts.node_packages import asks_for

CONFIG_NAMES = (
    ".eleventy.js", "eleventy.config.js", "eleventy.config.mjs", "eleventy.config.cjs", "eleventy.config.ts",
)  # fmt: skip
_IGNORE = ".eleventyignore"
_MAX_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class EleventyConfig:
    """Where the site's parts are, from its folder; "" is the folder itself."""

    input: str
    output: str
    data: str
    includes: str
    #: Whether Markdown is read for templates first.
    templates: bool
    #: Lines of ``.eleventyignore``.
    ignored: tuple[str, ...]
    fingerprint: str


def is_eleventy(root: Path) -> bool:
    """Say whether the folder has Eleventy's configuration, or a ``package.json`` that asks for Eleventy."""
    if any((root / name).is_file() for name in CONFIG_NAMES):
        return True
    return asks_for(root, "@11ty/eleventy")


def read_config(root: Path) -> EleventyConfig:
    """Give the configuration of the site at ``root``; ``SiteError`` when it can't be read."""
    name = next((each for each in CONFIG_NAMES if (root / each).is_file()), "")
    source = read_text(root, name) if name else ""
    dirs: dict[str, Any] = {}
    for found in objects_after(source, "dir :", "dir ="):
        dirs |= found
    top = _folder(_said(source, dirs, "input", "setInputDirectory") or ".")
    ignored = read_text(root, _IGNORE) if (root / _IGNORE).is_file() else ""
    return EleventyConfig(
        input=top,
        output=_folder(_said(source, dirs, "output", "setOutputDirectory") or "_site"),
        data=_within(top, _said(source, dirs, "data", "setDataDirectory") or "_data"),
        includes=_within(top, _said(source, dirs, "includes", "setIncludesDirectory") or "_includes"),
        templates=not _markdown_is_plain(source),
        ignored=tuple(line.strip() for line in ignored.splitlines() if line.strip() and line[0] not in "#!"),
        fingerprint=of_bytes(f"{source}\0{ignored}".encode()),
    )


def read_text(root: Path, name: str) -> str:
    """Give a text file of the site; ``SiteError`` in one line when it can't be read."""
    try:
        content = read_content(root, name, max_bytes=_MAX_BYTES)
    except PostError as error:
        raise SiteError(f"{root}: {error}") from error
    return content.decode("utf-8-sig", "replace")


def _said(source: str, dirs: dict[str, Any], key: str, method: str) -> str:
    by_call = list(texts_after(source, f"{method} ("))
    value = by_call[-1] if by_call else dirs.get(key)
    return value if isinstance(value, str) else ""


def _markdown_is_plain(source: str) -> bool:
    """Say whether ``markdownTemplateEngine: false`` stands there."""
    found = objects_after(source, "return", "export default", "config =", "module . exports =")
    return any(each.get("markdownTemplateEngine") is False for each in found)


def _folder(given: str) -> str:
    path = normpath(given)
    if path.startswith(("/", "..")):
        raise SiteError(
            f'the folder "{given}" of the configuration leads out of the site; give the folder around both'
        )
    return "" if path == "." else path


def _within(top: str, given: str) -> str:
    return _folder(f"{top}/{given}" if top else given)
