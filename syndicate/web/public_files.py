"""The files of outbox/public over HTTP, cheap to poll: validators, 304, brotli and gzip, HEAD, OPTIONS."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from syndicate.web.conditional import Validators, is_fresh
from syndicate.web.encodings import ENCODINGS, IDENTITY, Encoding, preferred
from syndicate.web.redirects import Redirects

#: What may be asked of a file, and so of every address below the web root.
METHODS = ("GET", "HEAD", "OPTIONS")
#: A feed reader that polls by this header asks at most this often (seconds).
_FEED_MAX_AGE = 900
_PAGE_MAX_AGE = 300
_PREFLIGHT_MAX_AGE = 86_400
_FEED_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "rss.xml": "application/rss+xml; charset=utf-8",
        "atom.xml": "application/atom+xml; charset=utf-8",
        "feed.json": "application/feed+json",
    }
)
_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".html": "text/html; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".json": "application/json",
        ".xml": "application/xml; charset=utf-8",
        ".opml": "text/x-opml; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".png": "image/png",
        ".jpg": "image/jpeg",
        ".svg": "image/svg+xml",
    }
)
#: ``feeds/NAME/atom.xml``; the volumes of an archive lie deeper.
_DEPTH_OF_FEEDS = 2
#: What a static host reads there, and keeps to itself.
_OF_THE_HOST = frozenset({"_headers", "_redirects"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFiles:
    """Answers for the files below one folder, and for nothing outside it."""

    root: Path
    #: Where ``root`` is published, without a trailing slash; "" when unknown.
    base_url: str
    #: A WebSub hub, or "".
    hub: str = ""
    redirects: Redirects = field(default_factory=lambda: Redirects(()))

    async def respond(self, request: Request) -> Response:
        """Give a file, a folder's index.html, a redirect, or 404."""
        path = request.path_params.get("path", "")
        if request.method == "OPTIONS":
            return _options()
        moved = self.redirects.answer(f"/{path}")
        return moved or self._found(request, path)  # in this order: a feed that has moved still lies there

    def _found(self, request: Request, path: str) -> Response:
        file = _inside(self.root, path)
        if file is None:
            return _nothing()
        if file.is_dir():
            if not path and not (file / "index.html").is_file():  # the home page is often the site's own
                return RedirectResponse("./feeds/", status_code=307)
            if path and not path.endswith("/"):  # relative, so that it holds below a proxy's prefix
                return RedirectResponse(f"./{path.rpartition('/')[2]}/", status_code=301)
            file /= "index.html"
        if not file.is_file():
            return _nothing()
        return _answer(file, request, links=self._links(file))

    def _links(self, file: Path) -> str:
        """Give what a hub's subscribers look for (WebSub §4); "" for what is no feed."""
        if file.name not in _FEED_TYPES:
            return ""
        place = file.relative_to(self.root.resolve()).as_posix()
        hub = self.hub if place.count("/") == _DEPTH_OF_FEEDS else ""  # of a volume no hub is ever told
        found = {"self": self.base_url and f"{self.base_url}/{place}", "hub": hub}
        return ", ".join(f'<{address}>; rel="{relation}"' for relation, address in found.items() if address)


def _nothing() -> Response:
    return Response("There is nothing here.\n", status_code=404, media_type="text/plain")


def _options() -> Response:
    """Say what may be asked, also to a script of another site that asks conditionally (Fetch, CORS)."""
    methods = ", ".join(METHODS)
    headers = {
        "Allow": methods,
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, Cache-Control",
        "Access-Control-Max-Age": str(_PREFLIGHT_MAX_AGE),
    }
    return Response(status_code=204, headers=headers)


def _inside(root: Path, path: str) -> Path | None:
    """Resolve ``path`` with its links, and refuse whatever ends outside, hidden or missing."""
    if "\0" in path or path.startswith("/") or any(part.startswith(".") for part in path.split("/")):
        return None
    if path in _OF_THE_HOST:
        return None
    try:
        file = (root / path).resolve(strict=True)
    except (OSError, RuntimeError):  # missing, too long a name, or (before Python 3.13) a circle of links
        return None
    return file if file.is_relative_to(root.resolve()) else None


def _answer(file: Path, request: Request, *, links: str) -> Response:
    status = file.stat()  # before it is read: a date too old costs a client one more look, a newer one a post
    content = file.read_bytes()
    tag = hashlib.sha256(content).hexdigest()[:24]
    encoding = _encoding(file, status, request.headers.get("accept-encoding", ""))
    validators = Validators(
        tags=tuple(f'"{tag}{each.tag_suffix}"' for each in ENCODINGS),
        modified=datetime.fromtimestamp(int(status.st_mtime), UTC),
    )
    headers = {
        "ETag": f'"{tag}{encoding.tag_suffix}"',
        "Last-Modified": validators.last_modified(now=datetime.now(UTC)),
        **_headers(file),
        **({"Link": links} if links else {}),
    }
    none_match, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    if is_fresh(validators, none_match=none_match, modified_since=since):
        return Response(status_code=304, headers=headers)
    body = content if encoding is IDENTITY else _twin(file, encoding).read_bytes()
    return Response(body, headers={**headers, **_body_headers(file, encoding)})


def _encoding(file: Path, status: os.stat_result, accept_encoding: str) -> Encoding:
    """Give the best encoding that is there and that the client takes."""
    there = (each for each in preferred(accept_encoding) if _is_of(_twin(file, each), status))
    return next(there, IDENTITY)


def _twin(file: Path, encoding: Encoding) -> Path:
    return file.with_name(f"{file.name}{encoding.suffix}")


def _is_of(packed: Path, status: os.stat_result) -> bool:
    """Give whether a packed twin is of the file as it is: publishing writes the file first, then its twins.

    An older one under the new file's tag would stay with its clients until the next change.
    """
    try:
        return packed.stat().st_mtime_ns >= status.st_mtime_ns
    except OSError:
        return False


def _headers(file: Path) -> dict[str, str]:
    feed = file.name in _FEED_TYPES
    headers = {
        "Cache-Control": f"public, max-age={_FEED_MAX_AGE if feed else _PAGE_MAX_AGE}",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if not feed:
        return headers
    return {
        **headers,
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Last-Modified, Link",
    }


def _body_headers(file: Path, encoding: Encoding) -> dict[str, str]:
    kind = _FEED_TYPES.get(file.name) or _TYPES.get(file.suffix, "application/octet-stream")
    return {"Content-Type": kind, **({"Content-Encoding": encoding.coding} if encoding.coding else {})}
