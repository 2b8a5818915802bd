"""The data cascade, as far as it stands in files that can be read (src/Data/TemplateData.js)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from syndicate.errors import SiteError
from syndicate.posts.facts import names, scalar, words
from syndicate.posts.fingerprint import of_parts
from syndicate.posts.javascript import objects_after
from syndicate.posts.limited_json import load_mapping
from syndicate.posts.mapping import MappingError
from syndicate.posts.sources.eleventy.config import EleventyConfig, read_text

#: The stronger last.
_SUFFIXES = (".json", ".11tydata.json", ".11tydata.mjs", ".11tydata.cjs", ".11tydata.js")
#: Where sites keep what is true of the whole of them; the stronger last.
_SITE_DATA = tuple(
    f"{name}{suffix}" for name in ("meta", "metadata", "site") for suffix in (".json", ".mjs", ".cjs", ".js")
)
_OBJECTS = ("export default", "module . exports =")

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cascade:
    """What data files say: of the site, of folders, of single posts."""

    #: Of the site: title, url, …
    site: Data
    #: By the path that they are for, without suffix; folders end in a slash.
    local: Mapping[str, Data]
    fingerprint: str

    def folder_data(self, path: str, top: str) -> dict[str, Any]:
        """Give what the folders of the file at ``path`` say, the innermost last."""
        merged: dict[str, Any] = {}
        for folder in reversed([str(each) for each in PurePosixPath(path).parents]):
            inside = folder == (top or ".") or not top or folder.startswith(f"{top}/")
            if inside:
                merged = merge(merged, self.local.get(f"{'' if folder == '.' else folder}/", {}))
        return merged

    def file_data(self, path: str) -> Data:
        """Give what the data file beside the file at ``path`` says."""
        return self.local.get(path.removesuffix(PurePosixPath(path).suffix), {})


def merge(below: Data, above: Data) -> dict[str, Any]:
    """Give ``above`` over ``below``; tags come together, as Eleventy merges lists."""
    tags = (*words(below.get("tags"), separator=","), *words(above.get("tags"), separator=","))
    return {**below, **above} | ({"tags": list(dict.fromkeys(tags))} if tags else {})


def read_cascade(root: Path, config: EleventyConfig, data_files: list[str]) -> Cascade:
    """Give the data of the site; ``data_files`` are the paths that ``local_data_path`` takes."""
    site: dict[str, Any] = {}
    texts: list[str] = []
    for name in _SITE_DATA:
        path = f"{config.data}/{name}"
        if (root / path).is_file():
            text = read_text(root, path)
            texts.append(text)
            site |= _loaded(root, path, text)
    local: dict[str, Data] = {}
    for path in sorted(data_files, key=_strength):
        text = read_text(root, path)
        texts.append(f"{path}\0{text}")
        target = local_data_path(path) or ""
        local[target] = merge(local.get(target, {}), _loaded(root, path, text))
    return Cascade(site=site, local=local, fingerprint=of_parts((config.fingerprint, texts)))


def local_data_path(path: str) -> str | None:
    """Give what a data file is for: ``blog/`` for ``blog/blog.json``, ``blog/a`` for ``blog/a.json``."""
    suffix = next((each for each in reversed(_SUFFIXES) if path.endswith(each)), None)
    if suffix is None:
        return None
    target = path.removesuffix(suffix)
    folder, _, name = target.rpartition("/")
    return f"{folder}/" if folder.rpartition("/")[2] == name and folder else target


def title_of(site: Data) -> dict[str, str]:
    """Give what the site's data say for people: title, url, description, language, author."""
    author = names(site.get("author"))
    return {
        "title": scalar(site.get("title")) or scalar(site.get("name")),
        "url": _web(scalar(site.get("url")) or scalar(site.get("baseUrl"))),
        "description": scalar(site.get("description")) or scalar(site.get("subtitle")),
        "language": scalar(site.get("language")) or scalar(site.get("lang")),
        "author": author[0] if author else "",
    }


def _web(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else ""


def _strength(path: str) -> tuple[int, str]:
    return next(index for index, each in reversed(list(enumerate(_SUFFIXES))) if path.endswith(each)), path


def _loaded(root: Path, path: str, text: str) -> dict[str, Any]:
    if not path.endswith(".json"):
        return next(objects_after(text, *_OBJECTS), {})
    try:
        return load_mapping(text).values
    except MappingError as error:
        raise SiteError(f"{root / path}:{error.line + 1}: {error.what}; {error.remedy}") from error
