"""Which addresses may be reached: those of the public internet. Pure."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

#: The IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast, and what is reserved.
_CLOSED_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/3",
        ),
    )
)  # fmt: skip
#: All that IANA has given out for the public (RFC 4291 §2.4) …
_OPEN_6 = IPv6Network("2000::/3")
#: … without protocol assignments (Teredo, ORCHID, …), documentation, and AS112.
_CLOSED_6 = tuple(
    map(IPv6Network, ("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20"))
)  # fmt: skip
#: An IPv4 address in the last 32 bits: mapped (RFC 4291 §2.5.5.2), NAT64 (RFC 6052 §2.1).
_LAST_BITS = tuple(map(IPv6Network, ("::ffff:0:0/96", "64:ff9b::/96")))
#: 6to4 (RFC 3056 §2): an IPv4 address behind the first 16 bits.
_SIX_TO_FOUR = IPv6Network("2002::/16")
_32_BITS = 0xFFFF_FFFF


#: RFC 6761, RFC 6762, RFC 8375 and ICANN's ``internal``: names that lead nowhere from outside.
_PRIVATE_ZONES = frozenset({"arpa", "example", "internal", "invalid", "lan", "local", "localhost", "test"})


def is_public_host(name: str) -> bool:
    """Say whether a host, a name or an IP address, could be one that everybody reaches; nobody is asked."""
    host = name.rstrip(".").lower()
    zone = host.rpartition(".")[2]
    if ":" in host or zone.isdecimal():
        return is_public(host)
    return "." in host and zone not in _PRIVATE_ZONES


def is_public(text: str) -> bool:
    """Say whether an IP address leads to the public internet, also as IPv6 writes an IPv4 one."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED_4)
    if address.scope_id:
        return False
    carried = _carried(address)
    if carried is not None:
        return is_public(str(carried))
    return address in _OPEN_6 and not any(address in network for network in _CLOSED_6)


def _carried(address: IPv6Address) -> IPv4Address | None:
    """Give the IPv4 address that a gateway would send the bytes on to."""
    if any(address in network for network in _LAST_BITS):
        return IPv4Address(int(address) & _32_BITS)
    if address in _SIX_TO_FOUR:
        return IPv4Address(int(address) >> 80 & _32_BITS)
    return None
