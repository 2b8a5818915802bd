"""One request and its answer, by way of at most five redirects, within its time and its size."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from syndicate import __version__
from syndicate.errors import FetchError
from syndicate.fetching.values import Request, Response, shown
from syndicate.settings.schema import FetchingSettings
from syndicate.settings.web_address import is_web_address

if TYPE_CHECKING:
    import httpx2

    from syndicate.fetching.guarded import GuardedTransport

_MOST_REDIRECTS = 5
_USER_AGENT = f"syndicate/{__version__} (+https://github.com/syndicate-press/syndicate)"
_FOR_GOOD = frozenset({301, 308})
_REDIRECTS = _FOR_GOOD | {302, 303, 307}
#: The method and the body go along with these only (RFC 9110 §15.4).
_SAME_METHOD = frozenset({307, 308})
#: Client errors that time alone may mend (RFC 9110 §15.5.9, RFC 8470 §5.2, RFC 6585 §4).
_MAY_PASS = frozenset({408, 425, 429})
_CLIENT_ERROR, _SERVER_ERROR = 400, 500
_LONGEST_WAIT_SECONDS = 365 * 86_400
_WORDS: Mapping[int, str] = MappingProxyType(
    {
        401: "asks for a password",
        403: "is closed to us",
        404: "is not there",
        410: "is gone for good",
        429: "asks us to come less often",
    }
)


def fetch(
    request: Request, *, settings: FetchingSettings, clock: Callable[[], float] = time.monotonic
) -> Response:
    """Give the answer, whole; ``FetchError`` for every other end, ``permanent`` where none is to come.

    Only http and https, only public addresses and ``settings.allow_hosts``, after each redirect too.
    """
    from syndicate.fetching.guarded import Deadline, GuardedTransport

    deadline = Deadline(settings.timeout.total_seconds(), clock)
    transport = GuardedTransport(allow_hosts=settings.allow_hosts, deadline=deadline)
    asked, for_good = request, True
    for _ in range(_MOST_REDIRECTS + 1):
        answer = _ask(asked, transport, settings)
        if answer.status not in _REDIRECTS or "location" not in answer.headers:
            moved = for_good and asked is not request
            return replace(_accepted(answer), moved_to=asked.url if moved else "")
        for_good = for_good and answer.status in _FOR_GOOD
        asked = _following(asked, answer)
    raise FetchError(f"{shown(request.url)}: leads from one address to the next; correct it", permanent=True)


def _ask(request: Request, transport: "GuardedTransport", settings: FetchingSettings) -> Response:
    import httpcore2
    import httpx2

    from syndicate.fetching.guarded import RefusedError

    where = shown(request.url)
    try:
        return _answer(_prepared(request), transport, settings, where=where)
    except RefusedError:
        raise FetchError(
            f"{where}: is no public address; where it is meant, name its host in fetching.allow_hosts",
            permanent=True,
        ) from None
    except httpcore2.TimeoutException:
        limit = int(settings.timeout.total_seconds())
        raise FetchError(
            f"{where}: takes too long; try again later, or raise fetching.timeout ({limit} s)",
            permanent=False,
        ) from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.DecodingError) as error:
        reason = " ".join(str(error).split()) or "the connection broke"
        raise FetchError(f"{where}: can't be reached ({reason}); try again later", permanent=False) from error


def _prepared(request: Request) -> "httpx2.Request":
    import httpx2

    _check_address(request.url)
    wanted = {
        "user-agent": _USER_AGENT,
        "accept": request.accept,
        "accept-encoding": "gzip, br",
        "connection": "close",
        "if-none-match": request.etag,
        "if-modified-since": request.last_modified,
        "content-type": request.content_type,
    }
    headers = {name: value for name, value in wanted.items() if value and _is_header(value)}
    body = request.content if request.method == "POST" else None
    try:
        return httpx2.Request(request.method, request.url, headers=headers, content=body)
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise FetchError(f"{shown(request.url)}: is not a web address; correct it", permanent=True) from error


def _check_address(url: str) -> None:
    if not is_web_address(url):
        raise FetchError(f'{shown(url)}: is not a web address; write "https://…"', permanent=True)
    if "@" in urlsplit(url).netloc:
        raise FetchError(
            f"{shown(url)}: carries a name or a password, which would end up in logs; leave it out",
            permanent=True,
        )


def _is_header(value: str) -> bool:
    """Say whether a server's own word can be sent back: no line end makes a second header of it."""
    return value.isascii() and value.isprintable()


def _answer(
    request: "httpx2.Request", transport: "GuardedTransport", settings: FetchingSettings, *, where: str
) -> Response:
    answer = transport.handle(request)
    try:
        content = b"" if request.method == "HEAD" else _content(answer, settings.max_bytes, where=where)
    finally:
        answer.close()
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Response(status=answer.status_code, url=str(request.url), headers=headers, content=content)


def _content(answer: "httpx2.Response", limit: int, *, where: str) -> bytes:
    """Give the body, decompressed piece by piece, so that a bomb goes off within the limit."""
    pieces: list[bytes] = []
    size = 0
    for piece in answer.iter_bytes():
        size += len(piece)
        if size > limit:
            raise FetchError(
                f"{where}: is larger than fetching.max_bytes ({limit:,}); raise it if that is meant",
                permanent=True,
            )
        pieces.append(piece)
    return b"".join(pieces)


def _following(request: Request, answer: Response) -> Request:
    """Give the request for the address that the answer names."""
    url = urljoin(request.url, answer.headers["location"])
    if answer.status in _SAME_METHOD or request.method == "HEAD":
        return replace(request, url=url)
    return replace(request, url=url, method="GET", content=b"", content_type="")


def _accepted(answer: Response) -> Response:
    """Give an answer that is one; ``FetchError`` for 4xx and 5xx, and for a redirect to nowhere."""
    status = answer.status
    if status in _REDIRECTS:
        raise FetchError(
            f"{shown(answer.url)}: leads nowhere ({status}); correct its address", permanent=True
        )
    if status < _CLIENT_ERROR:
        return answer
    permanent = status < _SERVER_ERROR and status not in _MAY_PASS
    what = _WORDS.get(status, "has trouble of its own" if status >= _SERVER_ERROR else "refuses us")
    remedy = "correct its address" if permanent else "try again later"
    raise FetchError(
        f"{shown(answer.url)}: {what} ({status}); {remedy}",
        permanent=permanent,
        status=status,
        retry_after=_retry_after(answer.headers),
    )


def _retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """Give how long to stay away (RFC 9110 §10.2.3: seconds, or a date seen from the answer's own)."""
    said = headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return timedelta(seconds=min(int(said[:9]), _LONGEST_WAIT_SECONDS))
    until, since = _instant(said), _instant(headers.get("date", "")) or datetime.now(UTC)
    return max(until - since, timedelta()) if until else None


def _instant(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
