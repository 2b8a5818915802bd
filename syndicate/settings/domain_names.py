"""Domain names as the wire carries them."""


def a_labels(domain: str) -> str:
    """Give a domain in ASCII and lower case (RFC 5891 A-labels); ``ValueError`` where it has no such form.

    By IDNA 2008, as registries and browsers do: Python's own codec has the rules of 2003, which make
    ``straße.example`` another domain.
    """
    if domain.isascii():
        return domain.lower()
    import idna

    return idna.encode(domain, uts46=True).decode("ascii").lower()
