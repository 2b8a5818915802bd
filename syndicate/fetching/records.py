"""TXT records of the DNS, by the machine's own resolver; dnspython is loaded with the first question."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from syndicate.errors import FetchError

if TYPE_CHECKING:
    from dns.resolver import Resolver

#: Patience for one name (seconds).
_LIFETIME = 5.0


def txt_records(name: str, *, servers: Sequence[str] = (), port: int = 53) -> tuple[str, ...]:
    """Give the texts at a name, none where there are none; ``FetchError`` where nobody answers.

    ``servers`` are asked instead of the machine's own.
    """
    import dns.exception
    import dns.resolver

    try:
        answer = _resolver(servers, port).resolve(name, "TXT", lifetime=_LIFETIME, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return ()
    except dns.exception.DNSException as error:
        raise FetchError(
            f"{name}: the DNS doesn't answer ({type(error).__name__}); try again later", permanent=False
        ) from error
    return tuple(b"".join(each.strings).decode("utf-8", "replace") for each in answer)


def _resolver(servers: Sequence[str], port: int) -> "Resolver":
    import dns.resolver

    resolver = dns.resolver.Resolver(configure=not servers)
    if servers:
        resolver.nameservers, resolver.port = list(servers), port
    return resolver
