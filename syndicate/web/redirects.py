"""Where paths that people come from lead now: answers made from the settings alone, never from a request."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from starlette.responses import Response

from syndicate.feeds import links
from syndicate.settings.redirecting import GONE, is_path, normal
from syndicate.settings.schema import RedirectSettings

#: A move is for good, but may have been a mistake (seconds).
_MAX_AGE = 86_400


class Redirects:
    """The configured redirects, by the path that is asked for."""

    def __init__(self, redirects: Sequence[RedirectSettings]) -> None:
        self._by_path: Mapping[str, RedirectSettings] = MappingProxyType(
            {normal(each.from_): each for each in redirects}
        )

    def answer(self, path: str) -> Response | None:
        """Give 301 or 410 for a path from the web root, ``None`` where nothing is said of it."""
        found = self._by_path.get(normal(path))
        if found is None:
            return None
        headers = {"Cache-Control": f"public, max-age={_MAX_AGE}", "Access-Control-Allow-Origin": "*"}
        if found.status == GONE:
            return Response("This is gone for good.\n", GONE, headers, media_type="text/plain")
        location = _relative(path, links.escaped(found.to)) if is_path(found.to) else links.web_url(found.to)
        return Response(status_code=found.status, headers={**headers, "Location": location})


def _relative(asked: str, target: str) -> str:
    """Give the way from one path to another (RFC 3986 §4.2): it holds below any prefix of a proxy."""
    up = "../" * (asked.count("/") - 1)
    return f"{up or './'}{target.lstrip('/')}"
