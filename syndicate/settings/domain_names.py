"""Domain names as the wire carries them."""

#: What the rules of 2003 write as other letters (UTS 46 §2, "deviations"): ß, ς, and the two joiners.
_OTHER_IN_2003 = frozenset("ß\u1e9eς\u200c\u200d")


def a_labels(domain: str) -> str:
    """Give a domain in ASCII and lower case (RFC 5891 A-labels); ``ValueError`` where it has no such form.

    By IDNA 2008, as registries and browsers do: Python's own codec has the rules of 2003, which make
    ``straße.example`` another domain.
    """
    if domain.isascii():
        return domain.lower()
    import idna

    return idna.encode(domain, uts46=True).decode("ascii").lower()


def linked_host(host: str) -> str:
    """Give the host of a web address in ASCII; ``ValueError`` where it can't be one.

    Browsers also follow what only the older rules let through, such as a heart.
    """
    if host.isascii():
        return host
    try:
        return a_labels(host)
    except ValueError:
        if _OTHER_IN_2003.intersection(host):
            raise
        return host.encode("idna").decode("ascii")


def linked_place(place: str) -> str:
    """Give the same of a host with its port, as it stands in an address."""
    if place.isascii():
        return place
    host, colon, port = place.partition(":")
    return f"{linked_host(host)}{colon}{port}"
