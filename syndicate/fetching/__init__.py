"""The one HTTP client: it reaches public addresses only, for as long and as much as it is allowed.

This is the door to the package. What opens sockets is imported with the first request.
"""

from syndicate.fetching.client import fetch
from syndicate.fetching.values import Request, Response, shown

__all__ = ["Request", "Response", "fetch", "shown"]
