"""Sites that live elsewhere, kept in a folder of the outbox: what comes after reads them like any folder.

This is the door to the package; its modules import each other, never the door.
"""

from syndicate.posts.mirrors.refreshed import Refreshed
from syndicate.posts.mirrors.refreshing import address_of, is_begun, located, refresh, whereabouts

__all__ = ["Refreshed", "address_of", "is_begun", "located", "refresh", "whereabouts"]
