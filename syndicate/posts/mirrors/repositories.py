"""Where a site's repository is, and what people call it. Pure."""

import re
from dataclasses import dataclass

from syndicate.posts.mirrors.naming import shown_address
from syndicate.settings.web_address import is_repository_address


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """Where a site's repository is."""

    #: As git takes it.
    address: str
    #: Whether it is on this machine, where looking costs nothing.
    local: bool

    @property
    def name(self) -> str:
        """Give what people call it: the folder of its files gets this name."""
        last = re.split(r"[/:]", self.address.rstrip("/"))[-1].removesuffix(".git")
        return re.sub(r"[^\w.-]+", "-", last).strip(".-") or "site"

    @property
    def shown(self) -> str:
        """Give its address for messages."""
        return shown_address(self.address)


def repository_at(address: str) -> Repository:
    """Give the repository at an address, or in a folder."""
    return Repository(address=address, local=not is_repository_address(address))
