"""The files of outbox/public over HTTP, cheap to poll: validators, 304, gzip, HEAD."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from syndicate.web.conditional import Validators, is_fresh

#: A feed reader that polls by this header asks at most this often (seconds).
_FEED_MAX_AGE = 900
_PAGE_MAX_AGE = 300
_FEED_TYPES: Mapping[str, str] = {
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
}
_TYPES: Mapping[str, str] = {
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


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFiles:
    """Answers for the files below one folder, and for nothing outside it."""

    root: Path
    #: Where ``root`` is published, without a trailing slash; "" when unknown.
    base_url: str

    async def respond(self, request: Request) -> Response:
        """Give a file, a folder's index.html, a redirect to the folder's own address, or 404."""
        path = request.path_params.get("path", "")
        file = _inside(self.root, path)
        if file is None:
            return Response("There is nothing here.\n", status_code=404, media_type="text/plain")
        if file.is_dir():
            if not path and not (file / "index.html").is_file():  # the home page is often the site's own
                return RedirectResponse("/feeds/", status_code=307)
            if path and not path.endswith("/"):
                return RedirectResponse(f"{request.url.path}/", status_code=301)
            file /= "index.html"
        if not file.is_file():
            return Response("There is nothing here.\n", status_code=404, media_type="text/plain")
        address = (
            f"{self.base_url}/{file.relative_to(self.root.resolve()).as_posix()}" if self.base_url else ""
        )
        return _answer(file, request, address=address)


def _inside(root: Path, path: str) -> Path | None:
    """Resolve ``path`` with its links, and refuse whatever ends outside, hidden or missing."""
    if "\0" in path or path.startswith("/") or any(part.startswith(".") for part in path.split("/")):
        return None
    try:
        file = (root / path).resolve(strict=True)
    except (OSError, RuntimeError):  # missing, too long a name, or (before Python 3.13) a circle of links
        return None
    return file if file.is_relative_to(root.resolve()) else None


def _answer(file: Path, request: Request, *, address: str) -> Response:
    status = file.stat()  # before it is read: a date too old costs a client one more look, a newer one a post
    content = file.read_bytes()
    tag = hashlib.sha256(content).hexdigest()[:24]
    packed = file.with_name(f"{file.name}.gz")
    gzip = _accepts_gzip(request.headers.get("accept-encoding", "")) and _is_of(packed, status)
    validators = Validators(
        tags=(f'"{tag}"', f'"{tag}-gz"'), modified=datetime.fromtimestamp(int(status.st_mtime), UTC)
    )
    headers = _headers(file, validators, gzip=gzip)
    if address and file.name in _FEED_TYPES:
        headers["Link"] = f'<{address}>; rel="self"'  # WebSub §4
    none_match, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    if is_fresh(validators, none_match=none_match, modified_since=since):
        return Response(status_code=304, headers=headers)
    return Response(
        packed.read_bytes() if gzip else content, headers={**headers, **_body_headers(file, gzip=gzip)}
    )


def _is_of(packed: Path, status: os.stat_result) -> bool:
    """Give whether the gzip is of the file as it is: publishing writes the file first, then its gzip.

    An older one under the new file's tag would stay with its clients until the next change.
    """
    try:
        return packed.stat().st_mtime_ns >= status.st_mtime_ns
    except OSError:
        return False


def _accepts_gzip(field: str) -> bool:
    for offer in field.split(","):
        coding, _, parameters = offer.partition(";")
        if coding.strip().lower() in {"gzip", "*"}:
            return parameters.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _headers(file: Path, validators: Validators, *, gzip: bool) -> dict[str, str]:
    feed = file.name in _FEED_TYPES
    headers = {
        "ETag": validators.tags[1 if gzip else 0],
        "Last-Modified": validators.last_modified,
        "Cache-Control": f"public, max-age={_FEED_MAX_AGE if feed else _PAGE_MAX_AGE}",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    return {**headers, "Access-Control-Allow-Origin": "*"} if feed else headers


def _body_headers(file: Path, *, gzip: bool) -> dict[str, str]:
    kind = _FEED_TYPES.get(file.name) or _TYPES.get(file.suffix, "application/octet-stream")
    return {"Content-Type": kind, **({"Content-Encoding": "gzip"} if gzip else {})}
