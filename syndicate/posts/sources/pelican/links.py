"""Pelican's own links: ``{filename}``, ``{static}``, ``{attach}`` … (pelican/contents.py _link_replacer)."""

import re
from posixpath import dirname, join, relpath
from urllib.parse import unquote

from syndicate.posts.addresses import tidy
from syndicate.posts.neighbours import Neighbours, file_named, with_fragment
from syndicate.posts.sources.pelican.addresses import AddressError, slugify
from syndicate.posts.sources.pelican.config import PelicanConfig

#: INTRASITE_LINK_REGEX, as written and percent-encoded.
_OWN = re.compile(r"(?:\{|\||%7B|%7C)(\w+)(?:\}|\||%7D|%7C)(.*)", re.DOTALL | re.IGNORECASE)
_TAXONOMIES = {"category": "category", "tag": "tag", "author": "author"}


class Links:
    """Resolves the links of one article."""

    def __init__(self, config: PelicanConfig, *, home: str, inner: str, save_as: str) -> None:
        self._config = config
        self._home = home
        self._inner = inner
        self._save_as = save_as

    def resolved(self, address: str, neighbours: Neighbours) -> str:
        """Give the address that ``address`` means, itself where it is none of Pelican's own."""
        own = _OWN.match(address)
        if not own:
            return address
        what, value = own[1].lower(), own[2]
        if what == "index":
            return f"{self._home}/"
        if what in _TAXONOMIES:
            return self._taxonomy(what, value)
        file = file_named(value, folder=dirname(self._inner))
        if what not in {"filename", "static", "attach"} or not file:
            return value
        link = neighbours.link(join(self._config.path, file)) if what == "filename" else ""
        place = self._attached(file) if what == "attach" else file
        return with_fragment(link or f"{self._home}{tidy(place)}", value)

    def _taxonomy(self, what: str, name: str) -> str:
        try:
            return f"{self._home}/{_TAXONOMIES[what]}/{slugify(unquote(name), self._config)}.html"
        except AddressError:
            return f"{self._home}/"

    def _attached(self, file: str) -> str:
        """Give where a file goes that is put beside the article that links to it (Static.attach_to)."""
        tail = relpath(file, dirname(self._inner) or ".")
        return join(dirname(self._save_as), tail.rpartition("/")[2] if tail.startswith("../") else tail)
